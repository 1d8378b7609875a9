package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class SelectedModelsTest {
  private static final List<String> MODELS = List.of("a", "b", "c", "d");

  /** Four models on one data set; the similarity of two is 0.1 times the sum of their numbers. */
  private static final class Four implements ConsistencyInput {
    @Override
    public Table models() {
      return modelTable().table();
    }

    @Override
    public ModelTable modelTable() {
      return new ModelTable(MODELS, Map.of("objective", List.of("Sup", "Sup", "SSL", "SSL")));
    }

    @Override
    public List<DataSet> dataSetList() {
      return List.of(new DataSet("set", "natural"));
    }

    @Override
    public SimilaritySet similarities(String measure) {
      return new SimilaritySet(dataSetList(), List.of(matrix()));
    }

    @Override
    public Optional<PerformanceGap> gaps(SimilaritySet similarities) {
      return Optional.of(
          new PerformanceGap(similarities, Map.of("set", new double[] {0.1, 0.2, 0.4, 0.8})));
    }

    @Override
    public Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long seed) {
      return Map.of(1, Map.of("linear", matrix()));
    }

    private static LabelledMatrix matrix() {
      double[][] values = new double[4][4];
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          values[i][j] = 0.1 * (i + j);
        }
      }
      return new LabelledMatrix("s", MODELS, MODELS, values, Provenance.of("test"));
    }
  }

  private final ConsistencyInput some = new Four().select(List.of("d", "a", "c"));

  @Test
  void everythingIsOfTheChosenModelsInTheirOwnOrder() {
    assertThat(some.models().stringColumn(0).asList()).containsExactly("a", "c", "d");
    assertThat(some.modelTable().values("objective")).containsExactly("Sup", "SSL", "SSL");
    SimilaritySet similarities = some.similarities("cka");
    assertThat(similarities.models()).containsExactly("a", "c", "d");
    assertThat(similarities.matrix(0).get("c", "d")).isEqualTo(0.5);
    PerformanceGap gaps = some.gaps(similarities).orElseThrow();
    assertThat(gaps.gap(0, 1, 2)).isEqualTo(0.4);
    assertThat(some.sampleSizes(1).get(1).get("linear").rows()).containsExactly("a", "c", "d");
  }

  @Test
  void noNameMeansAllAndUnknownOnesAreRefused() {
    ConsistencyInput all = new Four();
    assertThat(all.select(List.of())).isSameAs(all);
    assertThatThrownBy(() -> all.select(List.of("a", "e", "b")))
        .isInstanceOf(InputException.class)
        .hasMessage("no model is named e; there are a, b, c, d");
    assertThatThrownBy(() -> all.select(List.of("a", "a", "b")))
        .hasMessageStartingWith("expected at least 3 different models");
  }
}
