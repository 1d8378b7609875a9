package dev.kindred.study.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import dev.kindred.study.grounding.GroundingStudy.Part;
import dev.kindred.study.grounding.report.GroundingReadings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/**
 * Every claim where it is planted true, planted false, where there is too little, and by chance.
 */
class GroundingClaimsTest {
  private static final String CKA = "cka[estimator=biased]";
  private static final String PWCCA = "pwcca[weights=all]";
  private static final String PROCRUSTES = "procrustes";
  private static final String DEEP =
      "By CCA, they differ above all in deep layers, and more so than by CKA";
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

  /** Distances of both measures grow with depth: that by CCA does, says nothing of CCA. */
  @Test
  void whatGrowsByBothMeasuresIsNoClaimOnOne() {
    Map<String, Verdict> alike = verdicts(decide(asPublished(20, 1).deeper(CKA, 0.8), 2));
    assertThat(alike.get(DEEP)).isNotEqualTo(Verdict.REPRODUCED);
    Map<String, Verdict> more = verdicts(decide(asPublished(20, 1).deeper(CKA, 1.6), 2));
    assertThat(more.get(DEEP)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  /** What the mean leaves open is true of one population and false of the other. */
  @Test
  void populationsAreAskedOneByOne() {
    GroundingResults results =
        new GroundingResults(
            "two",
            GroundedMeasures.PAPER,
            List.of(
                asPublished(20, 1).make(1).populations().get(0),
                reversed(20, 2).make(2).populations().get(1)));
    Seeds seeds = new Seeds(3);
    GroundingStatistics statistics = GroundingStatistics.of(results, 100, 20, seeds);
    List<IntuitiveTests> tests =
        results.populations().stream().map(p -> IntuitiveTests.of(p, 100, 20, seeds)).toList();
    Map<String, List<Claim>> by = GroundingClaims.byPopulation(statistics, tests);
    assertThat(by.keySet()).containsExactly("population-0", "population-1");
    assertThat(verdicts(by.get("population-0")).get(DEEP)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdicts(by.get("population-1")).get(DEEP)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(GroundingReadings.populations(by).here())
        .contains("“" + DEEP + "” is reproduced on population-0 and not on population-1")
        .contains("“CKA is ahead of PWCCA on (a) layers” is reproduced on population-0");
    assertThat(GroundingReadings.populations(Map.of("one", by.get("population-0"))).here())
        .startsWith("no claim is decided one way");
    Table between = GroundingSummary.betweenSeeds(tests, List.of(CKA, PWCCA));
    assertThat(between.stringColumn("population").asList())
        .containsExactly(
            "population-0", "population-0", "population-1", "population-1", "mean", "mean");
    double first = between.doubleColumn("first depth").get(1);
    assertThat(between.doubleColumn("deepest").get(1) - first).isBetween(0.5, 0.7);
    assertThat(between.getString(1, "deepest less first")).startsWith("0.");
  }

  /** Of four networks Student's t knows little, but a share is within 0 and 1 all the same. */
  @Test
  void noIntervalGoesBeyondWhatTheQuantityMayBe() {
    int asked = 0;
    for (Claim claim : decide(asPublished(4, 1), 1)) {
      String quantity = claim.quantity();
      double[] range =
          quantity.startsWith("0.3 less ρ")
              ? new double[] {-0.7, 1.3}
              : quantity.startsWith("ρ of")
                  ? new double[] {-2, 2}
                  : quantity.startsWith("share") ? new double[] {-1, 1} : null;
      Interval interval = claim.evidence().interval();
      for (double end : new double[] {interval.low(), interval.high()}) {
        if (range != null && Double.isFinite(end)) {
          assertThat(end).as(claim.statement()).isBetween(range[0] - 1e-12, range[1] + 1e-12);
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThanOrEqualTo(8);
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
