package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.measure.References;
import dev.kindred.measure.References.Reference;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.representation.Representation;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of the authors' public code and of SciPy. */
class ConsistencyReferencesTest {
  private static final double TOLERANCE = 1e-8;

  static Stream<Reference> consistency() {
    return References.of("consistency");
  }

  @ParameterizedTest
  @MethodSource
  void consistency(Reference reference) {
    List<String> categories = reference.strings("categories");
    Consistency consistency = consistency(reference, categories.size());
    if (reference.variant().contains("model sets")) {
      List<String> sets = reference.strings("set_pair");
      PairSet pairs =
          PairSet.between("sets", models(categories, sets.get(0)), models(categories, sets.get(1)));
      assertThat(consistency.matrix(pairs).get(0, 1))
          .isCloseTo(reference.value(), within(TOLERANCE));
    } else {
      assertThat(consistency.distribution(PairSet.all(categories.size())))
          .containsExactly(reference.list(), within(TOLERANCE));
    }
  }

  static Stream<Reference> anchors() {
    return References.of("consistency_anchor");
  }

  @ParameterizedTest
  @MethodSource
  void anchors(Reference reference) {
    int models = reference.strings("categories").size();
    Consistency consistency = consistency(reference, models);
    int[] everyone = IntStream.range(0, models).toArray();
    double[][] expected = reference.matrix();
    for (int model = 0; model < models; model++) {
      assertThat(consistency.distribution(ConsistencyClaims.anchor(model, everyone)))
          .as("anchor " + model)
          .containsExactly(expected[model], within(TOLERANCE));
    }
  }

  /** The inputs are all models on the first data set, then all on the second, and so on. */
  private static Consistency consistency(Reference reference, int models) {
    String measure = reference.variant().startsWith("rsa") ? "rsa" : "cka";
    List<DataSet> dataSets = new ArrayList<>();
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (int d = 0; d < reference.inputs() / models; d++) {
      int first = d * models;
      List<Representation> set =
          IntStream.range(0, models)
              .mapToObj(m -> reference.input(first + m).withId("m" + m))
              .toList();
      dataSets.add(new DataSet("ds" + d, ""));
      matrices.add(new AllPairs(Measures.parse(measure)).matrix(set));
    }
    return new Consistency(
        new SimilaritySet(dataSets, matrices),
        reference.variant().contains("spearmanr") ? Method.SPEARMAN : Method.PEARSON);
  }

  private static int[] models(List<String> categories, String category) {
    return IntStream.range(0, categories.size())
        .filter(m -> categories.get(m).equals(category))
        .toArray();
  }
}
