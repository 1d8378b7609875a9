package dev.kindred.study.consistency;

import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often each claim is decided wrongly on {@link Exchangeable} data: prints a line for each
 * claim with the shares of "reproduced", "not reproduced" and false verdicts, plain and after Holm.
 *
 * <p>Arguments: models, data sets, bootstrap replicates, first seed, number of seeds. {@code truth}
 * alone prints what the thresholds meet in a large sample.
 */
final class FalseVerdicts {
  private FalseVerdicts() {}

  /**
   * What is right on exchangeable data; of every other claim any verdict is false. Data sets differ
   * there, only not by their categories, so that a single one is hardly ever the weakest in truth;
   * {@link Exchangeable#withEqualDataSets} has the null of these two claims.
   */
  static final Map<String, Verdict> RIGHT =
      Map.of(
          "ImageNet has the weakest", Verdict.NOT_REPRODUCED,
          "SVHN is the outlier", Verdict.NOT_REPRODUCED,
          "Convolutional and transformer", Verdict.REPRODUCED,
          "There is no or a weak relation", Verdict.NOT_REPRODUCED);

  static boolean isFalse(Claim claim, Verdict verdict) {
    Verdict right =
        RIGHT.entrySet().stream()
            .filter(entry -> claim.statement().startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Verdict.NOT_DECIDABLE);
    return verdict != right
        && EnumSet.of(Verdict.REPRODUCED, Verdict.NOT_REPRODUCED).contains(verdict);
  }

  /** Per claim: testable, reproduced, not reproduced, false, false after Holm. */
  static Map<String, int[]> count(int models, int dataSets, int replicates, int first, int seeds) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (int seed = first; seed < first + seeds; seed++) {
      List<Claim> claims = new Exchangeable(models, dataSets, seed).decide(replicates);
      List<Verdict> adjusted = Claim.adjustedVerdicts(claims);
      for (int c = 0; c < claims.size(); c++) {
        Claim claim = claims.get(c);
        int[] of = counts.computeIfAbsent(claim.statement(), name -> new int[5]);
        of[0] += claim.verdict() == Verdict.NOT_TESTABLE ? 0 : 1;
        of[1] += claim.verdict() == Verdict.REPRODUCED ? 1 : 0;
        of[2] += claim.verdict() == Verdict.NOT_REPRODUCED ? 1 : 0;
        of[3] += isFalse(claim, claim.verdict()) ? 1 : 0;
        of[4] += isFalse(claim, adjusted.get(c)) ? 1 : 0;
      }
    }
    return counts;
  }

  public static void main(String[] args) {
    if (args[0].equals("truth")) {
      truth();
      return;
    }
    int[] n = java.util.Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    System.out.printf(
        "%d models, %d data sets, %d replicates, %d seeds; shares in %%%n", n[0], n[1], n[2], n[4]);
    System.out.printf("%-82s%10s%10s%10s%10s%n", "claim", "yes", "no", "false", "Holm");
    count(n[0], n[1], n[2], n[3], n[4])
        .forEach(
            (claim, of) ->
                System.out.printf(
                    Locale.ROOT,
                    "%-82s%10.1f%10.1f%10.1f%10.1f%n",
                    claim,
                    100.0 * of[1] / of[0],
                    100.0 * of[2] / of[0],
                    100.0 * of[3] / of[0],
                    100.0 * of[4] / of[0]));
  }

  private static void truth() {
    double[] sums = new double[3];
    int seeds = 12;
    for (int seed = 0; seed < seeds; seed++) {
      Exchangeable data = new Exchangeable(120, 23, 10_000 + seed);
      Consistency consistency = new Consistency(data.similarities);
      sums[0] += consistency.mean(data.similarities.allPairs()) / seeds;
      sums[1] += MeanAndDeviation.agreement(consistency, data.other) / seeds;
      sums[2] += data.gaps.correlation(0) / seeds;
    }
    System.out.printf(
        Locale.ROOT, "mean R %.4f, agreement %.4f, gap %.4f%n", sums[0], sums[1], sums[2]);
  }
}
