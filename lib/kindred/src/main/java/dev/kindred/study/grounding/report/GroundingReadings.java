package dev.kindred.study.grounding.report;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.RankSets;
import dev.kindred.study.Claim;
import dev.kindred.study.Reading;
import dev.kindred.study.Verdict;
import dev.kindred.study.grounding.GroundingStatistics;
import dev.kindred.study.grounding.GroundingSummary;
import dev.kindred.study.grounding.IntuitiveTests;
import dev.kindred.study.grounding.Scores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One sentence of what the text saw in each figure, and one of what there is to see here, computed.
 */
public final class GroundingReadings {
  private final GroundingStatistics statistics;
  private final IntuitiveTests tests;

  /**
   * @param tests of the population that is shown
   */
  public GroundingReadings(GroundingStatistics statistics, IntuitiveTests tests) {
    this.statistics = statistics;
    this.tests = tests;
  }

  /** Figures 1 and 2. */
  public Reading maps(List<String> measures) {
    String here =
        measures.stream()
            .map(
                name -> {
                  double[][] map = tests.map(index(name), 0, 1);
                  int nearest = 0;
                  for (int a = 0; a < map.length; a++) {
                    boolean least = true;
                    for (int b = 0; b < map.length; b++) {
                      least &= b == a || map[a][a] < map[a][b];
                    }
                    nearest += least ? 1 : 0;
                  }
                  return format(
                      "by %s the same depth is the nearest at %d of %d depths, and the distance there"
                          + " goes from %.2f at the first to %.2f at the deepest",
                      name, nearest, map.length, map[0][0], map[map.length - 1][map.length - 1]);
                })
            .collect(Collectors.joining("; "));
    return new Reading(
        "CKA says that two seeds learn similar representations, CCA that they differ, above all in deep layers",
        here);
  }

  /** The two intuitive tests. */
  public Reading intuitive(List<String> measures) {
    Scores specificity = tests.specificity();
    Scores deletion = tests.deletion();
    return new Reading(
        "CKA does well where the same depth has to be found again, and poorly where lost components have to be noticed; CCA does the reverse",
        measures.stream()
            .map(
                name ->
                    format(
                        "%s finds the same depth in %.0f %% of the pairs (chance: %.0f %%) and lets %.0f %% of"
                            + " the components go unnoticed (%.0f %% until a deletion is told from another"
                            + " seed, p ≤ .05)",
                        name,
                        100 * specificity.values()[index(name)],
                        100 * tests.chance(),
                        100 * deletion.values()[index(name)],
                        100 * tests.told(index(name))))
            .collect(Collectors.joining("; ")));
  }

  private int index(String measure) {
    return statistics.results().measures().indexOf(measure);
  }

  /** The four subtasks. */
  public Reading subtasks(List<String> measures) {
    return new Reading(
        "CKA and PWCCA are each ahead on some subtasks and behind on others; Procrustes is never far behind",
        (statistics.results().populations().size() > 1 ? "means over the populations: " : "")
            + statistics.subtasks().stream()
                .map(
                    scores ->
                        scores.title()
                            + ": "
                            + measures.stream()
                                .map(
                                    name -> {
                                      Interval interval = scores.interval(index(name));
                                      return format("%s %.2f ", name, scores.values()[index(name)])
                                          + interval;
                                    })
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; ")));
  }

  /** The ranking of all measures. */
  public Reading ranking() {
    Scores overall = statistics.overall();
    RankSets ranks = overall.ranks();
    List<String> measures = statistics.results().measures();
    List<Integer> order =
        GroundingSummary.order(ranks.ranks()).stream()
            .filter(m -> !Double.isNaN(overall.values()[m]))
            .toList();
    if (order.isEmpty()) {
      return new Reading("the text compares three measures", "no measure has a mean ρ");
    }
    int best = order.get(0);
    String first =
        order.stream()
            .filter(m -> ranks.ranks()[m] == ranks.ranks()[best])
            .map(measures::get)
            .collect(Collectors.joining(", "));
    long equal = order.stream().filter(m -> ranks.lowest()[m] == 1).count();
    Scores without = statistics.besideStandIns();
    int standIns = without.values().length - 1;
    int[] ahead = statistics.aheadOfStandIns();
    return new Reading(
        "a good measure has high correlations throughout; Procrustes is a good all-rounder",
        format(
            "first, with a mean ρ of %.2f: %s; of %d measures %d may be the best; the rank of Procrustes may be any from %d to %d. Depth, deletion and pre-training alone, without any look at a response, have a mean ρ of %.2f %s on (a), (b) and (d); %d measures have more there, %d of them by more than other networks explain: the rest of a high ρ says which layer and how much of it a distance is taken from, not what the networks do",
            overall.values()[best],
            first,
            order.size(),
            equal,
            ranks.lowest()[index("procrustes")],
            ranks.highest()[index("procrustes")],
            without.values()[standIns],
            without.interval(standIns),
            ahead[0],
            ahead[1]));
  }

  /**
   * On which claims the populations differ.
   *
   * @param claims of each population by its name, in one order
   */
  public static Reading populations(Map<String, List<Claim>> claims) {
    List<String> differing = new ArrayList<>();
    List<String> names = List.copyOf(claims.keySet());
    for (int c = 0; c < claims.get(names.get(0)).size(); c++) {
      int claim = c;
      Map<Verdict, List<String>> by =
          names.stream()
              .collect(
                  Collectors.groupingBy(
                      name -> claims.get(name).get(claim).verdict(),
                      () -> new EnumMap<>(Verdict.class),
                      Collectors.toList()));
      if (by.containsKey(Verdict.REPRODUCED) && by.containsKey(Verdict.NOT_REPRODUCED)) {
        differing.add(
            "“"
                + claims.get(names.get(0)).get(c).statement()
                + "” is reproduced on "
                + String.join(", ", by.get(Verdict.REPRODUCED))
                + " and not on "
                + String.join(", ", by.get(Verdict.NOT_REPRODUCED)));
      }
    }
    return new Reading(
        "each subtask has one kind of networks",
        differing.isEmpty()
            ? "no claim is decided one way on some networks and the other way on others"
            : String.join("; ", differing));
  }

  /** Measures that agree. */
  public Reading clusters() {
    List<List<Integer>> clusters = statistics.clusters();
    List<String> measures = statistics.results().measures();
    List<Integer> largest =
        clusters.stream().max((a, b) -> Integer.compare(a.size(), b.size())).orElse(List.of());
    return new Reading(
        "the text does not ask which measures say the same",
        format(
            "%d measures fall into %d groups that agree with ρ above 0.9 on average; the largest is %s",
            statistics.compared().length,
            clusters.size(),
            largest.stream().map(measures::get).collect(Collectors.joining(", "))));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
