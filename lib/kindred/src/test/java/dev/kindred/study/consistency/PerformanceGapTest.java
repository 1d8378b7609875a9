package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerformanceGapTest {
  private static final ModelTable MODELS = Planted.models(8);
  private static final List<DataSet> DATA_SETS = Planted.dataSets(2);
  private static final SimilaritySet SIMILARITIES =
      Planted.similarities(MODELS, DATA_SETS, (a, b, d) -> 0.5, (a, b, d) -> 1, 4);
  private static final double[] ACCURACIES = {0.9, 0.5, 0.75, 0.8, 0.3, 0.62, 0.7, 0.1};

  private static Map<String, double[]> accuracies(double[] second) {
    Map<String, double[]> accuracies = new HashMap<>();
    accuracies.put(DATA_SETS.get(0).name(), ACCURACIES);
    accuracies.put(DATA_SETS.get(1).name(), second);
    return accuracies;
  }

  @Test
  void correlatesSimilarityWithTheAbsoluteDifference() {
    PerformanceGap gaps = new PerformanceGap(SIMILARITIES, accuracies(new double[8]));
    PairSet all = SIMILARITIES.allPairs();
    double expected =
        Correlation.Method.PEARSON.coefficient(
            all.values(SIMILARITIES.matrix(0)),
            all.values((i, j) -> Math.abs(ACCURACIES[i] - ACCURACIES[j])));
    assertThat(gaps.correlation(0)).isCloseTo(expected, within(1e-12));
    assertThat(gaps.gap(0, 7, 0)).isCloseTo(0.8, within(1e-12));
    assertThat(gaps.better(0, 7, 0)).isEqualTo(0.9);
  }

  @Test
  void isUndefinedWhereAllModelsPerformAlike() {
    assertThat(new PerformanceGap(SIMILARITIES, accuracies(new double[8])).correlation(1)).isNaN();
  }

  @Test
  void needsOneAccuracyForEveryModel() {
    assertThatThrownBy(() -> new PerformanceGap(SIMILARITIES, accuracies(new double[7])))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected one for each of 8 models, found 7");
    assertThatThrownBy(() -> new PerformanceGap(SIMILARITIES, Map.of("moon", new double[8])))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no data set is named moon");
  }

  @Test
  void isUnknownWhereThereAreNoAccuracies() {
    PerformanceGap gaps =
        new PerformanceGap(SIMILARITIES, Map.of(DATA_SETS.get(0).name(), ACCURACIES));
    assertThat(gaps.isKnown(0)).isTrue();
    assertThat(gaps.isKnown(1)).isFalse();
    assertThat(gaps.correlation(1)).isNaN();
  }
}
