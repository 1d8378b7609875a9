package dev.kindred.representation;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a folder of features names its data sets and models. */
public enum FolderLayout {
  /**
   * {@code <data set>/<model>.<ending>}; files right in the folder belong to one data set, which
   * has the folder's name.
   */
  FLAT,
  /**
   * As thingsvision writes features, {@code <model>/<module>/features.<ending>}, perhaps below a
   * folder for the data set; the model is named {@code <model>/<module>}. Stimulus ids come from
   * thingsvision's {@code file_names.txt}.
   */
  THINGSVISION,
  /**
   * As the code of Ciernik et al. (ICML 2025) writes features, {@code <data set>/<model>/
   * features_train.pt}; the test split beside it is left aside.
   */
  CONSISTENCY;

  private static final Set<String> ENDINGS =
      Set.of("npy", "npz", "pt", "pth", "h5", "hdf5", "mat", "csv", "tsv", "txt");
  private static final Set<String> OTHER_FILES =
      Set.of(
          "file_names.txt",
          "model_ids.txt",
          "models.csv",
          "readme.txt",
          "labels.npy",
          "labels.csv");
  private static final int MAX_DEPTH = 4;

  /** The names of the files, as messages tell them. */
  String pattern() {
    return switch (this) {
      case FLAT -> "DATA-SET/MODEL.npy";
      case THINGSVISION -> "MODEL/MODULE/features.npy";
      case CONSISTENCY -> "DATA-SET/MODEL/features_train.pt";
    };
  }

  /**
   * A file with its place in a collection.
   *
   * @param dataSet name of the data set
   * @param model name of the model
   * @param file the file
   */
  record Place(String dataSet, String model, Path file) {}

  /** The layout that the names of the files speak for. */
  static FolderLayout of(Path root) {
    List<String> stems = files(root).stream().map(Representations::stem).toList();
    if (stems.contains("features_train")) {
      return CONSISTENCY;
    }
    return stems.contains("features") ? THINGSVISION : FLAT;
  }

  /** The places of all files that may be features; empty for a file that has none. */
  Optional<Place> place(Path root, Path file) {
    Path relative = root.relativize(file);
    List<String> folders =
        IntStream.range(0, relative.getNameCount() - 1)
            .mapToObj(i -> relative.getName(i).toString())
            .toList();
    String stem = Representations.stem(file);
    String whole = root.toAbsolutePath().normalize().getFileName().toString();
    int depth = folders.size();
    switch (this) {
      case FLAT -> {
        return depth > 1
            ? Optional.empty()
            : Optional.of(new Place(depth == 0 ? whole : folders.get(0), stem, file));
      }
      case THINGSVISION -> {
        if (!stem.equals("features") || depth == 0) {
          return Optional.empty();
        }
        String dataSet = depth == 3 ? folders.get(0) : whole;
        List<String> model = depth == 3 ? folders.subList(1, 3) : folders;
        return Optional.of(new Place(dataSet, String.join("/", model), file));
      }
      case CONSISTENCY -> {
        return stem.equals("features_train") && depth == 2
            ? Optional.of(new Place(folders.get(0), folders.get(1), file))
            : Optional.empty();
      }
    }
    throw new AssertionError(this);
  }

  /** True for files that the layout knows and does not read. */
  boolean leavesAside(Path file) {
    return this == CONSISTENCY && Representations.stem(file).equals("features_test");
  }

  /** Files below a folder whose ending may be one of features, sorted. */
  static List<Path> files(Path root) {
    if (!Files.isDirectory(root)) {
      throw new InputException(root + ": expected a folder of features");
    }
    try (Stream<Path> tree = Files.walk(root, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return new ArrayList<>(tree.filter(f -> mayHoldFeatures(root, f)).sorted().toList());
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(root + ": cannot be searched: " + e.getMessage(), e);
    }
  }

  private static boolean mayHoldFeatures(Path root, Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return Files.isRegularFile(file)
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && !OTHER_FILES.contains(name)
        && !name.startsWith("targets")
        && !name.endsWith(StimulusIds.SIDE_FILE);
  }
}
