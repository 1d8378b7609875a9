package dev.kindred.stimuli.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  @TempDir Path folder;

  private Path scratch() {
    return folder.resolve("scratch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder.zip", "folder-gnu.tar", "folder-pax.tar", "folder.tar.gz"})
  void listsFilesByPathWithoutLitter(String name) {
    Archive archive = Archive.open(Fixtures.path(name), scratch());
    assertThat(archive.entries())
        .extracting(Entry::path)
        .containsExactly(
            "set/ant/1.png", "set/ant/2.png", "set/bee/1.png", "set/cat/1.png", "set/notes.txt");
    Entry bee = archive.require("set/bee/1.png");
    assertThat(PictureFile.decode(bee.readSmall(1 << 20), bee.where()).bytes())
        .isEqualTo(Fixtures.image(2, 6, 5, 3));
    assertThatThrownBy(() -> archive.require("set/dog/1.png"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(name + ": has no entry set/dog/1.png");
  }

  @Test
  void aFolderIsAnArchiveToo() throws IOException {
    Path root = folder.resolve("plain");
    Files.createDirectories(root.resolve("b/.git"));
    Files.write(root.resolve("b/2.png"), new byte[] {1, 2});
    Files.write(root.resolve("a.png"), new byte[] {3});
    Files.write(root.resolve("b/.git/x.png"), new byte[] {4});
    Archive archive = Archive.open(root, scratch());
    assertThat(archive.entries()).extracting(Entry::path).containsExactly("a.png", "b/2.png");
    assertThat(archive.entries().get(1).readSmall(10)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.png", "a/../../evil.png", "/etc/evil.png", "..\\evil.png", "C:\\x.png"})
  void namesThatPointOutOfTheArchiveAreRefused(String name) throws IOException {
    Path zip = folder.resolve("slip.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(name));
      out.write(1);
    }
    assertThatThrownBy(() -> Archive.open(zip, scratch()))
        .isInstanceOf(InputException.class)
        .hasMessage(zip + ": entry \"" + name + "\" points out of the archive; it is not opened");
    Path tar = folder.resolve("slip.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.putArchiveEntry(new TarArchiveEntry(name, true));
      out.closeArchiveEntry();
    }
    assertThatThrownBy(() -> Archive.open(tar, scratch()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("points out of the archive");
  }

  @Test
  void aTruncatedArchiveIsAnError() throws IOException {
    for (String name : List.of("folder.zip", "folder-gnu.tar", "folder.tar.gz")) {
      byte[] whole = Fixtures.bytes(name);
      for (int length : new int[] {0, 3, 100, whole.length / 3}) {
        Path cut =
            Files.write(folder.resolve("cut-" + length + name), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> Archive.open(cut, scratch()))
            .as(cut.toString())
            .isInstanceOf(InputException.class)
            .hasMessageContaining(cut.toString())
            .hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void aDamagedEntryIsAnErrorNamingIt() throws IOException {
    Path zip = folder.resolve("damaged.zip");
    byte[] content = "0123456789".repeat(10).getBytes(StandardCharsets.US_ASCII);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      ZipEntry entry = new ZipEntry("a/x.png");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(content);
      entry.setCrc(crc.getValue());
      out.putNextEntry(entry);
      out.write(content);
    }
    byte[] bytes = Files.readAllBytes(zip);
    bytes[60] ^= 1;
    Files.write(zip, bytes);
    Entry entry = Archive.open(zip, scratch()).entries().get(0);
    assertThatThrownBy(() -> entry.readSmall(1000))
        .isInstanceOf(InputException.class)
        .hasMessage(zip + " [a/x.png]: damaged: the CRC-32 differs from the archive's");
  }

  @Test
  void namesInACodePageAreTold() throws IOException {
    Path zip = folder.resolve("old.zip");
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(zip), StandardCharsets.ISO_8859_1)) {
      for (String name : List.of("b\u00e9.png", "b\u00e8.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.charAt(1));
      }
    }
    Archive archive = Archive.open(zip, scratch());
    assertThat(archive.require("b\u00e9.png").readSmall(9)).containsExactly(0xe9);
    assertThat(archive.require("b\u00e8.png").readSmall(9)).containsExactly(0xe8);
  }

  @Test
  void anInterruptLeavesTheFileOpen() {
    Archive archive = Archive.open(Fixtures.path("folder.zip"), scratch());
    Entry entry = archive.entries().get(0);
    Thread.currentThread().interrupt();
    byte[] interrupted = entry.readSmall(1 << 20);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(entry.readSmall(1 << 20)).isEqualTo(interrupted);
  }

  @Test
  void aZipBombIsNotExpanded() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a/x.png"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 65; i++) {
        out.write(zeros);
      }
    }
    assertThat(Files.size(zip)).isLessThan(1 << 20);
    Entry entry = Archive.open(zip, scratch()).entries().get(0);
    assertThatThrownBy(() -> entry.readSmall(1 << 20))
        .isInstanceOf(InputException.class)
        .hasMessage(zip + "!a/x.png: cannot be read: 68157440 bytes, more than 1048576");
    // As a file of records it would be expanded into the cache, but not beyond all measure.
    Archive archive = Archive.open(zip, scratch());
    assertThatThrownBy(() -> DataFile.of("x", archive, "a/x.png", scratch()).bytes())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("which no image data does");
    assertThat(scratch()).isEmptyDirectory();
  }

  @Test
  void aGzipBombIsNotExpanded() throws IOException {
    Path gz = folder.resolve("bomb.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 10; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() -> Archive.open(gz, scratch()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(gz.toString())
        .hasMessageContaining("which no image data does");
    assertThat(scratch()).isEmptyDirectory();
  }

  @Test
  void largeEntriesAreExpandedIntoTheScratchFolderOnce() throws IOException {
    Path zip = folder.resolve("large.zip");
    byte[] noise = new byte[Limits.HEAP_BYTES + 1000];
    new java.util.SplittableRandom(3).nextBytes(noise);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(0);
      out.putNextEntry(new ZipEntry("large.bin"));
      out.write(noise);
    }
    Archive archive = Archive.open(zip, scratch());
    Bytes bytes = DataFile.of("large", archive, "large.bin", scratch()).bytes();
    assertThat(bytes.size()).isEqualTo(noise.length);
    assertThat(bytes.copy("large", noise.length - 500, 500))
        .isEqualTo(Arrays.copyOfRange(noise, noise.length - 500, noise.length));
    DataFile.of("large", archive, "large.bin", scratch()).bytes();
    try (var files = Files.list(scratch())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void linksInATarAreNotFollowed() throws IOException {
    Path tar = folder.resolve("links.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      TarArchiveEntry link = new TarArchiveEntry("a/link.png", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
      TarArchiveEntry file = new TarArchiveEntry("a/real.png");
      file.setSize(1);
      out.putArchiveEntry(file);
      out.write(7);
      out.closeArchiveEntry();
    }
    assertThat(Archive.open(tar, scratch()).entries())
        .extracting(Entry::path)
        .containsExactly("a/real.png");
  }
}
