package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import dev.kindred.base.Checksums;
import dev.kindred.base.Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConvergenceImagesTest {
  private static final int CLASSES = 26;

  @TempDir Path folder;

  /** In another process: which data sets there are is a matter of the environment. */
  static final class Told {
    public static void main(String[] arguments) {
      ConvergenceImages images =
          ConvergenceImages.of("letters", ConvergenceSizes.of(Profile.TEST), 42);
      System.out.println(String.join(" ", images.usual().classNames()));
      for (var set : List.of(images.training().train(), images.usual())) {
        System.out.println(Arrays.stream(set.labels()).distinct().count());
      }
    }
  }

  @Test
  @Timeout(120)
  void ofManyClassesSomeAreDrawn() throws Exception {
    Path zip = folder.resolve("letters.zip");
    writeLetters(zip);
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(
        manifests.resolve("letters.json"),
        """
        {"name": "letters", "description": "d", "license": "MIT", "citeAs": "c", "url": "u",
         "version": "1.0.0", "distribution": [{"@type": "cr:FileObject", "@id": "letters.zip",
         "contentUrl": "../letters.zip", "encodingFormat": "application/zip",
         "contentSize": "%d B", "sha256": "%s"}],
         "kindred:images": {"decoder": "image-folder", "classDepth": 1, "channels": 3,
         "width": 8, "height": 8, "splits": {"test": ["letters.zip"]}, "category": "toy"}}
        """
            .formatted(Files.size(zip), Checksums.sha256(zip)));
    ProcessBuilder builder = ChildJvm.of(Told.class);
    builder.environment().put("KINDRED_MANIFESTS", manifests.toString());
    builder.environment().put("KINDRED_CACHE", folder.resolve("cache").toString());
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines.get(0).split(" ")).hasSize(20).doesNotHaveDuplicates().isSorted();
    assertThat(lines.subList(1, 3)).containsExactly("20", "20");
  }

  private static void writeLetters(Path target) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
      for (int i = 0; i < 6 * CLASSES; i++) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i % 8, i / 8 % 8, 0x102030 + i);
        zip.putNextEntry(new ZipEntry((char) ('a' + i % CLASSES) + "/" + i + ".png"));
        ImageIO.write(image, "png", zip);
      }
    }
  }
}
