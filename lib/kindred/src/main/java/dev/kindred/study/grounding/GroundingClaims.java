package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.study.Claim;
import dev.kindred.study.Claims;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.grounding.GroundedTask.Subtask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The claims of the text and the rules that decide them, all fixed beforehand. They are decided
 * over networks: the error is that of drawing others.
 */
public final class GroundingClaims {
  private static final String CKA = "cka[estimator=biased]";
  private static final String PROCRUSTES = "procrustes";

  /** By the formula of the text's authors. */
  private static final String PWCCA = "pwcca[weights=all]";

  /** The most by which the published ρ of Procrustes is behind the best is 0.054. */
  private static final double NEVER_FAR = 0.1;

  /** A correlation up to which a measure does not do well: Cohen's medium one. */
  private static final double WELL = 0.3;

  /** In most pairs. */
  private static final double HALF = 0.5;

  private static final DecisionRule POSITIVE = new DecisionRule.Above(0);

  private final Function<Subtask, Scores> rho;
  private final List<IntuitiveTests> intuitive;
  private final List<String> measures;
  private final Claims<Supplier<Estimate>> claims =
      new Claims<>(quantities -> quantities.stream().map(Supplier::get).toList());

  /**
   * @param rho of every measure on a subtask
   * @param intuitive of the same populations, one each
   */
  private GroundingClaims(
      Function<Subtask, Scores> rho, List<IntuitiveTests> intuitive, List<String> measures) {
    this.rho = rho;
    this.intuitive = intuitive;
    this.measures = measures;
  }

  /**
   * Decides every claim.
   *
   * @param intuitive of the same populations, one each
   * @throws InputException if a measure of the text is missing
   */
  public static List<Claim> decide(GroundingStatistics statistics, List<IntuitiveTests> intuitive) {
    return new GroundingClaims(statistics::subtask, intuitive, statistics.results().measures())
        .decide();
  }

  /**
   * Decides every claim on each population by itself: a claim on their means may stay open because
   * they differ.
   *
   * @param intuitive of the same populations, one each, in their order
   * @return the claims of each population by its name
   */
  public static Map<String, List<Claim>> byPopulation(
      GroundingStatistics statistics, List<IntuitiveTests> intuitive) {
    Map<String, List<Claim>> claims = new LinkedHashMap<>();
    for (int p = 0; p < intuitive.size(); p++) {
      int population = p;
      claims.put(
          statistics.results().populations().get(p).name(),
          new GroundingClaims(
                  subtask -> statistics.subtask(population, subtask),
                  List.of(intuitive.get(p)),
                  statistics.results().measures())
              .decide());
    }
    return claims;
  }

  private List<Claim> decide() {
    maps();
    subtasks();
    intuitive();
    return claims.decide();
  }

  private int index(String measure) {
    int index = measures.indexOf(measure);
    if (index < 0) {
      throw new InputException(
          "claims of grounding: expected the measure " + measure + ", found " + measures);
    }
    return index;
  }

  private void maps() {
    claims
        .define("By CKA, networks that differ in their seed alone agree at every depth", "Figure 1")
        .decide(
            "share of pairs in which the same depth is the nearest, at each depth",
            new DecisionRule.Above(HALF),
            IntStream.range(0, depths())
                .<Supplier<Estimate>>mapToObj(
                    depth -> () -> mean(test -> test.specificity(depth)).estimate(index(CKA)))
                .toList());
    claims
        .define("By CCA, they differ above all in deep layers, and more so than by CKA", "Figure 2")
        .decide(
            "distance between seeds, deepest depth less first: by PWCCA, and by PWCCA less by CKA",
            POSITIVE,
            List.of(
                () -> mean(IntuitiveTests::growth).estimate(index(PWCCA)),
                () -> mean(IntuitiveTests::growth).difference(index(PWCCA), index(CKA))));
  }

  private int depths() {
    return intuitive.stream().mapToInt(IntuitiveTests::depths).min().orElse(0);
  }

  private Scores mean(Function<IntuitiveTests, Scores> of) {
    return Scores.mean("", intuitive.stream().map(of).toList());
  }

  private void subtasks() {
    ahead(Subtask.LAYERS, CKA, PWCCA, "CKA", "PWCCA", 0.137, "QNLI: .628 against .491");
    ahead(Subtask.COMPONENTS, PWCCA, CKA, "PWCCA", "CKA", 0.119, "SST-2: .870 against .751");
    ahead(Subtask.DISTORTIONS, PWCCA, CKA, "PWCCA", "CKA", 0.106, "HANS: .568 against .462");
    List<Supplier<Estimate>> behind = new ArrayList<>();
    for (Subtask subtask : Subtask.values()) {
      for (String other : List.of(CKA, PWCCA)) {
        behind.add(() -> rho.apply(subtask).difference(index(PROCRUSTES), index(other)));
      }
    }
    claims
        .define("Procrustes is never far behind the best", "at most .054 behind")
        .decide(
            "ρ of Procrustes less that of CKA and of PWCCA, on each subtask",
            new DecisionRule.Above(-NEVER_FAR),
            behind);
    claims
        .define("No measure does well on the last subtask", "ρ at most .243")
        .decide(
            "0.3 less ρ on the stress tests, every measure of the text",
            POSITIVE,
            GroundedMeasures.PAPER.stream()
                .<Supplier<Estimate>>map(
                    measure ->
                        () -> rho.apply(Subtask.STRESS).map(-1, WELL).estimate(index(measure)))
                .toList());
  }

  private void ahead(
      Subtask subtask,
      String leader,
      String other,
      String leaderName,
      String otherName,
      double published,
      String where) {
    claims
        .define(leaderName + " is ahead of " + otherName + " on " + subtask, where)
        .published(published)
        .decide(
            "ρ of " + leaderName + " less that of " + otherName,
            POSITIVE,
            List.of(() -> rho.apply(subtask).difference(index(leader), index(other))));
  }

  private void intuitive() {
    claims
        .define("CKA is more specific than CCA", "the text, in words")
        .decide(
            "share of pairs in which the same depth is the nearest, CKA less PWCCA, mean over"
                + " depths",
            POSITIVE,
            List.of(() -> mean(IntuitiveTests::specificity).difference(index(CKA), index(PWCCA))));
    claims
        .define("CCA is more sensitive than CKA", "the text, in words")
        .decide(
            "share of components that go unnoticed, CKA less PWCCA, mean over depths",
            POSITIVE,
            List.of(() -> mean(IntuitiveTests::deletion).difference(index(CKA), index(PWCCA))));
  }
}
