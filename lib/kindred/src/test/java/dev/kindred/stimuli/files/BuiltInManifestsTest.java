package dev.kindred.stimuli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of the repository have what Croissant 1.0 and mlcroissant ask for. */
class BuiltInManifestsTest {
  /** Croissant 1.0, "Dataset-level information", required. */
  private static final List<String> REQUIRED_OF_DATASET =
      List.of(
          "@context",
          "@type",
          "conformsTo",
          "name",
          "description",
          "license",
          "url",
          "creator",
          "datePublished",
          "distribution");

  /** Recommended there, and wanted here. */
  private static final List<String> WANTED_OF_DATASET = List.of("citeAs", "version");

  /** What mlcroissant 1.0 checks of a FileObject; contentUrl and a checksum unless contained. */
  private static final List<String> REQUIRED_OF_FILE_OBJECT =
      List.of("@id", "name", "encodingFormat");

  private static final List<String> REQUIRED_OF_FILE_SET =
      List.of("@id", "name", "encodingFormat", "includes");

  static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(SharedFiles.root().resolve("data-manifests"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void describeTheDataSetsAndResultsOfTheProject() {
    assertThat(new Manifests(List.of()).all())
        .extracting(Manifest::name)
        .containsExactly(
            "cifar-10",
            "cifar-100",
            "dataset-consistency-results",
            "dtd",
            "eurosat",
            "fashion-mnist",
            "flowers-102",
            "gtsrb",
            "metric-grounding-results",
            "mnist",
            "model-vs-human",
            "omniglot",
            "stl-10",
            "svhn",
            "tiny-imagenet");
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void haveTheRequiredProperties(Path file) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(json.keySet()).containsAll(REQUIRED_OF_DATASET).containsAll(WANTED_OF_DATASET);
    assertThat(json.get("@type").getAsString()).isEqualTo("sc:Dataset");
    assertThat(json.get("conformsTo").getAsString())
        .isEqualTo("http://mlcommons.org/croissant/1.0");
    assertThat(json.get("version").getAsString()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    assertThat(json.get("datePublished").getAsString()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    assertThat(json.get("name").getAsString() + ".json").isEqualTo(file.getFileName().toString());
    boolean live = json.has("isLiveDataset") && json.get("isLiveDataset").getAsBoolean();
    for (JsonElement element : json.getAsJsonArray("distribution")) {
      JsonObject part = element.getAsJsonObject();
      if (part.get("@type").getAsString().equals("cr:FileSet")) {
        assertThat(part.keySet()).containsAll(REQUIRED_OF_FILE_SET);
        continue;
      }
      assertThat(part.get("@type").getAsString()).isEqualTo("cr:FileObject");
      assertThat(part.keySet()).containsAll(REQUIRED_OF_FILE_OBJECT).contains("contentUrl");
      if (!part.has("containedIn") && !live) {
        assertThat(part.keySet()).containsAnyOf("sha256", "md5");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void onlyNameSafeAddresses(Path file) {
    Manifest manifest = Manifest.read(file);
    assertThat(manifest.wholeFiles())
        .isNotEmpty()
        .allSatisfy(whole -> assertThat(whole.contentUrl()).startsWith("https://"));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void sayOpenlyWhereNoChecksumIsKnown(Path file) {
    Manifest manifest = Manifest.read(file);
    boolean allKnown =
        manifest.wholeFiles().stream().allMatch(whole -> whole.checksum().isPresent());
    assertThat(allKnown || manifest.description().contains("pinned at the first download"))
        .isTrue();
  }
}
