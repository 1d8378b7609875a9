package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Evidence;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link FalseVerdicts} runs the same with more seeds. */
class ExchangeableTest {
  private static final int SEEDS = 40;

  /**
   * Where labels mean nothing, no claim is decided wrongly more often than in one of twenty data
   * sets, in either direction together.
   */
  @Test
  void falseVerdictsAreRare() {
    Map<String, int[]> counts = FalseVerdicts.count(24, 12, 60, 0, SEEDS);
    int all = 0;
    int tested = 0;
    int adjusted = 0;
    for (Map.Entry<String, int[]> claim : counts.entrySet()) {
      // P(more than 6 of 40 at rate 0.05) is 0.003.
      assertThat(claim.getValue()[3]).as(claim.getKey()).isLessThanOrEqualTo(6);
      tested += claim.getValue()[0];
      all += claim.getValue()[3];
      adjusted += claim.getValue()[4];
    }
    assertThat(tested).isGreaterThanOrEqualTo(20 * SEEDS);
    assertThat((double) all / tested).as("share of false verdicts").isLessThanOrEqualTo(0.05);
    // Any of a whole table in one of twenty data sets: P(more than 6 of 40) is 0.003.
    assertThat(adjusted).as("false verdicts after Holm").isLessThanOrEqualTo(6);
  }

  /** The rule for ImageNet and SVHN where no data set differs from another. */
  @Test
  void noDataSetIsSingledOutWhereAllAreEqual() {
    int decided = 0;
    for (int seed = 0; seed < 60; seed++) {
      Exchangeable data = Exchangeable.withEqualDataSets(27, 6, 5000 + seed);
      List<Part> parts =
          IntStream.range(1, 6)
              .mapToObj(
                  other ->
                      Part.difference(
                          r -> data.gaps.correlation(r, 0) - data.gaps.correlation(r, other),
                          data.similarities))
              .toList();
      ConsistencyBootstrap bootstrap =
          new ConsistencyBootstrap(
              data.similarities, ConsistencyBootstrap.Over.MODELS, 100, new Seeds(seed));
      Evidence evidence = new DecisionRule.Above(0).judge(bootstrap.estimates(parts));
      decided += Math.min(evidence.holds(), evidence.fails()) <= 0.025 ? 1 : 0;
    }
    // P(more than 7 of 60 at rate 0.05) is 0.01.
    assertThat(decided).isLessThanOrEqualTo(7);
  }

  @Test
  void theThresholdsAreMet() {
    double[] sums = new double[3];
    int seeds = 6;
    for (int seed = 0; seed < seeds; seed++) {
      Exchangeable data = new Exchangeable(100, 20, 100 + seed);
      Consistency consistency = new Consistency(data.similarities);
      sums[0] += consistency.mean(data.similarities.allPairs()) / seeds;
      sums[1] += MeanAndDeviation.agreement(consistency, data.other) / seeds;
      sums[2] += data.gaps.correlation(0) / seeds;
    }
    assertThat(sums[0]).isBetween(0.46, 0.54);
    assertThat(sums[1]).isBetween(0.46, 0.54);
    assertThat(sums[2]).isBetween(-0.54, -0.46);
  }
}
