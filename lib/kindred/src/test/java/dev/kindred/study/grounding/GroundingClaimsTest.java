package dev.kindred.study.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import dev.kindred.study.grounding.GroundingStudy.Part;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every claim where it is planted true, planted false, where there is too little, and by chance.
 */
class GroundingClaimsTest {
  private static final String CKA = "cka[estimator=biased]";
  private static final String PWCCA = "pwcca[weights=all]";
  private static final String PROCRUSTES = "procrustes";
  private static final List<Part> TASKS =
      List.of(Part.LAYERS, Part.COMPONENTS, Part.DISTORTIONS, Part.STRESS);

  private static List<Claim> decide(PlantedGrounding planted, int populations) {
    GroundingResults results = planted.make(populations);
    Seeds seeds = new Seeds(3);
    return GroundingClaims.decide(
        GroundingStatistics.of(results, 200, 20, seeds),
        results.populations().stream().map(p -> IntuitiveTests.of(p, 200, 20, seeds)).toList());
  }

  /** As the text says. */
  private static PlantedGrounding asPublished(int seeds, long seed) {
    PlantedGrounding planted = new PlantedGrounding(GroundedMeasures.PAPER, seeds, seed);
    for (Part part : TASKS) {
      boolean last = part == Part.STRESS;
      GroundedMeasures.PAPER.forEach(m -> planted.follows(m, part, last ? 0 : 0.5));
      planted.follows(PROCRUSTES, part, last ? 0 : 0.8);
      planted.follows(CKA, part, last ? 0 : part == Part.LAYERS ? 0.8 : 0.3);
      planted.follows(PWCCA, part, last ? 0 : part == Part.LAYERS ? 0.3 : 0.8);
    }
    planted.sameNoise(Part.STRESS).specific(CKA, 0.9).unnoticed(CKA, 0.85);
    return planted.specific(PWCCA, 0).unnoticed(PWCCA, 0.3).deeper(PWCCA, 0.8);
  }

  private static PlantedGrounding reversed(int seeds, long seed) {
    PlantedGrounding planted = new PlantedGrounding(GroundedMeasures.PAPER, seeds, seed);
    for (Part part : TASKS) {
      GroundedMeasures.PAPER.forEach(m -> planted.follows(m, part, 0.8));
      planted.follows(PROCRUSTES, part, 0.1);
      planted.follows(CKA, part, part == Part.LAYERS ? 0.3 : 0.8);
      planted.follows(PWCCA, part, part == Part.LAYERS ? 0.8 : 0.3);
    }
    planted.specific(CKA, 0).unnoticed(CKA, 0.3);
    return planted.specific(PWCCA, 0.9).unnoticed(PWCCA, 0.85).deeper(PWCCA, -0.8);
  }

  private static Map<String, Verdict> verdicts(List<Claim> claims) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    claims.forEach(claim -> verdicts.put(claim.statement(), claim.verdict()));
    assertThat(verdicts).hasSize(9);
    return verdicts;
  }

  @Test
  void whatIsPlantedTrueIsReproduced() {
    assertThat(verdicts(decide(asPublished(20, 1), 4)))
        .allSatisfy((claim, verdict) -> assertThat(verdict).isEqualTo(Verdict.REPRODUCED));
  }

  @Test
  void whatIsPlantedFalseIsNot() {
    assertThat(verdicts(decide(reversed(20, 1), 2)))
        .allSatisfy((claim, verdict) -> assertThat(verdict).isEqualTo(Verdict.NOT_REPRODUCED));
  }

  /** Four networks of each kind leave both answers open. */
  @Test
  void fewNetworksDecideNothingOfSubtasks() {
    Map<String, Verdict> verdicts = verdicts(decide(asPublished(4, 1), 1));
    verdicts.forEach(
        (claim, verdict) -> {
          if (claim.contains("(c)") || claim.contains("never far") || claim.contains("well")) {
            assertThat(verdict).as(claim).isEqualTo(Verdict.NOT_DECIDABLE);
          }
        });
    assertThat(verdicts.values()).doesNotContain(Verdict.NOT_REPRODUCED);
  }

  /** Measures that are all alike: a difference is found as rarely as the level says. */
  @Test
  void exchangeableMeasuresAreRarelyToldApart() {
    int decided = 0;
    int asked = 0;
    for (int trial = 0; trial < 30; trial++) {
      for (Claim claim : decide(new PlantedGrounding(GroundedMeasures.PAPER, 12, 50 + trial), 1)) {
        boolean difference =
            claim.statement().contains(" ahead ")
                || claim.statement().contains("more s")
                || claim.statement().contains("deep layers");
        if (difference) {
          asked++;
          decided += claim.verdict().isDecision() ? 1 : 0;
        }
      }
    }
    assertThat(asked).isEqualTo(30 * 6);
    // Binomial(180, 0.05): more than 18 has a probability below 0.4 %.
    assertThat(decided).isLessThanOrEqualTo(18);
  }

  @Test
  void aMissingMeasureIsNamed() {
    assertThatThrownBy(() -> decide(new PlantedGrounding(List.of("cka"), 6, 1), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the measure cka[estimator=biased]");
  }
}
