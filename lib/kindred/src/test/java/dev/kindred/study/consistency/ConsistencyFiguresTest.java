package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import dev.kindred.study.consistency.report.ConsistencyFigures;
import dev.kindred.study.consistency.report.ControlFigures;
import dev.kindred.study.consistency.report.PerformanceFigures;
import dev.kindred.study.consistency.report.SampleSizeFigures;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What the figures say; drawn into {@code target/consistency-figures} to be looked at. */
class ConsistencyFiguresTest {
  private static final ModelTable MODELS = Planted.models(36);
  private static final List<DataSet> SETS = Planted.dataSets(8);
  private static final List<String> ATTRIBUTES = List.of("objective", "size");

  private static SimilaritySet planted(double noise, long seed) {
    return Planted.similarities(MODELS, SETS, (a, b, d) -> 0.5, (a, b, d) -> noise, seed);
  }

  private static String drawn(Figure figure, String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "consistency-figures"));
    assertThat(Files.size(figure.save(folder.resolve(name + ".png")))).isGreaterThan(5000);
    Files.writeString(folder.resolve(name + ".vl.json"), figure.vegaLite().orElseThrow());
    assertThat(figure.width()).as("fits a notebook").isLessThanOrEqualTo(900);
    return figure.text();
  }

  private static List<String> csv(Figure figure) {
    return figure.csv().orElseThrow().lines().toList();
  }

  @Test
  void theMethodIsShownOnTheData() throws IOException {
    assertThat(drawn(ConsistencyFigures.method(planted(0.7, 1), 0, 1), "method"))
        .contains("s on " + SETS.get(0).name(), "28 pairs of data sets");
  }

  @Test
  void matricesHaveStripsATreeFramesAndOneOrder() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Figure figure = ConsistencyFigures.matrices(similarities, List.of(0, 1, 2), MODELS, ATTRIBUTES);
    assertThat(drawn(figure, "matrices")).contains("mean over data sets", "standard deviation");
    String specification = figure.vegaLite().orElseThrow();
    assertThat(specification).contains("joined at distance", "#ffffff", "#00e5ff");
    assertThat(specification.split("\"t\":\"objective:\"", -1)).as("one legend").hasSize(2);
    List<String> orders = new ArrayList<>();
    for (int panel = 1; panel <= 5; panel++) {
      String number = "" + panel + ",";
      orders.add(
          csv(figure).stream()
              .filter(line -> line.startsWith(number))
              .map(line -> line.split(",")[2])
              .distinct()
              .collect(Collectors.joining(" ")));
    }
    assertThat(orders.stream().distinct()).as("one order in all panels").hasSize(1);
    assertThat(orders.get(0).split(" ")).hasSize(36);
  }

  @Test
  void blocksAreThoseThatVaryLeastAndMost() {
    // Six groups of four models; the similarities within the second one vary over data sets.
    List<String> names = IntStream.range(0, 24).mapToObj(i -> "m" + i).toList();
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (int d = 0; d < 4; d++) {
      double[][] values = new double[24][24];
      for (int i = 0; i < 24; i++) {
        for (int j = 0; j < 24; j++) {
          double vary = i / 4 == 1 && j / 4 == 1 ? 0.1 : i / 4 == j / 4 ? 0.01 : 0.05;
          values[i][j] = i == j ? 1 : (i / 4 == j / 4 ? 0.8 : 0.1) + (d % 2 == 0 ? vary : -vary);
        }
      }
      matrices.add(new LabelledMatrix("s", names, names, values, Provenance.of("planted")));
    }
    List<DataSet> sets = IntStream.range(0, 4).mapToObj(d -> new DataSet("d" + d, "c")).toList();
    SimilaritySet set = new SimilaritySet(sets, matrices);
    AverageLinkage tree = ModelOrder.tree(set.mean());
    assertThat(tree.parts(6)).hasSize(6).element(1).isEqualTo(new int[] {4, 8});
    assertThat(tree.parts(1)).singleElement().isEqualTo(new int[] {0, 24});
    ModelBlocks blocks = new ModelBlocks(set, tree);
    assertThat(blocks.stable().orElseThrow().row() % 4).isZero();
    assertThat(blocks.stable().orElseThrow().deviation()).isLessThan(0.02);
    assertThat(tree.order()[blocks.variable().orElseThrow().row()] / 4).isEqualTo(1);
    assertThat(tree.order()[blocks.variable().orElseThrow().column()] / 4).isEqualTo(1);
  }

  @Test
  void controlsStandBesideTheTrainedModels() throws IOException {
    Map<String, SimilaritySet> controls = new LinkedHashMap<>();
    controls.put("untrained", planted(2, 2));
    controls.put("random labels", planted(2, 3).among(MODELS.models().subList(0, 12)));
    assertThat(drawn(ControlFigures.controls(planted(0.5, 1), controls, MODELS), "controls"))
        .contains("trained, mean", "untrained, mean", "random labels 12 models")
        .contains("consistency by architecture");
  }

  @Test
  void meansHaveADiagonalAndTransformationsADirection() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Figure means =
        ConsistencyFigures.meanAndDeviation(similarities, Map.of("RSA", planted(0.5, 1)));
    assertThat(drawn(means, "means")).contains("n = 630");
    assertThat(means.vegaLite().orElseThrow()).contains("strokeDash");
    assertThat(drawn(ConsistencyFigures.transformed(similarities), "transformed"))
        .contains("left: alike", "right: alike", "n = 630");
  }

  @Test
  void mapsHaveNoAxes() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Figure maps =
        ConsistencyFigures.maps(similarities, List.of(0, 1, 2), MODELS, ATTRIBUTES, 5, 42);
    drawn(maps, "maps");
    assertThat(maps.vegaLite().orElseThrow()).contains("\"axis\":false");
    List<String> points = csv(maps).stream().filter(line -> line.startsWith("1,")).toList();
    assertThat(points).hasSize(36);
  }

  @Test
  void pairsOfDifferentObjectivesLieBehind() throws IOException {
    Figure figure =
        ConsistencyFigures.between(planted(0.7, 1), List.of(0, 1, 2), MODELS, "objective");
    assertThat(drawn(figure, "between")).contains("of different ones, Img-Txt–Img-Txt r =");
    List<String> below = csv(figure).stream().filter(line -> line.startsWith("4,")).toList();
    assertThat(below).as("no pair is missing or drawn twice").hasSize(630);
    assertThat(below.stream().filter(line -> line.contains("of different ones"))).hasSize(432);
  }

  @Test
  void boxesTellTheirPairsIntervalsAndSizesStandInOrder() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Figure figure =
        ConsistencyFigures.distributions(
            "linear CKA", similarities, MODELS, ATTRIBUTES, 50, new Seeds(1));
    String text = drawn(figure, "distributions");
    int count = PairSet.of(MODELS, "objective").get("SSL–SSL").size();
    assertThat(text).contains("SSL–SSL n = " + count, "by objective, linear CKA");
    assertThat(text.indexOf("small–small")).isLessThan(text.indexOf("small–medium"));
    assertThat(text.indexOf("medium–medium")).isLessThan(text.indexOf("large–large"));
    String interval =
        csv(figure).stream()
            .filter(line -> line.contains("SSL–SSL") && !line.endsWith(","))
            .findFirst()
            .orElseThrow();
    String[] cells = interval.split(",", -1);
    double low = Double.parseDouble(cells[cells.length - 2]);
    double high = Double.parseDouble(cells[cells.length - 1]);
    double median =
        new Consistency(similarities).median(PairSet.of(MODELS, "objective").get("SSL–SSL"));
    assertThat(median).isBetween(low, high);
  }

  @Test
  void dataSetsHaveTwoColumnsOneBarAndTheExtremes() throws IOException {
    SimilaritySet similarities =
        Planted.similarities(
            MODELS,
            SETS,
            (a, b, d) -> 0.5,
            (a, b, d) ->
                a.get("objective").equals("Sup") && b.get("objective").equals("Sup") ? 0.1 : 1,
            3);
    List<PairSet> shown = ConsistencySummary.shown(similarities, MODELS);
    assertThat(shown)
        .extracting(PairSet::name)
        .contains("all", "SSL–SSL", "Img-Txt–Sup", "Sup–Sup");
    Figure figure = ConsistencyFigures.dataSets(similarities, shown);
    drawn(figure, "data-sets");
    assertThat(figure.vegaLite().orElseThrow().split("\"gradient\"", -1)).as("bars").hasSize(2);
  }

  @Test
  void growingSamplesHaveOneScaleAndTheOrderOfTheLargest() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    for (int size : new int[] {1, 10, 40}) {
      Map<String, LabelledMatrix> measures = new LinkedHashMap<>();
      for (String measure : List.of("RBF 0.2", "RBF 0.4", "RBF 0.6", "RBF 0.8", "linear")) {
        measures.put(measure, similarities.matrix((size + measure.length()) % 7));
      }
      bySize.put(size, measures);
    }
    Figure matrices = SampleSizeFigures.matrices(bySize, sampled());
    assertThat(drawn(matrices, "sample-sizes")).contains("of flowers (7 classes)", "“RBF 0.2”");
    assertThat(matrices.vegaLite().orElseThrow()).contains("40 per class");
    assertThat(matrices.vegaLite().orElseThrow().split("\"gradient\"", -1)).as("bars").hasSize(2);
    Figure changes = SampleSizeFigures.changes(bySize, sampled());
    assertThat(drawn(changes, "sample-size-changes")).contains("of flowers", "10→40");
    assertThat(changes.vegaLite().orElseThrow()).contains("\"type\":\"log\"");
  }

  /** Samples of a data set. */
  private static ConsistencyInput sampled() {
    return new ConsistencyInput() {
      @Override
      public Table models() {
        return MODELS.table();
      }

      @Override
      public ModelTable modelTable() {
        return MODELS;
      }

      @Override
      public List<DataSet> dataSetList() {
        return SETS;
      }

      @Override
      public SimilaritySet similarities(String measure) {
        return planted(0.7, 1);
      }

      @Override
      public Optional<DataSet> sampled() {
        return Optional.of(new DataSet("flowers", "natural (single-domain)"));
      }

      @Override
      public int classes(DataSet dataSet) {
        return 7;
      }
    };
  }

  @Test
  void consistencyByTwoMeasuresIsCounted() throws IOException {
    Figure figure =
        ConsistencyFigures.measures(
            planted(0.7, 1), Map.of("RSA", planted(0.9, 1)), MODELS, List.of("objective"));
    drawn(figure, "measures");
    int counted =
        csv(figure).stream()
            .skip(1)
            .map(line -> line.substring(line.lastIndexOf(',') + 1))
            .filter(number -> !number.equals("NaN"))
            .mapToInt(number -> (int) Double.parseDouble(number))
            .sum();
    assertThat(counted).isEqualTo(6 * 28); // six pairs of objectives, 28 of data sets
  }

  @Test
  void anchorsStandByMeasure() throws IOException {
    List<String> anchors = ConsistencySummary.anchors(MODELS, "objective", 2);
    assertThat(
            anchors.stream()
                .map(MODELS.models()::indexOf)
                .map(MODELS.values("training data")::get)
                .distinct())
        .as("anchors of different training data")
        .hasSize(4);
    Map<String, SimilaritySet> measures = new LinkedHashMap<>();
    measures.put("linear", planted(0.7, 1));
    measures.put("RBF 0.4", planted(0.9, 1));
    Figure figure = ConsistencyFigures.anchors(measures, MODELS, "objective", anchors);
    assertThat(drawn(figure, "anchors"))
        .contains("SSL linear", "SSL RBF 0.4", "by linear and RBF 0.4");
    ModelTable paper = PublishedResults.modelsWithConfiguration();
    assertThat(ConsistencySummary.anchors(paper, "objective", 2))
        .containsExactly(
            "OpenCLIP-RN50-openai",
            "OpenCLIP-ViT-L-14-openai",
            "simclr-rn50",
            "dinov2-vit-large-p14",
            "resnet50",
            "vit-large-patch16-224");
  }

  @Test
  void theRelationToPerformanceNamesChanceCategoriesAndIntervals() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Map<String, double[]> accuracies = new LinkedHashMap<>();
    for (DataSet set : SETS) {
      accuracies.put(set.name(), new Seeds(3).stream(set.name()).doubles(36).toArray());
    }
    PerformanceGap gaps = new PerformanceGap(similarities, accuracies);
    String text = drawn(PerformanceFigures.gaps(similarities, gaps, sampled()), "gaps");
    assertThat(text).contains("chance 0.14", "better one ≥");
    SETS.forEach(set -> assertThat(text).contains(set.name()));
    Figure coefficients = PerformanceFigures.correlations(similarities, gaps, 50, new Seeds(1));
    assertThat(drawn(coefficients, "gap-correlations")).contains("structured");
    assertThat(csv(coefficients).get(0)).endsWith("low,high");
    csv(coefficients).stream()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(
            cells ->
                assertThat(Double.parseDouble(cells[2]))
                    .isBetween(Double.valueOf(cells[5]), Double.valueOf(cells[6])));
  }

  @Test
  void verdictsByMeasureAreOneMap() throws IOException {
    Table table =
        Table.create(
            StringColumn.create("claim", List.of("first", "second")),
            StringColumn.create("cka", List.of("0.5", "–")),
            StringColumn.create(
                "cka[kernel=rbf,sigma=0.2,rows=unit]: verdict",
                List.of("reproduced", "not testable here")),
            StringColumn.create("rsa: verdict", List.of("not reproduced", "not decidable")));
    Figure figure = ControlFigures.verdicts(table);
    assertThat(drawn(figure, "verdicts")).contains("2 × 2");
    assertThat(figure.vegaLite().orElseThrow())
        .contains("+ reproduced", "? not decidable", "RBF CKA 0.2", "RSA");
  }
}
