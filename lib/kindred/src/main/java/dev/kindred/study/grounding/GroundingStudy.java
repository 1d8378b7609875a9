package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.representation.RepresentationCollection;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.TemporaryStore;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The grounding study on networks of our own, as it is stored. Files: {@code measures.csv}, the
 * measures that are grounded, with a note where one depends on the scale of the responses, and
 * those that do not apply, with the reason; {@code populations.csv}; for each population, data ×
 * architecture, five {@code .npz}: {@code layers}, {@code components}, {@code maps}, {@code
 * distortions} and {@code stress}, whose arrays {@link Subtasks} describes; and {@code
 * decisions.csv}, which measure to use, computed from all of these.
 */
public final class GroundingStudy implements StorableStudy {
  static final String NAME = "grounding";
  static final int REVISION = 2;
  static final String MEASURES = "measures.csv";
  static final String POPULATIONS = "populations.csv";

  /** Which measure should I use? */
  static final String DECISIONS = "decisions.csv";

  /** Kind of a measure that does not apply. */
  static final String LEFT_OUT = "left out";

  /** Photographs for those who name no data sets. */
  private static final String PHOTOGRAPHS = "cifar-10";

  /** Networks trained again are the same bits; what is left is rounding of other processors. */
  private static final double TOLERANCE = 1e-4;

  /** Processor seconds as measured: for a training image once shown, of a thousand at a time. */
  private static final double SECONDS_SHOWN = 0.6e-3;

  /** For preparing a representation of 400 stimuli and 48 units for all measures. */
  private static final double SECONDS_PREPARED = 0.12;

  /** For a pair of such representations under all measures. */
  private static final double SECONDS_COMPARED = 0.06;

  /** Of every depth of either architecture. */
  private static final int UNITS = 48;

  /** For a linear probe. */
  private static final double SECONDS_PROBED = 0.3;

  private final Map<String, Measure> measures;

  /** Of all measures that apply. */
  public GroundingStudy() {
    this(GroundedMeasures.all());
  }

  /** Of some measures, by specification. */
  GroundingStudy(Map<String, Measure> measures) {
    this.measures = measures;
  }

  /** The parts of a population, in the order of their files. */
  enum Part {
    LAYERS,
    COMPONENTS,
    MAPS,
    DISTORTIONS,
    STRESS;

    Map<String, double[][]> of(Subtasks subtasks) {
      return switch (this) {
        case LAYERS -> subtasks.layers();
        case COMPONENTS -> subtasks.components();
        case MAPS -> subtasks.maps();
        case DISTORTIONS -> subtasks.distortions();
        case STRESS -> subtasks.stress();
      };
    }

    String file(String population) {
      return population + "-" + name().toLowerCase(Locale.ROOT) + ".npz";
    }
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
   * @param dataSets {@code generated} or names of data sets with the classes of CIFAR-10; if empty,
   *     generated images, and CIFAR-10 where the profile is of public data
   * @param profile how many networks, how long they are trained, on how many images
   * @param replicates bootstrap replicates and permutations
   * @param seed of images, networks and replicates
   */
  public static SortedMap<String, String> settings(
      List<String> dataSets, Profile profile, int replicates, long seed) {
    DataSet.require(dataSets, List.of(GroundingImages.GENERATED), NAME);
    SortedMap<String, String> settings = new TreeMap<>();
    List<String> usual =
        profile.usesPublicData()
            ? List.of(GroundingImages.GENERATED, PHOTOGRAPHS)
            : List.of(GroundingImages.GENERATED);
    settings.put("data-sets", String.join(",", dataSets.isEmpty() ? usual : dataSets));
    settings.put("profile", profile.toString());
    settings.put("bootstrap", String.valueOf(replicates));
    settings.put("seed", String.valueOf(seed));
    return settings;
  }

  @Override
  public String command(SortedMap<String, String> settings) {
    StringBuilder command = new StringBuilder("environment/kindred study " + NAME);
    settings.forEach((name, value) -> command.append(" --" + name + " " + value));
    return command.toString();
  }

  @Override
  public List<String> forecast(SortedMap<String, String> settings) {
    Settings texts = new Settings(settings);
    GroundingSizes sizes = texts.sizes();
    long depths = 5;
    double levels = 1.0 + sizes.kept().size();
    double shown = 0;
    for (String data : texts.dataSets()) {
      for (String architecture : sizes.architectures()) {
        int images =
            data.equals(GroundingImages.GENERATED)
                ? sizes.drawn(Population.architecture(architecture).family())
                : sizes.trainImages();
        shown +=
            (double) sizes.seeds() * sizes.epochs() * images
                + (double) sizes.fineTuned() * sizes.fineEpochs() * sizes.fineImages() / 2;
      }
    }
    double seeds = sizes.seeds();
    double tuned = sizes.pretrainings() * sizes.fineTunings();
    double deleted = (double) Subtasks.fewer(UNITS, sizes.step()).length * sizes.shown() * depths;
    double prepared =
        seeds * depths
            + 2 * levels * seeds
            + sizes.shown() * depths
            + deleted
            + depths * (seeds + tuned);
    double pairs =
        seeds * depths * sizes.references()
            + 2 * levels * seeds * seeds
            + Math.pow(sizes.shown() * depths, 2) / 2
            + deleted
            + depths * (seeds * seeds + tuned * tuned) / 2;
    double probes = seeds * (depths + 2 * levels);
    double compared =
        (pairs * SECONDS_COMPARED + prepared * SECONDS_PREPARED)
                * Math.max(1, Math.pow(sizes.stimuli() / 400.0, 2))
            + probes * SECONDS_PROBED;
    int populations = texts.dataSets().size() * sizes.architectures().size();
    double hours = (shown * SECONDS_SHOWN + populations * compared) / 3600;
    return List.of(
        String.format(
            Locale.ROOT,
            "%d networks, about %.1f hours on one processor from the start",
            populations * sizes.networks(),
            hours));
  }

  /** Settings as they are used. */
  private record Settings(SortedMap<String, String> texts) {
    private List<String> dataSets() {
      return List.of(texts.getOrDefault("data-sets", GroundingImages.GENERATED).split(","));
    }

    private GroundingSizes sizes() {
      return GroundingSizes.of(Profile.named(texts.get("profile")));
    }

    private long seed() {
      return whole("seed");
    }

    private int replicates() {
      return Math.toIntExact(whole("bootstrap"));
    }

    private long whole(String name) {
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

    /** Every architecture on all data. */
    private List<Population> populations(Store store) {
      List<Population> populations = new ArrayList<>();
      for (String data : dataSets()) {
        GroundingImages images = GroundingImages.of(data, sizes(), seed());
        for (String architecture : sizes().architectures()) {
          populations.add(new Population(architecture, images, sizes(), seed(), store));
        }
      }
      return populations;
    }
  }

  /** The populations of a study with these settings. */
  static List<Population> populations(SortedMap<String, String> settings, Store store) {
    return new Settings(settings).populations(store);
  }

  @Override
  public Making open(SortedMap<String, String> texts) {
    Settings settings = new Settings(texts);
    Store store = Store.standard();
    List<Population> populations = settings.populations(store);
    GroundingSizes sizes = settings.sizes();
    Map<String, Population> owners = new LinkedHashMap<>();
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Population population : populations) {
      for (Part part : Part.values()) {
        owners.put(part.file(population.name()), population);
        parts.put(part.file(population.name()), part);
      }
    }
    return new Making() {
      @Override
      public Map<String, Long> sizes() {
        return Map.of(
            "networks", (long) populations.size() * sizes.networks(),
            "populations", (long) populations.size(),
            "measures", (long) measures.size());
      }

      @Override
      public List<String> files() {
        List<String> names = new ArrayList<>(List.of(MEASURES, POPULATIONS));
        names.addAll(parts.keySet());
        names.add(DECISIONS);
        return names;
      }

      @Override
      public boolean isDerived(String name) {
        return name.equals(DECISIONS);
      }

      @Override
      public void write(String name, Path target, StoredStudy before) throws IOException {
        switch (name) {
          case MEASURES -> writeTable(measureTable(), target);
          case POPULATIONS -> writeTable(table(populations, sizes), target);
          case DECISIONS -> writeTable(decisions(before, settings), target);
          default ->
              writeArrays(
                  parts.get(name).of(new Subtasks(owners.get(name), sizes, measures, store)),
                  target);
        }
      }
    };
  }

  private static Table decisions(StoredStudy made, Settings settings) {
    GroundingResults results = GroundingResults.of(made);
    Seeds seeds = new Seeds(settings.seed()).child("decisions");
    int replicates = settings.replicates();
    return GroundingSummary.decisions(
        GroundingStatistics.of(results, replicates, replicates, seeds),
        results.populations().stream()
            .map(population -> IntuitiveTests.of(population, replicates, replicates, seeds))
            .toList());
  }

  /**
   * The table "which measure should I use?" of the stored study that comes along, a row for each
   * thing that one may want of a measure; empty if there is none.
   */
  public static Optional<Table> decisions() {
    Path folder = StoredStudy.standardFolder(NAME);
    if (!StoredStudy.isIn(folder)) {
      return Optional.empty();
    }
    StoredStudy stored = StoredStudy.open(folder, NAME, REVISION);
    return stored.files().contains(DECISIONS)
        ? Optional.of(RepresentationCollection.readModels(stored.file(DECISIONS)))
        : Optional.empty();
  }

  private Table measureTable() {
    List<String> names = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    measures.forEach(
        (name, measure) -> {
          names.add(name);
          kinds.add(measure.info().kind().toString().toLowerCase(Locale.ROOT));
          notes.add(
              measure.info().invariances().contains(Invariance.ISOTROPIC_SCALING)
                  ? ""
                  : "depends on the scale of the responses, which it gets as they are");
        });
    GroundedMeasures.leftOut()
        .forEach(
            (name, reason) -> {
              names.add(name);
              kinds.add(LEFT_OUT);
              notes.add(reason);
            });
    return Table.create(
        "Measures",
        StringColumn.create("measure", names),
        StringColumn.create("kind", kinds),
        StringColumn.create("note", notes));
  }

  private static Table table(List<Population> populations, GroundingSizes sizes) {
    return Table.create(
        "Populations",
        StringColumn.create("population", populations.stream().map(Population::name).toList()),
        StringColumn.create(
            "architecture", populations.stream().map(p -> p.architecture().toString()).toList()),
        StringColumn.create(
            "depths", populations.stream().map(p -> String.join(" ", p.depths())).toList()),
        StringColumn.create(
            "distortions",
            populations.stream()
                .map(p -> String.join(" ", p.images().distortions().keySet()))
                .toList()),
        StringColumn.create(
            "stress tests",
            populations.stream().map(p -> String.join(" ", p.images().stress().keySet())).toList()),
        numbers("seeds", populations, sizes.seeds()),
        numbers("pre-trainings", populations, sizes.pretrainings()),
        numbers("fine-tunings", populations, sizes.fineTunings()),
        numbers("networks in maps", populations, sizes.shown()),
        numbers("stimuli", populations, sizes.stimuli()));
  }

  private static IntColumn numbers(String name, List<Population> populations, int number) {
    return IntColumn.create(name, populations.stream().mapToInt(p -> number).toArray());
  }

  private static void writeTable(Table table, Path target) throws IOException {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    Files.writeString(target, text.toString(), StandardCharsets.UTF_8);
  }

  private static void writeArrays(Map<String, double[][]> arrays, Path target) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(target))) {
      for (Map.Entry<String, double[][]> array : arrays.entrySet()) {
        if (areClasses(array.getKey())) {
          npz.writeBytes(array.getKey(), classes(array.getValue()));
        } else {
          // Seven digits are more than a distance is repeated to; twice as many would be half the
          // size of the record.
          npz.writeFloats(array.getKey(), array.getValue());
        }
      }
    }
  }

  /** Whether an array of that name holds classes of single images. */
  private static boolean areClasses(String name) {
    return name.startsWith(Subtasks.SEEN) || name.startsWith(Subtasks.LABELS);
  }

  private static int[][] classes(double[][] numbers) {
    return Arrays.stream(numbers).map(Subtasks::integers).toArray(int[][]::new);
  }

  /**
   * Trains two fine-tuned networks of one population again, from nothing that was kept, and
   * compares them at one depth under every measure, in both directions.
   */
  @Override
  public List<Check> verify(StoredStudy stored, SortedMap<String, String> texts, long seed) {
    Settings settings = new Settings(texts);
    SplittableRandom random = new Seeds(seed).stream("verification sample");
    List<Check> checks = new ArrayList<>();
    try (TemporaryStore temporary = new TemporaryStore()) {
      List<Population> populations = settings.populations(temporary.store());
      Population population = populations.get(random.nextInt(populations.size()));
      int count = settings.sizes().seeds();
      int first = random.nextInt(count);
      int second = (first + 1 + random.nextInt(count - 1)) % count;
      int depth = random.nextInt(population.depths().size());
      Subtasks subtasks = new Subtasks(population, settings.sizes(), measures, temporary.store());
      Path file = stored.file(Part.DISTORTIONS.file(population.name()));
      String where =
          population.name()
              + ", seeds "
              + (first + 1)
              + " and "
              + (second + 1)
              + ", depth "
              + depth;
      try (ArrayFile arrays = ArrayFile.open(file)) {
        subtasks
            .fineTunedPair(first + 1, second + 1, depth)
            .forEach(
                (name, here) -> {
                  double there;
                  if (name.equals(Subtasks.ACCURACY)) {
                    NumericArray array = arrays.array(name);
                    there = number(array, first * array.shape()[1]);
                  } else {
                    boolean back = name.startsWith(Subtasks.REVERSED);
                    String measure = back ? name.substring(Subtasks.REVERSED.length()) : name;
                    long place =
                        back ? (long) second * count + first : (long) first * count + second;
                    there = number(arrays.array(measure + " " + depth), place);
                  }
                  checks.add(check(name + ", " + where, there, here));
                });
      }
    }
    return checks;
  }

  private static double number(NumericArray array, long at) {
    double[] number = new double[1];
    array.read(at, DoubleBuffer.wrap(number));
    return number[0];
  }

  private static Check check(String what, double stored, double here) {
    boolean bothUndefined = Double.isNaN(stored) && Double.isNaN(here);
    return new Check(
        what,
        String.format(Locale.ROOT, "%.6f", stored),
        String.format(Locale.ROOT, "%.6f", here),
        bothUndefined || Math.abs(stored - here) <= TOLERANCE * Math.max(1, Math.abs(stored)));
  }
}
