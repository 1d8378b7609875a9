package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.network.training.Moment;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.TemporaryStore;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The study of convergent learning as it is stored: fold scores, not features. Files: {@code
 * groups.csv}, a line for every group of networks that differ in their seeds alone; for each kind
 * of images {@code <data>-moments.csv}, at which of them networks were kept, {@code
 * <data>-classes.csv}, what networks told apart: of more than {@link ConvergenceSizes#classes}
 * classes, so many are drawn by the seed; {@code <data>-sets.csv}, the stimuli, {@code
 * <data>-behaviour.npz} ({@link NetworkBehaviour}), {@code <data>-dimensions.npz} ({@link
 * LayerDimensions}), and for each group up to four {@link AlignmentTable}s {@code .npz}: {@code
 * depth}, {@code training}, {@code sets}, {@code maps}, as {@link LayerAlignments} describes them.
 * Single networks, those with public weights, have no training, and depth and sets with each other.
 */
public final class ConvergenceStudy implements StorableStudy {
  static final String NAME = "convergence";
  static final int REVISION = 4;
  static final String GROUPS = "groups.csv";

  /** The setting of networks with public weights. */
  private static final String PUBLIC = "public";

  /** Photographs for those who name no data sets. */
  private static final List<String> PHOTOGRAPHS = List.of("cifar-10", "tiny-imagenet");

  /** Networks trained again are the same bits; what is left is rounding of other processors. */
  private static final double TOLERANCE = 1e-3;

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
   * @param dataSets {@code generated} or names of data sets; if empty, generated images, and
   *     photographs where the profile is of public data
   * @param profile how many networks, how long they are trained, on how many images
   * @param single names of networks with public weights that are compared, too, or {@code none}; if
   *     empty, all where the profile is of public data
   * @param seed of images and networks
   */
  public static SortedMap<String, String> settings(
      List<String> dataSets, Profile profile, List<String> single, long seed) {
    DataSet.require(dataSets, List.of(ConvergenceImages.GENERATED), NAME);
    List<String> usual = new ArrayList<>(List.of(ConvergenceImages.GENERATED));
    if (profile.usesPublicData()) {
      usual.addAll(PHOTOGRAPHS);
    }
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("data-sets", String.join(",", dataSets.isEmpty() ? usual : dataSets));
    settings.put("profile", profile.toString());
    List<String> usualSingle =
        profile.usesPublicData() ? PublicNetwork.NAMES : List.of(PublicNetwork.NONE);
    settings.put(PUBLIC, String.join(",", single.isEmpty() ? usualSingle : single));
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
  public List<String> forecast(SortedMap<String, String> texts) {
    Settings settings = new Settings(texts);
    // Before anything is written: what is missing is found here.
    int single = settings.single().size();
    settings.dataSets().stream()
        .filter(data -> !data.equals(ConvergenceImages.GENERATED))
        .forEach(DataSets::requireImages);
    return List.of(new ConvergenceCost(settings.sizes(), single).told(settings.dataSets().size()));
  }

  /** Settings as they are used. */
  private record Settings(SortedMap<String, String> texts) {
    private List<String> dataSets() {
      return List.of(texts.getOrDefault("data-sets", ConvergenceImages.GENERATED).split(","));
    }

    private ConvergenceSizes sizes() {
      return ConvergenceSizes.of(Profile.named(texts.get("profile")));
    }

    private long seed() {
      try {
        return Long.parseLong(texts.getOrDefault("seed", ""));
      } catch (NumberFormatException e) {
        throw new InputException(
            "stored study: expected a whole number for the setting seed, found "
                + texts.get("seed"),
            e);
      }
    }

    private List<PublicNetwork> single() {
      return PublicNetwork.all(
          texts.getOrDefault(PUBLIC, PublicNetwork.NONE), DataSettings.fromEnvironment());
    }

    private ConvergenceNetworks networks(String data, List<PublicNetwork> single, Store store) {
      return new ConvergenceNetworks(
          ConvergenceImages.of(data, sizes(), seed()), sizes(), single, seed(), store);
    }
  }

  /** The tables of a group. */
  enum Part {
    DEPTH,
    TRAINING,
    SETS,
    MAPS;

    AlignmentTable of(LayerAlignments alignments, int group) {
      return switch (this) {
        case DEPTH -> alignments.depth(group);
        case TRAINING -> alignments.training(group);
        case SETS -> alignments.sets(group);
        case MAPS -> alignments.maps(group);
      };
    }

    /** Whether there is anything to align. */
    boolean isOf(ConvergenceNetworks networks, int group) {
      return switch (this) {
        case DEPTH, SETS -> networks.aligned(group).size() > 1;
        case TRAINING -> networks.size(group) > 1;
        case MAPS -> networks.size(group) > 1 || group < networks.groups().size() - 1;
      };
    }

    String file(String data, String group) {
      return data + "-" + group + "-" + name().toLowerCase(Locale.ROOT) + ".npz";
    }
  }

  static String setsFile(String data) {
    return data + "-sets.csv";
  }

  static String momentsFile(String data) {
    return data + "-moments.csv";
  }

  static String classesFile(String data) {
    return data + "-classes.csv";
  }

  static String dimensionsFile(String data) {
    return data + "-dimensions.npz";
  }

  static String behaviourFile(String data) {
    return data + "-behaviour.npz";
  }

  /** Writes one file. */
  @FunctionalInterface
  private interface Writing {
    void to(Path target) throws IOException;
  }

  @Override
  public Making open(SortedMap<String, String> texts) {
    Settings settings = new Settings(texts);
    ConvergenceSizes sizes = settings.sizes();
    Store store = Store.standard();
    List<PublicNetwork> single = settings.single();
    Map<String, Writing> files = new LinkedHashMap<>();
    files.put(GROUPS, target -> writeTable(groups(sizes, single), target));
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String data : settings.dataSets()) {
      ConvergenceNetworks networks = settings.networks(data, single, store);
      LayerAlignments alignments = new LayerAlignments(networks, sizes, settings.seed());
      files.put(momentsFile(data), target -> writeTable(moments(networks.moments()), target));
      files.put(classesFile(data), target -> writeTable(classes(networks.images()), target));
      files.put(setsFile(data), target -> writeTable(sets(networks.images()), target));
      for (int group = 0; group < networks.groups().size(); group++) {
        int number = group;
        for (Part part : Part.values()) {
          if (part.isOf(networks, group)) {
            files.put(
                part.file(data, networks.groups().get(group).name()),
                target -> part.of(alignments, number).write(target));
          }
        }
      }
      ConvergenceImages images = networks.images();
      counts.merge("networks", (long) networks.count(), Long::sum);
      counts.put(data + " training images", (long) images.training().train().size());
      counts.put(data + " stimuli", (long) images.usual().size());
      counts.put(data + " classes", (long) images.usual().classNames().size());
      files.put(behaviourFile(data), target -> NetworkBehaviour.of(networks).write(target));
      files.put(dimensionsFile(data), target -> LayerDimensions.of(networks).write(target));
    }
    return new Making() {
      @Override
      public Map<String, Long> sizes() {
        return counts;
      }

      @Override
      public List<String> files() {
        return List.copyOf(files.keySet());
      }

      @Override
      public boolean isDerived(String name) {
        return false;
      }

      @Override
      public void write(String name, Path target, StoredStudy before) throws IOException {
        files.get(name).to(target);
      }
    };
  }

  private static Table groups(ConvergenceSizes sizes, List<PublicNetwork> single) {
    Table table =
        Table.create(
            "Groups",
            StringColumn.create("group"),
            StringColumn.create("architecture"),
            StringColumn.create("objective"),
            StringColumn.create("supervised"),
            StringColumn.create("layers"),
            IntColumn.create("seeds"));
    for (String name : sizes.groups()) {
      TrainedGroup group = TrainedGroup.of(name);
      append(
          table,
          group,
          group.architecture().toString(),
          group.objective().toString(),
          sizes.seeds());
    }
    for (PublicNetwork network : single) {
      append(table, network, "TorchScript, SHA-256 " + network.sha256(), "public weights", 1);
    }
    return table;
  }

  private static void append(
      Table table, NetworkGroup group, String architecture, String objective, int seeds) {
    Row row = table.appendRow();
    row.setString("group", group.name());
    row.setString("architecture", architecture);
    row.setString("objective", objective);
    row.setString("supervised", group.isSupervised() ? "yes" : "no");
    row.setString("layers", String.join(" ", group.layers()));
    row.setInt("seeds", seeds);
  }

  private static Table moments(List<Moment> moments) {
    return Table.create(
        "Moments",
        IntColumn.create("epoch", moments.stream().mapToInt(Moment::epoch).toArray()),
        IntColumn.create("batch", moments.stream().mapToInt(Moment::batch).toArray()));
  }

  private static Table classes(ConvergenceImages images) {
    List<String> names = images.usual().classNames();
    return Table.create(
        "Classes",
        StringColumn.create("class", names),
        IntColumn.create("training images", ofClasses(images.training().train(), names.size())),
        IntColumn.create("stimuli", ofClasses(images.usual(), names.size())));
  }

  /** How many images a class has. */
  private static int[] ofClasses(ImageSet images, int classes) {
    int[] counts = new int[classes];
    for (int label : images.labels()) {
      counts[label]++;
    }
    return counts;
  }

  private static Table sets(ConvergenceImages images) {
    return Table.create(
        "Sets",
        StringColumn.create("set", images.sets().keySet()),
        StringColumn.create("shift", images.shifts()),
        IntColumn.create(
            "stimuli", images.sets().values().stream().mapToInt(set -> set.size()).toArray()));
  }

  private static void writeTable(Table table, Path target) throws IOException {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    Files.writeString(target, text.toString(), StandardCharsets.UTF_8);
  }

  /**
   * Trains the networks of one group again, from nothing that was kept, and makes one comparison of
   * each of its tables again, drawn among those of its own networks.
   */
  @Override
  public List<Check> verify(StoredStudy stored, SortedMap<String, String> texts, long seed) {
    Settings settings = new Settings(texts);
    SplittableRandom random = new Seeds(seed).stream("verification sample");
    List<String> dataSets = settings.dataSets();
    String data = dataSets.get(random.nextInt(dataSets.size()));
    List<Check> checks = new ArrayList<>();
    try (TemporaryStore temporary = new TemporaryStore()) {
      // Public weights are what they are; single networks come after all others.
      ConvergenceNetworks networks = settings.networks(data, List.of(), temporary.store());
      LayerAlignments alignments = new LayerAlignments(networks, settings.sizes(), settings.seed());
      int group = random.nextInt(networks.groups().size());
      String name = networks.groups().get(group).name();
      for (Part part : Part.values()) {
        AlignmentTable own =
            AlignmentTable.read(stored.file(part.file(data, name)))
                .where(of -> of.second() < networks.first(group + 1));
        int drawn = random.nextInt(own.size());
        Comparison of = own.comparisons().get(drawn);
        AlignmentTable here = alignments.again(of);
        String where = data + ", " + name + ", " + part.name().toLowerCase(Locale.ROOT) + ": ";
        for (AlignmentFamily family : AlignmentFamily.values()) {
          checks.add(
              check(
                  where + told(of, networks, group) + ", " + family,
                  own.folds(family, drawn),
                  here.folds(family, 0)));
        }
      }
    }
    return checks;
  }

  /** A comparison of two networks of a group in words. */
  private static String told(Comparison of, ConvergenceNetworks networks, int group) {
    List<String> layers = networks.groups().get(group).layers();
    List<String> sets = List.copyOf(networks.images().sets().keySet());
    StringBuilder text = new StringBuilder();
    text.append("seeds ").append(of.first() - networks.first(group) + 1);
    text.append(" and ").append(of.second() - networks.first(group) + 1);
    text.append(", ").append(layers.get(of.row()));
    text.append(of.row() == of.column() ? "" : " and " + layers.get(of.column()));
    text.append(", ").append(networks.moments().get(of.moment()));
    text.append(", ").append(sets.get(of.set()));
    text.append(of.part() == 0 ? "" : " (half " + of.part() + ")");
    text.append(", ").append(of.pooling().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(of.control() == Comparison.Control.NONE ? "" : ", " + of.control());
    return text.toString();
  }

  private static Check check(String what, double[] stored, double[] here) {
    return new Check(
        what,
        text(stored),
        text(here),
        IntStream.range(0, stored.length)
            .allMatch(
                f ->
                    Double.isNaN(stored[f]) && Double.isNaN(here[f])
                        || Math.abs(stored[f] - here[f]) <= TOLERANCE));
  }

  private static String text(double[] folds) {
    return String.format(Locale.ROOT, "%.4f", Arrays.stream(folds).average().orElseThrow());
  }
}
