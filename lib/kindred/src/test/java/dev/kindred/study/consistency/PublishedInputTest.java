package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import dev.kindred.study.consistency.report.ConsistencyFigures;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as the authors publish theirs, with the paper's models and four of its data sets. */
class PublishedInputTest {
  private static final String LINEAR = "cka_kernel_linear_unbiased";
  private static final String LOCAL = "cka_kernel_rbf_unbiased_sigma_0.4";
  private static final String RANKS = "rsa_method_correlation_corr_method_spearman";
  private static final List<String> DATA_SETS =
      List.of("wds_cifar10", "wds_vtab-dtd", "wds_vtab-pcam", "wds_vtab-flowers");

  @TempDir Path folder;

  private final List<String> models = PublishedResults.modelsWithConfiguration().models();

  @BeforeEach
  void publish() throws IOException {
    for (String metric : List.of(LINEAR, LOCAL, RANKS)) {
      for (int d = 0; d < DATA_SETS.size(); d++) {
        write(DATA_SETS.get(d), metric, models, values(d));
      }
    }
  }

  private void write(String dataSet, String metric, List<String> ids, double[][] values)
      throws IOException {
    Path place = folder.resolve("model_similarities").resolve(dataSet).resolve(metric);
    Files.createDirectories(place);
    Representations.write(Representation.of("s", values), place.resolve("similarity_matrix.pt"));
    // The authors write ids in lower case with underscores.
    Files.write(
        place.resolve("model_ids.txt"),
        ids.stream().map(m -> m.toLowerCase(java.util.Locale.ROOT).replace('-', '_')).toList());
  }

  /** A part common to all data sets and one of its own. */
  private double[][] values(int dataSet) {
    SplittableRandom common = new Seeds(1).stream("common");
    SplittableRandom own = new Seeds(1).stream("data set " + dataSet);
    double[][] values = new double[models.size()][models.size()];
    for (int i = 0; i < values.length; i++) {
      values[i][i] = 1;
      for (int j = 0; j < i; j++) {
        values[i][j] = 0.5 + 0.1 * common.nextGaussian() + 0.05 * own.nextGaussian();
        values[j][i] = values[i][j];
      }
    }
    return values;
  }

  private ConsistencyInput open() {
    return ConsistencyInput.open("published", folder.toString(), "", List.of(), Profile.DEMO, 1);
  }

  @Test
  void opensTheAuthorsLayoutWithThePapersAttributes() {
    ConsistencyInput input = open();
    assertThat(input.dataSetList())
        .extracting(d -> d.name() + ": " + d.category())
        .containsExactly(
            "CIFAR-10: natural (multi-domain)",
            "DTD: structured",
            "Flowers: natural (single-domain)",
            "PatchCamelyon (PCam): specialized");
    assertThat(input.modelTable().models()).hasSize(65);
    Map<String, int[]> objectives = input.modelTable().sets("objective");
    assertThat(objectives.get("Img-Txt")).hasSize(15);
    assertThat(objectives.get("SSL")).hasSize(20);
    assertThat(objectives.get("Sup")).hasSize(30);
    assertThat(input.attributes())
        .containsExactly("objective", "training data", "architecture", "size");
  }

  @Test
  void consistencyComesOutOfThePublishedNumbers() {
    SimilaritySet similarities = open().similarities("cka[rows=unit]");
    Consistency consistency = new Consistency(similarities);
    PairSet all = similarities.allPairs();
    double expected =
        Correlation.Method.PEARSON.coefficient(
            all.values((i, j) -> values(0)[i][j]), all.values((i, j) -> values(1)[i][j]));
    assertThat(consistency.matrix(all).get("CIFAR-10", "DTD")).isCloseTo(expected, within(1e-12));
    assertThat(consistency.mean(all)).isBetween(0.75, 0.85);
  }

  @Test
  void everyFigureAndClaimComesFromAFolderOfMatricesAlone() {
    ConsistencyInput input = open();
    SimilaritySet similarities = input.similarities("cka[rows=unit]");
    Map<String, SimilaritySet> others =
        Map.of("RBF", input.similarities("cka[kernel=rbf,sigma=0.4,rows=unit]"));
    ModelTable table = input.modelTable();
    List<Integer> three = ConsistencySummary.oneOfEach(similarities, 3);
    List<String> attributes = input.attributes();
    List<Figure> figures =
        List.of(
            ConsistencyFigures.method(similarities, 0, 1),
            ConsistencyFigures.matrices(similarities, three, table, attributes),
            ConsistencyFigures.meanAndDeviation(similarities, others),
            ConsistencyFigures.transformed(similarities),
            ConsistencyFigures.between(similarities, three, table, attributes.get(0)),
            ConsistencyFigures.distributions(
                "CKA", similarities, table, attributes, 20, new Seeds(1)),
            ConsistencyFigures.dataSets(
                similarities, ConsistencySummary.shown(similarities, table)),
            ConsistencyFigures.measures(similarities, others, table, attributes),
            ConsistencyFigures.anchors(
                Map.of("linear", similarities),
                table,
                "objective",
                ConsistencySummary.anchors(table, "objective", 2)));
    assertThat(figures).allSatisfy(f -> assertThat(f.width()).isBetween(160, 900));
    assertThat(figures).allSatisfy(f -> assertThat(f.image().getWidth()).isEqualTo(2 * f.width()));
    List<Claim> claims =
        ConsistencyClaims.decide(similarities, table, others, Optional.empty(), 50, new Seeds(1));
    assertThat(claims).hasSizeGreaterThanOrEqualTo(8);
    assertThat(claims.get(0).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(input.gaps(similarities)).isEmpty();
    assertThat(input.sampleSizes(1)).isEmpty();
  }

  @Test
  void saysWhichMetricIsMissing() {
    ConsistencyInput input = open();
    assertThatThrownBy(() -> input.similarities("procrustes"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("procrustes: not among the published metrics; there are " + LINEAR);
    assertThat(input.similarities(RANKS).dataSets()).hasSize(4);
  }

  @Test
  void saysWhichModelIsUnknown() throws IOException {
    write("wds_cifar10", LINEAR, replaceFirst(models, "my-own-model"), values(0));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no row for my_own_model");
  }

  @Test
  void saysWhichDataSetIsUnknown() throws IOException {
    write("wds_my_pictures", LINEAR, models, values(0));
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no published data set is named like wds_my_pictures");
  }

  private static List<String> replaceFirst(List<String> all, String other) {
    List<String> replaced = new java.util.ArrayList<>(all);
    replaced.set(0, other);
    return replaced;
  }
}
