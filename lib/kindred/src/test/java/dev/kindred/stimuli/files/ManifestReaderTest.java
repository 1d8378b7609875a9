package dev.kindred.stimuli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
  private static final String GOOD =
      """
      {"@type": "sc:Dataset", "name": "toy", "description": "d", "license": "unknown",
       "citeAs": "c", "url": "u", "version": "1.0.0",
       "distribution": [
         {"@type": "cr:FileObject", "@id": "a.zip", "name": "a.zip",
          "contentUrl": "https://example.org/a.zip", "contentSize": "12 B",
          "encodingFormat": "application/zip", "md5": "00112233445566778899aabbccddeeff"},
         {"@type": "cr:FileSet", "@id": "pictures", "name": "pictures",
          "containedIn": {"@id": "a.zip"}, "includes": "x/*.png", "encodingFormat": "image/png"}],
       "kindred:images": {"decoder": "image-folder", "classDepth": 1,
         "splits": {"test": ["pictures"]}}}
      """;

  @TempDir Path folder;

  private Manifest read(String json) throws IOException {
    return Manifest.read(Files.writeString(folder.resolve("toy.json"), json));
  }

  @Test
  void readsEveryPart() throws IOException {
    Manifest manifest = read(GOOD);
    assertThat(manifest.name()).isEqualTo("toy");
    FileObject file = manifest.files().get(0);
    assertThat(file.size()).hasValue(12);
    assertThat(file.checksum())
        .contains(new Checksum(Checksum.Algorithm.MD5, "00112233445566778899AABBCCDDEEFF"));
    assertThat(file.isRemote()).isTrue();
    assertThat(manifest.sets().get(0).filter())
        .accepts("x/1.png")
        .rejects("x/y/1.png", "x/1.jpg", "1.png");
    assertThat(manifest.images().orElseThrow().splits()).containsOnlyKeys("test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name": "toy"        | "name": "../toy"       | expected a name of letters
          "license": "unknown",| ""                     | license is missing
          12 B                 | twelve                 | expected contentSize as a number of bytes
          eeff"                | eef"                   | expected 32 hexadecimal digits as md5
          ["pictures"]         | ["photos"]             | a split names photos
          {"@id": "a.zip"}     | {"@id": "b.zip"}       | no FileObject has the @id b.zip
          "@id": "pictures"    | "@id": "a.zip"         | two parts of the distribution
          cr:FileSet           | cr:FileSat             | found cr:FileSat
          "classDepth": 1      | "classDepth": "deep"   | expected a whole number as classDepth
          "@id": "a.zip", "n   | "@id": "a/b.zip", "n   | expected a plain file name
          {"test": ["pictures"]} | {}                   | splits is empty
          https://example.org/a.zip | http://[::1            | contentUrl is no address
          https://example.org/a.zip | https://e.org/a b.zip  | contentUrl is no address
          https://example.org/a.zip | file:///etc/passwd     | expected an https address or a relative path
          https://example.org/a.zip | https:a.zip            | expected an https address or a relative path
          https://example.org/a.zip | ../../etc/passwd       | leads out of the folder
          https://example.org/a.zip | a/../../../etc/passwd  | leads out of the folder
          """)
  void saysWhatIsWrong(String good, String bad, String message) {
    String json = GOOD.replace(good, bad.equals("\"\"") ? "" : bad);
    assertThat(json).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("toy.json").toString())
        .hasMessageContaining(message);
  }

  @Test
  void anythingButJsonIsOneClearError() {
    for (String text : List.of("", "[]", "{", "{\"name\": [", "[".repeat(100_000), "\"toy\"")) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(folder.resolve("toy.json").toString());
    }
  }

  /** A device would be read without an end, and a pipe waited for. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatIsNotAFileIsRefused() throws IOException {
    Path device = Files.createSymbolicLink(folder.resolve("zero.json"), Path.of("/dev/zero"));
    for (Path place : List.of(device, Files.createDirectory(folder.resolve("folder.json")))) {
      assertThatThrownBy(() -> Manifest.read(place))
          .isInstanceOf(InputException.class)
          .hasMessage(place + ": expected a file, found a folder, a pipe or a device");
    }
  }

  @Test
  void anEarlierFolderWins() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.writeString(first.resolve("mnist.json"), GOOD.replace("toy", "mnist"));
    Files.writeString(second.resolve("mnist.json"), GOOD.replace("toy", "mnist"));
    assertThat(new Manifests(List.of(first, second)).find("mnist").origin())
        .isEqualTo(first.resolve("mnist.json"));
    Files.writeString(first.resolve("again.json"), GOOD.replace("toy", "mnist"));
    assertThatThrownBy(() -> new Manifests(List.of(first)).all())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("both describe mnist");
  }

  @Test
  void aJarInAFolderWithSpacesIsRead() throws IOException {
    Path jar = Files.createDirectories(folder.resolve("my jars é")).resolve("a b.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("dev/kindred/data-manifests/toy.json"));
      out.write(GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    URI inside = URI.create("jar:" + jar.toUri() + "!/dev/kindred/data-manifests");
    assertThat(Manifests.at(inside)).containsOnlyKeys("toy");
  }

  @Test
  void settingsComeFromTheEnvironment() {
    String list = folder + java.io.File.pathSeparator + folder.resolve("b");
    DataSettings settings =
        DataSettings.from(
            Map.of(
                "KINDRED_MANIFESTS",
                list,
                "KINDRED_MIRROR",
                folder.toString(),
                "KINDRED_CACHE",
                folder.resolve("cache").toString(),
                "KINDRED_OFFLINE",
                "1"));
    assertThat(settings.manifests()).containsExactly(folder, folder.resolve("b"));
    assertThat(settings.mirrors()).containsExactly(folder);
    assertThat(settings.cache()).isEqualTo(folder.resolve("cache").resolve("data"));
    assertThat(settings.offline()).isTrue();
    assertThat(DataSettings.from(Map.of("KINDRED_OFFLINE", "false")).offline()).isFalse();
  }
}
