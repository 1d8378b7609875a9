package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Utf8;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * A folder of features as one labelled collection: data sets × models, with a table of the models'
 * attributes. Files are read when they are asked for.
 *
 * <p>With a table, its models count, in its order: those without a file are {@link #missing()},
 * files of other models are {@link #extra()}. Without one, every model that has a file counts.
 */
public final class RepresentationCollection {
  /** A table of models with this name, right in the folder, is taken where none is given. */
  public static final String MODELS_TABLE = "models.csv";

  private static final List<String> LABELS = List.of("labels.npy", "labels.csv");

  private final Path root;
  private final FolderLayout layout;
  private final ReadOptions options;
  private final Table models;
  private final List<String> modelIds;
  private final Map<String, Map<String, Path>> files;
  private final List<Path> extra;

  private RepresentationCollection(
      Path root,
      FolderLayout layout,
      ReadOptions options,
      Table models,
      Map<String, Map<String, Path>> files,
      List<Path> extra) {
    this.root = root;
    this.layout = layout;
    this.options = options;
    this.models = models;
    this.modelIds = models.stringColumn(0).asList();
    this.files = files;
    this.extra = List.copyOf(extra);
  }

  /** Opens a folder with its layout and models table as they are found. */
  public static RepresentationCollection open(Path root) {
    return open(root, ReadOptions.defaults());
  }

  /** Opens a folder with its layout and models table as they are found. */
  public static RepresentationCollection open(Path root, ReadOptions options) {
    Path table = root.resolve(MODELS_TABLE);
    return open(
        root,
        FolderLayout.of(root),
        Files.isRegularFile(table) ? Optional.of(table) : Optional.empty(),
        options);
  }

  /** Opens a folder with its layout as it is found and a table of models from elsewhere. */
  public static RepresentationCollection open(Path root, Path modelsTable) {
    return open(root, FolderLayout.of(root), Optional.of(modelsTable), ReadOptions.defaults());
  }

  /**
   * Opens a folder.
   *
   * @param root the folder
   * @param layout how it names data sets and models
   * @param modelsTable a CSV file with a header: a column {@code id} (or {@code model}, or else the
   *     first) and any attributes
   * @param options how every file is read
   * @throws InputException if there are no features, or two files for one model and data set
   */
  public static RepresentationCollection open(
      Path root, FolderLayout layout, Optional<Path> modelsTable, ReadOptions options) {
    Objects.requireNonNull(options);
    Optional<Table> given = modelsTable.map(RepresentationCollection::readModels);
    Set<String> known =
        given.map(t -> (Set<String>) new HashSet<>(t.stringColumn(0).asList())).orElse(Set.of());
    Map<String, Map<String, Path>> files = new TreeMap<>();
    Set<String> found = new TreeSet<>();
    List<Path> extra = new ArrayList<>();
    for (Path file : FolderLayout.files(root)) {
      boolean table = modelsTable.isPresent() && sameFile(file, modelsTable.get());
      if (table || layout.leavesAside(file)) {
        continue;
      }
      Optional<FolderLayout.Place> place = layout.place(root, file);
      if (place.isEmpty() || given.isPresent() && !known.contains(place.get().model())) {
        extra.add(file);
        continue;
      }
      found.add(place.get().model());
      Path other =
          files
              .computeIfAbsent(place.get().dataSet(), d -> new LinkedHashMap<>())
              .put(place.get().model(), file);
      if (other != null) {
        throw new InputException(
            root
                + ": two files for model "
                + place.get().model()
                + " on "
                + place.get().dataSet()
                + ": "
                + root.relativize(other)
                + " and "
                + root.relativize(file));
      }
    }
    if (files.isEmpty()) {
      throw new InputException(
          root
              + ": expected features in files such as "
              + layout.pattern()
              + (given.isEmpty() ? "" : ", of the " + known.size() + " models in the table")
              + ", found none"
              + (extra.isEmpty() ? "" : " but " + extra.size() + " files with other names"));
    }
    Table models = given.orElseGet(() -> Table.create("models", StringColumn.create("id", found)));
    return new RepresentationCollection(root, layout, options, models, files, extra);
  }

  private static boolean sameFile(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /** Reads a table of models: its id column comes first, and has every id once. */
  public static Table readModels(Path file) {
    File source = file.toFile();
    if (!source.isFile()) {
      throw new InputException(file + ": no such table of models");
    }
    if (Utf8.read(file).isBlank()) {
      throw new InputException(
          file + ": expected a table of models, names of columns first, found an empty file");
    }
    Table table;
    try {
      Table peek = Table.read().usingOptions(CsvReadOptions.builder(source).sample(false));
      String id = idColumn(peek.columnNames());
      table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(source)
                      .sample(false)
                      .columnTypesPartial(Map.of(id, ColumnType.STRING)));
      StringColumn ids = table.stringColumn(id);
      table.removeColumns(id);
      table.insertColumn(0, ids);
    } catch (RuntimeException e) {
      throw new InputException(file + ": not a table of models: " + firstLine(e), e);
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String id : table.stringColumn(0)) {
      if (id.isBlank() || !seen.add(id)) {
        throw new InputException(
            file + ": expected every model once, found '" + id + "' again or without a name");
      }
    }
    return table;
  }

  private static String idColumn(List<String> names) {
    return names.stream()
        .filter(n -> n.equalsIgnoreCase("id") || n.equalsIgnoreCase("model"))
        .findFirst()
        .orElseGet(() -> names.get(0));
  }

  private static String firstLine(Throwable fault) {
    return String.valueOf(fault.getMessage()).lines().findFirst().orElse("unreadable");
  }

  /** How the folder names data sets and models. */
  public FolderLayout layout() {
    return layout;
  }

  /** Names of the data sets, sorted. */
  public List<String> dataSets() {
    return List.copyOf(files.keySet());
  }

  /** Names of the models: in the order of the table, else sorted. */
  public List<String> models() {
    return List.copyOf(modelIds);
  }

  /** The models with their attributes: the id first, then whatever columns the table has. */
  public Table modelsTable() {
    return models.copy();
  }

  /** The file of a model's responses to a data set, if it is there. */
  public Optional<Path> file(String dataSet, String model) {
    return Optional.ofNullable(requireDataSet(dataSet).get(model));
  }

  /**
   * The classes of a data set's stimuli, {@code labels.npy} or {@code labels.csv} in its folder, if
   * one is there.
   *
   * @throws InputException if both are
   */
  public Optional<Path> labels(String dataSet) {
    requireDataSet(dataSet);
    Path own = root.resolve(dataSet);
    Path folder = Files.isDirectory(own) ? own : root;
    List<Path> found =
        LABELS.stream().map(folder::resolve).filter(file -> Files.isRegularFile(file)).toList();
    if (found.size() > 1) {
      throw new InputException(
          folder + ": expected labels in one file, found " + String.join(" and ", LABELS));
    }
    return found.stream().findFirst();
  }

  /** Models without a file, as {@code <data set>/<model>}. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    files.forEach(
        (dataSet, present) ->
            modelIds.stream()
                .filter(model -> !present.containsKey(model))
                .forEach(model -> missing.add(dataSet + "/" + model)));
    return missing;
  }

  /** Files that may be features but belong to no model of the collection. */
  public List<Path> extra() {
    return extra;
  }

  /** Reads one model's responses to a data set; its id is the model's. */
  public Representation read(String dataSet, String model) {
    Path file =
        file(dataSet, model)
            .orElseThrow(
                () -> new InputException(root + ": no features of " + model + " on " + dataSet));
    return Representations.read(file, options(file, model));
  }

  private ReadOptions options(Path file, String model) {
    ReadOptions chosen = options.id(model);
    Path names = file.resolveSibling("file_names.txt");
    if (layout == FolderLayout.THINGSVISION
        && chosen.stimulusIds().isEmpty()
        && Files.isRegularFile(names)) {
      chosen = chosen.stimulusIds(names);
    }
    return chosen;
  }

  /**
   * Reads every model's responses to a data set, in the order of {@link #models()}, without the
   * missing ones, as {@link Representations#readAll} does.
   *
   * @throws InputException if they are not to the same stimuli
   */
  public List<Representation> read(String dataSet, Progress progress) {
    Map<Path, ReadOptions> present = new LinkedHashMap<>();
    Map<String, Path> there = requireDataSet(dataSet);
    for (String model : modelIds) {
      if (there.containsKey(model)) {
        present.put(there.get(model), options(there.get(model), model));
      }
    }
    try (Progress.Task task = progress.begin("read " + dataSet, present.size())) {
      List<Representation> read =
          Representations.readAll(
              List.copyOf(present.keySet()),
              file -> {
                task.advance(1);
                return present.get(file);
              });
      read.forEach(x -> read.get(0).requireSameStimuli(x));
      return read;
    }
  }

  private Map<String, Path> requireDataSet(String dataSet) {
    Map<String, Path> present = files.get(dataSet);
    if (present == null) {
      throw new InputException(
          root + ": no data set named " + dataSet + ", found " + files.keySet());
    }
    return present;
  }

  /** One line: how many data sets, models, files, missing and extra. */
  @Override
  public String toString() {
    int count = files.values().stream().mapToInt(Map::size).sum();
    return root
        + ": "
        + files.size()
        + " data sets × "
        + modelIds.size()
        + " models, "
        + count
        + " files, "
        + missing().size()
        + " missing, "
        + extra.size()
        + " extra";
  }
}
