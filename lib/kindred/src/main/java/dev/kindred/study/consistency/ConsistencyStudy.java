package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.measure.Measures;
import dev.kindred.network.zoo.CrossedZoo;
import dev.kindred.network.zoo.ModelScores;
import dev.kindred.stimuli.DataSets;
import dev.kindred.study.Claim;
import dev.kindred.study.ClaimTables;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.LabelledImages;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.TemporaryStore;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The consistency study as it is stored. Files: {@code models.csv}; {@code data-sets.csv} with each
 * set's category, file, numbers of images, number of classes that occur, and whether a model was
 * trained on it; where there are controls, {@code models-untrained.csv} and {@code
 * models-random-labels.csv}; for each data set a {@code .npz} with a model × model matrix for every
 * measure, named by its specification, those of controls as {@code untrained: …}, and the vector
 * {@code probe accuracy} where labels are known; matrices are {@linkplain PackedSimilarities
 * packed}; {@code sample-sizes.npz} with matrices named {@code <images per class> <measure>}, and
 * {@code sample-sizes.csv} with the data set that they are drawn from; {@code claims.csv}.
 */
public final class ConsistencyStudy implements StorableStudy {
  static final String NAME = "consistency";
  static final int REVISION = 3;
  static final String MODELS = "models.csv";
  static final String DATA_SETS = "data-sets.csv";
  static final String CATEGORY = "category";
  static final String FILE = "file";
  static final String ACCURACY = "probe accuracy";
  static final String CONTROL_MARK = ": ";
  static final String SAMPLE_SIZES = "sample-sizes.npz";
  static final String SAMPLES = "sample-sizes.csv";
  static final String CLASSES = "classes";
  static final String DATA_SET = "data set";
  static final String NUMBER_OF_IMAGES = "images";
  private static final String CLAIMS = "claims.csv";
  private static final String WITHOUT_TRAINING_SETS = "claims-without-training-sets.csv";
  private static final String BY_MEASURE = "claims-by-measure.csv";
  private static final String STUDY_SIZE = "claims-by-models.csv";
  private static final String BY_IMAGES = "consistency-by-images.csv";
  private static final String CONTROLS = "controls.csv";
  private static final String MATCHED = "matched-training-data.csv";

  /** By networks whose captions are not made of their labels. */
  private static final String OWN_CAPTIONS = "claims-generated-training-data.csv";

  private static final String LEARNT = "claims-learnt-networks.csv";

  /** What is made from the numbers of the other files. */
  private static final List<String> TABLES =
      List.of(
          CLAIMS,
          WITHOUT_TRAINING_SETS,
          OWN_CAPTIONS,
          LEARNT,
          BY_MEASURE,
          STUDY_SIZE,
          BY_IMAGES,
          CONTROLS,
          MATCHED);

  /** Numbers of images that the headline measure is also computed on, where there are more. */
  static final List<Integer> IMAGES = List.of(100, 250, 500, 1000);

  /** Numbers of declarations, each with all its copies, that could be a study. */
  private static final List<Integer> SIZES = List.of(6, 12, 24, 36);

  private static final int ORDERS = 20;

  /** Bootstrap replicates for each of very many tables. */
  private static final int FEW_REPLICATES = 200;

  private static final String FEATURES = "features";
  private static final String OBJECTIVE = "objective";
  private static final String TRAINING_DATA = "training data";
  private static final String TRAINING_SETS = "train-on";
  private static final String SETS = "data-sets";

  /** Global, local, and by ranks: the paper's, the headline measure first. */
  private static final List<String> MEASURES =
      specifications("cka[rows=unit]", "cka[kernel=rbf,sigma=0.4,rows=unit]", "rsa");

  /** The paper's other widths, and a measure of each family that it does not have. */
  private static final List<String> FURTHER =
      specifications(
          "cka[kernel=rbf,sigma=0.2,rows=unit]",
          "cka[kernel=rbf,sigma=0.6,rows=unit]",
          "cka[kernel=rbf,sigma=0.8,rows=unit]",
          "procrustes[score=similarity]",
          "cknna",
          "soft-matching");

  /** Names a measure beside chance. */
  private static final String CALIBRATED = "calibrated ";

  /**
   * Biased, which chance raises; the unbiased estimator is 0 by chance, and calibrating it idle.
   */
  private static final String RAISED_BY_CHANCE = specification("cka[estimator=biased,rows=unit]");

  /** The fewest that tell what chance betters once in twenty times. */
  private static final int PERMUTATIONS = 19;

  /** Models, and data sets, that are computed again to verify a study. */
  private static final int SAMPLE = 3;

  /** Networks trained again are the same bits; what is left is rounding of other processors. */
  private static final double TOLERANCE = 1e-4;

  private static List<String> specifications(String... measures) {
    return Stream.of(measures).map(ConsistencyStudy::specification).toList();
  }

  /** A measure as it is named in the files. */
  static String specification(String measure) {
    return measure.startsWith(CALIBRATED)
        ? CALIBRATED + specification(measure.substring(CALIBRATED.length()))
        : Measures.parse(measure).info().specification();
  }

  static String headline() {
    return MEASURES.get(0);
  }

  /** How a matrix of a control is named. */
  static String ofControl(String kind, String specification) {
    return kind + CONTROL_MARK + specification;
  }

  /** File of the models of a control. */
  static String models(String kind) {
    return "models-" + kind.replace(' ', '-') + ".csv";
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int revision() {
    return REVISION;
  }

  /**
   * The settings.
   *
   * @param features a folder of features; empty for a zoo
   * @param models table of the models of a folder of features; by default its {@code models.csv}
   * @param trainingSets data sets to train a large zoo on; empty for the profile's zoo
   * @param dataSets names of data sets; all if empty
   * @param profile how large a zoo, which images, how linear probes are trained
   * @param replicates bootstrap replicates that decide the claims
   * @param seed seed of samples, probes and replicates
   * @throws InputException if no data set has one of the names
   */
  public static SortedMap<String, String> settings(
      Optional<Path> features,
      Optional<Path> models,
      List<String> trainingSets,
      List<String> dataSets,
      Profile profile,
      int replicates,
      long seed) {
    DataSet.require(trainingSets, DataSets.generatedNames(), NAME);
    if (features.isEmpty()) {
      DataSet.choose(
          LabelledImages.names(profile, !trainingSets.isEmpty()), dataSets, "study " + NAME);
    }
    SortedMap<String, String> settings = new TreeMap<>();
    if (!trainingSets.isEmpty()) {
      settings.put(TRAINING_SETS, String.join(",", trainingSets));
    }
    features.ifPresent(folder -> settings.put(FEATURES, folder.toString()));
    models.ifPresent(table -> settings.put("models", table.toString()));
    if (!dataSets.isEmpty()) {
      settings.put(SETS, String.join(",", dataSets));
    }
    settings.put("profile", profile.toString());
    settings.put("bootstrap", String.valueOf(replicates));
    settings.put("seed", String.valueOf(seed));
    return settings;
  }

  @Override
  public String command(SortedMap<String, String> settings) {
    StringBuilder command = new StringBuilder("environment/kindred study " + NAME);
    settings.forEach(
        (name, value) ->
            command
                .append(" --" + name + " ")
                .append(
                    value.matches("[\\w./,+-]+")
                        ? value
                        : "'" + value.replace("'", "'\\''") + "'"));
    return command.toString();
  }

  /** Settings as they are used. */
  private record Settings(SortedMap<String, String> texts) {
    private FeatureInput open(List<String> models, Store store) {
      if (texts.containsKey(FEATURES)) {
        return ConsistencyInput.features(
            Path.of(texts.get(FEATURES)),
            Optional.ofNullable(texts.get("models")).map(Path::of),
            list(SETS),
            profile(),
            seed(),
            store);
      }
      return texts.containsKey(TRAINING_SETS)
          ? ConsistencyInput.crossed(
              list(TRAINING_SETS), list(SETS), profile(), seed(), models, store)
          : ConsistencyInput.zoo(list(SETS), profile(), seed(), models, store);
    }

    private List<String> list(String name) {
      return texts.containsKey(name) ? List.of(texts.get(name).split(",")) : List.of();
    }

    private Profile profile() {
      return Profile.named(texts.get("profile"));
    }

    private long seed() {
      return number("seed");
    }

    private int replicates() {
      return Math.toIntExact(number("bootstrap"));
    }

    private long number(String name) {
      try {
        return Long.parseLong(texts.getOrDefault(name, ""));
      } catch (NumberFormatException e) {
        throw new InputException(
            "stored study: expected a whole number for the setting "
                + name
                + ", found "
                + texts.get(name),
            e);
      }
    }
  }

  @Override
  public List<String> forecast(SortedMap<String, String> texts) {
    Settings settings = new Settings(texts);
    if (texts.containsKey(FEATURES)) {
      // Before anything is written: what is wrong with the folder is found here.
      settings.open(List.of(), Store.standard());
    }
    List<String> trainingSets = settings.list(TRAINING_SETS);
    return trainingSets.isEmpty()
        ? List.of()
        : List.of(
            CrossedZoo.forecast(
                trainingSets.size(),
                settings.list(SETS).isEmpty()
                    ? LabelledImages.allNames().size()
                    : settings.list(SETS).size(),
                LabelledImages.most(settings.profile()),
                settings.profile()));
  }

  @Override
  public Making open(SortedMap<String, String> texts) {
    Settings settings = new Settings(texts);
    FeatureInput input = settings.open(List.of(), Store.standard());
    Map<String, DataSet> files = files(input.dataSetList());
    return new Making() {
      @Override
      public Map<String, Long> sizes() {
        return Map.of(
            "models",
            (long) input.modelTable().models().size(),
            "data sets",
            (long) files.size(),
            "measures",
            (long) MEASURES.size() + FURTHER.size() + 1,
            "control models",
            input.controls().values().stream().mapToLong(Table::rowCount).sum());
      }

      @Override
      public List<String> files() {
        List<String> names = new ArrayList<>(List.of(MODELS, DATA_SETS));
        input.controls().keySet().forEach(kind -> names.add(models(kind)));
        names.addAll(files.keySet());
        if (!input.samples(settings.seed()).isEmpty()) {
          names.addAll(List.of(SAMPLES, SAMPLE_SIZES));
        }
        names.add(CLAIMS);
        // The others ask about a zoo whose controls and training sets are known.
        if (!input.controls().isEmpty()) {
          names.addAll(TABLES.subList(1, TABLES.size()));
        }
        return names;
      }

      @Override
      public boolean isDerived(String name) {
        return TABLES.contains(name);
      }

      @Override
      public void write(String name, Path target, StoredStudy before) throws IOException {
        switch (name) {
          case MODELS -> writeTable(input.models(), target);
          case DATA_SETS -> writeTable(dataSets(files, input), target);
          case SAMPLES -> writeTable(input.sampleTable(settings.seed()), target);
          case SAMPLE_SIZES -> writeSampleSizes(input.sampleSizes(settings.seed()), target);
          default -> {
            if (TABLES.contains(name)) {
              writeTable(table(name, new StoredInput(before, List.of()), settings), target);
            } else if (files.containsKey(name)) {
              writeDataSet(input, files.get(name), settings.seed(), target);
            } else {
              for (Map.Entry<String, Table> control : input.controls().entrySet()) {
                if (models(control.getKey()).equals(name)) {
                  writeTable(control.getValue(), target);
                }
              }
            }
          }
        }
      }
    };
  }

  /** File → data set; the number keeps names apart that differ in other signs only. */
  private static Map<String, DataSet> files(List<DataSet> dataSets) {
    Map<String, DataSet> files = new LinkedHashMap<>();
    for (DataSet dataSet : dataSets) {
      String plain = dataSet.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      files.put(String.format(Locale.ROOT, "%02d-%s.npz", files.size() + 1, plain), dataSet);
    }
    return files;
  }

  private static Table dataSets(Map<String, DataSet> files, FeatureInput input) {
    List<DataSet> sets = List.copyOf(files.values());
    IntColumn test = IntColumn.create("test images");
    IntColumn classes = IntColumn.create(CLASSES);
    for (DataSet set : sets) {
      input.testImages(set).ifPresentOrElse(test::append, test::appendMissing);
      classes.append(input.classes(set));
    }
    return Table.create(
        "Data sets",
        StringColumn.create(DATA_SET, sets.stream().map(DataSet::name).toList()),
        StringColumn.create(CATEGORY, sets.stream().map(DataSet::category).toList()),
        StringColumn.create(FILE, files.keySet()),
        IntColumn.create(NUMBER_OF_IMAGES, sets.stream().mapToInt(input::images).toArray()),
        test,
        classes,
        StringColumn.create(
            "models trained on it",
            sets.stream().map(set -> input.isTrainedOn(set) ? "yes" : "no").toList()));
  }

  private static void writeDataSet(FeatureInput input, DataSet dataSet, long seed, Path target)
      throws IOException {
    List<String> all = Stream.concat(MEASURES.stream(), FURTHER.stream()).toList();
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(target))) {
      write(npz, "", input.similarities(dataSet, all));
      String headline = headline();
      for (int images : IMAGES) {
        if (!input.controls().isEmpty() && images < input.images(dataSet)) {
          PackedSimilarities.write(
              npz,
              ofControl(images + " images", headline),
              input.onImages(dataSet, headline, images, new Seeds(seed)).values());
        }
      }
      PackedSimilarities.write(
          npz,
          CALIBRATED + RAISED_BY_CHANCE,
          input.calibrated(dataSet, RAISED_BY_CHANCE, PERMUTATIONS, new Seeds(seed)).values());
      for (String kind : input.controls().keySet()) {
        write(npz, kind + CONTROL_MARK, input.similarities(kind, dataSet, MEASURES));
      }
      Optional<double[]> accuracies = accuracies(input, dataSet);
      if (accuracies.isPresent()) {
        npz.write(ACCURACY, accuracies.get());
      }
    }
  }

  private static void write(NpzWriter npz, String prefix, Map<String, LabelledMatrix> matrices)
      throws IOException {
    for (Map.Entry<String, LabelledMatrix> matrix : matrices.entrySet()) {
      PackedSimilarities.write(npz, prefix + matrix.getKey(), matrix.getValue().values());
    }
  }

  private static Optional<double[]> accuracies(FeatureInput input, DataSet dataSet) {
    try (Progress.Task task =
        Progress.standard().begin("linear probes", input.modelTable().models().size())) {
      task.note(dataSet.name());
      return input.accuracies(dataSet, task);
    }
  }

  private static void writeSampleSizes(
      Map<Integer, Map<String, LabelledMatrix>> bySize, Path target) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(target))) {
      for (Map.Entry<Integer, Map<String, LabelledMatrix>> size : bySize.entrySet()) {
        for (Map.Entry<String, LabelledMatrix> matrix : size.getValue().entrySet()) {
          PackedSimilarities.write(
              npz, size.getKey() + " " + matrix.getKey(), matrix.getValue().values());
        }
      }
    }
  }

  /** A table by the numbers in the files, so that it can be made again from these. */
  private static Table table(String name, StoredInput input, Settings settings) {
    SimilaritySet all = input.similarities(headline());
    ModelTable models = input.modelTable();
    Seeds seeds = new Seeds(settings.seed());
    return switch (name) {
      case CLAIMS -> Claim.table(claims(grounds(input, headline(), settings), settings));
      case WITHOUT_TRAINING_SETS -> {
        List<String> trained = models.values(TRAINING_DATA);
        yield Claim.table(
            claims(
                grounds(input, headline(), settings).on(set -> !trained.contains(set.name())),
                settings));
      }
      case OWN_CAPTIONS ->
          Claim.table(
              claimsAmong(
                  input,
                  model ->
                      DataSets.generatedNames().contains(models.values(TRAINING_DATA).get(model)),
                  settings));
      case LEARNT -> {
        DoubleColumn probe = input.models().doubleColumn("probe");
        DoubleColumn before = input.models().doubleColumn("untrained probe");
        yield Claim.table(
            claimsAmong(
                input,
                model -> probe.get(model) - before.get(model) >= ModelScores.LEAST_GAIN,
                settings));
      }
      case BY_MEASURE -> {
        Map<String, Table> byMeasure = new LinkedHashMap<>();
        for (String measure : input.measures()) {
          byMeasure.put(measure, Claim.table(claims(grounds(input, measure, settings), settings)));
        }
        yield ClaimTables.beside(byMeasure);
      }
      case STUDY_SIZE ->
          StudySize.table(
              all,
              models,
              grounds(input, headline(), settings).others(),
              input.gaps(all),
              input.decidingSampleSizes(settings.seed()),
              SIZES,
              ORDERS,
              Math.min(FEW_REPLICATES, settings.replicates()),
              seeds);
      case BY_IMAGES -> StudySize.byImages(byImages(input, all), settings.replicates(), seeds);
      case CONTROLS -> WithoutLearning.table(input, MEASURES, settings.replicates(), seeds);
      case MATCHED ->
          MatchedPairs.table(all, models, OBJECTIVE, TRAINING_DATA, settings.replicates(), seeds);
      default -> throw new AssertionError(name);
    };
  }

  private static Map<Integer, SimilaritySet> byImages(StoredInput input, SimilaritySet all) {
    Map<Integer, SimilaritySet> byImages = new LinkedHashMap<>(input.byImages());
    byImages.put(StudySize.ALL, all);
    return byImages;
  }

  /** The claims on some of the models; none where these are too few. */
  private static List<Claim> claimsAmong(StoredInput input, IntPredicate taken, Settings settings) {
    List<String> all = input.modelTable().models();
    List<String> some = IntStream.range(0, all.size()).filter(taken).mapToObj(all::get).toList();
    return some.size() < SelectedModels.LEAST
        ? List.of()
        : claims(grounds(input.select(some), headline(), settings), settings);
  }

  /** With the other ones of the paper's measures. */
  private static ClaimGrounds grounds(ConsistencyInput input, String measure, Settings settings) {
    return ClaimGrounds.of(input, measure, MEASURES, settings.seed());
  }

  private static List<Claim> claims(ClaimGrounds grounds, Settings settings) {
    return grounds.claims(settings.replicates(), new Seeds(settings.seed()));
  }

  private static void writeTable(Table table, Path target) throws IOException {
    Files.writeString(target, csv(table), StandardCharsets.UTF_8);
  }

  private static String csv(Table table) {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    return text.toString();
  }

  /**
   * Decides the claims again from the stored numbers, and computes three models on one data set
   * again, networks and all, in a store of its own.
   */
  @Override
  public List<Check> verify(StoredStudy stored, SortedMap<String, String> texts, long seed) {
    Settings settings = new Settings(texts);
    List<Check> checks = new ArrayList<>();
    StoredInput input = new StoredInput(stored, List.of());
    String before = read(stored.file(CLAIMS));
    boolean same = before.equals(csv(table(CLAIMS, input, settings)));
    checks.add(
        new Check(
            "claims",
            before.lines().count() - 1 + " verdicts",
            same ? "the same" : "others",
            same));
    SplittableRandom random = new Seeds(seed).stream("verification sample");
    List<String> models = new ArrayList<>(input.modelTable().models());
    while (models.size() > SAMPLE) {
      models.remove(random.nextInt(models.size()));
    }
    int set = random.nextInt(input.dataSetList().size());
    DataSet dataSet = input.dataSetList().get(set);
    try (TemporaryStore temporary = new TemporaryStore()) {
      FeatureInput here = settings.open(models, temporary.store());
      here.similarities(dataSet, MEASURES)
          .forEach(
              (measure, matrix) -> {
                LabelledMatrix there = input.similarities(measure).matrix(set);
                for (int i = 0; i < models.size(); i++) {
                  for (int j = 0; j < i; j++) {
                    checks.add(
                        check(
                            measure
                                + ", "
                                + dataSet.name()
                                + ", "
                                + models.get(j)
                                + " and "
                                + models.get(i),
                            there.get(models.get(i), models.get(j)),
                            matrix.get(models.get(i), models.get(j))));
                  }
                }
              });
      Optional<PerformanceGap> gaps = input.gaps(input.similarities(MEASURES.get(0)));
      gaps.filter(known -> known.isKnown(set))
          .ifPresent(
              known -> {
                String model = models.get(0);
                checks.add(
                    check(
                        ACCURACY + ", " + dataSet.name() + ", " + model,
                        known.accuracy(set, input.modelTable().models().indexOf(model)),
                        here.accuracy(dataSet, model)));
              });
    }
    return checks;
  }

  private static Check check(String what, double stored, double here) {
    return new Check(
        what,
        String.format(Locale.ROOT, "%.6f", stored),
        String.format(Locale.ROOT, "%.6f", here),
        Math.abs(stored - here) <= TOLERANCE);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
