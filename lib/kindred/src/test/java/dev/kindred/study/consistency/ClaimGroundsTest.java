package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ClaimGroundsTest {
  private static final List<DataSet> SETS = Planted.dataSets(6);
  private static final ModelTable MODELS = trainedOn(SETS.get(1).name());

  private static ModelTable trainedOn(String dataSet) {
    ModelTable models = Planted.models(12);
    Map<String, List<String>> attributes = new LinkedHashMap<>(models.attributes());
    attributes.put("training data", Collections.nCopies(12, dataSet));
    return new ModelTable(models.models(), attributes);
  }

  /** Similarities that differ by measure, and are noise where models were trained. */
  private static SimilaritySet similarities(String measure) {
    return Planted.similarities(
        MODELS,
        SETS,
        (a, b, d) -> 0.5,
        (a, b, d) -> d.name().equals(SETS.get(1).name()) ? 5 : 0.2,
        measure.length());
  }

  private static final class Input implements ConsistencyInput {
    private final List<String> asked = new ArrayList<>();

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
      asked.add(measure);
      return ClaimGroundsTest.similarities(measure);
    }

    @Override
    public Optional<PerformanceGap> gaps(SimilaritySet similarities) {
      Map<String, double[]> accuracies = new LinkedHashMap<>();
      SETS.forEach(
          set -> accuracies.put(set.name(), new Seeds(3).stream("a").doubles(12).toArray()));
      return Optional.of(new PerformanceGap(similarities, accuracies));
    }

    @Override
    public Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long seed) {
      throw new AssertionError("of no known classes, samples decide nothing");
    }
  }

  private static ClaimGrounds grounds() {
    return ClaimGrounds.of(new Input(), "rsa", List.of("rsa", "cka"), 1);
  }

  @Test
  void theHeadlineMeasureIsNotAmongTheOthers() {
    Input input = new Input();
    ClaimGrounds grounds =
        ClaimGrounds.of(input, "cka[rows=unit]", List.of("cka[rows=unit]", "rsa"), 1);
    assertThat(input.asked).containsExactly("cka[rows=unit]", "rsa");
    assertThat(grounds.others()).containsOnlyKeys("rsa");
    assertThat(grounds.bySize()).isEmpty();
  }

  @Test
  void trainingSetsAreLeftOutOfAllThatDecides() {
    ClaimGrounds without = grounds().withoutTrainingSets().orElseThrow();
    assertThat(without.similarities().dataSets()).hasSize(5).doesNotContain(SETS.get(1));
    assertThat(without.others().get("cka").dataSets()).hasSize(5);
    assertThat(without.gaps().orElseThrow().isKnown(4)).isTrue();
    double mean = value(without);
    assertThat(mean).isGreaterThan(value(grounds()) + 0.1);
    ClaimGrounds elsewhere =
        new ClaimGrounds(
            similarities("rsa"), trainedOn("elsewhere"), Map.of(), Optional.empty(), Map.of());
    assertThat(elsewhere.withoutTrainingSets()).isEmpty();
  }

  private static double value(ClaimGrounds grounds) {
    return grounds.claims(20, new Seeds(1)).get(0).evidence().value();
  }

  @Test
  void anotherMeasureTakesThePlaceOfTheHeadlineMeasure() {
    ClaimGrounds other = grounds().by("cka");
    assertThat(other.similarities().matrix(0).values())
        .isDeepEqualTo(similarities("cka").matrix(0).values());
    assertThat(other.others()).isEmpty();
    assertThatThrownBy(() -> other.by("cka"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("no other measure is cka; there are");
  }
}
