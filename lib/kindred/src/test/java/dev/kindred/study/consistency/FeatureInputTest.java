package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Profile;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureInputTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    FeatureFolder.write(folder, List.of("CIFAR-10", "my-pictures"), 6);
  }

  private ConsistencyInput open(List<String> dataSets) {
    return ConsistencyInput.open("features", folder.toString(), "", dataSets, Profile.DEMO, 1);
  }

  @Test
  void comparesWhatIsInTheFiles() {
    SimilaritySet similarities = open(List.of()).similarities("cka[rows=unit]");
    LabelledMatrix expected =
        new AllPairs(Measures.parse("cka[rows=unit]"))
            .matrix(
                List.of(
                    Representations.read(folder.resolve("my-pictures/m1.npy")),
                    Representations.read(folder.resolve("my-pictures/m4.npy"))));
    assertThat(similarities.matrix(1).get("m1", "m4")).isCloseTo(expected.get(0, 1), within(1e-6));
    assertThat(similarities.models()).containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
    assertThat(similarities.dataSets())
        .extracting(d -> d.name() + ": " + d.category())
        .containsExactly("CIFAR-10: natural (multi-domain)", "my-pictures: other");
  }

  @Test
  void anyColumnMakesSets() {
    assertThat(open(List.of()).attributes()).containsExactly("objective", "colour");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Files.delete(folder.resolve("my-pictures/m3.npy"));
    assertThatThrownBy(() -> open(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there are no features of my-pictures/m3");
    assertThatThrownBy(() -> open(List.of("moon"))).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> ConsistencyInput.open("features", "", "", List.of(), Profile.DEMO, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected its folder in the parameter features");
    assertThatThrownBy(() -> ConsistencyInput.open("moon", "x", "", List.of(), Profile.DEMO, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected zoo, features or published, found moon");
  }
}
