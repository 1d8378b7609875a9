package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.network.Pooling;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Simulated studies in which one knows how what two networks have in common correlates. */
class PairEffectsTest {
  private static final int GROUPS = 5;
  private static final int SEEDS = 5;
  private static final int SETS = 18;
  private static final int STUDIES = 400;

  /** Share of what two networks have in common that is the same in all sets. */
  private static final double SAME = 0.5;

  /** What each network has with all others is larger than what two have in common. */
  private static final double OF_NETWORKS = 2;

  /** How many of the studies have an interval of which that is so. */
  private record Shares(double holdsTruth, double above, double below, double mean) {}

  private static Shares simulate(double correlation) {
    return simulate(correlation, 0, SAME);
  }

  /**
   * @param spread how far the correlation within a set is from that of all, at most and either way
   * @param same share of what two networks have in common that is the same in all sets
   */
  private static Shares simulate(double correlation, double spread, double same) {
    double holds = 0;
    double above = 0;
    double below = 0;
    double mean = 0;
    for (int study = 0; study < STUDIES; study++) {
      ConvergenceData data = study(correlation, spread, same, new SplittableRandom(study));
      Estimate estimate =
          PairEffects.ofLastLayers(data, Pooling.POOLED, new ConvergenceErrors(data)).get(0).get();
      Interval interval = new DecisionRule.Above(0).judge(List.of(estimate)).interval();
      holds += interval.contains(correlation) ? 1 : 0;
      above += interval.low() > 0 ? 1 : 0;
      below += interval.high() < 0 ? 1 : 0;
      mean += estimate.value();
    }
    return new Shares(holds / STUDIES, above / STUDIES, below / STUDIES, mean / STUDIES);
  }

  /** What is odd about a network lowers both sides of all of its pairs, and decides nothing. */
  @Test
  void whatHasNothingInCommonIsRarelyDecided() {
    Shares shares = simulate(0);

    assertThat(shares.mean()).isCloseTo(0, within(0.02));
    assertThat(shares.holdsTruth()).isBetween(0.925, 0.98);
    assertThat(shares.above()).isLessThan(0.045);
    assertThat(shares.below()).isLessThan(0.045);
  }

  @Test
  void whatIsInCommonIsFound() {
    Shares some = simulate(0.3);
    assertThat(some.mean()).isCloseTo(0.27, within(0.02));
    assertThat(some.holdsTruth()).isBetween(0.92, 0.98);
    assertThat(some.above()).isBetween(0.45, 0.65);
    Shares much = simulate(0.5);
    assertThat(much.holdsTruth()).isBetween(0.9, 0.97);
    assertThat(much.above()).isBetween(0.88, 0.98);
    assertThat(much.below()).isZero();
  }

  /** By other architectures alone the interval holds it in 69 %: all of them see these sets. */
  @Test
  void setsThatDifferMakeTheIntervalWider() {
    assertThat(simulate(0.3, 0.7, 0).holdsTruth()).isBetween(0.93, 0.99);
  }

  /** Five groups of five networks of one layer; nothing is known but their pairs on every set. */
  private static ConvergenceData study(
      double correlation, double spread, double same, SplittableRandom random) {
    int networks = GROUPS * SEEDS;
    double[] ofSets = random.doubles(SETS).map(u -> correlation + spread * (2 * u - 1)).toArray();
    double[][][] consistency = new double[SETS][networks][networks];
    List<Comparison> comparisons = new ArrayList<>();
    List<double[]> scores = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      double[] odd = random.doubles(SEEDS).map(u -> OF_NETWORKS * random.nextGaussian()).toArray();
      for (int a = 0; a < SEEDS; a++) {
        for (int b = a + 1; b < SEEDS; b++) {
          double[] always = correlated(correlation, random);
          for (int set = 0; set < SETS; set++) {
            double[] here = correlated(ofSets[set], random);
            double[] both = new double[2];
            for (int side = 0; side < 2; side++) {
              both[side] =
                  odd[a]
                      + odd[b]
                      + Math.sqrt(same) * always[side]
                      + Math.sqrt(1 - same) * here[side];
            }
            int first = group * SEEDS + a;
            int second = group * SEEDS + b;
            comparisons.add(
                new Comparison(first, second, 0, 0, 0, set, Pooling.POOLED, Control.NONE, 0));
            scores.add(both);
            consistency[set][first][second] = both[1];
          }
        }
      }
    }
    Map<AlignmentFamily, double[][]> rows = new EnumMap<>(AlignmentFamily.class);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      rows.put(
          family,
          scores.stream()
              .map(
                  both -> {
                    double[] row = new double[family.stored()];
                    Arrays.fill(row, both[0]);
                    return row;
                  })
              .toArray(double[][]::new));
    }
    AlignmentTable pairs = new AlignmentTable(comparisons, rows);
    AlignmentTable none = pairs.where(of -> false);
    return new ConvergenceData(
        "pairs",
        IntStream.range(0, GROUPS)
            .mapToObj(g -> new ConvergenceData.Group("group " + g, List.of("last"), true, SEEDS))
            .toList(),
        PlantedConvergence.MOMENTS.subList(0, 1),
        List.of(),
        PlantedConvergence.SETS,
        none,
        none,
        pairs,
        none,
        new NetworkBehaviour(
            new double[0][],
            new double[0][],
            consistency,
            new double[0],
            new int[0][][],
            new int[0]),
        new LayerDimensions(new double[0][][], new double[0][][]));
  }

  private static double[] correlated(double correlation, SplittableRandom random) {
    double one = random.nextGaussian();
    return new double[] {
      one, correlation * one + Math.sqrt(1 - correlation * correlation) * random.nextGaussian()
    };
  }
}
