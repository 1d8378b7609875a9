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
import dev.kindred.study.consistency.report.PerformanceFigures;
import dev.kindred.study.models.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void labelsGiveAccuraciesAndGrowingSamples() throws IOException {
    SimilaritySet similarities = open(List.of()).similarities("cka[rows=unit]");
    assertThat(open(List.of()).gaps(similarities)).isEmpty();
    assertThat(open(List.of()).sampleSizes(1)).isEmpty();

    FeatureFolder.label(folder, "my-pictures", "npy");
    ConsistencyInput one = open(List.of());
    assertThat(one.modelTable().models()).as("labels are no model").hasSize(6);
    PerformanceGap gaps = one.gaps(similarities).orElseThrow();
    assertThat(gaps.isKnown(0)).isFalse();
    assertThat(gaps.correlation(0)).isNaN();
    assertThat(gaps.accuracy(1, 0)).isGreaterThan(0.8);
    Map<Integer, Map<String, LabelledMatrix>> bySize = one.sampleSizes(1);
    assertThat(bySize).containsOnlyKeys(5, 10, 20); // one of each of three classes are too few
    DataSet sampled = one.sampled().orElseThrow();
    assertThat(sampled.name()).isEqualTo("my-pictures");
    assertThat(one.classes(sampled)).isEqualTo(3);
    assertThat(one.images(sampled)).isEqualTo(60);
    assertThat(one.dataSets().columnNames())
        .containsExactly("data set", "category", "images", "classes");
    assertThat(one.decidingSampleSizes(1)).as("30 images tell nothing of thousands").isEmpty();
    assertThat(bySize.get(5))
        .containsOnlyKeys("RBF 0.2", "RBF 0.4", "RBF 0.6", "RBF 0.8", "linear");
    assertThat(PerformanceFigures.gaps(similarities, gaps, one).text()).contains("chance 0.33");

    FeatureFolder.label(folder, "CIFAR-10", "csv");
    PerformanceGap both = open(List.of()).gaps(similarities).orElseThrow();
    assertThat(both.isKnown(0)).isTrue();
    assertThat(both.accuracy(0, 0)).isGreaterThan(0.8);
    assertThat(both.accuracy(1, 3)).as("kept").isEqualTo(gaps.accuracy(1, 3));
  }

  /** Images that models have learnt tell how alike networks are there, not how many are enough. */
  @Test
  void growingSamplesAvoidTrainingSets() throws IOException {
    FeatureFolder.label(folder, "CIFAR-10", "csv");
    FeatureFolder.label(folder, "my-pictures", "npy");
    assertThat(open(List.of()).sampled()).map(DataSet::name).hasValue("CIFAR-10");
    Path table = folder.resolve("models.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    lines.set(0, lines.get(0) + ",training data");
    for (int m = 1; m < lines.size(); m++) {
      lines.set(m, lines.get(m) + (m % 2 == 0 ? ",CIFAR-10" : ",elsewhere"));
    }
    Files.write(table, lines);
    ConsistencyInput avoiding = open(List.of());
    assertThat(avoiding.sampled()).map(DataSet::name).hasValue("my-pictures");
    assertThat(avoiding.sampleSizes(1).get(10).get("linear").values())
        .as("drawn from the other set, as alone")
        .isDeepEqualTo(openAlone().get(10).get("linear").values());
    // where all sets were trained on, the one with the most classes is taken after all
    Files.write(table, lines.stream().map(l -> l.replace("elsewhere", "my-pictures")).toList());
    assertThat(open(List.of()).sampled()).map(DataSet::name).hasValue("CIFAR-10");
  }

  /** Samples where the first data set has no labels. */
  private Map<Integer, Map<String, LabelledMatrix>> openAlone() throws IOException {
    Files.delete(folder.resolve("CIFAR-10/labels.csv"));
    try {
      return open(List.of()).sampleSizes(1);
    } finally {
      FeatureFolder.label(folder, "CIFAR-10", "csv");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | expected a label a line, found an empty file
          0;1;2                     | expected a label for each of 60 stimuli, found 3
          0*3;1*3;2*3;3*3;4*3;5*3;6*3;7*3;8*3;9*3;10*3;11*3;12*3;13*3;14*3;15*3;16*3;17*3;18*3;19*3 | expected two classes or more, of 5 stimuli each on average, found 20 of 60
          0*60                      | found 1 of 60
          0*30;-1*30                | label 31: expected a whole number from 0 on, found -1.0
          0*30;1.5*30               | label 31: expected a whole number from 0 on, found 1.5
          0*30;nan*30               | label 31: expected a whole number from 0 on, found NaN
          0,a;1,b                   | expected one column of labels, or two that are named id and label, found 0, a
          label;0;1,1               | line 3: expected 1 values, found 2
          id,label;s1,0             | has ids, but the features of m0 have none
          label;0*30;1*29;''        | label 60 is empty
          """)
  void badLabelsAreOneLine(String lines, String message) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : lines.split(";")) {
      String[] repeated = line.split("\\*");
      String quoted = repeated[0].equals("''") ? "\"\"" : repeated[0];
      text.append((quoted + "\n").repeat(repeated.length > 1 ? Integer.parseInt(repeated[1]) : 1));
    }
    Files.writeString(folder.resolve("my-pictures/labels.csv"), lines.isEmpty() ? "" : text);
    assertThatThrownBy(() -> open(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("labels.csv")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void labelsBelongToOneFileAndToOneAxis() throws IOException {
    Representations.write(
        dev.kindred.representation.Representation.of("x", new double[60][2]),
        folder.resolve("my-pictures/labels.npy"));
    assertThatThrownBy(() -> open(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "labels.npy: expected one label for each stimulus, found float64 (60, 2)");
    Files.writeString(folder.resolve("my-pictures/labels.csv"), "0\n");
    assertThatThrownBy(() -> open(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "my-pictures: expected labels in one file, found labels.npy and labels.csv");
  }

  /** numpy.savetxt writes all numbers like this; ids set the order right. */
  @Test
  void labelsAreReadByIdAndAsNumpyWritesNumbers() throws IOException {
    FeatureFolder.label(folder, "my-pictures", "npy");
    SimilaritySet similarities = open(List.of()).similarities("cka[rows=unit]");
    double expected = open(List.of()).gaps(similarities).orElseThrow().accuracy(1, 2);
    Files.delete(folder.resolve("my-pictures/labels.npy"));
    StringBuilder lines = new StringBuilder();
    StringBuilder byId = new StringBuilder("id,label\n");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.append(i % 3 + ".000000000000000000e+00\n");
      byId.append("s" + (59 - i) + "," + (59 - i) % 3 + "\n");
      ids.add("s" + i);
    }
    Files.writeString(folder.resolve("my-pictures/labels.csv"), lines);
    assertThat(open(List.of()).gaps(similarities).orElseThrow().accuracy(1, 2)).isEqualTo(expected);
    for (int m = 0; m < 6; m++) {
      Path file = folder.resolve("my-pictures/m" + m + ".npy");
      Representations.write(Representations.read(file).withStimulusIds(ids), file);
    }
    Files.writeString(folder.resolve("my-pictures/labels.csv"), byId);
    assertThat(open(List.of()).gaps(similarities).orElseThrow().accuracy(1, 2)).isEqualTo(expected);
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
        .hasMessageContaining("expected zoo, features, published or stored, found moon");
  }
}
