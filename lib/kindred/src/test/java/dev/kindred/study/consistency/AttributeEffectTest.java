package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeEffectTest {
  private static final ModelTable MODELS = Planted.models(36);
  private static final List<DataSet> DATA_SETS = Planted.dataSets(10);

  private static AttributeEffect of(Planted.Of noise, long seed) {
    SimilaritySet similarities =
        Planted.similarities(MODELS, DATA_SETS, (a, b, d) -> 0.5, noise, seed);
    return new AttributeEffect(new Consistency(similarities), MODELS, 99, new Seeds(1));
  }

  /** Noise, and with it inconsistency, where both models are self-supervised. */
  private static double byObjective(Map<String, String> a, Map<String, String> b, DataSet d) {
    return a.get("objective").equals("SSL") && b.get("objective").equals("SSL") ? 3 : 0.3;
  }

  @Test
  void aPlantedAttributeMattersMoreThanTheOthers() {
    AttributeEffect effect = of(AttributeEffectTest::byObjective, 1);
    assertThat(effect.p("objective")).isLessThanOrEqualTo(0.05);
    for (String other : List.of("architecture class", "size")) {
      AttributeEffect.Comparison comparison = effect.compare("objective", other);
      assertThat(comparison.p()).as(other).isLessThanOrEqualTo(0.05);
      assertThat(comparison.unique()).isGreaterThan(comparison.otherUnique());
      assertThat(effect.compare(other, "objective").p()).isGreaterThan(0.5);
    }
  }

  /** Under exchangeable labels p is uniform: small values are rare, and so are large ones. */
  @Test
  void withoutAnEffectEveryValueOfPIsAsLikely() {
    int trials = 60;
    double[] p = new double[trials];
    for (int seed = 0; seed < trials; seed++) {
      p[seed] = of((a, b, d) -> 1, seed).p("objective");
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
    assertThat(of(AttributeEffectTest::byObjective, 1).compare("objective", "size"))
        .isEqualTo(of(AttributeEffectTest::byObjective, 1).compare("objective", "size"));
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
