package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.measure.Measures;
import dev.kindred.representation.RepresentationCollection;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** Anyone's features: one file for every model and data set, and a table of the models. */
public final class FeatureInput implements ConsistencyInput {
  private final RepresentationCollection collection;
  private final Table models;
  private final ModelTable modelTable;
  private final Map<DataSet, String> folders;

  private FeatureInput(
      RepresentationCollection collection, Table models, Map<DataSet, String> folders) {
    this.collection = collection;
    this.models = models;
    this.modelTable = ModelTable.of(models);
    this.folders = folders;
  }

  /**
   * Opens a folder of features.
   *
   * @param root the folder
   * @param models table of models; by default {@code models.csv} in the folder
   * @param wanted data sets to take; all if empty
   */
  public static FeatureInput open(Path root, Optional<Path> models, List<String> wanted) {
    RepresentationCollection collection =
        models.isPresent()
            ? RepresentationCollection.open(root, models.get())
            : RepresentationCollection.open(root);
    if (!collection.missing().isEmpty()) {
      throw new InputException(
          root
              + ": consistency needs every model on every data set; there are no features of "
              + String.join(", ", collection.missing()));
    }
    Map<DataSet, String> folders = new LinkedHashMap<>();
    for (String name : DataSet.choose(collection.dataSets(), wanted, root.toString())) {
      folders.put(dataSet(name), name);
    }
    return new FeatureInput(collection, collection.modelsTable(), folders);
  }

  /** A data set of the paper by any spelling; of others the category is not known. */
  private static DataSet dataSet(String name) {
    try {
      return new DataSet(name, PublishedResults.dataSet(name).category());
    } catch (InputException e) {
      return new DataSet(name, "other");
    }
  }

  @Override
  public Table models() {
    return models;
  }

  @Override
  public ModelTable modelTable() {
    return modelTable;
  }

  @Override
  public List<DataSet> dataSetList() {
    return List.copyOf(folders.keySet());
  }

  @Override
  public SimilaritySet similarities(String measure) {
    return new SimilarityComputation(Store.standard(), Progress.standard())
        .compute(
            dataSetList(),
            dataSet -> collection.read(folders.get(dataSet), Progress.NONE),
            Measures.parse(measure));
  }
}
