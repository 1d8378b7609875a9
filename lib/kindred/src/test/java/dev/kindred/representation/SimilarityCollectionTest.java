package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarityCollectionTest {
  @TempDir Path folder;

  private void publish(String dataSet, String metric, double[][] values, String ids)
      throws IOException {
    Path place = folder.resolve("model_similarities").resolve(dataSet).resolve(metric);
    Representations.write(Representation.of("s", values), place.resolve("similarity_matrix.pt"));
    Files.writeString(place.resolve("model_ids.txt"), ids);
  }

  @Test
  void publishedFoldersOpenAsLabelledMatrices() throws IOException {
    double[][] values = {{1, 0.5}, {0.25, 1}};
    publish("cifar", "cka", values, "vit\nresnet\n");
    publish("cifar", "rsa", values, "vit\nresnet");
    publish("dtd", "cka", values, "vit\nresnet");

    SimilarityCollection all = SimilarityCollection.open(folder);

    assertThat(all.dataSets()).containsExactly("cifar", "dtd");
    assertThat(all.metrics()).containsExactly("cka", "rsa");
    assertThat(all.missing()).containsExactly("dtd/rsa");
    LabelledMatrix matrix = all.matrix("cifar", "cka");
    assertThat(matrix.title()).isEqualTo("cka");
    assertThat(matrix.rows()).containsExactly("vit", "resnet").isEqualTo(matrix.columns());
    assertThat(matrix.get("resnet", "vit")).isEqualTo(0.25);
    assertThat(matrix.provenance().parameters()).containsEntry("data set", "cifar");
    assertThatThrownBy(() -> all.matrix("dtd", "rsa"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no similarities rsa on dtd");
  }

  @Test
  void idsThatDoNotFitAreRefused() throws IOException {
    publish("a", "cka", new double[][] {{1, 0}, {0, 1}}, "one\ntwo\nthree\n");
    publish("b", "cka", new double[][] {{1, 0}, {0, 1}}, "one\none\n");
    SimilarityCollection all = SimilarityCollection.open(folder);
    assertThatThrownBy(() -> all.matrix("a", "cka"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected 3 × 3 similarities")
        .hasMessageContaining("[2, 2]");
    assertThatThrownBy(() -> all.matrix("b", "cka"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 2, 1 of them different");
    assertThatThrownBy(() -> SimilarityCollection.open(folder.resolve("model_similarities/a")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found no such file");
  }
}
