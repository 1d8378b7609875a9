package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.network.Pooling;
import dev.kindred.study.Claim;
import dev.kindred.study.Evidence;
import dev.kindred.study.convergence.Comparison.Control;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Claims of groups with 5, 4, 4 and 3 seeds and of two single networks, against a calculation in
 * Python (numpy and scipy) that knows nothing of this one: the record below by its formula, every
 * claim's quantity from its definition, leave-one-out errors in loops, degrees of freedom after
 * Satterthwaite.
 */
class ConvergenceReferenceTest {
  /** Scores without random numbers, so that another language has the same. */
  private record Formula() implements PlantedConvergence.Truth {
    @Override
    public double alignment(AlignmentFamily family, Comparison of) {
      int[] numbers = {
        family.ordinal(),
        of.first(),
        of.second(),
        of.row(),
        of.column(),
        of.moment(),
        of.set(),
        of.control().ordinal(),
        of.part()
      };
      double sum = 0;
      for (int i = 0; i < numbers.length; i++) {
        sum += (i + 1.7) * numbers[i];
      }
      double network = 0.03 * Math.sin(1.3 * of.first()) + 0.03 * Math.sin(1.3 * of.second());
      double shuffled = of.control() == Control.SHUFFLED ? 0.3 : 0;
      return 0.8
          - 0.1 * family.ordinal()
          - 0.05 * of.row()
          - 0.04 * Math.abs(of.row() - of.column())
          - 0.006 * of.row() * of.set()
          - 0.2 / (1 + of.moment())
          - shuffled
          + network
          + 0.04 * Math.sin(sum);
    }

    @Override
    public double accuracy(int set, int moment) {
      throw new IllegalStateException("each network has its own");
    }

    @Override
    public double accuracy(int network, int set, int moment) {
      return 0.3
          + 0.15 * moment
          - 0.012 * set
          + 0.08 * Math.sin(1.9 * set)
          + 0.05 * Math.sin(2.1 * network + 0.7 * set + moment);
    }

    @Override
    public double errorConsistency(int first, int second, int set) {
      return 0.4 - 0.01 * set + 0.1 * Math.sin(0.9 * first + 1.7 * second + 2.3 * set);
    }
  }

  @Test
  void claimsOfUnequalGroupsAreThoseOfAnIndependentCalculation() throws IOException {
    List<Claim> claims =
        ConvergenceClaims.decide(
            new PlantedConvergence(new int[] {5, 4, 4, 3, 1, 1}, 0, 1, new Formula()).data(),
            Pooling.POOLED);
    Map<String, double[]> expected = expected();
    assertThat(claims).extracting(Claim::statement).containsExactlyElementsOf(expected.keySet());
    for (Claim claim : claims) {
      Evidence found = claim.evidence();
      assertThat(new double[] {found.value(), found.interval().low(), found.interval().high()})
          .as(claim.statement())
          .containsExactly(expected.get(claim.statement()), within(1e-9));
    }
  }

  /** A claim, its value, and the ends of its interval. */
  private static Map<String, double[]> expected() throws IOException {
    Map<String, double[]> expected = new LinkedHashMap<>();
    try (InputStream in = ConvergenceReferenceTest.class.getResourceAsStream("claims.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .forEach(
              cells ->
                  expected.put(
                      cells[0],
                      Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray()));
    }
    return expected;
  }
}
