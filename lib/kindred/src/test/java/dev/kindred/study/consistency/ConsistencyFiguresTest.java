package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.figure.Figure;
import dev.kindred.study.consistency.report.ConsistencyFigures;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    return figure.text();
  }

  @Test
  void matricesHaveStripsAndATree() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Figure plain = ConsistencyFigures.matrices(similarities, List.of(0, 1));
    Figure full = ConsistencyFigures.matrices(similarities, List.of(0, 1), MODELS, ATTRIBUTES);
    assertThat(full.height()).isGreaterThan(plain.height());
    assertThat(drawn(full, "matrices")).contains("mean over data sets", "standard deviation");
  }

  @Test
  void controlsStandBesideTheTrainedModels() throws IOException {
    Map<String, SimilaritySet> controls = new LinkedHashMap<>();
    controls.put("untrained", planted(2, 2));
    controls.put("random labels", planted(2, 3).among(MODELS.models().subList(0, 12)));
    assertThat(drawn(ConsistencyFigures.controls(planted(0.5, 1), controls), "controls"))
        .contains("trained, mean", "untrained, mean", "random labels (12)");
  }

  @Test
  void boxesTellTheirPairsAndSizesStandInOrder() throws IOException {
    String text =
        drawn(
            ConsistencyFigures.distributions(planted(0.7, 1), MODELS, ATTRIBUTES), "distributions");
    int count = PairSet.of(MODELS, "objective").get("SSL–SSL").size();
    assertThat(text).contains("SSL–SSL (" + count + ")");
    assertThat(text.indexOf("small–small")).isLessThan(text.indexOf("small–medium"));
    assertThat(text.indexOf("medium–medium")).isLessThan(text.indexOf("large–large"));
  }

  @Test
  void dataSetsStandSideBySide() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    List<PairSet> shown = ConsistencySummary.shown(similarities, MODELS);
    Figure figure = ConsistencyFigures.dataSets(similarities, shown);
    assertThat(figure.width()).isGreaterThan(figure.height());
    drawn(figure, "data-sets");
  }

  @Test
  void growingSamplesHaveOneScaleAndTheOrderOfTheLargest() throws IOException {
    SimilaritySet similarities = planted(0.7, 1);
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    for (int size : new int[] {1, 10, 40}) {
      Map<String, LabelledMatrix> measures = new LinkedHashMap<>();
      measures.put("RBF 0.2", similarities.matrix(size % 7));
      measures.put("linear", similarities.matrix(size % 5));
      bySize.put(size, measures);
    }
    assertThat(drawn(ConsistencyFigures.sampleSizes(bySize), "sample-sizes"))
        .contains("RBF 0.2, 1 a class", "linear, 40 a class");
  }

  @Test
  void verdictsByMeasureAreOneMap() throws IOException {
    Table table =
        Table.create(
            StringColumn.create("claim", List.of("first", "second")),
            StringColumn.create("cka", List.of("0.5", "–")),
            StringColumn.create("cka: verdict", List.of("reproduced", "not testable here")),
            StringColumn.create("rsa: verdict", List.of("not reproduced", "not decidable")));
    assertThat(drawn(ConsistencyFigures.verdicts(table), "verdicts"))
        .contains("1 reproduced", "2 × 2");
  }
}
