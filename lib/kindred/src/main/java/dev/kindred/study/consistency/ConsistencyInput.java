package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Profile;
import dev.kindred.base.Store;
import dev.kindred.network.probe.ProbeSearch;
import dev.kindred.stimuli.DataSets;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.FeatureSource;
import dev.kindred.study.source.FolderSource;
import dev.kindred.study.source.LabelledImages;
import dev.kindred.study.source.ProbeAccuracies;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.ZooSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What the consistency study works on: similarities computed from a zoo's responses or from
 * features on disk, the authors' published ones, or those of a stored study.
 */
public interface ConsistencyInput {

  /**
   * Opens a source.
   *
   * @param source {@code zoo}, {@code features}, {@code published} or {@code stored}
   * @param folder the folder of the last three; empty for the stored study that comes with Kindred
   * @param modelsTable table of the models; empty for {@code models.csv} in a folder of features,
   *     the source's own, or the paper's
   * @param dataSets names of the data sets to take, at least two; all if empty
   * @param profile how large a zoo, which images, and how linear probes are trained
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
    if (List.of("features", "published").contains(source) && folder.isBlank()) {
      throw new InputException(
          "source " + source + ": expected its folder in the parameter features, found none");
    }
    ConsistencyInput input = source(source, folder, table, dataSets, profile, seed);
    List<DataSet> found = input.dataSetList();
    if (found.size() < 2) {
      throw new InputException(
          "consistency is that of two data sets: expected at least 2, found "
              + (found.isEmpty() ? "none" : found.get(0).name()));
    }
    return input;
  }

  private static ConsistencyInput source(
      String source,
      String folder,
      Optional<Path> table,
      List<String> dataSets,
      Profile profile,
      long seed) {
    return switch (source) {
      case "zoo" -> zoo(dataSets, profile, seed, List.of(), Store.standard());
      case "features" ->
          features(Path.of(folder), table, dataSets, profile, seed, Store.standard());
      case "published" -> PublishedInput.open(Path.of(folder), table, dataSets);
      case "stored" -> stored(folder, dataSets);
      default ->
          throw new InputException(
              "source: expected zoo, features, published or stored, found " + source);
    };
  }

  private static ConsistencyInput stored(String folder, List<String> dataSets) {
    return new StoredInput(
        StoredStudy.open(
            folder.isBlank() ? StoredStudy.standardFolder(ConsistencyStudy.NAME) : Path.of(folder),
            ConsistencyStudy.NAME,
            ConsistencyStudy.REVISION),
        dataSets);
  }

  /** The stored study that comes with Kindred, where it does. */
  static Optional<ConsistencyInput> stored() {
    return StoredStudy.isIn(StoredStudy.standardFolder(ConsistencyStudy.NAME))
        ? Optional.of(stored("", List.of()))
        : Optional.empty();
  }

  /**
   * Names of the data sets that a source lets one choose from, before it is opened; empty for
   * features on disk and published results, whose folders tell.
   */
  static List<String> dataSetNames(String source, String folder) {
    return switch (source) {
      case "zoo" -> DataSets.names();
      case "stored" -> stored(folder, List.of()).dataSetList().stream().map(DataSet::name).toList();
      default -> List.of();
    };
  }

  /** The source that a notebook shows first: the stored study, where it is there, in the demo. */
  static String standardSource(Profile profile) {
    return profile == Profile.DEMO && stored().isPresent() ? "stored" : "zoo";
  }

  /** The same of some models only; of all if none is named. */
  default ConsistencyInput select(List<String> models) {
    return models.isEmpty() ? this : new SelectedModels(this, models);
  }

  /**
   * Similarities and accuracies of a zoo; {@link #open} says what the parameters are.
   *
   * @param models names of the models to take; all if empty
   * @param store where networks and results are kept
   */
  static FeatureInput zoo(
      List<String> dataSets, Profile profile, long seed, List<String> models, Store store) {
    return new FeatureInput(
        ZooSource.open(
            dataSets, profile, seed, model -> models.isEmpty() || models.contains(model), store),
        probes(profile, seed, store));
  }

  /**
   * Similarities and accuracies of a large zoo that is trained for the purpose; see {@link
   * ZooSource#crossed}.
   */
  static FeatureInput crossed(
      List<String> trainingSets,
      List<String> dataSets,
      Profile profile,
      long seed,
      List<String> models,
      Store store) {
    return new FeatureInput(
        ZooSource.crossed(
            trainingSets,
            dataSets,
            profile,
            seed,
            model -> models.isEmpty() || models.contains(model),
            store),
        probes(profile, seed, store));
  }

  /** Similarities of features on disk, and accuracies where there are labels. */
  static FeatureInput features(
      Path folder,
      Optional<Path> table,
      List<String> dataSets,
      Profile profile,
      long seed,
      Store store) {
    return new FeatureInput(
        FolderSource.open(folder, table, dataSets, PublishedResults::named, seed),
        probes(profile, seed, store));
  }

  private static ProbeAccuracies probes(Profile profile, long seed, Store store) {
    return new ProbeAccuracies(
        profile == Profile.PAPER ? ProbeSearch.CONSISTENCY : ProbeSearch.FEW_STIMULI, seed, store);
  }

  /** The models with whatever is known of them. */
  Table models();

  /** The models with the attributes that make sets. */
  ModelTable modelTable();

  /** Data sets in the order of the matrices. */
  List<DataSet> dataSetList();

  /** Similarities of all models on every data set. */
  SimilaritySet similarities(String measure);

  /**
   * Similarities of a control's models on the same data sets; empty where there is no such control.
   *
   * @param kind {@link FeatureSource#UNTRAINED} or {@link FeatureSource#RANDOM_LABELS}
   * @param measure as for {@link #similarities}
   */
  default Optional<SimilaritySet> control(String kind, String measure) {
    return Optional.empty();
  }

  /**
   * Similarities by the headline measure on growing numbers of images of every data set, fewer than
   * there are; empty where they were not computed.
   */
  default Map<Integer, SimilaritySet> byImages() {
    return Map.of();
  }

  /**
   * A table that was stored with the study, by its file's name; see {@link ConsistencyStudy}. Empty
   * where there is none, or not of just these models and data sets.
   */
  default Optional<Table> table(String name) {
    return Optional.empty();
  }

  /** The number of images of a data set; 0 where it is not known. */
  default int images(DataSet dataSet) {
    return 0;
  }

  /** The number of classes that occur in a data set; 0 where labels are not known. */
  default int classes(DataSet dataSet) {
    return 0;
  }

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

  /** The data set that growing samples are drawn from; empty where there are none. */
  default Optional<DataSet> sampled() {
    return Optional.empty();
  }

  /**
   * Those growing samples that can decide whether ten images of a class are enough: of so many
   * classes that ten of each are about as many images as the paper's. Of ten classes they are a
   * hundred images, which tell nothing about the paper's ten thousand.
   */
  default Map<Integer, Map<String, LabelledMatrix>> decidingSampleSizes(long seed) {
    return ConsistencyClaims.ENOUGH * sampled().map(this::classes).orElse(0)
            >= ConsistencyClaims.LEAST_IMAGES
        ? sampleSizes(seed)
        : Map.of();
  }

  /** Attributes that group the models, the objective first. */
  default List<String> attributes() {
    List<String> attributes = new ArrayList<>(modelTable().groupings());
    if (attributes.isEmpty()) {
      throw new InputException(
          "the table of models has no attribute that makes two or more sets of models");
    }
    if (attributes.remove("objective")) {
      attributes.add(0, "objective");
    }
    return attributes;
  }

  /** The data sets as a table, with the numbers of images and classes where they are known. */
  default Table dataSets() {
    List<DataSet> sets = dataSetList();
    Table table =
        Table.create(
            "Data sets",
            StringColumn.create("data set", sets.stream().map(DataSet::name).toList()),
            StringColumn.create("category", sets.stream().map(DataSet::category).toList()));
    addKnown(table, "images", sets.stream().mapToInt(this::images).toArray());
    addKnown(table, "classes", sets.stream().mapToInt(this::classes).toArray());
    return table;
  }

  private static void addKnown(Table table, String name, int[] counts) {
    if (Arrays.stream(counts).anyMatch(count -> count > 0)) {
      table.addColumns(IntColumn.create(name, counts));
    }
  }
}
