package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every claim on runs where it is planted true, planted false, where there is too little to tell,
 * and where nothing differs from anything.
 */
class DynamicsClaimsTest {
  private static final int DRAWS = 99;

  private static final String FIRST = "While training images are fitted perfectly";
  private static final String NARROW = "A narrow network's first layer";
  private static final String DECAYED = "With weight decay, the first";
  private static final String REGIONS = "By decision regions";
  private static final String NEAR = "The first layer stays near";
  private static final String OWN = "The first layer is nearer to its own";
  private static final String DESCENT = "With label noise the test error";
  private static final String NO_DESCENT = "Without label noise the";
  private static final String PROBES = "Of the layers' probes";
  private static final String DEEP = "Deep layers evolve more";
  private static final String BLOCKS = "Layers often have";
  private static final String TRANSFORMER = "In transformers";
  private static final String AGREE = "Decision regions tell of the same";
  private static final String WITHIN = "Decision regions tell of their own";
  private static final String BEYOND = "Where the distance in time";

  private static final List<String> ALL =
      List.of(
          FIRST,
          NARROW,
          DECAYED,
          REGIONS,
          NEAR,
          OWN,
          DESCENT,
          NO_DESCENT,
          PROBES,
          DEEP,
          BLOCKS,
          TRANSFORMER,
          AGREE,
          WITHIN,
          BEYOND);

  /** As the paper says. */
  private static PlantedRun asPublished(PlantedRun run) {
    RunDeclaration declared = run.declared();
    List<String> layers = declared.layers();
    String first = layers.get(0);
    boolean wide = declared.width() == 16 && declared.weightDecay() == 0;
    double threshold = OctaveMap.octaves(PlantedRun.FIT);
    run.drift(first, 0.02).jitter(0.03);
    run.path(first, u -> 0.4 * PlantedRun.wayBack(wide ? 0.1 : 0.9).applyAsDouble(u));
    run.regionPath(
        first, u -> PlantedRun.wayBack(0.2).applyAsDouble(u) + (u > threshold + 1.5 ? 0.6 : 0));
    if (PlantedStudy.isTransformer(declared)) {
      for (String layer : layers) {
        run.drift(layer, 0.3).path(layer, PlantedRun.jump(threshold, 1.2));
      }
    } else if (declared.labelNoise() > 0) {
      run.testError(PlantedRun.peak(0.1)).errorNoise(0.002);
      run.probeError("block4", PlantedRun.peak(0.15));
      for (String block : List.of("block1", "block2", "block3", "block4")) {
        run.drift(block, 0.4).path(block, PlantedRun.jump(5, 1.5));
      }
      run.drift("block4", 0.8).drift("logits", 1.2);
    }
    return run;
  }

  /** The reverse of what the paper says. */
  private static PlantedRun reversed(PlantedRun run) {
    RunDeclaration declared = run.declared();
    List<String> layers = declared.layers();
    String first = layers.get(0);
    boolean wide = declared.width() == 16 && declared.weightDecay() == 0;
    run.drift(first, 0.02).jitter(0.03).otherInitialisations(-0.2).regionShare(0);
    run.path(first, u -> PlantedRun.wayBack(wide ? 0.95 : 0.5).applyAsDouble(u));
    // Regions come and go; what CKA tells goes one way.
    layers.forEach(layer -> run.regionPath(layer, u -> 2 * Math.sin(Math.PI * u)));
    run.regionPath(first, u -> u > 6 && u < 8.5 ? 2 : 0);
    if (PlantedStudy.isTransformer(declared)) {
      for (String layer : layers) {
        run.drift(layer, 0.3).path(layer, PlantedRun.jump(2, 1.2));
      }
    } else if (declared.labelNoise() == 0) {
      run.testError(PlantedRun.peak(0.1)).drift("block4", 1.2).drift("logits", 1.2);
    } else {
      run.probeError(first, PlantedRun.peak(0.15));
    }
    return run;
  }

  /** Epochs of the first layer, seeds, layers and settings come from one population each. */
  static PlantedRun exchangeable(PlantedRun run) {
    String first = run.declared().layers().get(0);
    run.drift(first, 0).regionShare(0).otherInitialisations(0);
    if (PlantedStudy.isTransformer(run.declared())) {
      for (String layer : run.declared().layers()) {
        run.drift(layer, 0.2).path(layer, PlantedRun.jump(run.place(), 1));
      }
    }
    return run;
  }

  private static Map<String, Verdict> verdicts(List<Claim> claims) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    ALL.forEach(begin -> verdicts.put(begin, PlantedStudy.verdict(claims, begin)));
    assertThat(claims).hasSameSizeAs(verdicts.keySet());
    return verdicts;
  }

  @Test
  void whatIsPlantedTrueIsReproduced() {
    List<Claim> claims = PlantedStudy.decide(3, 4, DynamicsClaimsTest::asPublished, DRAWS);
    assertThat(verdicts(claims))
        .allSatisfy((claim, verdict) -> assertThat(verdict).isEqualTo(Verdict.REPRODUCED));
    // Tables sort them by verdict: none may lean on the one before it.
    assertThat(claims)
        .extracting(Claim::statement)
        .noneMatch(statement -> statement.matches("(It|They|Also|Nor|So)\\b.*"));
  }

  @Test
  void whatIsPlantedFalseIsNot() {
    Map<String, Verdict> verdicts =
        verdicts(PlantedStudy.decide(3, 4, DynamicsClaimsTest::reversed, DRAWS));
    // Two transformers are too few to tell "far from the threshold" from anywhere, and where no
    // layer of any seed has a transition, nothing is known of the error of that share. Regions that
    // tell nothing tell nothing of other runs either.
    Set<String> atMostUndecided = Set.of(TRANSFORMER, WITHIN, BEYOND, BLOCKS);
    verdicts.forEach(
        (claim, verdict) -> {
          if (claim.equals(PROBES)) { // nothing descends that a probe could show
            assertThat(verdict).as(claim).isEqualTo(Verdict.NOT_TESTABLE);
          } else if (atMostUndecided.contains(claim)) {
            assertThat(verdict).as(claim).isNotEqualTo(Verdict.REPRODUCED);
          } else {
            assertThat(verdict).as(claim).isEqualTo(Verdict.NOT_REPRODUCED);
          }
        });
  }

  /**
   * "Only" fails where every probe descends, and where none does; where the test error itself does
   * not, it cannot be asked.
   */
  @Test
  void onlyTheDeepestProbeMeansThatItDoesAndNoOther() {
    double[][] peaks = {{0.1, 0.2, 0}, {0.1, 0.2, 0.06}, {0.1, 0.007, 0}, {0, 0.2, 0}};
    List<Set<Verdict>> expected =
        List.of(
            Set.of(Verdict.REPRODUCED),
            Set.of(Verdict.NOT_REPRODUCED),
            Set.of(Verdict.NOT_REPRODUCED, Verdict.NOT_DECIDABLE),
            Set.of(Verdict.NOT_TESTABLE));
    for (int i = 0; i < peaks.length; i++) {
      double test = peaks[i][0];
      double deepest = peaks[i][1];
      double others = peaks[i][2];
      List<Claim> claims =
          PlantedStudy.decide(
              3,
              4,
              run -> {
                run.declared().layers().forEach(l -> run.probeError(l, PlantedRun.peak(others)));
                return PlantedStudy.isTransformer(run.declared())
                    ? run
                    : run.probeError("block4", PlantedRun.peak(deepest))
                        .testError(PlantedRun.peak(test))
                        .errorNoise(0.0005);
              },
              DRAWS);
      assertThat(PlantedStudy.verdict(claims, PROBES))
          .as("test error %s, deepest %s, others %s", test, deepest, others)
          .isIn(expected.get(i));
    }
  }

  /** Of three widths the ends are compared, though only the one between has several seeds. */
  @Test
  void theWidestIsComparedWithTheNarrowest() {
    for (boolean widerGoesBack : new boolean[] {true, false}) {
      List<DynamicsRun> runs =
          java.util.stream.Stream.of(
                  PlantedStudy.NOISY,
                  PlantedStudy.NOISY.withSeed(2),
                  PlantedStudy.NOISY.withSeed(3),
                  PlantedStudy.NARROW,
                  PlantedStudy.NOISY.withWidth(32))
              .map(
                  declared -> {
                    boolean back = declared.width() == (widerGoesBack ? 32 : 8);
                    return new PlantedRun(declared, 4)
                        .drift("stem", 0.02)
                        .jitter(0.03)
                        .path("stem", u -> PlantedRun.wayBack(back ? 0.1 : 0.9).applyAsDouble(u))
                        .make();
                  })
              .toList();
      assertThat(PlantedStudy.verdict(DynamicsClaims.decide(runs, DRAWS, new Seeds(1)), NARROW))
          .isEqualTo(widerGoesBack ? Verdict.REPRODUCED : Verdict.NOT_REPRODUCED);
    }
  }

  /** A narrow network that fits only at the end has no regime of perfect fitting to speak of. */
  @Test
  void widthsAreNotComparedWhereOneFitsOnlyAtTheEnd() {
    List<DynamicsRun> runs =
        PlantedStudy.runs(3, 4, DynamicsClaimsTest::asPublished).stream()
            .map(
                run ->
                    run.declaration().equals(PlantedStudy.NARROW)
                        ? PlantedStudy.fitsAt(1000, run)
                        : run)
            .toList();
    List<Claim> claims = DynamicsClaims.decide(runs, DRAWS, new Seeds(1));
    assertThat(PlantedStudy.verdict(claims, NARROW)).isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(PlantedStudy.verdict(claims, FIRST)).isEqualTo(Verdict.REPRODUCED);
  }

  /** One run of each setting; by its own noise only the test error and the maps decide. */
  @Test
  void oneSeedDecidesNothingAboutSeeds() {
    Map<String, Verdict> verdicts =
        verdicts(PlantedStudy.decide(1, 4, DynamicsClaimsTest::asPublished, DRAWS));
    for (String claim :
        List.of(FIRST, NARROW, DECAYED, REGIONS, NEAR, OWN, PROBES, DEEP, BLOCKS, AGREE)) {
      assertThat(verdicts.get(claim)).as(claim).isEqualTo(Verdict.NOT_DECIDABLE);
    }
    assertThat(verdicts.get(WITHIN)).isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(verdicts.get(BEYOND)).isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(verdicts.get(DESCENT)).isEqualTo(Verdict.REPRODUCED);
  }

  /**
   * All runs go through the same: regions agree with CKA of any of them, and tell of the own run
   * where they move with it, beyond drift, too.
   */
  @Test
  void whatAllRunsHaveInCommonIsNotWhatRegionsTellOfTheirs() {
    int agree = 0;
    Map<String, Integer> own = new HashMap<>();
    Map<String, Integer> common = new HashMap<>();
    for (long root = 1; root <= 12; root++) {
      List<Claim> moving = commonCourse(root, 1);
      List<Claim> apart = commonCourse(root, 0);
      agree += PlantedStudy.verdict(moving, AGREE) == Verdict.REPRODUCED ? 1 : 0;
      agree += PlantedStudy.verdict(apart, AGREE) == Verdict.REPRODUCED ? 1 : 0;
      for (String claim : List.of(WITHIN, BEYOND)) {
        boolean found = PlantedStudy.verdict(moving, claim) == Verdict.REPRODUCED;
        own.merge(claim, found ? 1 : 0, Integer::sum);
        boolean decided = PlantedStudy.verdict(apart, claim).isDecision();
        common.merge(claim, decided ? 1 : 0, Integer::sum);
      }
    }
    assertThat(agree).isGreaterThan(22);
    assertThat(own.values()).allSatisfy(count -> assertThat(count).isGreaterThan(9));
    // Of 12 at 5 %, more than two once in 50 times.
    assertThat(common.values()).allSatisfy(count -> assertThat(count).isLessThan(3));
  }

  private static List<Claim> commonCourse(long root, double share) {
    return PlantedStudy.decide(
        3,
        root,
        run -> {
          run.declared()
              .layers()
              .forEach(layer -> run.drift(layer, 0.6).path(layer, PlantedRun.jump(5, 1)));
          return run.regionShare(share);
        },
        19);
  }

  /** A similarity is not above 1. */
  @Test
  void noIntervalLeavesWhatAQuantityMayBe() {
    List<Claim> claims = PlantedStudy.decide(3, 4, run -> run.errorNoise(0.03), DRAWS);
    assertThat(PlantedStudy.claim(claims, NEAR).evidence().interval().high())
        .isLessThanOrEqualTo(1);
  }

  /** Without wrong labels, a narrow run or a transformer there is nothing to decide. */
  @Test
  void whatDoesNotOccurIsNotTestable() {
    List<DynamicsRun> clean =
        List.of(
            new PlantedRun(PlantedStudy.CLEAN, 1).make(),
            new PlantedRun(PlantedStudy.CLEAN.withSeed(2), 1).make());
    Map<String, Verdict> verdicts = verdicts(DynamicsClaims.decide(clean, DRAWS, new Seeds(1)));
    for (String claim : List.of(NARROW, DECAYED, DESCENT, PROBES, DEEP, BLOCKS, TRANSFORMER)) {
      assertThat(verdicts.get(claim)).as(claim).isEqualTo(Verdict.NOT_TESTABLE);
    }
    assertThat(DynamicsClaims.decide(List.of(), DRAWS, new Seeds(1)))
        .hasSize(ALL.size())
        .allSatisfy(c -> assertThat(c.verdict()).isEqualTo(Verdict.NOT_TESTABLE));
  }

  /** As a test of a few seconds trains them. */
  @Test
  void runsOfAFewEpochsAreTakenToo() {
    List<DynamicsRun> few =
        List.of(
            RunFileTest.run(PlantedStudy.NOISY, List.of(0, 4, 700)),
            RunFileTest.run(PlantedStudy.CLEAN, List.of()));
    assertThat(DynamicsClaims.decide(few, DRAWS, new Seeds(1)))
        .hasSize(ALL.size())
        .allSatisfy(
            claim -> assertThat(claim.verdict()).isIn(Verdict.NOT_TESTABLE, Verdict.NOT_DECIDABLE));
  }

  /** {@link FalseDynamicsVerdicts} runs the same with more studies. */
  @Test
  void falseVerdictsAreRare() {
    int studies = 16;
    Map<String, int[]> counts = FalseDynamicsVerdicts.count(studies, 5000, DRAWS);
    Map<String, Integer> rare = new HashMap<>();
    counts.forEach((claim, of) -> rare.put(claim, of[3]));
    // P(more than 4 of 16 at rate 0.05) is 0.001.
    assertThat(rare.values()).allSatisfy(wrong -> assertThat(wrong).isLessThanOrEqualTo(4));
    int all = rare.values().stream().mapToInt(i -> i).sum();
    assertThat((double) all / (studies * ALL.size())).isLessThanOrEqualTo(0.05);
  }
}
