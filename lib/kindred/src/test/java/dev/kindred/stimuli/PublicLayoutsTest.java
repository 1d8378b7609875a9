package dev.kindred.stimuli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.SharedFiles;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.stimuli.decode.Fixtures;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.stimuli.files.DownloadSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The repository's own manifests open archives that are laid out as the public ones are: each is
 * built here in miniature, with the public names and folders. Sizes and checksums are left out, as
 * the content differs.
 */
class PublicLayoutsTest {
  @TempDir Path folder;

  private DataLibrary library(String name) throws IOException {
    JsonObject json =
        JsonParser.parseString(
                Files.readString(
                    SharedFiles.root().resolve("data-manifests").resolve(name + ".json")))
            .getAsJsonObject();
    for (JsonElement element : json.getAsJsonArray("distribution")) {
      JsonObject part = element.getAsJsonObject();
      if (!part.has("containedIn")) {
        part.addProperty("contentUrl", part.get("@id").getAsString());
        List.of("contentSize", "sha256", "md5").forEach(part::remove);
      }
    }
    Path manifests = Files.createDirectories(folder.resolve("data"));
    Files.writeString(manifests.resolve(name + ".json"), json.toString());
    return new DataLibrary(
        new DataSettings(List.of(manifests), List.of(), folder.resolve("cache"), true),
        DownloadSettings.standard());
  }

  private Path file(String name) throws IOException {
    return Files.createDirectories(folder.resolve("data")).resolve(name);
  }

  private static byte[] text(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void zip(String name, Object... namesAndBytes) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file(name)))) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        out.write((byte[]) namesAndBytes[i + 1]);
      }
    }
  }

  private void tarGz(String name, Object... namesAndBytes) throws IOException {
    try (OutputStream file = Files.newOutputStream(file(name));
        OutputStream gzip = new GZIPOutputStream(file);
        TarArchiveOutputStream out = new TarArchiveOutputStream(gzip)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        TarArchiveEntry entry = new TarArchiveEntry((String) namesAndBytes[i]);
        byte[] bytes = (byte[]) namesAndBytes[i + 1];
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
      }
    }
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    var picture =
        new java.awt.image.BufferedImage(width, height, java.awt.image.BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    javax.imageio.ImageIO.write(picture, "jpeg", out);
    return out.toByteArray();
  }

  private static byte[] records(int images, int labelBytes, int label) {
    byte[] bytes = new byte[images * (labelBytes + 3072)];
    for (int i = 0; i < images; i++) {
      bytes[i * (labelBytes + 3072) + labelBytes - 1] = (byte) label;
      bytes[i * (labelBytes + 3072) + labelBytes + 2048] = (byte) (i + 1);
    }
    return bytes;
  }

  @Test
  void cifar10() throws IOException {
    String root = "cifar-10-batches-bin/";
    tarGz(
        "cifar-10-binary.tar.gz",
        root + "batches.meta.txt",
        text("airplane", "automobile", "bird", ""),
        root + "data_batch_1.bin",
        records(2, 1, 0),
        root + "data_batch_2.bin",
        records(1, 1, 1),
        root + "data_batch_3.bin",
        records(1, 1, 1),
        root + "data_batch_4.bin",
        records(1, 1, 1),
        root + "data_batch_5.bin",
        records(1, 1, 2),
        root + "readme.html",
        text("x"),
        root + "test_batch.bin",
        records(3, 1, 2));
    DataLibrary library = library("cifar-10");
    ImageSet train = library.open("cifar-10", "train", Progress.NONE);
    assertThat(train.labels()).containsExactly(0, 0, 1, 1, 1, 2);
    assertThat(train.classNames()).containsExactly("airplane", "automobile", "bird");
    assertThat(train.stimulusIds())
        .startsWith("data_batch_1.bin#0", "data_batch_1.bin#1", "data_batch_2.bin#0");
    assertThat(train.pixels(1)[2]).isEqualTo((byte) 2); // blue plane of the second record
    assertThat(library.open("cifar-10", "test", Progress.NONE).size()).isEqualTo(3);
  }

  @Test
  void cifar100() throws IOException {
    String root = "cifar-100-binary/";
    tarGz(
        "cifar-100-binary.tar.gz",
        root + "coarse_label_names.txt",
        text("fruit"),
        root + "fine_label_names.txt",
        text("apple", "pear"),
        root + "test.bin",
        records(2, 2, 1),
        root + "train.bin",
        records(4, 2, 0));
    ImageSet test = library("cifar-100").open("cifar-100", "test", Progress.NONE);
    assertThat(test.labels()).containsExactly(1, 1);
    assertThat(test.classNames()).containsExactly("apple", "pear");
  }

  @Test
  void fashionMnist() throws IOException {
    for (String part : List.of("train", "t10k")) {
      Files.write(file(part + "-images-idx3-ubyte.gz"), Fixtures.bytes("images.idx.gz"));
      Files.write(file(part + "-labels-idx1-ubyte.gz"), Fixtures.bytes("labels.idx.gz"));
    }
    ImageSet set = library("fashion-mnist").open("fashion-mnist", "train", Progress.NONE);
    assertThat(set.classNames()).hasSize(10).startsWith("T-shirt/top");
    assertThat(set.pixels(2)).isEqualTo(Fixtures.image(2, 4, 3, 1));
  }

  @Test
  void tinyImageNet() throws IOException {
    String root = "tiny-imagenet-200/";
    zip(
        "tiny-imagenet-200.zip",
        root + "wnids.txt",
        text("n02", "n01"),
        root + "words.txt",
        text("n01\tgoldfish, Carassius auratus", "n02\ttench", "n03\tshark"),
        root + "train/n01/images/n01_0.JPEG",
        jpeg(64, 64),
        root + "train/n01/n01_boxes.txt",
        text("n01_0.JPEG\t0\t0\t63\t63"),
        root + "train/n02/images/n02_0.JPEG",
        jpeg(64, 64),
        root + "val/images/val_0.JPEG",
        jpeg(64, 64),
        root + "val/images/val_1.JPEG",
        jpeg(64, 64),
        root + "val/val_annotations.txt",
        text("val_0.JPEG\tn01\t0\t0\t1\t1", "val_1.JPEG\tn02\t0\t0\t1\t1"),
        root + "test/images/test_0.JPEG",
        jpeg(64, 64));
    DataLibrary library = library("tiny-imagenet");
    ImageSet train = library.open("tiny-imagenet", "train", Progress.NONE);
    assertThat(train.classNames()).containsExactly("tench", "goldfish, Carassius auratus");
    assertThat(train.labels()).containsExactly(1, 0);
    ImageSet test = library.open("tiny-imagenet", "test", Progress.NONE);
    assertThat(test.labels()).containsExactly(1, 0);
    assertThat(test.stimulusId(1)).isEqualTo(root + "val/images/val_1.JPEG");
  }

  @Test
  void svhn() throws IOException {
    Files.write(file("train_32x32.mat"), Fixtures.bytes("svhn.mat"));
    ImageSet set = library("svhn").open("svhn", "train", Framing.square(4), Progress.NONE);
    assertThat(set.labels()).containsExactly(0, 1, 4, 9, 2);
    assertThat(set.classNames()).hasSize(10).startsWith("0", "1");
  }

  @Test
  void stl10() throws IOException {
    String root = "stl10_binary/";
    byte[] images = new byte[2 * 96 * 96 * 3];
    images[1] = 5; // second row of the first column
    tarGz(
        "stl10_binary.tar.gz",
        root + "test_X.bin",
        images,
        root + "test_y.bin",
        new byte[] {2, 1},
        root + "train_X.bin",
        images,
        root + "train_y.bin",
        new byte[] {1, 2},
        root + "unlabeled_X.bin",
        images,
        root + "class_names.txt",
        text("airplane", "bird"),
        root + "fold_indices.txt",
        text("0 1"));
    DataLibrary library = library("stl-10");
    ImageSet test = library.open("stl-10", "test", Progress.NONE);
    assertThat(test.labels()).containsExactly(1, 0);
    assertThat(test.pixels(0)[96 * 3]).isEqualTo((byte) 5);
    assertThat(library.open("stl-10", "unlabeled", Progress.NONE).labels()).containsExactly(-1, -1);
  }

  @Test
  void eurosat() throws IOException {
    zip(
        "EuroSAT_RGB.zip",
        "EuroSAT_RGB/AnnualCrop/AnnualCrop_1.jpg",
        jpeg(64, 64),
        "EuroSAT_RGB/Forest/Forest_1.jpg",
        jpeg(64, 64),
        "EuroSAT_RGB/Forest/Forest_2.jpg",
        jpeg(64, 64),
        "EuroSAT_RGB/AnnualCrop/AnnualCrop_2.jpg",
        jpeg(64, 64));
    TrainAndTest both = library("eurosat").trainAndTest("eurosat", Progress.NONE);
    assertThat(both.train().classNames()).containsExactly("AnnualCrop", "Forest");
    assertThat(both.train().labels()).containsExactly(0, 1);
    assertThat(both.test().labels()).containsExactly(0, 1);
  }

  @Test
  void dtd() throws IOException {
    tarGz(
        "dtd-r1.0.1.tar.gz",
        "dtd/images/banded/banded_0002.jpg",
        jpeg(300, 320),
        "dtd/images/banded/banded_0004.jpg",
        jpeg(640, 300),
        "dtd/images/zigzagged/zigzagged_0001.jpg",
        jpeg(300, 300),
        "dtd/imdb/imdb.mat",
        new byte[] {1},
        "dtd/labels/train1.txt",
        text("zigzagged/zigzagged_0001.jpg", "banded/banded_0004.jpg"),
        "dtd/labels/val1.txt",
        text("banded/banded_0002.jpg"),
        "dtd/labels/test1.txt",
        text("banded/banded_0099.jpg"));
    DataLibrary library = library("dtd");
    ImageSet train = library.open("dtd", "train", Progress.NONE);
    assertThat(train.stimulusIds())
        .containsExactly(
            "dtd/images/banded/banded_0004.jpg", "dtd/images/zigzagged/zigzagged_0001.jpg");
    assertThat(train.labels()).containsExactly(0, 1);
    assertThat(train.pixels(0)).hasSize(224 * 224 * 3);
    assertThatThrownBy(() -> library.open("dtd", "test", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "dtd/labels/test1.txt: lists banded/banded_0099.jpg, which is not among the images");
  }

  @Test
  void flowers102() throws IOException {
    tarGz(
        "102flowers.tgz",
        "jpg/image_00001.jpg",
        jpeg(500, 600),
        "jpg/image_00002.jpg",
        jpeg(600, 500),
        "jpg/image_00003.jpg",
        jpeg(500, 500),
        "jpg/image_00004.jpg",
        jpeg(700, 500));
    Files.write(file("imagelabels.mat"), Fixtures.bytes("imagelabels.mat")); // 2 1 3 1
    Files.write(file("setid.mat"), Fixtures.bytes("setid.mat")); // 4 1 | 3 | 2
    DataLibrary library = library("flowers-102");
    ImageSet train = library.open("flowers-102", "train", Progress.NONE);
    assertThat(train.stimulusIds()).containsExactly("jpg/image_00001.jpg", "jpg/image_00004.jpg");
    assertThat(train.labels()).containsExactly(1, 0);
    assertThat(train.classNames()).hasSize(102).startsWith("pink primrose");
    assertThat(library.open("flowers-102", "validation", Progress.NONE).labels())
        .containsExactly(2);
  }

  @Test
  void gtsrb() throws IOException {
    byte[] ppm = Fixtures.bytes("rgb.ppm");
    String train = "GTSRB/Final_Training/Images/";
    Object[] all = new Object[43 * 2 + 2];
    for (int i = 0; i < 43; i++) {
      all[2 * i] = train + String.format("%05d/00000_00000.ppm", i);
      all[2 * i + 1] = ppm;
    }
    all[86] = train + "00000/GT-00000.csv";
    all[87] = text("Filename;Width");
    zip("GTSRB_Final_Training_Images.zip", all);
    zip(
        "GTSRB_Final_Test_Images.zip",
        "GTSRB/Final_Test/Images/00000.ppm",
        ppm,
        "GTSRB/Final_Test/Images/00001.ppm",
        ppm,
        "GTSRB/Final_Test/Images/GT-final_test.test.csv",
        text("x"));
    zip(
        "GTSRB_Final_Test_GT.zip",
        "GT-final_test.csv",
        text(
            "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId",
            "00000.ppm;9;12;1;1;8;11;16",
            "00001.ppm;9;12;1;1;8;11;1"));
    DataLibrary library = library("gtsrb");
    ImageSet training = library.open("gtsrb", "train", Progress.NONE);
    assertThat(training.size()).isEqualTo(43);
    assertThat(training.label(42)).isEqualTo(42);
    assertThat(training.classNames()).hasSize(43);
    assertThat(training.pixels(0)).hasSize(32 * 32 * 3);
    ImageSet test = library.open("gtsrb", "test", Progress.NONE);
    assertThat(test.labels()).containsExactly(16, 1);
    assertThat(test.classNames().get(16)).isEqualTo("no lorries");
  }

  @Test
  void omniglotWithAMixtureOfSizesIsAnErrorNamingTheImage() throws IOException {
    zip(
        "images_background.zip",
        "images_background/Greek/character01/0394_01.png",
        Fixtures.bytes("bit.png"));
    ImageSet set = library("omniglot").open("omniglot", "train", Progress.NONE);
    assertThat(set.classNames()).containsExactly("Greek/character01");
    assertThatThrownBy(() -> set.pixels(0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "omniglot train, image images_background/Greek/character01/0394_01.png:"
                + " expected 105 × 105 pixels, found 9 × 12");
  }

  @Test
  void aTableThatLacksAnImageIsAnErrorNamingIt() throws IOException {
    zip("GTSRB_Final_Test_Images.zip", "GTSRB/Final_Test/Images/00007.ppm", new byte[1]);
    zip("GTSRB_Final_Test_GT.zip", "GT-final_test.csv", text("Filename;ClassId", "0.ppm;1"));
    DataLibrary library = library("gtsrb");
    assertThatThrownBy(() -> library.open("gtsrb", "test", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("00007.ppm: has no line in ");
  }

  @Test
  void publishedResultsAreNotImages() throws IOException {
    DataLibrary library = library("metric-grounding-results");
    assertThatThrownBy(() -> library.open("metric-grounding-results", "test", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("metric-grounding-results is a published result, not a set of images");
  }
}
