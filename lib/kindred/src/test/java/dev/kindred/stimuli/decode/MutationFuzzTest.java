package dev.kindred.stimuli.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files give a value or one clear error: no other exception, no endless loop, no hunger for
 * memory. Formats with checksums over the pixels must not give other pixels. {@code
 * -Dkindred.fuzz=N} sets the number of mutants of each file.
 */
class MutationFuzzTest {
  private static final int MUTANTS = Integer.getInteger("kindred.fuzz", 1000);

  @TempDir Path folder;

  private interface Reader {
    ImageSource open(Path file, Path scratch) throws IOException;
  }

  private enum Format {
    CIFAR(
        "cifar10.bin",
        false,
        (file, scratch) -> Records.cifar(data(file, scratch), 3, 4, 3, 1, 0, List.of())),
    IDX(
        "images.idx",
        false,
        (file, scratch) -> Records.idx(List.of(data(file, scratch)), List.of())),
    IDX_GZ(
        "images.idx.gz",
        true,
        (file, scratch) -> Records.idx(List.of(data(file, scratch)), List.of())),
    STL(
        "stl10_X.bin",
        false,
        (file, scratch) ->
            Records.stl10(data(file, scratch), Optional.empty(), 3, 4, 3, List.of())),
    SVHN("svhn.mat", true, (file, scratch) -> Records.svhn(data(file, scratch), List.of())),
    SVHN_PLAIN(
        "svhn-plain.mat", false, (file, scratch) -> Records.svhn(data(file, scratch), List.of())),
    NPZ("plain.npz", true, Format::npz),
    NPZ_PACKED("packed.npz", true, Format::npz),
    PNG("noise.png", true, Format::single),
    PNG_PALETTE("palette.png", true, Format::single),
    JPEG("rgb.jpg", false, Format::single),
    JPEG_PROGRESSIVE("progressive.jpg", false, Format::single),
    PPM("rgb.ppm", false, Format::single),
    ZIP("folder.zip", true, Format::folder),
    TAR("folder-gnu.tar", true, Format::folder),
    TAR_PAX("folder-pax.tar", true, Format::folder),
    TAR_GZ("folder.tar.gz", true, Format::folder);

    private final String fixture;
    private final boolean pixelsAreChecked;
    private final Reader reader;

    Format(String fixture, boolean pixelsAreChecked, Reader reader) {
      this.fixture = fixture;
      this.pixelsAreChecked = pixelsAreChecked;
      this.reader = reader;
    }

    private static DataFile data(Path file, Path scratch) {
      return DataFile.of("file", file, scratch);
    }

    private static ImageSource npz(Path file, Path scratch) {
      Archive archive = Archive.open(file, scratch);
      return Records.npz(
          DataFile.of("images", archive, "images.npy", scratch),
          DataFile.of("labels", archive, "labels.npy", scratch),
          List.of());
    }

    private static ImageSource single(Path file, Path scratch) throws IOException {
      Pixels pixels = PictureFile.decode(Files.readAllBytes(file), file.toString());
      return new StridedImages(
          "single",
          Bytes.of(pixels.bytes()),
          0,
          pixels.bytes().length,
          StridedImages.Layout.interleaved(pixels.width(), pixels.height(), pixels.channels()),
          new int[] {-1},
          "single",
          List.of());
    }

    private static ImageSource folder(Path file, Path scratch) {
      List<Entry> images =
          Archive.open(file, scratch).entries().stream().filter(PictureFiles::isImage).toList();
      int[] labels = new int[images.size()];
      return new PictureFiles(
          images, images.stream().map(Entry::path).toList(), labels, List.of("all"));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void damagedFilesGiveAValueOrOneClearError(Format format) throws IOException {
    byte[] whole = Fixtures.bytes(format.fixture);
    Path scratch = folder.resolve("scratch");
    List<String> right = List.copyOf(read(format, Fixtures.path(format.fixture), scratch));
    SplittableRandom random = new SplittableRandom(format.ordinal());
    Path file = folder.resolve(format.fixture);
    int values = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(whole, random);
      Files.write(file, mutant);
      if (format == Format.TAR_GZ) {
        deleteAll(scratch);
      }
      List<String> found;
      try {
        found = read(format, file, scratch);
        values++;
      } catch (InputException e) {
        assertThat(e.getMessage()).as("mutant %d", i).isNotBlank().doesNotContain("\n");
        continue;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            format + ", mutant " + i + ": " + HexFormat.of().formatHex(mutant), e);
      }
      if (format.pixelsAreChecked) {
        assertThat(right).as("mutant %d", i).containsAll(found);
      }
    }
    assertThat(values).isLessThan(MUTANTS);
  }

  private static List<String> read(Format format, Path file, Path scratch) throws IOException {
    ImageSource source = format.reader.open(file, scratch);
    String[] images = new String[source.size()];
    for (int i = 0; i < images.length; i++) {
      Pixels pixels = source.pixels(i);
      images[i] =
          pixels.width() + "x" + pixels.height() + " " + HexFormat.of().formatHex(pixels.bytes());
    }
    return Arrays.asList(images);
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  private static byte[] mutate(byte[] whole, SplittableRandom random) {
    byte[] mutant = whole.clone();
    int edits = 1 + random.nextInt(3);
    for (int k = 0; k < edits && mutant.length > 0; k++) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(7)) {
        case 0 -> mutant = Arrays.copyOf(mutant, at);
        case 1 -> mutant[at] = (byte) random.nextInt();
        case 2 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> mutant[at] = random.nextBoolean() ? 0 : (byte) 0xff;
        case 4 -> Arrays.fill(mutant, at, Math.min(mutant.length, at + 4), (byte) 0xff);
        case 5 -> {
          byte[] longer = new byte[mutant.length + 1 + random.nextInt(8)];
          System.arraycopy(mutant, 0, longer, 0, at);
          System.arraycopy(
              mutant, at, longer, longer.length - (mutant.length - at), mutant.length - at);
          mutant = longer;
        }
        default -> {
          int from = random.nextInt(mutant.length);
          int length = Math.min(1 + random.nextInt(32), mutant.length - Math.max(at, from));
          System.arraycopy(mutant.clone(), from, mutant, at, length);
        }
      }
    }
    return mutant;
  }
}
