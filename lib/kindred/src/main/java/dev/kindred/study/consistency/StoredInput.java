package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import dev.kindred.representation.RepresentationCollection;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.StoredStudy;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** The similarities and accuracies of a stored study. */
final class StoredInput implements ConsistencyInput {
  private final StoredStudy study;
  private final Table models;
  private final ModelTable modelTable;
  private final Map<DataSet, String> files = new LinkedHashMap<>();
  private final ModelTable sets;

  StoredInput(StoredStudy study, List<String> wanted) {
    this.study = study;
    this.models = RepresentationCollection.readModels(study.file(ConsistencyStudy.MODELS));
    this.modelTable = ModelTable.of(models);
    this.sets = ModelTable.read(study.file(ConsistencyStudy.DATA_SETS));
    for (String name : DataSet.choose(sets.models(), wanted, "stored study")) {
      DataSet dataSet = dataSet(name);
      files.put(dataSet, value(dataSet, ConsistencyStudy.FILE));
    }
  }

  private DataSet dataSet(String name) {
    int row = sets.models().indexOf(name);
    return new DataSet(name, sets.values(ConsistencyStudy.CATEGORY).get(row));
  }

  private String value(DataSet dataSet, String column) {
    return sets.values(column).get(sets.models().indexOf(dataSet.name()));
  }

  @Override
  public Table models() {
    return models.copy();
  }

  @Override
  public ModelTable modelTable() {
    return modelTable;
  }

  @Override
  public List<DataSet> dataSetList() {
    return List.copyOf(files.keySet());
  }

  @Override
  public SimilaritySet similarities(String measure) {
    return read(ConsistencyStudy.specification(measure), modelTable)
        .orElseThrow(
            () ->
                new InputException(
                    measure
                        + ": not among the stored measures; there are "
                        + String.join(", ", measures())));
  }

  @Override
  public Optional<SimilaritySet> control(String kind, String measure) {
    String table = ConsistencyStudy.models(kind);
    return study.files().contains(table)
        ? read(
            ConsistencyStudy.ofControl(kind, ConsistencyStudy.specification(measure)),
            ModelTable.read(study.file(table)))
        : Optional.empty();
  }

  @Override
  public Map<Integer, SimilaritySet> byImages() {
    String headline = ConsistencyStudy.headline();
    Map<Integer, SimilaritySet> byImages = new LinkedHashMap<>();
    for (int images : ConsistencyStudy.IMAGES) {
      read(ConsistencyStudy.ofControl(images + " images", headline), modelTable)
          .ifPresent(set -> byImages.put(images, set));
    }
    return byImages;
  }

  @Override
  public Optional<Table> table(String name) {
    return files.size() == sets.models().size() ? stored(name) : Optional.empty();
  }

  private Optional<Table> stored(String name) {
    return study.files().contains(name) ? Optional.of(study.table(name)) : Optional.empty();
  }

  /** Specifications of the measures that every data set has. */
  List<String> measures() {
    try (ArrayFile file = ArrayFile.open(study.file(files.values().iterator().next()))) {
      return file.entries().stream()
          .map(ArrayFile.Entry::name)
          .filter(entry -> !entry.equals(ConsistencyStudy.ACCURACY))
          .filter(entry -> !entry.contains(ConsistencyStudy.CONTROL_MARK))
          .toList();
    }
  }

  /** Empty where a data set does not have it. */
  private Optional<SimilaritySet> read(String entry, ModelTable table) {
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (String name : files.values()) {
      try (ArrayFile file = ArrayFile.open(study.file(name))) {
        if (file.entries().stream().noneMatch(there -> there.name().equals(entry))) {
          return Optional.empty();
        }
        matrices.add(matrix(name, file, entry, table.models()));
      }
    }
    return Optional.of(new SimilaritySet(dataSetList(), matrices).declaredAs(table.declarations()));
  }

  private LabelledMatrix matrix(String name, ArrayFile file, String entry, List<String> ids) {
    return new LabelledMatrix(
        entry,
        ids,
        ids,
        PackedSimilarities.read(file.array(entry), ids.size()),
        study.provenance(name));
  }

  private double[] accuracies(ArrayFile file) {
    NumericArray array = file.array(ConsistencyStudy.ACCURACY);
    int models = modelTable.models().size();
    if (array.size() != models) {
      throw new InputException(
          array.name() + ": expected one for each of " + models + " models, found " + array.size());
    }
    double[] numbers = new double[models];
    array.read(0, DoubleBuffer.wrap(numbers));
    return numbers;
  }

  @Override
  public Optional<PerformanceGap> gaps(SimilaritySet similarities) {
    Map<String, double[]> accuracies = new LinkedHashMap<>();
    files.forEach(
        (dataSet, name) -> {
          try (ArrayFile file = ArrayFile.open(study.file(name))) {
            if (file.entries().stream().anyMatch(e -> e.name().equals(ConsistencyStudy.ACCURACY))) {
              accuracies.put(dataSet.name(), accuracies(file));
            }
          }
        });
    return accuracies.isEmpty()
        ? Optional.empty()
        : Optional.of(new PerformanceGap(similarities, accuracies));
  }

  @Override
  public Optional<DataSet> sampled() {
    return stored(ConsistencyStudy.SAMPLES)
        .map(table -> dataSet(table.stringColumn(ConsistencyStudy.DATA_SET).get(0)));
  }

  @Override
  public int images(DataSet dataSet) {
    return number(dataSet, ConsistencyStudy.NUMBER_OF_IMAGES);
  }

  @Override
  public int classes(DataSet dataSet) {
    return number(dataSet, ConsistencyStudy.CLASSES);
  }

  private int number(DataSet dataSet, String column) {
    String text = value(dataSet, column);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          ConsistencyStudy.DATA_SETS
              + ": expected a whole number of "
              + column
              + " for "
              + dataSet.name()
              + ", found "
              + text,
          e);
    }
  }

  /** Those of the study, whatever the seed. */
  @Override
  public Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long seed) {
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    if (study.files().contains(ConsistencyStudy.SAMPLE_SIZES)) {
      try (ArrayFile file = ArrayFile.open(study.file(ConsistencyStudy.SAMPLE_SIZES))) {
        for (ArrayFile.Entry entry : file.entries()) {
          String[] parts = entry.name().split(" ", 2);
          bySize
              .computeIfAbsent(Integer.valueOf(parts[0]), size -> new LinkedHashMap<>())
              .put(
                  parts[1],
                  matrix(ConsistencyStudy.SAMPLE_SIZES, file, entry.name(), modelTable.models()));
        }
      }
    }
    return bySize;
  }
}
