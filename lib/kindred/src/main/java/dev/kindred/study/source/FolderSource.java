package dev.kindred.study.source;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationCollection;
import dev.kindred.stimuli.Sampling;
import dev.kindred.study.models.DataSet;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * Anyone's features: one file for every model and data set, a table of the models, and labels of
 * the stimuli where there are any. A fifth of the stimuli of every class judges the probes.
 */
public final class FolderSource implements FeatureSource {
  private static final double TEST_SHARE = 0.2;

  private final RepresentationCollection collection;
  private final Map<DataSet, String> folders;
  private final Map<DataSet, int[]> labels = new HashMap<>();
  private final long seed;

  private FolderSource(
      RepresentationCollection collection, Map<DataSet, String> folders, long seed) {
    this.collection = collection;
    this.folders = folders;
    this.seed = seed;
  }

  /**
   * Opens a folder of features and reads the labels.
   *
   * @param root the folder
   * @param models table of models; by default {@code models.csv} in the folder
   * @param wanted names of the data sets to take; all if empty
   * @param dataSet what is known of the data set of a name
   * @param seed seed of the split of labelled stimuli
   */
  public static FolderSource open(
      Path root,
      Optional<Path> models,
      List<String> wanted,
      Function<String, DataSet> dataSet,
      long seed) {
    RepresentationCollection collection =
        models.isPresent()
            ? RepresentationCollection.open(root, models.get())
            : RepresentationCollection.open(root);
    if (!collection.missing().isEmpty()) {
      throw new InputException(
          root
              + ": expected every model on every data set; there are no features of "
              + String.join(", ", collection.missing()));
    }
    Map<DataSet, String> folders = new LinkedHashMap<>();
    for (String name : DataSet.choose(collection.dataSets(), wanted, root.toString())) {
      folders.put(dataSet.apply(name), name);
    }
    FolderSource source = new FolderSource(collection, folders, seed);
    String first = collection.models().get(0);
    folders.forEach(
        (set, name) ->
            collection
                .labels(name)
                .ifPresent(
                    file ->
                        source.labels.put(
                            set, LabelFile.read(file, collection.read(name, first)))));
    return source;
  }

  @Override
  public Table models() {
    return collection.modelsTable();
  }

  @Override
  public List<DataSet> dataSets() {
    return List.copyOf(folders.keySet());
  }

  @Override
  public List<Representation> features(DataSet dataSet) {
    return collection.read(folders.get(dataSet), Progress.NONE);
  }

  @Override
  public Optional<int[]> labels(DataSet dataSet) {
    return Optional.ofNullable(labels.get(dataSet)).map(int[]::clone);
  }

  @Override
  public Optional<ProbeTask> probeTask(DataSet dataSet, int model) {
    return labels(dataSet)
        .map(
            classes -> {
              Sampling.Split split =
                  Sampling.splitByClass(classes, TEST_SHARE, new Seeds(seed).child("features"));
              Representation x =
                  collection.read(folders.get(dataSet), collection.models().get(model));
              return new ProbeTask(
                  x.select(split.train()),
                  pick(classes, split.train()),
                  x.select(split.test()),
                  pick(classes, split.test()),
                  1 + Arrays.stream(classes).max().orElseThrow(),
                  x.provenance(),
                  Provenance.of(
                      "split labels",
                      Map.of("sha256", checksum(classes), "share", TEST_SHARE, "seed", seed)));
            });
  }

  private static int[] pick(int[] labels, int[] stimuli) {
    return Arrays.stream(stimuli).map(i -> labels[i]).toArray();
  }

  private static String checksum(int[] labels) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * labels.length);
    bytes.asIntBuffer().put(labels);
    return Checksums.sha256(bytes.array());
  }
}
