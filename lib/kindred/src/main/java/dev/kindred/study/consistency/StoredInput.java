package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import dev.kindred.measure.Measures;
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

  StoredInput(StoredStudy study, List<String> wanted) {
    this.study = study;
    this.models = RepresentationCollection.readModels(study.file(ConsistencyStudy.MODELS));
    this.modelTable = ModelTable.of(models);
    ModelTable sets = ModelTable.read(study.file(ConsistencyStudy.DATA_SETS));
    for (String name : DataSet.choose(sets.models(), wanted, "stored study")) {
      int row = sets.models().indexOf(name);
      files.put(
          new DataSet(name, sets.values(ConsistencyStudy.CATEGORY).get(row)),
          sets.values(ConsistencyStudy.FILE).get(row));
    }
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
    String specification = Measures.parse(measure).info().specification();
    List<LabelledMatrix> matrices = new ArrayList<>();
    files
        .values()
        .forEach(
            name -> {
              try (ArrayFile file = ArrayFile.open(study.file(name))) {
                List<String> there =
                    file.entries().stream()
                        .map(ArrayFile.Entry::name)
                        .filter(entry -> !entry.equals(ConsistencyStudy.ACCURACY))
                        .toList();
                if (!there.contains(specification)) {
                  throw new InputException(
                      measure
                          + ": not among the stored measures; there are "
                          + String.join(", ", there));
                }
                matrices.add(matrix(name, file, specification));
              }
            });
    return new SimilaritySet(dataSetList(), matrices);
  }

  private LabelledMatrix matrix(String name, ArrayFile file, String entry) {
    int size = modelTable.models().size();
    double[] numbers = numbers(file, entry, (long) size * size);
    double[][] values = new double[size][size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(numbers, i * size, values[i], 0, size);
    }
    return new LabelledMatrix(
        entry, modelTable.models(), modelTable.models(), values, study.provenance(name));
  }

  private double[] numbers(ArrayFile file, String entry, long expected) {
    NumericArray array = file.array(entry);
    if (array.size() != expected) {
      throw new InputException(
          array.name()
              + ": expected "
              + expected
              + " numbers for "
              + modelTable.models().size()
              + " models, found "
              + array.size());
    }
    double[] numbers = new double[(int) expected];
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
              accuracies.put(
                  dataSet.name(),
                  numbers(file, ConsistencyStudy.ACCURACY, modelTable.models().size()));
            }
          }
        });
    return accuracies.isEmpty()
        ? Optional.empty()
        : Optional.of(new PerformanceGap(similarities, accuracies));
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
              .put(parts[1], matrix(ConsistencyStudy.SAMPLE_SIZES, file, entry.name()));
        }
      }
    }
    return bySize;
  }
}
