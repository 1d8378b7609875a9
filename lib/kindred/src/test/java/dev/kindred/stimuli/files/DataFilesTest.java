package dev.kindred.stimuli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the files of a data set are looked for, and what is accepted. */
class DataFilesTest {
  private static final byte[] CONTENT = "twelve bytes".getBytes(StandardCharsets.UTF_8);
  private static final byte[] WRONG = "twelve bites".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(CONTENT, "\"v1\"");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Manifest manifest(String url, boolean checked) throws IOException {
    String checksum = checked ? ", \"sha256\": \"" + Checksums.sha256(CONTENT) + "\"" : "";
    return Manifest.read(
        Files.writeString(
            Files.createDirectories(folder.resolve("manifests")).resolve("toy.json"),
            """
            {"name": "toy", "description": "d", "license": "l", "citeAs": "c", "url": "u",
             "version": "1.0.0", "distribution": [{"@type": "cr:FileObject", "@id": "a.bin",
             "contentUrl": "%s", "encodingFormat": "x", "contentSize": "12 B"%s}]}
            """
                .formatted(url, checksum)));
  }

  private DataFiles files(boolean offline) {
    return new DataFiles(
        new DataSettings(
            List.of(),
            List.of(folder.resolve("mirror1"), folder.resolve("mirror2")),
            folder.resolve("cache"),
            offline),
        new Downloader(
            new DownloadSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                2)));
  }

  private Path put(String place, byte[] bytes) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private Path require(Manifest manifest, boolean offline) {
    return files(offline).require(manifest, manifest.wholeFiles(), Progress.NONE).get(0);
  }

  @Test
  void aRelativeAddressIsBesideTheManifest() throws IOException {
    Path file = put("data/a.bin", CONTENT);
    assertThat(require(manifest("../data/a.bin", true), true)).isEqualTo(file);
    Files.delete(file);
    assertThatThrownBy(() -> require(manifest("../data/a.bin", true), false))
        .isInstanceOf(InputException.class)
        .hasMessage("toy: expected " + file + ", found none");
    put("data/a.bin", WRONG);
    assertThatThrownBy(() -> require(manifest("../data/a.bin", true), false))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "toy: " + file + ": expected sha256 " + Checksums.sha256(CONTENT) + ", found ");
  }

  @Test
  void anAbsolutePathIsReadFromMirrorsOnly() throws IOException {
    Path outside = put("secret/a.bin", CONTENT);
    assertThatThrownBy(() -> require(manifest(outside.toString(), true), true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absolute path")
        .hasMessageContaining("KINDRED_MIRROR");

    Path mirrored = put("mirror2/elsewhere/a.bin", CONTENT);
    assertThat(require(manifest(mirrored.toString(), true), true)).isEqualTo(mirrored);
  }

  @Test
  void aWrongContentSizeIsNamedAsSuch() throws IOException {
    put("data/a.bin", CONTENT);
    for (String url : List.of("../data/a.bin", server.address().toString())) {
      for (String wrong : List.of("11 B", "13 B")) {
        Path file = manifest(url, true).origin();
        Files.writeString(file, Files.readString(file).replace("12 B", wrong));
        assertThatThrownBy(() -> require(Manifest.read(file), false))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("contentSize")
            .hasMessageContaining(wrong.substring(0, 2))
            .hasMessageContaining("12");
      }
    }
    assertThat(folder.resolve("cache/toy/a.bin")).doesNotExist();
  }

  @Test
  void mirrorsAreAskedBeforeTheNetwork() throws IOException {
    put("mirror1/toy/a.bin", WRONG);
    Path right = put("mirror2/toy/a.bin", CONTENT);
    assertThat(require(manifest(server.address().toString(), true), false)).isEqualTo(right);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void whatNoMirrorHasIsDownloadedOnce() throws IOException {
    Manifest manifest = manifest(server.address().toString(), true);
    Path cached = folder.resolve("cache/toy/a.bin");
    assertThat(require(manifest, false)).isEqualTo(cached).hasBinaryContent(CONTENT);
    assertThat(require(manifest, true)).isEqualTo(cached);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aDamagedFileInTheCacheIsReplaced() throws IOException {
    Path cached = put("cache/toy/a.bin", WRONG);
    Manifest manifest = manifest(server.address().toString(), true);
    assertThat(files(true).inspect(manifest, manifest.files().get(0)).state())
        .isEqualTo(DataFiles.State.WRONG);
    assertThat(require(manifest, false)).isEqualTo(cached).hasBinaryContent(CONTENT);
  }

  @Test
  void offlineOneLineSaysWhichFileToPutWhere() throws IOException {
    Manifest manifest = manifest("https://example.org/a.bin", true);
    assertThatThrownBy(() -> require(manifest, true))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "toy: a.bin is not here and the network is off (KINDRED_OFFLINE): put it as "
                + folder.resolve("cache/toy/a.bin")
                + ", 12 bytes, sha256 "
                + Checksums.sha256(CONTENT)
                + ", from https://example.org/a.bin");
  }

  @Test
  void withoutANetworkTheLineAlsoSaysSo() throws IOException {
    Manifest manifest = manifest(server.address().toString(), true);
    server.close();
    assertThatThrownBy(() -> require(manifest, false))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("no answer from 127.0.0.1")
        .hasMessageEndingWith("; or put the file as " + folder.resolve("cache/toy/a.bin"));
  }

  @Test
  void anUnknownChecksumIsPinnedAtTheFirstDownload() throws IOException {
    Manifest manifest = manifest(server.address().toString(), false);
    Path cached = require(manifest, false);
    assertThat(folder.resolve("cache/pins.json"))
        .content()
        .contains("\"toy/a.bin\"", Checksums.sha256(CONTENT), server.address().toString());
    assertThat(files(true).inspect(manifest, manifest.files().get(0)).state())
        .isEqualTo(DataFiles.State.VERIFIED);

    Files.write(cached, WRONG);
    assertThatThrownBy(() -> require(manifest, true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected sha256 " + Checksums.sha256(CONTENT));

    server.then(ScriptedServer.file(WRONG, "\"v2\""));
    assertThatThrownBy(() -> require(manifest, false))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("expected sha256 " + Checksums.sha256(CONTENT));
  }
}
