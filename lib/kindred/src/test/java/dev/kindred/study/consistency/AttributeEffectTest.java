package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
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

  @Test
  void withoutAnEffectSmallValuesOfPAreRare() {
    int small = 0;
    for (int seed = 0; seed < 20; seed++) {
      small += of((a, b, d) -> 1, seed).p("objective") <= 0.1 ? 1 : 0;
    }
    // P(more than 6 of 20 at rate 0.1) is 0.002.
    assertThat(small).isLessThanOrEqualTo(6);
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
