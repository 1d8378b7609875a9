package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.consistency.Findings.DataSetAgreement;
import dev.kindred.study.consistency.Findings.Named;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final List<String> MODELS = List.of("m", "n", "o", "p");
  private static final Offset<Double> ROUNDING = within(1e-12);
  private static final double[] RISING = {.1, .2, .3, .4, .5, .6};
  private static final double[] NEARLY = {.1, .3, .2, .4, .6, .5};
  private static final double[] OTHER = {.4, .1, .5, .2, .6, .3};
  private static final double[] CONSTANT = {.5, .5, .5, .5, .5, .5};

  /** The pairs in their order: nm, om, on, pm, pn, po. */
  private static LabelledMatrix matrix(double[] pairs) {
    double[][] values = new double[4][4];
    int k = 0;
    for (int i = 0; i < 4; i++) {
      values[i][i] = 1;
      for (int j = 0; j < i; j++) {
        values[i][j] = pairs[k];
        values[j][i] = pairs[k++];
      }
    }
    return new LabelledMatrix("s", MODELS, MODELS, values, Provenance.of("planted"));
  }

  private static SimilaritySet similarities(double[]... ofDataSets) {
    List<DataSet> dataSets = new ArrayList<>();
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (double[] pairs : ofDataSets) {
      dataSets.add(new DataSet("set " + dataSets.size(), "category " + dataSets.size() % 2));
      matrices.add(matrix(pairs));
    }
    return new SimilaritySet(dataSets, matrices);
  }

  private static Findings findings(SimilaritySet similarities) {
    return new Findings(
        similarities, new ModelTable(MODELS, Map.of("kind", List.of("A", "A", "A", "B"))));
  }

  @Test
  void similaritiesAreAveragedOverPairsAndDataSets() {
    Findings findings = findings(similarities(RISING, CONSTANT));
    assertThat(findings.meanSimilarity()).isCloseTo(0.425, ROUNDING);
    // half the distance of the two, for each pair
    assertThat(findings.meanDeviation()).isCloseTo((.2 + .15 + .1 + .05 + 0 + .05) / 6, ROUNDING);
    assertThat(findings.mostSimilarWithin("kind"))
        .hasValueSatisfying(
            most -> {
              assertThat(most.name()).isEqualTo("A–A"); // B has no pair of its own
              assertThat(most.value()).isCloseTo((.3 + .35 + .4) / 3, ROUNDING);
            });
    assertThat(findings.mostSimilarWithin("moon")).isEmpty();
  }

  @Test
  void deviationsAreToldByThirdsOfTheMean() {
    // means .3 .35 .4 .45 .5 .55, deviations .2 .15 .1 .05 0 .05
    assertThat(findings(similarities(RISING, CONSTANT)).deviationOfThirds())
        .containsExactly(new double[] {.175, .075, .025}, ROUNDING);
    double[] stretched = findings(similarities(RISING, CONSTANT)).stretched().deviationOfThirds();
    // arccos falls, so that the thirds stand the other way round
    assertThat(stretched[2])
        .isCloseTo((Math.acos(.1) - Math.acos(.5) + Math.acos(.2) - Math.acos(.5)) / 4, ROUNDING);
  }

  @Test
  void neighboursAreCountedWhereSetsHaveMoreThanTwoModels() {
    List<String> five = List.of("a", "b", "c", "d", "e");
    double[][] values = {
      {1, .9, .1, .1, .1},
      {.9, 1, .1, .1, .1},
      {.1, .1, 1, .2, .8},
      {.1, .1, .2, 1, .3},
      {.1, .1, .8, .3, 1}
    };
    SimilaritySet set =
        new SimilaritySet(
            List.of(new DataSet("x", "c")),
            List.of(new LabelledMatrix("s", five, five, values, Provenance.of("planted"))));
    ModelTable models =
        new ModelTable(
            five,
            Map.of(
                "kind", List.of("A", "A", "A", "B", "B"),
                "three", List.of("A", "A", "B", "B", "C")));
    // a, b and d find their own kind; c and e find each other
    Findings.Neighbours neighbours =
        new Findings(set, models).neighboursOfOwnSet(List.of(0)).get("kind");
    assertThat(neighbours.shares()).containsExactly(.6);
    // of the four others, two are of the kind for a, b and c, and one for d and e
    assertThat(neighbours.chance()).isCloseTo((3 * .5 + 2 * .25) / 5, ROUNDING);
    assertThat(new Findings(set, models).neighboursOfOwnSet(List.of(0))).containsOnlyKeys("kind");
  }

  /** Copies are nearest to each other, and say nothing of their set. */
  @Test
  void copiesAreNoNeighbours() {
    List<String> five = List.of("a0", "a1", "b", "c", "d");
    double[][] values = {
      {1, .99, .1, .8, .1},
      {.99, 1, .1, .8, .1},
      {.1, .1, 1, .1, .9},
      {.8, .8, .1, 1, .1},
      {.1, .1, .9, .1, 1}
    };
    SimilaritySet set =
        new SimilaritySet(
                List.of(new DataSet("x", "c")),
                List.of(new LabelledMatrix("s", five, five, values, Provenance.of("planted"))))
            .declaredAs(List.of("a", "a", "b", "c", "d"));
    ModelTable models = new ModelTable(five, Map.of("kind", List.of("A", "A", "A", "B", "B")));
    Findings.Neighbours neighbours =
        new Findings(set, models).neighboursOfOwnSet(List.of(0)).get("kind");
    // a0 and a1 find c, b and d find each other, c finds a0: none its own kind
    assertThat(neighbours.shares()).containsExactly(0.0);
    // 1 of 3 for a0 and a1, 2 of 4 for b, 1 of 4 for c and d
    assertThat(neighbours.chance()).isCloseTo((2 / 3.0 + .5 + 2 * .25) / 5, ROUNDING);
    assertThat(set.allPairs().size()).isEqualTo(10);
    assertThat(set.comparedPairs().size()).isEqualTo(9);
    // the nine others: .1 six times, .8 twice and .9
    assertThat(new Findings(set, models).meanSimilarity()).isCloseTo(3.1 / 9, ROUNDING);
  }

  @Test
  void consistencyIsAveragedOverPairsOfDataSets() {
    Findings findings = findings(similarities(RISING, NEARLY, OTHER));
    double first = Correlation.Method.PEARSON.coefficient(RISING, NEARLY);
    double second = Correlation.Method.PEARSON.coefficient(RISING, OTHER);
    double third = Correlation.Method.PEARSON.coefficient(NEARLY, OTHER);
    assertThat(findings.consistencies())
        .containsExactly(new double[] {first, second, third}, ROUNDING);
    double mean = (first + second + third) / 3;
    double squares =
        Math.pow(first - mean, 2) + Math.pow(second - mean, 2) + Math.pow(third - mean, 2);
    assertThat(findings.meanAndDeviationOfConsistency())
        .containsExactly(new double[] {mean, Math.sqrt(squares / 3)}, ROUNDING);
  }

  @Test
  void theMostAndTheLeastConsistentSetPairAreThoseOfTheMedians() {
    // within A: nm, om, on rise on both sets; with B: pm, pn, po fall on the second
    Findings findings =
        findings(
            similarities(
                new double[] {.1, .2, .3, .4, .5, .6}, new double[] {.1, .2, .3, .6, .5, .4}));
    assertThat(findings.mostConsistent("kind"))
        .hasValueSatisfying(
            most -> {
              assertThat(most.name()).isEqualTo("A–A");
              assertThat(most.value()).isCloseTo(1, ROUNDING);
            });
    assertThat(findings.leastConsistent("kind"))
        .hasValueSatisfying(
            least -> {
              assertThat(least.name()).isEqualTo("A–B");
              assertThat(least.value()).isCloseTo(-1, ROUNDING);
            });
    assertThat(findings(similarities(CONSTANT, CONSTANT)).mostConsistent("kind")).isEmpty();
  }

  /**
   * Set 4 is constant, so nothing is defined with it. Set 3 agrees with the defined others least; a
   * mean over all others would make every set look less consistent, and set 4 the least with 0.
   */
  @Test
  void theDataSetThatAgreesLeastIsFoundAmongDefinedConsistencies() {
    DataSetAgreement agreement =
        findings(similarities(RISING, NEARLY, RISING, OTHER, CONSTANT)).dataSetAgreement();
    assertThat(agreement.least()).map(Named::name).hasValue("set 3");
    double withOthers =
        2 * Correlation.Method.PEARSON.coefficient(RISING, OTHER)
            + Correlation.Method.PEARSON.coefficient(NEARLY, OTHER);
    assertThat(agreement.least().orElseThrow().value()).isCloseTo(withOthers / 3, ROUNDING);
    // sets 0 and 2 are of one category, and so are 1 and 3
    assertThat(agreement.within())
        .isCloseTo((1 + Correlation.Method.PEARSON.coefficient(NEARLY, OTHER)) / 2, ROUNDING);
    DataSetAgreement none = findings(similarities(CONSTANT, CONSTANT)).dataSetAgreement();
    assertThat(none.within()).isNaN();
    assertThat(none.least()).isEmpty();
  }

  /** The same data sets are left out of both measures, whichever of them is undefined there. */
  @Test
  void measuresAreComparedWhereBothAreDefined() {
    SimilaritySet first = similarities(RISING, NEARLY, OTHER, CONSTANT, NEARLY);
    SimilaritySet second = similarities(RISING, NEARLY, OTHER, RISING, CONSTANT);
    assertThat(findings(first).consistencyAgreement(first)).isCloseTo(1, ROUNDING);
    assertThat(findings(first).consistencyAgreement(second)).isCloseTo(1, ROUNDING);
    assertThat(findings(similarities(RISING)).similarityAgreement(similarities(NEARLY)))
        .isCloseTo(Correlation.Method.PEARSON.coefficient(RISING, NEARLY), ROUNDING);
    assertThat(findings(similarities(RISING)).consistencyAgreement(similarities(NEARLY))).isNaN();
  }

  @Test
  void anchorsAreCountedByTheSetTheyAgreeWithMost() {
    ModelTable models = Planted.models(24);
    SimilaritySet set =
        Planted.similarities(
            models,
            Planted.dataSets(4),
            (a, b, d) -> 0.5,
            (a, b, d) ->
                a.get("objective").equals("SSL") || b.get("objective").equals("SSL") ? 0 : 2,
            5);
    List<String> others =
        models.models().stream()
            .filter(m -> !models.values("objective").get(models.models().indexOf(m)).equals("SSL"))
            .toList();
    assertThat(new Findings(set, models).setsOfAnchors("objective", others))
        .isEqualTo(Map.of("SSL", 16));
  }

  @Test
  void theMeanOfACategoryLeavesUndefinedCorrelationsOut() {
    SimilaritySet all = similarities(RISING, NEARLY, CONSTANT);
    double[] accuracies = {.1, .3, .6, .9};
    PerformanceGap gaps = new PerformanceGap(all, Map.of("set 0", accuracies, "set 2", accuracies));
    assertThat(gaps.correlation(2)).isNaN();
    assertThat(findings(all).gapsByCategory(gaps))
        .containsEntry("category 0", gaps.correlation(0))
        .containsEntry("category 1", Double.NaN);
  }

  @Test
  void theLastChangeIsThatBetweenTheTwoLargestSamples() {
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    bySize.put(1, Map.of("linear", matrix(CONSTANT)));
    bySize.put(5, Map.of("linear", matrix(RISING)));
    bySize.put(10, Map.of("linear", matrix(NEARLY)));
    assertThat(Findings.lastChange(bySize).get("linear")).isCloseTo(.4 / 6, ROUNDING);
  }
}
