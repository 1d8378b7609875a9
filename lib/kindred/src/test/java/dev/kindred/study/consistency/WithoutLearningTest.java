package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Controls, matched pairs and sizes of studies on planted data. */
class WithoutLearningTest {
  private static final ModelTable MODELS = Planted.models(24);
  private static final List<DataSet> SETS = Planted.dataSets(10);

  private static SimilaritySet planted(double noise, long seed) {
    return Planted.similarities(MODELS, SETS, (a, b, d) -> 0.5, (a, b, d) -> noise, seed);
  }

  private static double[] interval(Row row, String measure) {
    String[] ends = row.getString(measure).replace('−', '-').split("[\\[\\], ]+");
    return new double[] {Double.parseDouble(ends[1]), Double.parseDouble(ends[2])};
  }

  private static WithoutLearning.Sets sets(SimilaritySet untrained) {
    return new WithoutLearning.Sets(planted(0.5, 1), Optional.of(untrained), Optional.empty());
  }

  @Test
  void whatTrainingAddsIsFound() {
    Map<String, WithoutLearning.Sets> byMeasure = new LinkedHashMap<>();
    byMeasure.put("one", sets(planted(2, 2)));
    byMeasure.put("another", sets(planted(0.5, 2)));
    Table table = WithoutLearning.table(byMeasure, MODELS, 100, new Seeds(1));
    assertThat(table.stringColumn("networks").asList())
        .startsWith("trained", "the same before training", "trained less untrained")
        .hasSize(6);
    assertThat(table.stringColumn("model pairs").asList())
        .startsWith("all", "all", "all")
        .endsWith("by architecture");
    // 1/(1 + 0.25) and 1/(1 + 4)
    assertThat(interval(table.row(0), "one")[0]).isBetween(0.6, 0.8);
    assertThat(interval(table.row(2), "one")[0]).isGreaterThan(0.3);
    // Without a difference the interval holds none.
    assertThat(interval(table.row(2), "another")[0]).isNegative();
    assertThat(interval(table.row(2), "another")[1]).isPositive();
  }

  /** Networks of two architectures that are unlike everywhere are consistent in that alone. */
  @Test
  void architecturesMakeNoConsistencyByThemselves() {
    SimilaritySet apart =
        Planted.similarities(
            MODELS,
            SETS,
            (a, b, d) -> a.get("architecture").equals(b.get("architecture")) ? 1 : 0,
            (a, b, d) -> 2,
            7);
    Table table =
        WithoutLearning.table(
            Map.of("one", new WithoutLearning.Sets(apart, Optional.empty(), Optional.empty())),
            MODELS,
            100,
            new Seeds(1));
    assertThat(interval(table.row(0), "one")[0]).isGreaterThan(0.8);
    // 1/(1 + 4)
    assertThat(interval(table.row(1), "one")[1]).isLessThan(0.45);
  }

  @Test
  void networksOnRandomLabelsStandBesideTheirCounterparts() {
    List<String> all =
        IntStream.range(0, 12).mapToObj(i -> (i < 6 ? "sup-a" : "ssl-b") + "-seed-" + i).toList();
    ModelTable models =
        new ModelTable(
            all,
            Map.of(
                "architecture",
                IntStream.range(0, 12).mapToObj(i -> i % 2 == 0 ? "CNN" : "TX").toList()));
    List<String> random =
        all.subList(0, 6).stream().map(name -> name.replace("sup", "random")).toList();
    SimilaritySet trained =
        Planted.similarities(models, SETS, (a, b, d) -> 0.5, (a, b, d) -> 0.1, 1);
    SimilaritySet noise =
        Planted.similarities(
            new ModelTable(random, Map.of("x", random)), SETS, (a, b, d) -> 0.5, (a, b, d) -> 3, 2);
    Table table =
        WithoutLearning.table(
            Map.of("one", new WithoutLearning.Sets(trained, Optional.empty(), Optional.of(noise))),
            models,
            100,
            new Seeds(1));
    assertThat(table.stringColumn("networks").asList())
        .startsWith(
            "trained",
            "trained on random labels",
            "the same on true labels and more images",
            "on true less on random labels");
    assertThat(table.intColumn("number").asList()).startsWith(12, 6, 6, 6);
    assertThat(interval(table.row(3), "one")[0]).isPositive();
  }

  @Test
  void amongModelsOfOneTrainingSetObjectivesDifferByThemselves() {
    // Pairs of one training set agree, whatever their objectives.
    SimilaritySet confounded =
        Planted.similarities(
            MODELS,
            SETS,
            (a, b, d) -> 0.5,
            (a, b, d) -> a.get("training data").equals(b.get("training data")) ? 0.2 : 2,
            5);
    Table table =
        MatchedPairs.table(confounded, MODELS, "objective", "training data", 50, new Seeds(1));
    assertThat(table.rowCount()).isEqualTo(12);
    int pairs = 0;
    for (Row row : table) {
      pairs += row.getInt("pairs");
      if (row.getString("training data").equals("the same")) {
        assertThat(row.getDouble("median R")).isGreaterThan(0.85);
      } else {
        assertThat(row.getDouble("median R")).isLessThan(0.45);
      }
    }
    assertThat(pairs).isEqualTo(24 * 23 / 2);
    List<String> copies = IntStream.range(0, 24).mapToObj(model -> "d" + model % 12).toList();
    Table counted =
        MatchedPairs.table(
            confounded.declaredAs(copies), MODELS, "objective", "training data", 50, new Seeds(1));
    assertThat(counted.intColumn("pairs").sum()).isEqualTo(24 * 23 / 2 - 12);
  }

  @Test
  void clearClaimsNeedFewModelsAndUnclearOnesAreNotDecided() {
    List<String> declarations = IntStream.range(0, 24).mapToObj(model -> "d" + model / 2).toList();
    Table table =
        StudySize.table(
            planted(0.3, 1).declaredAs(declarations),
            MODELS,
            Map.of(),
            Optional.empty(),
            Map.of(),
            List.of(4, 8, 400),
            5,
            40,
            new Seeds(1));
    assertThat(table.columnNames())
        .containsExactly(
            "claim", "verdict of all", "4 declarations", "8 declarations", "decided from");
    assertThat(table.row(0).getString("claim")).startsWith("Similarities carry over");
    assertThat(table.row(0).getString("verdict of all")).isEqualTo("reproduced");
    assertThat(table.row(0).getString("8 declarations")).isEqualTo("100 %");
    assertThat(table.row(0).getString("decided from")).matches("(4|8) declarations");
    Table last = table.where(table.stringColumn("claim").startsWith("Ten images"));
    assertThat(last.row(0).getString("decided from")).isEqualTo("–");
  }

  @Test
  void growingSamplesTakePartInTheSizeOfAStudy() {
    SimilaritySet all = planted(0.3, 1);
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    for (int size : new int[] {10, 20}) {
      bySize.put(size, Map.of("linear", all.matrix(0)));
    }
    Table table =
        StudySize.table(
            all, MODELS, Map.of(), Optional.empty(), bySize, List.of(8), 3, 40, new Seeds(1));
    Table last = table.where(table.stringColumn("claim").startsWith("Ten images"));
    assertThat(last.row(0).getString("verdict of all")).isNotEqualTo("not testable here");
  }

  @Test
  void moreImagesAgreeBetterWithAll() {
    Map<Integer, SimilaritySet> byImages = new LinkedHashMap<>();
    SimilaritySet all = planted(0.5, 1);
    byImages.put(100, planted(0.5, 2));
    byImages.put(500, all.map("a little less", s -> 0.9 * s));
    byImages.put(StudySize.ALL, all);
    Table table = StudySize.byImages(byImages, 50, new Seeds(1));
    assertThat(table.stringColumn("images").asList()).containsExactly("100", "500", "all");
    assertThat(table.doubleColumn("r with the most images").get(0)).isBetween(-0.4, 0.4);
    assertThat(table.doubleColumn("r with the most images").get(1)).isGreaterThan(0.999);
  }

  @Test
  void partsOfAStudyKeepTheirNumbers() {
    SimilaritySet all = planted(1, 1);
    SimilaritySet some = all.on(set -> set.equals(SETS.get(3))).among(List.of("m5", "m2"));
    assertThat(some.dataSets()).containsExactly(SETS.get(3));
    assertThat(some.models()).containsExactly("m5", "m2");
    assertThat(some.matrix(0).get("m5", "m2")).isEqualTo(all.matrix(3).get("m5", "m2"));
    double[] accuracies = new double[24];
    accuracies[5] = 0.75;
    accuracies[2] = 0.25;
    PerformanceGap gaps = new PerformanceGap(all, Map.of(SETS.get(3).name(), accuracies)).of(some);
    assertThat(gaps.gap(0, 0, 1)).isEqualTo(0.5);
    assertThat(gaps.accuracy(0, 0)).isEqualTo(0.75);
  }
}
