package dev.kindred.network;

import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small image sets for tests. */
public final class TestImages {
  private TestImages() {}

  /** Bars of four orientations on noise: learnt within seconds. */
  public static ImageSet bars(int n, int size, int channels, long seed) {
    ImageSetBuilder builder =
        ImageSet.builder("bars", size, size, channels)
            .classNames(List.of("horizontal", "vertical", "falling", "rising"));
    SplittableRandom random = new Seeds(seed).stream("bars");
    for (int i = 0; i < n; i++) {
      int label = i % 4;
      byte[] pixels = new byte[size * size * channels];
      int shift = random.nextInt(size);
      int[] colour = {random.nextInt(100, 156), random.nextInt(100, 156), random.nextInt(100, 156)};
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int along =
              switch (label) {
                case 0 -> y;
                case 1 -> x;
                case 2 -> x + y;
                default -> x - y + 2 * size;
              };
          boolean on = (along + shift) % 6 < 3;
          for (int c = 0; c < channels; c++) {
            int value = random.nextInt(100) + (on ? colour[c] : 0);
            pixels[(y * size + x) * channels + c] = (byte) value;
          }
        }
      }
      builder.add(
          pixels,
          label,
          "bar-" + seed + "-" + i,
          "bars that are " + List.of("horizontal", "vertical", "falling", "rising").get(label));
    }
    return builder.build(Provenance.of("bars", Map.of("n", n, "seed", seed, "size", size)));
  }

  /** Images of CIFAR-10's official binary records: a label, then red, green and blue planes. */
  public static ImageSet cifar(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ImageSetBuilder builder =
        ImageSet.builder("cifar-10", 32, 32, 3)
            .classNames(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    for (int i = 0; i < bytes.length / 3073; i++) {
      byte[] pixels = new byte[3072];
      for (int place = 0; place < 1024; place++) {
        for (int c = 0; c < 3; c++) {
          pixels[place * 3 + c] = bytes[i * 3073 + 1 + c * 1024 + place];
        }
      }
      builder.add(pixels, bytes[i * 3073], file.getFileName() + "#" + i);
    }
    return builder.build(Provenance.of("cifar-binary"));
  }
}
