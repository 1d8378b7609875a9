package dev.kindred.study.consistency.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.study.consistency.PublishedResults;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsistencyReadingsTest {
  private static final List<String> MODELS = List.of("m", "n", "o");

  private static SimilaritySet similarities(double[][] first, double[][] second) {
    return new SimilaritySet(
        List.of(new DataSet("a", "x"), new DataSet("b", "x")),
        List.of(
            new LabelledMatrix("s", MODELS, MODELS, first, Provenance.of("planted")),
            new LabelledMatrix("s", MODELS, MODELS, second, Provenance.of("planted"))));
  }

  private static final double[][] VALUES = {{1, .2, .4}, {.2, 1, .6}, {.4, .6, 1}};
  private static final double[][] FLAT = {{1, .5, .5}, {.5, 1, .5}, {.5, .5, 1}};

  private static ConsistencyReadings readings(SimilaritySet similarities) {
    return new ConsistencyReadings(similarities, new ModelTable(MODELS, Map.of()));
  }

  @Test
  void sentencesSayTheNumbersAndWhatIsUndefined() {
    SimilaritySet same = similarities(VALUES, VALUES);
    assertThat(readings(same).matrices().here())
        .isEqualTo(
            "the mean similarity of two models is 0.40, its standard deviation over data sets 0.00 on average");
    assertThat(readings(same).between().here())
        .isEqualTo("over all 1 pairs of data sets, r ranges from 1.00 to 1.00");
    SimilaritySet flat = similarities(FLAT, FLAT);
    assertThat(readings(flat).dataSets().here())
        .contains("undefined within")
        .endsWith("agrees least with the others is none");
    assertThat(readings(flat).gaps(Optional.empty()).here())
        .isEqualTo("this source has no labels, so there are no accuracies");
  }

  @Test
  void thePublishedNumberIsThatOfThePublishedResults() {
    assertThat(readings(similarities(VALUES, VALUES)).distributions().paper())
        .contains(String.format(Locale.ROOT, "is %.3f", PublishedResults.MEAN_CONSISTENCY));
  }
}
