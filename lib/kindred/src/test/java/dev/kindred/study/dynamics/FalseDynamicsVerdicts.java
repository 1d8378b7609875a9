package dev.kindred.study.dynamics;

import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How often each claim is decided wrongly where nothing differs from anything: prints a line for
 * each with the counts of "reproduced", "not reproduced" and false verdicts.
 *
 * <p>Arguments: studies, first seed, random draws of each test.
 */
final class FalseDynamicsVerdicts {
  /**
   * What is right there, of what is decided: the first layer hardly moves at all, no curve has a
   * double descent, all layers drift evenly. Maps of two things that drift agree by that alone, so
   * that CKA tells less of regions than the distance of epochs.
   */
  private static final Map<String, Set<Verdict>> RIGHT =
      Map.of(
          "The first layer stays near", Set.of(Verdict.REPRODUCED),
          "With label noise the test", Set.of(Verdict.NOT_REPRODUCED),
          "Without label noise", Set.of(Verdict.REPRODUCED),
          "Of the layers' probes", Set.of(Verdict.NOT_REPRODUCED),
          "Layers often have", Set.of(Verdict.NOT_REPRODUCED),
          "Decision regions tell of the same", Set.of(Verdict.NOT_REPRODUCED));

  private FalseDynamicsVerdicts() {}

  /** Per claim: testable, reproduced, not reproduced, false. */
  static Map<String, int[]> count(int studies, long first, int draws) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (long root = first; root < first + studies; root++) {
      for (Claim claim : PlantedStudy.decide(3, root, DynamicsClaimsTest::exchangeable, draws)) {
        int[] of = counts.computeIfAbsent(claim.statement(), name -> new int[4]);
        of[0] += claim.verdict() == Verdict.NOT_TESTABLE ? 0 : 1;
        of[1] += claim.verdict() == Verdict.REPRODUCED ? 1 : 0;
        of[2] += claim.verdict() == Verdict.NOT_REPRODUCED ? 1 : 0;
        of[3] += isFalse(claim) ? 1 : 0;
      }
    }
    return counts;
  }

  private static boolean isFalse(Claim claim) {
    Set<Verdict> right =
        RIGHT.entrySet().stream()
            .filter(entry -> claim.statement().startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Set.of());
    return Set.of(Verdict.REPRODUCED, Verdict.NOT_REPRODUCED).contains(claim.verdict())
        && !right.contains(claim.verdict());
  }

  public static void main(String[] args) {
    int studies = Integer.parseInt(args[0]);
    System.out.printf("%d studies%n%-130s  yes   no false%n", studies, "claim");
    count(studies, Long.parseLong(args[1]), Integer.parseInt(args[2]))
        .forEach(
            (claim, of) ->
                System.out.printf(Locale.ROOT, "%-130s%5d%5d%6d%n", claim, of[1], of[2], of[3]));
  }
}
