package dev.kindred.study.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kindred.base.Json;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.measure.statistics.FalseDiscovery;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.grounding.GroundedTask.Subtask;
import dev.kindred.study.grounding.GroundingStudy.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class GroundingStatisticsTest {
  private static final double EXACT = 1e-9;

  /** As far as two incomplete beta functions agree. */
  private static final double BETA = 1e-7;

  private static final List<String> MEASURES = List.of("follows", "half", "not at all");
  private static JsonObject reference;
  private static GroundedPopulation population;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = GroundingStatisticsTest.class.getResourceAsStream("statistics.json")) {
      reference =
          Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
    }
    Map<Part, Map<String, double[][]>> parts = new HashMap<>();
    reference
        .getAsJsonObject("parts")
        .entrySet()
        .forEach(
            part -> {
              Map<String, double[][]> arrays = new LinkedHashMap<>();
              part.getValue()
                  .getAsJsonObject()
                  .entrySet()
                  .forEach(array -> arrays.put(array.getKey(), matrix(array.getValue())));
              parts.put(Part.valueOf(part.getKey().toUpperCase(Locale.ROOT)), arrays);
            });
    List<String> measures = new ArrayList<>();
    reference.getAsJsonArray("measures").forEach(name -> measures.add(name.getAsString()));
    population =
        new GroundedPopulation(
            "reference",
            List.of("one", "two", "three"),
            List.of("textures", "colours"),
            reference.get("families").getAsInt(),
            measures,
            parts::get);
  }

  private static double[][] matrix(JsonElement rows) {
    JsonArray array = rows.getAsJsonArray();
    double[][] matrix = new double[array.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = numbers(array.get(i).getAsJsonArray());
    }
    return matrix;
  }

  private static double[] numbers(JsonArray array) {
    return IntStream.range(0, array.size())
        .mapToDouble(j -> array.get(j).isJsonNull() ? Double.NaN : array.get(j).getAsDouble())
        .toArray();
  }

  /** Correlations, p-values, bootstrap samples and permuted networks, by SciPy. */
  @Test
  void everyTaskHasTheNumbersOfSciPy() {
    JsonObject expected = reference.getAsJsonObject("expected");
    assertThat(population.tasks().stream().map(GroundedTask::name))
        .containsExactlyElementsOf(expected.keySet());
    for (GroundedTask task : population.tasks()) {
      JsonObject ofTask = expected.getAsJsonObject(task.name());
      double[] counts = numbers(ofTask.getAsJsonArray("counts"));
      int[] order = Subtasks.integers(numbers(ofTask.getAsJsonArray("order")));
      for (int m = 0; m < population.measures().size(); m++) {
        String what = task.name() + ", " + population.measures().get(m);
        JsonObject numbers = ofTask.getAsJsonArray("measures").get(m).getAsJsonObject();
        TaskCorrelations.Published published = TaskCorrelations.published(task, m);
        assertThat(published.numbers())
            .as(what)
            .containsExactly(numbers(numbers.getAsJsonArray("published")), within(BETA));
        assertThat(published.pairs()).as(what).isEqualTo(numbers.get("pairs").getAsInt());
        TaskCorrelations.Drawn drawn =
            TaskCorrelations.drawn(task, population.measures().size(), counts);
        assertThat(drawn.rho()[m])
            .as(what)
            .isCloseTo(numbers.get("drawn").getAsDouble(), within(EXACT));
        assertThat(drawn.tau()[m])
            .as(what)
            .isCloseTo(numbers.get("drawn tau").getAsDouble(), within(EXACT));
        assertThat(moved(task, m, order))
            .as(what)
            .isCloseTo(numbers.get("moved").getAsDouble(), within(EXACT));
      }
    }
  }

  private static double moved(GroundedTask task, int measure, int[] order) {
    return task.strata().stream()
        .mapToDouble(
            stratum -> {
              Stratum.Pairs pairs = stratum.pairs(stratum.reference());
              double[] distances = pairs.distances(measure);
              double[] gaps = pairs.gaps(order);
              int[] defined =
                  IntStream.range(0, gaps.length)
                      .filter(i -> Double.isFinite(distances[i]))
                      .toArray();
              return Method.SPEARMAN.coefficient(
                  IntStream.of(defined).mapToDouble(i -> distances[i]).toArray(),
                  IntStream.of(defined).mapToDouble(i -> gaps[i]).toArray());
            })
        .average()
        .orElseThrow();
  }

  /** References stay where they are; all others move somewhere. */
  @Test
  void permutationsKeepTheReferences() {
    GroundedTask task = population.tasks().get(1);
    var random = new Seeds(3).stream("test");
    boolean[] moved = new boolean[task.networks().count()];
    for (int t = 0; t < 50; t++) {
      int[] order = task.shuffled(random);
      assertThat(order).doesNotHaveDuplicates().hasSize(moved.length);
      task.strata().forEach(s -> assertThat(order[s.reference()]).isEqualTo(s.reference()));
      for (int i = 0; i < moved.length; i++) {
        moved[i] |= order[i] != i;
      }
    }
    long fixed = task.strata().stream().map(Stratum::reference).distinct().count();
    assertThat(IntStream.range(0, moved.length).filter(i -> moved[i]))
        .hasSize((int) (moved.length - fixed));
  }

  /** Networks of one pre-training are alike: they change places as one, or among themselves. */
  @Test
  void permutationsKeepPretrainingsTogether() {
    Stratum stratum = new Stratum(new double[12][1], new int[] {5}, List.of(), r -> List.of());
    GroundedTask task =
        new GroundedTask(
            Subtask.STRESS, "(d)", new GroundedTask.Networks("fine-tuned", 4, 3), List.of(stratum));
    int size = task.networks().size();
    var random = new Seeds(3).stream("test");
    int families = 0;
    int within = 0;
    for (int t = 0; t < 50; t++) {
      int[] order = task.shuffled(random);
      for (int i = 0; i < order.length; i++) {
        assertThat(order[i] / size).isEqualTo(order[i - i % size] / size);
        families += order[i] / size != i / size ? 1 : 0;
        within += order[i] % size != i % size ? 1 : 0;
      }
    }
    assertThat(families).isPositive();
    assertThat(within).isPositive();
  }

  @Test
  void intuitiveTestsHaveTheNumbersOfPlainLoops() {
    IntuitiveTests tests = IntuitiveTests.of(population, 20, 20, new Seeds(1));
    JsonArray expected = reference.getAsJsonObject("maps").getAsJsonArray("measures");
    double[] counts = numbers(reference.getAsJsonObject("maps").getAsJsonArray("counts"));
    for (int m = 0; m < population.measures().size(); m++) {
      JsonObject ours = expected.get(m).getAsJsonObject();
      for (int depth = 0; depth < 3; depth++) {
        String what = population.measures().get(m) + ", depth " + depth;
        assertThat(tests.specificity(depth).values()[m])
            .as(what)
            .isCloseTo(ours.getAsJsonArray("specificity").get(depth).getAsDouble(), within(EXACT));
        assertThat(tests.deletion(depth).values()[m])
            .as(what)
            .isCloseTo(ours.getAsJsonArray("deletion").get(depth).getAsDouble(), within(EXACT));
        assertThat(tests.specificity(m, depth, counts))
            .as(what)
            .isCloseTo(
                ours.getAsJsonArray("drawn specificity").get(depth).getAsDouble(), within(EXACT));
        assertThat(tests.deletion(m, depth, counts))
            .as(what)
            .isCloseTo(
                ours.getAsJsonArray("drawn deletion").get(depth).getAsDouble(), within(EXACT));
      }
    }
  }

  /** Accuracies are counts over images; as floats, equal differences of them differ. */
  @Test
  void equalDifferencesOfAccuracyAreEqualInSpiteOfRounding() {
    GroundedPopulation other =
        new PlantedGrounding(List.of("measure"), 20, 8).make(1).populations().get(0);
    int images = 498;
    int[][] right = new int[20][18];
    double[][] accuracy = new double[20][18];
    var random = new Seeds(5).stream("test");
    for (int i = 0; i < right.length; i++) {
      for (int set = 0; set < 18; set++) {
        right[i][set] = 200 + random.nextInt(6);
        accuracy[i][set] = (float) (right[i][set] / (double) images);
      }
    }
    Map<String, double[][]> own = new LinkedHashMap<>(other.arrays(Part.DISTORTIONS));
    own.put(Subtasks.ACCURACY, accuracy);
    GroundedPopulation rounded =
        new GroundedPopulation(
            "rounded",
            other.depths(),
            List.of("textures", "colours"),
            6,
            other.measures(),
            part -> part == Part.DISTORTIONS ? own : other.arrays(part));
    int[] sums = new int[20];
    int best = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = IntStream.of(right[i]).skip(1).sum();
      best = sums[i] > sums[best] ? i : best;
    }
    int reference = best;
    int[] others = IntStream.range(0, 20).filter(i -> i != reference).toArray();
    double[] gaps = IntStream.of(others).mapToDouble(i -> sums[reference] - sums[i]).toArray();
    assertThat(gaps.length - IntStream.of(others).map(i -> sums[i]).distinct().count())
        .as("ties")
        .isGreaterThan(3);
    double expected = 0;
    for (int depth = 0; depth < PlantedGrounding.DEPTHS; depth++) {
      double[][] distances = own.get("measure " + depth);
      expected +=
          Method.SPEARMAN.coefficient(
                  IntStream.of(others).mapToDouble(i -> distances[i][reference]).toArray(), gaps)
              / PlantedGrounding.DEPTHS;
    }
    GroundedTask task = rounded.tasks().get(2);
    assertThat(TaskCorrelations.published(task, 0).numbers()[0]).isCloseTo(expected, within(EXACT));
    double[] once = new double[20];
    Arrays.fill(once, 1);
    assertThat(TaskCorrelations.drawn(task, 1, once).rho()[0]).isCloseTo(expected, within(EXACT));
  }

  /** Depth, deletion and pre-training say all that there is to say, or no more than they do. */
  @Test
  void whatSeesNoResponseStandsBesideTheRanks() {
    GroundingResults told = new PlantedGrounding(MEASURES, 12, 3).toldWithoutResponses().make(2);
    GroundingStatistics all = GroundingStatistics.of(told, 60, 20, new Seeds(2));
    assertThat(all.besideStandIns().values()).hasSize(MEASURES.size() + 1);
    assertThat(all.besideStandIns().values()[MEASURES.size()]).isCloseTo(1, within(EXACT));
    assertThat(all.aheadOfStandIns()).containsExactly(0, 0);
    Table ranking = GroundingSummary.ranking(all);
    int last = MEASURES.size();
    assertThat(ranking.rowCount()).isEqualTo(last + 1);
    assertThat(ranking.getString(last, "measure")).isEqualTo(GroundingSummary.NO_RESPONSES);
    assertThat(ranking.doubleColumn("without (c)").get(last)).isCloseTo(1, within(EXACT));
    for (String column : List.of("mean rho", "rank", "rank_low", "cluster")) {
      assertThat(ranking.column(column).isMissing(last)).as(column).isTrue();
      assertThat(ranking.column(column).isMissing(0)).as(column).isFalse();
    }

    GroundingResults usual = planted(20, 1).make(1);
    GroundedPopulation one = usual.populations().get(0);
    GroundingStatistics some = GroundingStatistics.of(usual, 100, 20, new Seeds(2));
    double[][] accuracy = one.arrays(Part.LAYERS).get(Subtasks.ACCURACY);
    int reference = (int) one.arrays(Part.LAYERS).get(Subtasks.REFERENCES)[0][0];
    int deepest = PlantedGrounding.DEPTHS - 1;
    List<Double> between = new ArrayList<>();
    List<Double> gaps = new ArrayList<>();
    for (int i = 0; i < accuracy.length; i++) {
      for (int depth = 0; depth <= deepest; depth++) {
        if (i != reference || depth != deepest) {
          between.add((double) deepest - depth);
          gaps.add(Math.abs(accuracy[i][depth] - accuracy[reference][deepest]));
        }
      }
    }
    double ofLayers =
        Method.SPEARMAN.coefficient(
            between.stream().mapToDouble(d -> d).toArray(),
            gaps.stream().mapToDouble(d -> d).toArray());
    assertThat(some.besideStandIns(Subtask.LAYERS).values()[MEASURES.size()])
        .isCloseTo(ofLayers, within(EXACT));
    double mean = some.besideStandIns().values()[MEASURES.size()];
    assertThat(mean).isLessThan(0.7);
    assertThat(some.besideStandIns().interval(MEASURES.size()).contains(mean)).isTrue();
    // One measure follows accuracy, and knows more than depths; one knows nothing.
    assertThat(some.aheadOfStandIns()[0]).isBetween(1, 2);
    assertThat(some.aheadOfStandIns()[1]).isBetween(1, 2);
    // The pairs of (c) differ in no depth, deletion or pre-training.
    assertThat(TaskCorrelations.published(one.standIns().get(2), 0).numbers()[0]).isNaN();
  }

  /** Of 8 networks that all agree, Wilson's interval with Student's quantile. */
  @Test
  void intervalsOfSpecificityFitAShare() {
    PlantedGrounding planted =
        new PlantedGrounding(List.of("always", "half"), 8, 1)
            .specific("always", 1)
            .specific("half", 0.3);
    IntuitiveTests tests =
        IntuitiveTests.of(planted.make(1).populations().get(0), 100, 20, new Seeds(1));
    for (int depth = 0; depth < PlantedGrounding.DEPTHS; depth++) {
      assertThat(tests.specificity(depth).values()[0]).isEqualTo(1);
      Interval always = tests.specificityInterval(0, depth);
      assertThat(always.high()).isEqualTo(1);
      assertThat(always.low()).isCloseTo(8 / (8 + 2.364624 * 2.364624), within(1e-5));
      double share = tests.specificity(depth).values()[1];
      Interval half = tests.specificityInterval(1, depth);
      assertThat(half.contains(share)).isTrue();
      assertThat(half.low()).isNotNegative();
      assertThat(half.high()).isLessThanOrEqualTo(1);
      Interval student = tests.specificity(depth).interval(1);
      assertThat(half.width()).isBetween(0.5 * student.width(), 2 * student.width());
    }
  }

  /** What is planted: noticed early, never, and only where deleting is more than another seed. */
  @Test
  void deletionsAreToldFromSeedsWhereTheyAreMore() {
    PlantedGrounding planted =
        new PlantedGrounding(List.of("early", "never", "late"), 12, 5)
            .unnoticed("early", 0.15)
            .unnoticed("never", 5)
            .exchangeable("late", 0.6);
    IntuitiveTests tests =
        IntuitiveTests.of(planted.make(1).populations().get(0), 20, 199, new Seeds(1));
    for (int depth = 0; depth < PlantedGrounding.DEPTHS; depth++) {
      // Of the mean, .1 to .2 go unnoticed; all seeds lie within half of it.
      assertThat(tests.told(0, depth)).isBetween(0.15, 0.35);
      assertThat(tests.told(1, depth)).isEqualTo(1);
      assertThat(tests.told(2, depth)).isLessThanOrEqualTo(0.7);
    }
    assertThat(tests.told(1)).isEqualTo(1);
    Table table = GroundingSummary.intuitive(tests, List.of("early", "never"));
    assertThat(table.doubleColumn("told from another seed after (p ≤ .05)").get(1)).isEqualTo(1);
  }

  /** Where deleting does what another seed does, it is told from one as often as the level says. */
  @Test
  void exchangeableDeletionsAreRarelyTold() {
    int told = 0;
    int crossed = 0;
    int trials = 50;
    for (int trial = 0; trial < trials; trial++) {
      PlantedGrounding planted =
          new PlantedGrounding(List.of("like a seed"), 10, 300 + trial)
              .exchangeable("like a seed", 1);
      IntuitiveTests tests =
          IntuitiveTests.of(planted.make(1).populations().get(0), 20, 99, new Seeds(trial));
      for (int depth = 0; depth < PlantedGrounding.DEPTHS; depth++) {
        told += tests.told(0, depth) < 1 ? 1 : 0;
        crossed += tests.deletion(depth).values()[0] < 0.75 ? 1 : 0;
      }
    }
    // Binomial(200, 0.05): more than 19 has a probability below 0.4 %.
    assertThat(told).isLessThanOrEqualTo(19);
    // The text's threshold is crossed by every second network, at the first deletion.
    assertThat(crossed).isGreaterThan(150);
  }

  /** The rank of the deletion among the other seeds, by plain counting. */
  @Test
  void extentsThatAreNotDefinedArePassedOver() {
    IntuitiveTests tests = IntuitiveTests.of(population, 20, 99, new Seeds(1));
    // In the reference, the greatest extent of this measure is not defined at the second depth.
    assertThat(tests.told(2, 1)).isBetween(0.1, 1.0);
  }

  @Test
  void falseDiscoveriesAreThoseOfSciPy() {
    assertThat(FalseDiscovery.adjusted(numbers(reference.getAsJsonArray("p"))))
        .containsExactly(numbers(reference.getAsJsonArray("adjusted")), within(EXACT));
    assertThat(FalseDiscovery.adjusted(new double[] {0.01, Double.NaN, 0.04}))
        .containsExactly(0.02, Double.NaN, 0.04);
  }

  private static PlantedGrounding planted(int seeds, long seed) {
    PlantedGrounding planted = new PlantedGrounding(MEASURES, seeds, seed);
    for (Part part : Part.values()) {
      planted
          .follows("follows", part, 0.9)
          .follows("half", part, 0.45)
          .follows("not at all", part, 0);
    }
    return planted;
  }

  @Test
  void plantedMeasuresAreRankedAndToldFromChance() {
    GroundingStatistics statistics =
        GroundingStatistics.of(planted(20, 1).make(2), 200, 199, new Seeds(2));
    Table cells = GroundingSummary.cells(statistics);
    assertThat(cells.rowCount()).isEqualTo(2 * 5 * 3);
    for (int row = 0; row < cells.rowCount(); row++) {
      double rho = cells.doubleColumn("rho").get(row);
      assertThat(cells.doubleColumn("rho_low").get(row)).isLessThanOrEqualTo(rho);
      assertThat(cells.doubleColumn("rho_high").get(row)).isGreaterThanOrEqualTo(rho);
      double tau = cells.doubleColumn("tau").get(row);
      assertThat(cells.doubleColumn("tau_low").get(row)).isLessThan(tau);
      assertThat(cells.doubleColumn("tau_high").get(row)).isGreaterThan(tau);
      double q = cells.doubleColumn("false_discovery").get(row);
      switch (cells.getString(row, "measure")) {
        case "follows" -> {
          assertThat(rho).isGreaterThan(0.8);
          assertThat(q).isLessThan(0.05);
        }
        case "not at all" -> assertThat(cells.doubleColumn("rho_low").get(row)).isNegative();
        default -> assertThat(rho).isBetween(0.1, 0.95);
      }
    }
    Table ranking = GroundingSummary.ranking(statistics);
    assertThat(ranking.stringColumn("measure").asList().subList(0, 3)).isEqualTo(MEASURES);
    assertThat(ranking.intColumn("rank_low").asList().subList(0, 3)).containsExactly(1, 2, 3);
    assertThat(ranking.intColumn("rank_high").asList().subList(0, 3)).containsExactly(1, 2, 3);
    // One second for ten preparations, one to three for a hundred comparisons.
    assertThat(ranking.doubleColumn("seconds_per_preparation").get(0))
        .isCloseTo(0.1, within(EXACT));
    assertThat(ranking.doubleColumn("seconds_per_comparison").get(2))
        .isCloseTo(0.03, within(EXACT));
  }

  /** Measures that say nothing: p-values are those of chance, intervals have 0 as often as said. */
  @Test
  void exchangeableNetworksAreRarelyFound() {
    int found = 0;
    int outside = 0;
    int outsideOfTau = 0;
    int trials = 60;
    int withInterval = 0;
    for (int trial = 0; trial < trials; trial++) {
      PlantedGrounding planted = new PlantedGrounding(List.of("nothing"), 12, 100 + trial);
      for (Part part : Part.values()) {
        planted.follows("nothing", part, 0);
      }
      GroundingStatistics statistics =
          GroundingStatistics.of(planted.make(1), 100, 99, new Seeds(trial));
      for (int task = 2; task < 4; task++) {
        found += statistics.permutationP(0, task, 0) <= 0.05 ? 1 : 0;
        Interval interval = statistics.task(0, task).interval(0);
        withInterval++;
        outside += interval.contains(0) ? 0 : 1;
        outsideOfTau += statistics.taus(0, task).interval(0).contains(0) ? 0 : 1;
      }
    }
    // Binomial(120, 0.05): more than 13 has a probability below 0.5 %.
    assertThat(found).isLessThanOrEqualTo(13);
    assertThat(outside).isLessThanOrEqualTo(withInterval / 10 + 1);
    assertThat(outsideOfTau).isLessThanOrEqualTo(withInterval / 10 + 1);
  }

  /** Twins order all pairs alike; what is drawn by itself belongs to nobody. */
  @Test
  void measuresThatAgreeAreOneCluster() {
    List<String> names = List.of("one", "alone", "twin");
    PlantedGrounding planted = new PlantedGrounding(names, 14, 9);
    for (Part part : Part.values()) {
      planted.follows("one", part, 1).follows("twin", part, 0.98).follows("alone", part, 0);
    }
    GroundingStatistics statistics = GroundingStatistics.of(planted.make(1), 50, 20, new Seeds(1));

    assertThat(statistics.clusters()).containsExactlyInAnyOrder(List.of(0, 2), List.of(1));
    assertThat(statistics.agreement()[0][2]).isGreaterThan(0.95);
    Table clusters = GroundingSummary.clusters(statistics);
    assertThat(clusters.stringColumn("measures").asList()).contains("one, twin", "alone");
    assertThat(clusters.stringColumn("least agreement within").asList())
        .anyMatch(text -> text.startsWith("1.000 [0.99"));
  }

  /** Few networks: intervals are wide, and no rank can be told from another. */
  @Test
  void fewNetworksTellNothingApart() {
    GroundingStatistics statistics =
        GroundingStatistics.of(planted(4, 3).make(1), 100, 50, new Seeds(2));
    Scores distortions = statistics.subtask(Subtask.DISTORTIONS);
    assertThat(distortions.ranks().lowest()).containsOnly(1);
    assertThat(distortions.ranks().highest()).containsOnly(3);
  }

  @Test
  void decisionsNameTheBestAndTheCheapest() {
    GroundingResults results =
        planted(20, 4).specific("follows", 0).specific("half", 0).specific("not at all", 1).make(1);
    GroundingStatistics statistics = GroundingStatistics.of(results, 200, 99, new Seeds(2));
    Table decisions =
        GroundingSummary.decisions(
            statistics,
            List.of(IntuitiveTests.of(results.populations().get(0), 100, 99, new Seeds(2))));
    assertThat(decisions.rowCount()).isEqualTo(7);
    assertThat(decisions.stringColumn("best").asList().subList(0, 5)).containsOnly("follows");
    assertThat(decisions.stringColumn("not told from it, best first").get(0)).isEqualTo("none");
    assertThat(decisions.stringColumn("best").get(5)).isEqualTo("not at all");
    assertThat(decisions.stringColumn("cheapest that is about as good").get(0))
        .isEqualTo("follows");
    assertThat(decisions.stringColumn("cheapest that is about as good").get(3))
        .isEqualTo("follows");
    assertThat(decisions.stringColumn("milliseconds").get(0)).isEqualTo("2.1e+02");
  }

  /** What cannot be told from the best may be cheap and say nothing. */
  @Test
  void noMeasureIsRecommendedThatIsNotToldFromChance() {
    PlantedGrounding planted = new PlantedGrounding(List.of("nothing"), 12, 7);
    for (Part part : Part.values()) {
      planted.follows("nothing", part, 0);
    }
    GroundingResults results = planted.make(1);
    Table decisions =
        GroundingSummary.decisions(
            GroundingStatistics.of(results, 200, 99, new Seeds(2)),
            List.of(IntuitiveTests.of(results.populations().get(0), 100, 99, new Seeds(2))));
    assertThat(decisions.stringColumn("cheapest that is about as good").get(3))
        .isEqualTo("none is told from 0");
    assertThat(decisions.stringColumn("milliseconds").get(3)).isEqualTo("–");
  }
}
