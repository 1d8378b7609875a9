package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Profile;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.LabelledImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Where the consistency study takes its similarities from: a zoo, a folder of features, or
 * published matrices.
 */
public interface ConsistencyInput {

  /**
   * Opens a source.
   *
   * @param source {@code zoo}, {@code features} or {@code published}
   * @param folder the folder of the last two; ignored by the zoo
   * @param modelsTable table of the models; empty for {@code models.csv} in a folder of features,
   *     the zoo's own, or the paper's
   * @param dataSets names of the data sets to take; all if empty
   * @param profile how large a zoo, and which images
   * @param seed seed of samples
   */
  static ConsistencyInput open(
      String source,
      String folder,
      String modelsTable,
      List<String> dataSets,
      Profile profile,
      long seed) {
    Optional<Path> table =
        modelsTable.isBlank() ? Optional.empty() : Optional.of(Path.of(modelsTable));
    if (!source.equals("zoo") && folder.isBlank()) {
      throw new InputException(
          "source " + source + ": expected its folder in the parameter features, found none");
    }
    return switch (source) {
      case "zoo" -> ZooInput.open(dataSets, profile, seed);
      case "features" -> FeatureInput.open(Path.of(folder), table, dataSets);
      case "published" -> PublishedInput.open(Path.of(folder), table, dataSets);
      default ->
          throw new InputException("source: expected zoo, features or published, found " + source);
    };
  }

  /** The models with whatever is known of them. */
  Table models();

  /** The models with the attributes that make sets. */
  ModelTable modelTable();

  /** Data sets in the order of the matrices. */
  List<DataSet> dataSetList();

  /** Similarities of all models on every data set. */
  SimilaritySet similarities(String measure);

  /** The images behind the similarities, where there are any. */
  default Map<DataSet, LabelledImages> images() {
    return Map.of();
  }

  /** Accuracies of linear probes, where there are labels. */
  default Optional<PerformanceGap> gaps(SimilaritySet similarities) {
    return Optional.empty();
  }

  /**
   * Similarities for growing samples: images per class → measure → matrix; empty without labels.
   */
  default Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long seed) {
    return Map.of();
  }

  /** Attributes that make at least two sets but not one for every model; the objective first. */
  default List<String> attributes() {
    List<String> attributes = new ArrayList<>();
    modelTable()
        .attributes()
        .forEach(
            (name, values) -> {
              long sets = values.stream().distinct().count();
              boolean classes = modelTable().attributes().containsKey(name + " class");
              if (sets > 1 && sets <= Math.max(2, values.size() / 2) && sets <= 6 && !classes) {
                attributes.add(name);
              }
            });
    if (attributes.isEmpty()) {
      throw new InputException(
          "the table of models has no attribute that makes two or more sets of models");
    }
    if (attributes.remove("objective")) {
      attributes.add(0, "objective");
    }
    return attributes;
  }

  /** The data sets as a table. */
  default Table dataSets() {
    return Table.create(
        "Data sets",
        StringColumn.create("data set", dataSetList().stream().map(DataSet::name).toList()),
        StringColumn.create("category", dataSetList().stream().map(DataSet::category).toList()));
  }
}
