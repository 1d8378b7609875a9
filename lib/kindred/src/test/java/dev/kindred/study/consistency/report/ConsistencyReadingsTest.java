package dev.kindred.study.consistency.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsistencyReadingsTest {
  private static final List<String> MODELS = List.of("m", "n", "o", "p");

  /** Similarities of the six pairs of models on each data set, named in their order. */
  private static SimilaritySet similarities(double[][] ofDataSets) {
    List<DataSet> dataSets = new ArrayList<>();
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (int d = 0; d < ofDataSets.length; d++) {
      double[][] values = new double[4][4];
      int k = 0;
      for (int i = 0; i < 4; i++) {
        values[i][i] = 1;
        for (int j = 0; j < i; j++) {
          values[i][j] = ofDataSets[d][k++];
          values[j][i] = values[i][j];
        }
      }
      dataSets.add(new DataSet("set " + d, "category " + d % 2));
      matrices.add(
          new LabelledMatrix("set " + d, MODELS, MODELS, values, Provenance.of("planted")));
    }
    return new SimilaritySet(dataSets, matrices);
  }

  private static final double[] RISING = {.1, .2, .3, .4, .5, .6};
  private static final double[] NEARLY = {.1, .3, .2, .4, .6, .5};
  private static final double[] OTHER = {.4, .1, .5, .2, .6, .3};
  private static final double[] CONSTANT = {.5, .5, .5, .5, .5, .5};

  private static ConsistencyReadings readings(SimilaritySet similarities) {
    return new ConsistencyReadings(similarities, new ModelTable(MODELS, Map.of()));
  }

  /**
   * Set 4 is constant, so nothing is defined with it. Set 3 agrees with the defined others least; a
   * mean over all others would make every set look less consistent, and set 4 the least with 0.
   */
  @Test
  void theDataSetThatAgreesLeastIsFoundAmongDefinedConsistencies() {
    SimilaritySet all = similarities(new double[][] {RISING, NEARLY, RISING, OTHER, CONSTANT});
    assertThat(readings(all).dataSets().here()).endsWith("agrees least with the others is set 3");
    SimilaritySet none = similarities(new double[][] {CONSTANT, CONSTANT});
    assertThat(readings(none).dataSets().here())
        .contains("undefined within")
        .endsWith("agrees least with the others is none");
  }

  /** The same data sets are left out of both measures, whichever of them is undefined there. */
  @Test
  void measuresAreComparedWhereBothAreDefined() {
    SimilaritySet first = similarities(new double[][] {RISING, NEARLY, OTHER, CONSTANT, NEARLY});
    SimilaritySet second = similarities(new double[][] {RISING, NEARLY, OTHER, RISING, CONSTANT});
    assertThat(readings(first).measures(Map.of("itself", first)).here()).endsWith("itself 1.00");
    assertThat(readings(first).measures(Map.of("second", second)).here()).endsWith("second 1.00");
  }

  @Test
  void theMeanOfACategoryLeavesUndefinedCorrelationsOut() {
    SimilaritySet all = similarities(new double[][] {RISING, NEARLY, CONSTANT});
    double[] accuracies = {.1, .3, .6, .9};
    PerformanceGap gaps =
        new PerformanceGap(
            all, Map.of("set 0", accuracies, "set 1", accuracies, "set 2", accuracies));
    assertThat(gaps.correlation(2)).isNaN();
    assertThat(readings(all).gaps(Optional.of(gaps)).here())
        .contains(String.format(java.util.Locale.ROOT, "category 0 %.2f", gaps.correlation(0)));
  }
}
