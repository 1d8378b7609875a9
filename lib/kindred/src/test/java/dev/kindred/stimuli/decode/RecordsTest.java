package dev.kindred.stimuli.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static final int[] LABELS = {3, 1, 4, 1, 0};

  @TempDir Path folder;

  private DataFile fixture(String name) {
    return DataFile.of(name, Fixtures.path(name), folder);
  }

  private DataFile file(String name, byte[] bytes) throws IOException {
    return DataFile.of(name, Files.write(folder.resolve(name), bytes), folder);
  }

  private static void assertImages(ImageSource source, int channels, int... labels) {
    assertThat(source.size()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      Pixels image = source.pixels(i);
      assertThat(new int[] {image.width(), image.height(), image.channels()})
          .containsExactly(3, 4, channels)
          .isEqualTo(source.shape(i));
      assertThat(image.bytes()).isEqualTo(Fixtures.image(i, 4, 3, channels));
      assertThat(source.label(i)).isEqualTo(labels[i]);
      assertThat(source.id(i)).endsWith("#" + i);
    }
  }

  @Test
  void cifarRecords() {
    assertImages(Records.cifar(fixture("cifar10.bin"), 3, 4, 3, 1, 0, List.of()), 3, LABELS);
    assertImages(Records.cifar(fixture("cifar100.bin"), 3, 4, 3, 2, 1, List.of()), 3, LABELS);
    ImageSource coarse = Records.cifar(fixture("cifar100.bin"), 3, 4, 3, 2, 0, List.of());
    assertThat(coarse.label(3)).isEqualTo(9);
    assertThat(coarse.classNames()).hasSize(10).last().isEqualTo("9");
  }

  @Test
  void cifarErrors() throws IOException {
    byte[] truncated = Arrays.copyOf(Fixtures.bytes("cifar10.bin"), 180);
    DataFile cut = file("cut.bin", truncated);
    assertThatThrownBy(() -> Records.cifar(cut, 3, 4, 3, 1, 0, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("cut.bin")
                + ": expected records of 37 bytes, found 180 bytes in all: the file is truncated"
                + " or of another format");
    assertThatThrownBy(
            () -> Records.cifar(fixture("cifar10.bin"), 3, 4, 3, 1, 0, List.of("a", "b")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("cifar10.bin: image 0 has label 3, expected 0 to 1");
    DataFile empty = file("empty.bin", new byte[0]);
    assertThatThrownBy(() -> Records.cifar(empty, 3, 4, 3, 1, 0, List.of()))
        .isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void idxPlainAndGzipped(String ending) {
    DataFile images = fixture("images.idx" + ending);
    DataFile labels = fixture("labels.idx" + ending);
    assertImages(Records.idx(List.of(images, labels), List.of()), 1, LABELS);
    assertImages(Records.idx(List.of(labels, images), List.of()), 1, LABELS);
    assertImages(Records.idx(List.of(images), List.of()), 1, -1, -1, -1, -1, -1);
  }

  @Test
  void idxErrors() throws IOException {
    byte[] images = Fixtures.bytes("images.idx");
    DataFile cut = file("cut.idx", Arrays.copyOf(images, 70));
    assertThatThrownBy(() -> Records.idx(List.of(cut), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("cut.idx: its shape [5, 4, 3] needs 76 bytes, found 70");

    byte[] labels = Fixtures.bytes("labels.idx");
    byte[] fewer = Arrays.copyOf(labels, labels.length - 1);
    ByteBuffer.wrap(fewer).putInt(4, 4);
    DataFile few = file("few.idx", fewer);
    assertThatThrownBy(() -> Records.idx(List.of(fixture("images.idx"), few), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("images.idx: has 5 images, but there are 4 labels");

    byte[] floats = images.clone();
    floats[2] = 0x0d;
    DataFile typed = file("floats.idx", floats);
    assertThatThrownBy(() -> Records.idx(List.of(typed), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("floats.idx: expected unsigned bytes (type 08), found type 0d");

    byte[] huge = images.clone();
    ByteBuffer.wrap(huge).putInt(4, Integer.MAX_VALUE).putInt(8, -1).putInt(12, -1);
    DataFile bomb = file("huge.idx", huge);
    assertThatThrownBy(() -> Records.idx(List.of(bomb), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has the impossible shape");

    DataFile gz = file("cut.gz", Arrays.copyOf(Fixtures.bytes("images.idx.gz"), 60));
    assertThatThrownBy(() -> Records.idx(List.of(gz), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cut.gz: cannot be read: damaged or truncated gzip");
  }

  @Test
  void stl10() throws IOException {
    DataFile images = fixture("stl10_X.bin");
    assertImages(
        Records.stl10(images, Optional.of(fixture("stl10_y.bin")), 3, 4, 3, List.of()), 3, LABELS);
    assertImages(
        Records.stl10(images, Optional.empty(), 3, 4, 3, List.of()), 3, -1, -1, -1, -1, -1);
    DataFile few = file("y.bin", new byte[] {1, 2, 3, 4});
    assertThatThrownBy(() -> Records.stl10(images, Optional.of(few), 3, 4, 3, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("y.bin: there are 5 images, but 4 labels");
    DataFile zero = file("y0.bin", new byte[] {1, 2, 0, 4, 5});
    assertThatThrownBy(() -> Records.stl10(images, Optional.of(zero), 3, 4, 3, List.of()))
        .hasMessageEndingWith("y0.bin: image 2 has label 0, expected 1 or more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"svhn.mat", "svhn-plain.mat"})
  void svhn(String name) {
    ImageSource source = Records.svhn(fixture(name), List.of());
    assertImages(source, 3, 0, 1, 4, 9, 2);
    assertThat(source.classNames()).hasSize(10);
  }

  @Test
  void matErrors() throws IOException {
    byte[] mat = Fixtures.bytes("svhn.mat");
    for (int length : new int[] {0, 50, 130, 200, mat.length - 1}) {
      DataFile cut = file("cut.mat", Arrays.copyOf(mat, length));
      assertThatThrownBy(() -> Records.svhn(cut, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageMatching(
              ".*cut.mat: (expected a MATLAB file of version 5, found another|damaged MATLAB file:"
                  + " cut off.*)");
    }
    assertThatThrownBy(() -> Records.svhn(fixture("setid.mat"), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "setid.mat: expected a numeric variable X, found [trnid, valid, tstid]");
    assertThat(fixture("setid.mat").matVariable("trnid")).containsExactly(4, 1);
  }

  @Test
  void npz() {
    Archive plain = Archive.open(Fixtures.path("plain.npz"), folder);
    assertImages(
        Records.npz(
            DataFile.of("images", plain, "images.npy", folder),
            DataFile.of("labels", plain, "labels.npy", folder),
            List.of()),
        3,
        LABELS);
    Archive packed = Archive.open(Fixtures.path("packed.npz"), folder);
    DataFile images = DataFile.of("images", packed, "images.npy", folder);
    DataFile labels = DataFile.of("labels", packed, "labels.npy", folder);
    assertImages(Records.npz(images, labels, List.of()), 1, LABELS);
    assertThatThrownBy(() -> Records.npz(labels, images, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("packed.npz!labels.npy: expected images n × height × width");
  }

  @Test
  void textIsUtf8() throws IOException {
    assertThat(file("a.txt", "ä\r\nb\n\n".getBytes("UTF-8")).lines()).containsExactly("ä", "b");
    DataFile latin = file("b.txt", new byte[] {(byte) 0xe4, 10});
    assertThatThrownBy(latin::lines)
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("b.txt: expected text in UTF-8");
  }
}
