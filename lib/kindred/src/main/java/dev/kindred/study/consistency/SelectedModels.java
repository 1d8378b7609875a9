package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.LabelledImages;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** Some of the models of another input. */
final class SelectedModels implements ConsistencyInput {
  static final int LEAST = 3;

  private final ConsistencyInput all;
  private final List<String> wanted;

  /** Similarities that were given out → those of all models. */
  private final Map<SimilaritySet, SimilaritySet> whole = new IdentityHashMap<>();

  SelectedModels(ConsistencyInput all, List<String> wanted) {
    List<String> there = all.modelTable().models();
    for (String model : wanted) {
      if (!there.contains(model)) {
        throw new InputException(
            "no model is named " + model + "; there are " + String.join(", ", there));
      }
    }
    this.all = all;
    this.wanted = there.stream().filter(wanted::contains).toList();
    if (this.wanted.size() < LEAST) {
      throw new InputException(
          "expected at least " + LEAST + " different models, found " + String.join(", ", wanted));
    }
  }

  @Override
  public Table models() {
    Table table = all.models();
    return table.where(table.stringColumn(0).isIn(wanted)).setName(table.name());
  }

  @Override
  public ModelTable modelTable() {
    return all.modelTable().select(wanted);
  }

  @Override
  public List<DataSet> dataSetList() {
    return all.dataSetList();
  }

  @Override
  public Map<DataSet, LabelledImages> images() {
    return all.images();
  }

  @Override
  public SimilaritySet similarities(String measure) {
    SimilaritySet ofAll = all.similarities(measure);
    SimilaritySet selected = ofAll.among(wanted);
    whole.put(selected, ofAll);
    return selected;
  }

  @Override
  public Optional<PerformanceGap> gaps(SimilaritySet similarities) {
    return all.gaps(whole.get(similarities)).map(gaps -> gaps.of(similarities));
  }

  @Override
  public Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long seed) {
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    all.sampleSizes(seed)
        .forEach(
            (size, matrices) -> {
              Map<String, LabelledMatrix> selected = new LinkedHashMap<>();
              matrices.forEach((measure, matrix) -> selected.put(measure, among(matrix)));
              bySize.put(size, selected);
            });
    return bySize;
  }

  @Override
  public Optional<DataSet> sampled() {
    return all.sampled();
  }

  @Override
  public int images(DataSet dataSet) {
    return all.images(dataSet);
  }

  @Override
  public int classes(DataSet dataSet) {
    return all.classes(dataSet);
  }

  private LabelledMatrix among(LabelledMatrix matrix) {
    int[] models = wanted.stream().mapToInt(matrix.rows()::indexOf).toArray();
    return matrix.select(models, models);
  }
}
