package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.study.Estimate;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks that differ in their seed alone: alike everywhere, and no further evidence. */
class CopiesTest {
  private static final int COPIES = 3;
  private static final ModelTable MODELS = withDeclarations(Planted.models(36));
  private static final List<DataSet> SETS = Planted.dataSets(12);

  /** R is 1/(1 + 1/3) = .75; copies are more alike than others, on every data set. */
  private static final SimilaritySet PLANTED =
      Planted.similarities(
          MODELS,
          SETS,
          (a, b, d) -> a.get("declared").equals(b.get("declared")) ? 0.9 : 0.5,
          (a, b, d) -> 1 / Math.sqrt(3),
          7);

  private static final SimilaritySet DECLARED = PLANTED.declaredAs(MODELS.values("declared"));

  private static ModelTable withDeclarations(ModelTable models) {
    Map<String, List<String>> attributes = new LinkedHashMap<>(models.attributes());
    attributes.put(
        "declared",
        IntStream.range(0, models.models().size()).mapToObj(i -> "d" + i / COPIES).toList());
    return new ModelTable(models.models(), attributes);
  }

  private static Part mean(SimilaritySet set) {
    PairSet all = set.allPairs();
    return new Part(
        r -> r.mean(all),
        set.models().size(),
        SETS.size(),
        Estimate.Scale.CORRELATION,
        Optional.empty());
  }

  @Test
  void pairsOfCopiesDoNotRaiseConsistency() {
    assertThat(new Consistency(PLANTED).mean(PLANTED.allPairs())).isCloseTo(0.85, within(0.03));
    assertThat(new Consistency(DECLARED).mean(DECLARED.allPairs())).isCloseTo(0.75, within(0.03));
    SimilaritySet some = DECLARED.on(set -> !set.equals(SETS.get(0))).map("minus", s -> -s);
    assertThat(new Consistency(some).mean(some.allPairs())).isCloseTo(0.75, within(0.03));
    List<String> models = new ArrayList<>(MODELS.models().subList(3, 36));
    java.util.Collections.reverse(models);
    SimilaritySet others = DECLARED.among(models);
    assertThat(new Consistency(others).mean(others.allPairs())).isCloseTo(0.75, within(0.03));
  }

  @Test
  void copiesAreDrawnTogetherAndCountAsOne() {
    ConsistencyBootstrap bootstrap =
        new ConsistencyBootstrap(DECLARED, ConsistencyBootstrap.Over.MODELS, 50, new Seeds(1));
    double[][] weights =
        bootstrap.values(
            replicate -> IntStream.range(0, 36).mapToDouble(replicate::modelWeight).toArray());
    for (double[] drawn : weights) {
      for (int i = 0; i < drawn.length; i++) {
        assertThat(drawn[i]).isEqualTo(drawn[i - i % COPIES]);
      }
      assertThat(java.util.Arrays.stream(drawn).sum()).isEqualTo(36);
    }
    assertThat(weights[0]).isNotEqualTo(weights[1]);
    assertThat(bootstrap.estimates(List.of(mean(DECLARED))).get(0).degrees()).isEqualTo(11);
    ConsistencyBootstrap ofModels =
        new ConsistencyBootstrap(PLANTED, ConsistencyBootstrap.Over.MODELS, 50, new Seeds(1));
    assertThat(ofModels.estimates(List.of(mean(PLANTED))).get(0).degrees()).isEqualTo(35);
  }

  @Test
  void declarationsMakeNoSets() throws IOException {
    String csv = "model,objective,declaration\na-1,SSL,a\na-2,SSL,a\nb-1,Sup,b\nb-2,Sup,b\n";
    ModelTable table = ModelTable.read(new StringReader(csv), "x");
    assertThat(table.attributes()).containsOnlyKeys("objective");
    assertThat(table.declarations()).containsExactly("a", "a", "b", "b");
    assertThat(table.select(List.of("b-1", "a-2")).declarations()).containsExactly("b", "a");
    assertThat(ModelTable.of(table.table())).isEqualTo(table);
    assertThat(Planted.models(2).declarations()).containsExactly("m0", "m1");
  }
}
