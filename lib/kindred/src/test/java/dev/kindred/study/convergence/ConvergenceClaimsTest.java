package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.network.Pooling;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.ShiftCorrelations.With;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the rules say of data in which one knows what is true. */
class ConvergenceClaimsTest {
  private static final int LAST = PlantedConvergence.LAYERS - 1;

  /** As the paper has it. */
  private record AsPublished() implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      double best = 0.9 - 0.06 * of.row() - 0.15 * Math.abs(of.row() - of.column());
      double level =
          best
              + switch (family) {
                case LINEAR -> 0.05;
                case PROCRUSTES -> 0.02;
                case MATCHING -> -0.2;
              };
      double trained =
          of.moment() == 0 ? 0.3 : of.moment() == 1 ? 0.8 : of.moment() == 2 ? 0.98 : 1;
      double deep = of.row() / (double) LAST;
      double shift = of.moment() == 0 ? 0 : deep * (0.5 * severity(of.set()) - alike(of.set()));
      level += deep * alike(of.first(), of.second());
      return switch (of.control()) {
        case NONE -> level * trained - shift;
        case ROTATED, ROTATED_ABOUT_MEAN ->
            level * trained - (family == AlignmentFamily.MATCHING ? 0.3 : 0);
        case SHUFFLED -> 0.02;
      };
    }

    @Override
    public double accuracy(int set, int moment) {
      return (0.2 + 0.2 * moment) * (1 - 0.6 * severity(set));
    }

    @Override
    public double errorConsistency(int first, int second, int set) {
      return accuracy(set, 3) / 2 + alike(set) + alike(first, second);
    }
  }

  /** How alike two networks are beyond what each of them is with others. */
  private static double alike(int first, int second) {
    return 0.03 * Math.cos(5 * Math.min(first, second) + 3 * Math.max(first, second));
  }

  /** How alike networks are on a set beyond what their accuracy there makes of it. */
  private static double alike(int set) {
    return set == 0 ? 0 : 0.04 * Math.cos(5 * set);
  }

  /** The reverse of everything. */
  private record Reversed() implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      double level =
          switch (family) {
            case LINEAR -> 0.4;
            case PROCRUSTES -> 0.3;
            case MATCHING -> 0.5;
          };
      double depth = 0.05 * of.row() + 0.1 * (of.column() == LAST - of.row() ? 1 : 0);
      double trained = of.moment() == 0 ? 0.8 : of.moment() < 3 ? 0.5 : 1;
      double rotated = of.control() == Control.NONE ? 0 : 0.2;
      // The first layer loses most, the last gains where the shift is strong.
      double shift = 0.2 * (LAST - of.row()) / LAST - 0.3 * of.row() / LAST * severity(of.set());
      shift += of.row() * alike(of.set()) / LAST;
      level -= of.row() * alike(of.first(), of.second()) / LAST;
      shift = of.moment() == 0 ? 0 : shift;
      return (level + depth + rotated) * trained - (of.set() == 0 ? 0 : shift);
    }

    @Override
    public double accuracy(int set, int moment) {
      return (moment >= 2 ? 0.9 : 0.1) * (1 - 0.6 * severity(set));
    }

    @Override
    public double errorConsistency(int first, int second, int set) {
      return accuracy(set, 3) / 2 + alike(set) + alike(first, second);
    }
  }

  /** Nothing differs from anything. */
  private record Exchangeable() implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      return 0.5;
    }

    @Override
    public double accuracy(int set, int moment) {
      return 0.5;
    }
  }

  /** Alignment and accuracy rise together, from where untrained networks are. */
  private record InStep() implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      return 0.6 + 0.2 * gained(of.moment());
    }

    @Override
    public double accuracy(int set, int moment) {
      return 0.1 + 0.7 * gained(moment);
    }

    private static double gained(int moment) {
      return new double[] {0, 0.1, 0.4, 1}[moment];
    }
  }

  /** What is aligned at each moment, by whatever is trained. */
  private record Course(double... aligned) implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      return aligned[of.moment()];
    }

    @Override
    public double accuracy(int set, int moment) {
      return 0.1 + 0.2 * moment;
    }
  }

  /** Shifts cost the first layer of one architecture alignment, and give it to the others. */
  private record OneShifted() implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      double shift = of.first() < 5 ? -0.08 : 0.04;
      return 0.8 + (of.set() == 0 ? 0 : shift);
    }

    @Override
    public double accuracy(int set, int moment) {
      return 0.5;
    }
  }

  /**
   * Related shifts have nearly the same effects. The harder a shift, the less accurate are networks
   * and the less they align and err alike; otherwise nothing has to do with anything.
   */
  private static final class Related implements PlantedConvergence.Truth {
    private final double[][] effects = new double[3][18];
    private final double confounding;

    Related(long seed, double confounding) {
      this.confounding = confounding;
      Random random = new Random(seed);
      int[] families = RelatedShifts.families(PlantedConvergence.SETS);
      for (double[] effect : effects) {
        double[] common = random.doubles(18).map(value -> 2 * value - 1).toArray();
        Arrays.setAll(effect, set -> common[families[set]] + 0.2 * random.nextGaussian());
      }
    }

    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      return 0.6 + 0.1 * (confounding * effects[0][of.set()] + effects[1][of.set()]);
    }

    @Override
    public double accuracy(int set, int moment) {
      return 0.5 + 0.2 * effects[0][set];
    }

    @Override
    public double errorConsistency(int first, int second, int set) {
      return 0.3 + 0.1 * (confounding * effects[0][set] + effects[2][set]);
    }
  }

  /** What is odd about a network lowers its alignment and consistency with all others. */
  private record OddNetworks(long seed) implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      return 0.6 - 0.05 * (odd(of.first()) + odd(of.second()));
    }

    @Override
    public double accuracy(int set, int moment) {
      return 0.5;
    }

    @Override
    public double errorConsistency(int first, int second, int set) {
      return 0.4 - 0.05 * (odd(first) + odd(second));
    }

    private double odd(int network) {
      return new Random(31 * seed + network).nextGaussian();
    }
  }

  private static List<Claim> decide(
      int seeds, double noise, long seed, PlantedConvergence.Truth truth) {
    return ConvergenceClaims.decide(
        new PlantedConvergence(seeds, noise, seed, truth).data(), Pooling.POOLED);
  }

  @Test
  void whatIsTrueIsReproduced() {
    for (Claim claim : decide(5, 0.004, 1, new AsPublished())) {
      assertThat(claim.verdict()).as(claim.statement()).isEqualTo(Verdict.REPRODUCED);
    }
  }

  @Test
  void whatIsFalseIsNot() {
    for (Claim claim : decide(5, 0.004, 2, new Reversed())) {
      assertThat(claim.verdict()).as(claim.statement()).isEqualTo(Verdict.NOT_REPRODUCED);
    }
  }

  /** Two seeds say nothing of seeds; of shifts and architectures there are as many as before. */
  @Test
  void twoSeedsDecideNothingOfSeeds() {
    List<Claim> claims = decide(2, 0.004, 3, new AsPublished());

    assertThat(claims)
        .filteredOn(
            claim ->
                !claim.published().equals("Figure 2")
                    && !claim.statement().startsWith("Best matches"))
        .allSatisfy(
            claim ->
                assertThat(claim.verdict())
                    .isEqualTo(
                        claim.statement().startsWith("On each set, pairs")
                            ? Verdict.NOT_TESTABLE
                            : Verdict.NOT_DECIDABLE));
  }

  /** What untrained networks have in common is not there before accuracy: it was always there. */
  @Test
  void whatRisesInStepWithAccuracyIsNotBeforeIt() {
    assertThat(verdicts(new InStep(), "Alignment is there long before accuracy is"))
        .filteredOn(Verdict.REPRODUCED::equals)
        .hasSizeLessThan(2);
  }

  /** Neither where later epochs add more, nor where the first takes less than later ones do. */
  @Test
  void theFirstEpochMakesAlignmentWhereItAddsMost() {
    String claim = "The first epoch makes the alignment";
    assertThat(verdicts(new Course(0.5, 0.6, 0.7, 0.75), claim)).containsOnly(Verdict.REPRODUCED);
    assertThat(verdicts(new Course(0.5, 0.52, 0.55, 0.75), claim))
        .containsOnly(Verdict.NOT_REPRODUCED);
    assertThat(verdicts(new Course(0.75, 0.7, 0.7, 0.5), claim))
        .containsOnly(Verdict.NOT_REPRODUCED);
    assertThat(verdicts(new Course(0.5, 0.6, 0.7, 0.6), claim)).containsOnly(Verdict.REPRODUCED);
  }

  @Test
  void oneArchitectureThatDivergesIsNotMadeUpForByOthers() {
    assertThat(verdicts(new OneShifted(), "Early layers stay aligned out of distribution"))
        .containsOnly(Verdict.NOT_REPRODUCED);
  }

  /** What falls with accuracy on both sides is not what networks have in common beyond it. */
  @Test
  void thatBothFollowAccuracyIsNotThatOneFollowsTheOther() {
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    int correlated = 0;
    for (long seed = 1; seed <= 15; seed++) {
      ConvergenceData data = new PlantedConvergence(5, 0.004, seed, new Related(seed, 2)).data();
      Claim claim =
          claim(ConvergenceClaims.decide(data, Pooling.POOLED), "Where networks err alike");
      verdicts.merge(claim.verdict(), 1, Integer::sum);
      ShiftCorrelations shifts = new ShiftCorrelations(data, Pooling.POOLED);
      correlated += shifts.of(0, LAST, With.ERROR_CONSISTENCY).interval().low() > 0 ? 1 : 0;
    }
    assertThat(correlated).isGreaterThan(12);
    // Of 15 at 2.5 %, more than two once in 170 times.
    assertThat(verdicts.getOrDefault(Verdict.REPRODUCED, 0)).isLessThan(3);
    assertThat(verdicts.getOrDefault(Verdict.NOT_REPRODUCED, 0)).isLessThan(3);
  }

  /** Networks that are odd in all of their pairs, on either side, are no pairs that err alike. */
  @Test
  void whatEachNetworkHasIsNotWhatTwoHaveInCommon() {
    int decided = 0;
    for (long seed = 1; seed <= 15; seed++) {
      decided +=
          claim(decide(5, 0.01, seed, new OddNetworks(seed)), "On each set, pairs")
                  .verdict()
                  .isDecision()
              ? 1
              : 0;
    }
    // Of 15 at 5 %, more than three once in 180 times.
    assertThat(decided).isLessThan(4);
  }

  /** Seventeen shifts of thirteen families are not seventeen independent ones. */
  @Test
  void relatedShiftsDecideLittleOfWhatIsNot() {
    List<String> claims =
        List.of(
            "Deep layers diverge in proportion to the shift",
            "The correlation of alignment with accuracy",
            "Where networks err alike");
    Map<String, Integer> decided = new TreeMap<>();
    for (long seed = 1; seed <= 24; seed++) {
      List<Claim> of = decide(5, 0.004, seed, new Related(1000 + seed, 0));
      for (String claim : claims) {
        decided.merge(claim, claim(of, claim).verdict().isDecision() ? 1 : 0, Integer::sum);
      }
    }
    // Of 24 at 5 %, more than four once in 170 times.
    assertThat(decided).allSatisfy((claim, wrong) -> assertThat(wrong).as(claim).isLessThan(5));
  }

  private static Claim claim(List<Claim> claims, String start) {
    return claims.stream()
        .filter(claim -> claim.statement().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static List<Verdict> verdicts(PlantedConvergence.Truth truth, String statement) {
    return LongStream.rangeClosed(1, 8)
        .mapToObj(seed -> claim(decide(5, 0.004, 200 + seed, truth), statement).verdict())
        .toList();
  }

  /** Single networks are one architecture, and tell nothing of seeds. */
  @Test
  void singleNetworksCountAmongArchitecturesAlone() {
    ConvergenceData with =
        new PlantedConvergence(new int[] {5, 4, 4, 3, 1, 1}, 5e-4, 4, new AsPublished()).data();

    assertThat(with.seeded()).containsExactly(0, 1, 2, 3);
    assertThat(with.singlePairs()).containsExactly(new int[] {4, 5});
    assertThat(
            with.ofSinglePair(
                    with.shifted(),
                    AlignmentFamily.PROCRUSTES,
                    new int[] {4, 5},
                    LAST,
                    17,
                    Pooling.POOLED,
                    Control.NONE)[0])
        .isCloseTo(0.74 - 0.5 + alike(17), within(0.03));
    List<Claim> claims = ConvergenceClaims.decide(with, Pooling.POOLED);
    assertThat(claims)
        .allSatisfy(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.REPRODUCED));
    // Without them, claims of seeds are the same numbers, and those of architectures are not.
    List<Claim> without = ConvergenceClaims.decide(trained(with), Pooling.POOLED);
    assertThat(claims)
        .filteredOn(claim -> !without.contains(claim))
        .extracting(Claim::statement)
        .contains("Best matches are better than those with shuffled stimuli")
        .isSubsetOf(
            "Layers of different architectures match in the same order",
            "Best matches are better than those with shuffled stimuli");
  }

  /** What two of one family have in common is nothing across architectures. */
  @Test
  void publicNetworksAreOneArchitecture() {
    ConvergenceData all =
        new PlantedConvergence(new int[] {5, 4, 4, 3, 1, 1}, 5e-4, 4, new AsPublished()).data();
    int single = all.first(4);

    assertThat(all.architectures(List.of(0, 1, 2, 4, 5)))
        .containsExactly(List.of(0), List.of(1), List.of(2), List.of(4, 5));
    assertThat(
            ConvergenceClaims.decide(
                with(all, all.groups(), all.maps().where(of -> of.first() < single)),
                Pooling.POOLED))
        .isEqualTo(ConvergenceClaims.decide(all, Pooling.POOLED));
  }

  private static ConvergenceData trained(ConvergenceData of) {
    return with(of, of.groups().subList(0, 4), of.maps());
  }

  private static ConvergenceData with(
      ConvergenceData of, List<ConvergenceData.Group> groups, AlignmentTable maps) {
    return new ConvergenceData(
        of.name(),
        groups,
        of.moments(),
        of.classes(),
        of.sets(),
        of.depth(),
        of.training(),
        of.shifted(),
        maps,
        of.behaviour(),
        of.dimensions());
  }

  /** Single networks have pooled units alone, so that none of their maps is of others. */
  @Test
  void groupsWithoutMapsAreNoArchitecturesOfMaps() {
    ConvergenceData all =
        new PlantedConvergence(new int[] {5, 4, 4, 3, 1, 1}, 5e-4, 4, new AsPublished()).data();
    int single = all.first(4);
    ConvergenceData some = with(all, all.groups(), all.maps().where(of -> of.second() < single));

    assertThat(ConvergenceClaims.decide(some, Pooling.POOLED))
        .isEqualTo(ConvergenceClaims.decide(trained(all), Pooling.POOLED));
  }

  @Test
  void muchNoiseLeavesClaimsOpen() {
    int decided = 0;
    for (long seed = 1; seed <= 5; seed++) {
      for (Claim claim : decide(3, 0.5, seed, new AsPublished())) {
        decided += claim.verdict().isDecision() ? 1 : 0;
      }
    }
    assertThat(decided).isLessThan(10);
  }

  /** Where the truth lies on the threshold itself, either verdict is wrong. */
  @Test
  void exchangeableDataAreRarelyDecided() {
    int studies = 30;
    Map<String, Integer> decided = new TreeMap<>();
    for (long seed = 1; seed <= studies; seed++) {
      for (Claim claim : decide(5, 0.02, 100 + seed, new Exchangeable())) {
        boolean onThreshold = claim.rule().toString().equals("above 0");
        if (onThreshold) {
          decided.merge(claim.statement(), claim.verdict().isDecision() ? 1 : 0, Integer::sum);
        }
      }
    }
    // 5 % and three standard errors of 30 studies.
    assertThat(decided).allSatisfy((claim, wrong) -> assertThat(wrong).as(claim).isLessThan(6));
    int all = decided.values().stream().mapToInt(wrong -> wrong).sum();
    assertThat(all / (double) (studies * decided.size())).isLessThan(0.07);
  }

  @Test
  void claimsOfWhatIsNotThereAreNotTestable() {
    ConvergenceData whole = new PlantedConvergence(3, 0.01, 5, new AsPublished()).data();
    ConvergenceData one =
        new ConvergenceData(
            whole.name(),
            List.of(whole.groups().get(0)),
            whole.moments().subList(0, 2),
            whole.classes(),
            whole.sets(),
            whole.depth(),
            whole.training(),
            whole.shifted(),
            whole.maps(),
            whole.behaviour(),
            whole.dimensions());

    assertThat(ConvergenceClaims.decide(one, Pooling.POOLED))
        .filteredOn(claim -> claim.verdict() == Verdict.NOT_TESTABLE)
        .extracting(Claim::statement)
        .contains(
            "Alignment falls with depth in self-supervised networks",
            "Nearly all alignment is there after the first epoch",
            "Layers of different architectures match in the same order");
  }

  /** Tables sort them by verdict: none may lean on the one before it. */
  @Test
  void everyClaimIsUnderstoodAlone() {
    List<Claim> claims =
        ConvergenceClaims.decide(
            new PlantedConvergence(3, 0.01, 5, new AsPublished()).data(), Pooling.POOLED);
    assertThat(claims)
        .extracting(Claim::statement)
        .noneMatch(statement -> statement.matches("(It|They|Also|So)\\b.*"));
    assertThat(claims)
        .extracting(Claim::quantity)
        .noneMatch(quantity -> quantity.startsWith("the same"));
  }
}
