package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributeEffectTest {
  private static final ModelTable MODELS = Planted.models(36);
  private static final List<DataSet> DATA_SETS = Planted.dataSets(10);
  private static final String ARCHITECTURE = "architecture";

  private static AttributeEffect of(ModelTable models, Planted.Of noise, long seed) {
    SimilaritySet similarities =
        Planted.similarities(models, DATA_SETS, (a, b, d) -> 0.5, noise, seed);
    return new AttributeEffect(new Consistency(similarities), models, 100, new Seeds(1));
  }

  /** Noise, and with it inconsistency, where both models have one value of an attribute. */
  private static Planted.Of by(String attribute, String value) {
    return (a, b, d) -> a.get(attribute).equals(value) && b.get(attribute).equals(value) ? 3 : 0.5;
  }

  @Test
  void theShareIsThatOfAnAnalysisOfVariance() {
    SimilaritySet similarities =
        Planted.similarities(MODELS, DATA_SETS, (a, b, d) -> 0.5, by("objective", "SSL"), 1);
    Consistency consistency = new Consistency(similarities);
    double sum = 0;
    double squares = 0;
    double between = 0;
    int count = 0;
    for (PairSet pairs : PairSet.of(MODELS, "objective").values()) {
      double own = 0;
      double[] values = consistency.distribution(pairs);
      for (double r : values) {
        own += r;
        squares += r * r;
      }
      sum += own;
      between += own * own / values.length;
      count += values.length;
    }
    assertThat(of(MODELS, by("objective", "SSL"), 1).share("objective"))
        .isCloseTo((between - sum * sum / count) / (squares - sum * sum / count), within(1e-9))
        .isGreaterThan(0.5);
  }

  @Test
  void aPlantedAttributeMattersMoreThanTheOthers() {
    AttributeEffect effect = of(MODELS, by("objective", "SSL"), 1);
    assertThat(effect.p("objective")).isLessThanOrEqualTo(0.05);
    for (AttributeEffect.Comparison comparison :
        effect.compare("objective", List.of(ARCHITECTURE, "size"))) {
      assertThat(comparison.p()).as(comparison.other()).isLessThanOrEqualTo(0.025);
      assertThat(comparison.unique()).isGreaterThan(comparison.otherUnique() + 0.2);
      assertThat(comparison.interval().low()).isGreaterThan(0);
    }
    AttributeEffect.Comparison reverse = effect.compare("size", List.of("objective")).get(0);
    assertThat(reverse.p()).isGreaterThan(0.975);
    assertThat(reverse.interval().high()).isLessThan(0);
  }

  /** An attribute that goes along with the one that matters has a share, but none of its own. */
  @Test
  void aConfoundedAttributeHasNoUniqueShare() {
    List<String> objective = MODELS.values("objective");
    List<String> shadow = new ArrayList<>(objective);
    for (int i = 0; i < shadow.size(); i += 4) {
      shadow.set(i, objective.get((i + 1) % shadow.size())); // one in four has another label
    }
    ModelTable confounded =
        new ModelTable(MODELS.models(), Map.of("objective", objective, "shadow", shadow));
    AttributeEffect effect = of(confounded, by("objective", "SSL"), 1);
    assertThat(effect.share("shadow")).isGreaterThan(0.15);
    assertThat(effect.unique("shadow", "objective")).isBetween(-0.05, 0.05);
    assertThat(effect.unique("objective", "shadow")).isGreaterThan(0.15);
  }

  /**
   * Two attributes that matter alike: a null in which neither matters is rejected there, the
   * difference of the shares is not.
   */
  @Test
  void neitherOfTwoEqualAttributesMattersMore() {
    Planted.Of both =
        (a, b, d) ->
            (a.get("one").equals(b.get("one")) ? 0.3 : 1.5)
                + (a.get("two").equals(b.get("two")) ? 0.3 : 1.5);
    ModelTable crossed =
        new ModelTable(
            MODELS.models(),
            Map.of("one", labels(i -> i % 2 == 0), "two", labels(i -> i / 2 % 2 == 0)));
    int decided = 0;
    int runs = 40;
    for (int seed = 0; seed < runs; seed++) {
      AttributeEffect effect = of(crossed, both, seed);
      if (seed == 0) {
        assertThat(effect.p("one")).isLessThanOrEqualTo(0.05);
        assertThat(effect.p("two")).isLessThanOrEqualTo(0.05);
      }
      double p = effect.compare("one", List.of("two")).get(0).p();
      decided += p <= 0.025 || p >= 0.975 ? 1 : 0;
    }
    // P(more than 5 of 40 at rate 0.05) is 0.014.
    assertThat(decided).isLessThanOrEqualTo(5);
  }

  private static List<String> labels(IntPredicate first) {
    return IntStream.range(0, MODELS.models().size())
        .mapToObj(i -> first.test(i) ? "A" : "B")
        .toList();
  }

  /** Under exchangeable labels p is uniform: small values are rare, and so are large ones. */
  @Test
  void withoutAnEffectEveryValueOfPIsAsLikely() {
    int trials = 60;
    double[] p = new double[trials];
    for (int seed = 0; seed < trials; seed++) {
      p[seed] = of(MODELS, (a, b, d) -> 1, seed).p("objective");
    }
    Arrays.sort(p);
    double distance = 0;
    for (int i = 0; i < trials; i++) {
      distance =
          Math.max(distance, Math.max((i + 1.0) / trials - p[i], p[i] - i / (double) trials));
    }
    // Kolmogorov and Smirnov: a larger distance from uniform has a probability of 0.05.
    assertThat(distance).isLessThan(1.36 / Math.sqrt(trials));
    assertThat(p[0]).as("the smallest of sixty").isLessThan(0.1);
    assertThat(p[2]).as("the third smallest").isGreaterThan(0.01);
  }

  @Test
  void sameSeedsSameNumbers() {
    Planted.Of noise = by("objective", "SSL");
    assertThat(of(MODELS, noise, 1).compare("objective", List.of("size")))
        .isEqualTo(of(MODELS, noise, 1).compare("objective", List.of("size")));
  }

  @Test
  void refusesATableOfOtherModels() {
    SimilaritySet similarities =
        Planted.similarities(MODELS, DATA_SETS, (a, b, d) -> 0.5, (a, b, d) -> 1, 1);
    assertThatThrownBy(
            () ->
                new AttributeEffect(
                    new Consistency(similarities), Planted.models(24), 9, new Seeds(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("different models");
  }
}
