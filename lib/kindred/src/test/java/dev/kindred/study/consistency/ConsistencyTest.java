package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelMap;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
  private static final List<DataSet> TWO = List.of(new DataSet("a", "x"), new DataSet("b", "x"));

  private static LabelledMatrix matrix(double[][] values, String... models) {
    return new LabelledMatrix("s", List.of(models), List.of(models), values, Provenance.of("test"));
  }

  private static SimilaritySet three() {
    return new SimilaritySet(
        TWO,
        List.of(
            matrix(new double[][] {{1, .1, .4}, {.1, 1, .2}, {.4, .2, 1}}, "m", "n", "o"),
            matrix(new double[][] {{1, .3, .5}, {.3, 1, .1}, {.5, .1, 1}}, "m", "n", "o")));
  }

  @Test
  void isPearsonOverUnorderedPairsWithoutSelfPairs() {
    // s(a) = (.1, .4, .2), s(b) = (.3, .5, .1): products of deviations .04, squares .14/3 and .08
    double expected = 0.04 / Math.sqrt(0.14 / 3 * 0.08);
    Consistency consistency = new Consistency(three());
    assertThat(consistency.distribution(PairSet.all(3)))
        .hasSize(1)
        .satisfies(values -> assertThat(values[0]).isCloseTo(expected, within(1e-12)));
    assertThat(consistency.matrix(PairSet.all(3)).get("a", "b")).isCloseTo(expected, within(1e-12));
    assertThat(consistency.median(PairSet.all(3))).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aModelOfWeightTwoCountsAsItsCopyWithoutMeetingItself() {
    Consistency weighted =
        new Consistency(
            three(), Correlation.Method.PEARSON, new double[] {2, 1, 1}, new double[] {1, 1});
    // pairs: mn twice, mo twice, no once
    double[] x = {.1, .1, .4, .4, .2};
    double[] y = {.3, .3, .5, .5, .1};
    assertThat(weighted.mean(PairSet.all(3))).isCloseTo(pearson(x, y), within(1e-12));
  }

  @Test
  void kendallIsTauBNotPearson() {
    // s(a) = (.1, .4, .2), s(b) = (.3, .5, .1): of three pairs of places, two are in the same order
    Consistency kendall = new Consistency(three(), Correlation.Method.KENDALL);
    assertThat(kendall.mean(PairSet.all(3))).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(kendall.matrix(PairSet.all(3)).get("b", "a")).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(kendall.matrix(PairSet.all(3)).get("b", "b")).isEqualTo(1);
    double[] x = {.1, .1, .4, .4, .2};
    double[] y = {.3, .3, .5, .5, .1};
    Consistency drawn =
        new Consistency(
            three(), Correlation.Method.KENDALL, new double[] {2, 1, 1}, new double[] {1, 1});
    assertThat(drawn.mean(PairSet.all(3)))
        .isCloseTo(Correlation.Method.KENDALL.coefficient(x, y), within(1e-15));
  }

  private static double pearson(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElseThrow();
    double my = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mx) * (y[i] - my);
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void setPairsHoldEveryPairOnceAndNeedTwo() {
    ModelTable models =
        new ModelTable(List.of("m", "n", "o"), Map.of("kind", List.of("A", "A", "B")));
    assertThat(PairSet.of(models, "kind")).containsOnlyKeys("A–B"); // A–A has one pair, B–B none
    assertThat(PairSet.between("all", new int[] {0, 1, 2}, new int[] {2, 1}).size()).isEqualTo(3);
    assertThat(ConsistencyClaims.anchor(0, new int[] {0, 1, 2}).size()).isEqualTo(2);
  }

  @Test
  void aConstantSimilarityVectorHasNoConsistency() {
    double[][] flat = {{1, .1, .1}, {.1, 1, .1}, {.1, .1, 1}};
    SimilaritySet set =
        new SimilaritySet(TWO, List.of(three().matrix(0), matrix(flat, "m", "n", "o")));
    assertThat(new Consistency(set).distribution(PairSet.all(3))).isEmpty();
    assertThat(new Consistency(set).median(PairSet.all(3))).isNaN();
  }

  @Test
  void deviationIsThePopulations() {
    assertThat(three().standardDeviation().get("m", "n")).isCloseTo(0.1, within(1e-12));
    assertThat(three().mean().get("m", "n")).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void mismatchesAreNamed() {
    assertThatThrownBy(
            () ->
                new SimilaritySet(
                    TWO,
                    List.of(three().matrix(0), matrix(new double[][] {{1, 0}, {0, 1}}, "m", "q"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("q in place of n");
    double[][] broken = three().matrix(1).values();
    broken[2][0] = Double.NaN;
    assertThatThrownBy(
            () -> new SimilaritySet(TWO, List.of(three().matrix(0), matrix(broken, "m", "n", "o"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("NaN between o and m");
    // The half above the diagonal is what is read.
    double[][] above = three().matrix(1).values();
    above[0][2] = Double.NaN;
    assertThatThrownBy(
            () -> new SimilaritySet(TWO, List.of(three().matrix(0), matrix(above, "m", "n", "o"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("NaN between m and o");
  }

  @Test
  void publishedTablesAreThoseOfThePaper() {
    ModelTable models = PublishedResults.models();
    assertThat(models.models()).hasSize(64).doesNotHaveDuplicates();
    assertThat(models.sets("objective").get("Sup")).hasSize(30);
    assertThat(models.sets("architecture").get("TX")).hasSize(41);
    assertThat(PublishedResults.dataSets()).hasSize(23);
    assertThat(PublishedResults.dataSet("wds_vtab-cifar-10").name()).isEqualTo("CIFAR-10");
    String folders =
        "fer2013 voc2007 cars fgvc_aircraft stl10 gtsrb country211 vtab_caltech101 vtab_cifar10"
            + " vtab_cifar100 vtab_diabetic_retinopathy vtab_dmlab vtab_dtd vtab_eurosat"
            + " vtab_flowers vtab_pets vtab_pcam vtab_resisc45 vtab_svhn entity30 living17"
            + " nonliving26 imagenet1k";
    assertThat(folders.split(" "))
        .extracting(folder -> PublishedResults.dataSet("wds_" + folder))
        .containsExactlyInAnyOrderElementsOf(PublishedResults.dataSets());
    assertThat(PublishedResults.dataSet("imagenet-subset-10k").name()).isEqualTo("ImageNet-1k");
    assertThatThrownBy(() -> PublishedResults.dataSet("nothing"))
        .isInstanceOf(InputException.class);
  }

  @Test
  void orderPutsSimilarModelsTogether() {
    double[][] values = {{1, .1, .9, .2}, {.1, 1, .1, .8}, {.9, .1, 1, .2}, {.2, .8, .2, 1}};
    assertThat(ModelOrder.averageLinkage(matrix(values, "a", "b", "c", "d")))
        .containsExactly(0, 2, 1, 3);
  }

  @Test
  void tsneThrowsNoModelFarOut() {
    ModelTable models = Planted.models(27);
    SimilaritySet set =
        Planted.similarities(models, Planted.dataSets(2), (a, b, d) -> 0.4, (a, b, d) -> 0.5, 3);
    double[] radii =
        Arrays.stream(ModelMap.tsne(set.mean(), 5, 42))
            .mapToDouble(point -> Math.hypot(point[0], point[1]))
            .sorted()
            .toArray();
    assertThat(radii[26]).isLessThan(3 * radii[13]);
  }

  @Test
  void tsneIsTheSameForTheSameSeedAndKeepsGroupsApart() {
    ModelTable models = Planted.models(48);
    SimilaritySet set =
        Planted.similarities(
            models,
            Planted.dataSets(2),
            (a, b, d) -> a.get("objective").equals(b.get("objective")) ? 0.9 : 0.1,
            (a, b, d) -> 0.1,
            1);
    double[][] first = ModelMap.tsne(set.mean(), 5, 42);
    assertThat(ModelMap.tsne(set.mean(), 5, 42)).isDeepEqualTo(first);
    double inside = 0;
    double outside = 0;
    for (int i = 0; i < 48; i++) {
      for (int j = 0; j < i; j++) {
        double distance = Math.hypot(first[i][0] - first[j][0], first[i][1] - first[j][1]);
        if (i % 3 == j % 3) {
          inside += distance / 360;
        } else {
          outside += distance / 768;
        }
      }
    }
    assertThat(outside).isGreaterThan(1.5 * inside);
  }
}
