package dev.kindred.representation;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Published similarities between models, as Ciernik et al. (ICML 2025) lay them out: {@code <data
 * set>/<metric>/similarity_matrix.pt} with {@code model_ids.txt}, one id a line, beside it. The
 * matrix may be in any format that is read here.
 */
public final class SimilarityCollection {
  private static final String MATRIX = "similarity_matrix";
  private static final String IDS = "model_ids.txt";
  private static final int MAX_MODELS = 1 << 14;

  private final Path root;
  private final Map<String, Map<String, Path>> files;

  private SimilarityCollection(Path root, Map<String, Map<String, Path>> files) {
    this.root = root;
    this.files = files;
  }

  /**
   * Opens a folder of data sets, or one that holds it under the name {@code model_similarities}.
   */
  public static SimilarityCollection open(Path folder) {
    Path inner = folder.resolve("model_similarities");
    Path root = Files.isDirectory(inner) ? inner : folder;
    Map<String, Map<String, Path>> files = new TreeMap<>();
    for (Path file : FolderLayout.files(root)) {
      Path relative = root.relativize(file);
      if (relative.getNameCount() == 3 && Representations.stem(file).equals(MATRIX)) {
        Path other =
            files
                .computeIfAbsent(relative.getName(0).toString(), d -> new TreeMap<>())
                .put(relative.getName(1).toString(), file);
        if (other != null) {
          throw new InputException(root + ": two matrices, " + other + " and " + file);
        }
      }
    }
    if (files.isEmpty()) {
      throw new InputException(
          root + ": expected <data set>/<metric>/" + MATRIX + ".pt, found no such file");
    }
    return new SimilarityCollection(root, files);
  }

  /** Names of the data sets, sorted. */
  public List<String> dataSets() {
    return List.copyOf(files.keySet());
  }

  /** Names of the metrics that at least one data set has, sorted. */
  public List<String> metrics() {
    return files.values().stream().flatMap(m -> m.keySet().stream()).distinct().sorted().toList();
  }

  /** Metrics that a data set lacks, as {@code <data set>/<metric>}. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    files.forEach(
        (dataSet, present) ->
            metrics().stream()
                .filter(metric -> !present.containsKey(metric))
                .forEach(metric -> missing.add(dataSet + "/" + metric)));
    return missing;
  }

  /**
   * The similarities between all models on one data set; the title is the metric's name.
   *
   * @throws InputException if the matrix is not square, or the ids do not fit
   */
  public LabelledMatrix matrix(String dataSet, String metric) {
    Path file = files.getOrDefault(dataSet, Map.of()).get(metric);
    if (file == null) {
      throw new InputException(
          root
              + ": no similarities "
              + metric
              + " on "
              + dataSet
              + ", found "
              + files.keySet()
              + " × "
              + metrics());
    }
    List<String> ids = ids(file.resolveSibling(IDS));
    double[][] values = square(file, ids.size());
    return new LabelledMatrix(metric, ids, ids, values, provenance(file, dataSet, metric));
  }

  private static double[][] square(Path file, int models) {
    try (ArrayFile open = ArrayFile.open(file)) {
      NumericArray array = open.array();
      long[] shape = array.shape();
      if (!Arrays.equals(shape, new long[] {models, models})) {
        throw new InputException(
            file
                + ": expected "
                + models
                + " × "
                + models
                + " similarities, one for each pair of ids, found shape "
                + Arrays.toString(shape));
      }
      double[][] values = new double[models][models];
      for (int i = 0; i < models; i++) {
        array.read((long) i * models, DoubleBuffer.wrap(values[i]));
      }
      return values;
    }
  }

  private static List<String> ids(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      List<String> ids = lines.map(String::strip).filter(l -> !l.isEmpty()).toList();
      Set<String> once = new LinkedHashSet<>(ids);
      if (ids.isEmpty() || ids.size() > MAX_MODELS || once.size() != ids.size()) {
        throw new InputException(
            file
                + ": expected 1 to "
                + MAX_MODELS
                + " different model ids, found "
                + ids.size()
                + ", "
                + once.size()
                + " of them different");
      }
      return ids;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new InputException(file + ": model ids cannot be read: " + e.getMessage(), e);
    }
  }

  private static Provenance provenance(Path file, String dataSet, String metric) {
    try {
      return Provenance.of(
          "read similarities",
          Map.of(
              "data set",
              dataSet,
              "metric",
              metric,
              "sha256",
              Checksums.sha256(file),
              "ids sha256",
              Checksums.sha256(file.resolveSibling(IDS))));
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
