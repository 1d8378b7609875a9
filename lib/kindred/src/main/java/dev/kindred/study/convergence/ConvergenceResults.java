package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.network.Pooling;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.StudyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What is known of networks on each kind of images, from a stored study or made on the spot.
 *
 * @param made in one line: what these results are
 * @param data of each kind of images, at least one
 */
public record ConvergenceResults(String made, List<ConvergenceData> data) {

  /**
   * Opens a stored study.
   *
   * @param folder its folder; if empty, the one that comes along
   * @return empty where no folder is named and none comes along
   * @throws dev.kindred.base.InputException if the folder holds anything but a finished, undamaged
   *     study of convergent learning
   */
  public static Optional<ConvergenceResults> stored(String folder) {
    Path place =
        folder.isBlank() ? StoredStudy.standardFolder(ConvergenceStudy.NAME) : Path.of(folder);
    if (folder.isBlank() && !StoredStudy.isIn(place)) {
      return Optional.empty();
    }
    StoredStudy stored = open(place);
    return Optional.of(new ConvergenceResults(stored.toString(), read(stored)));
  }

  /**
   * The kinds of images that figures can show, the usual one first; before anything is trained.
   *
   * @param source {@code stored} or {@code live}
   * @param folder as in {@link #stored}
   * @param trains whether networks are trained here, too
   * @param dataSets as in {@link ConvergenceStudy#settings}
   * @param single as in {@link ConvergenceStudy#settings}
   * @throws InputException where {@link #stored} or {@link #live} could not begin
   */
  public static List<String> images(
      String source,
      String folder,
      boolean trains,
      List<String> dataSets,
      Profile profile,
      List<String> single) {
    Optional<ConvergenceResults> stored = stored(folder);
    boolean live = trains || stored.isEmpty();
    SortedMap<String, String> settings = ConvergenceStudy.settings(dataSets, profile, single, 0);
    if (live) {
      // What is missing is found here.
      new ConvergenceStudy().forecast(settings);
    }
    return live && (source.equals("live") || stored.isEmpty())
        ? List.of(settings.get("data-sets").split(","))
        : stored.orElseThrow().data.stream().map(ConvergenceData::name).toList();
  }

  /**
   * The layers of a network, a file each, in natural order.
   *
   * @throws InputException if the folder has none
   */
  public static List<Representation> layers(Path network) {
    return Representations.filesIn(network).stream().map(Representations::read).toList();
  }

  /**
   * Two networks to compare, or none.
   *
   * @throws InputException of another number, or if a folder has no files of representations
   */
  public static void requireTwo(List<Path> networks) {
    if (!networks.isEmpty() && networks.size() != 2) {
      throw new InputException("found " + networks.size());
    }
    networks.forEach(Representations::filesIn);
  }

  /**
   * Trains and aligns networks here; all of it is kept in the store.
   *
   * @param dataSets as in {@link ConvergenceStudy#settings}
   * @param profile how many networks, on how many images
   * @param single as in {@link ConvergenceStudy#settings}
   * @param seed of images and networks
   */
  public static ConvergenceResults live(
      List<String> dataSets, Profile profile, List<String> single, long seed) {
    SortedMap<String, String> settings = ConvergenceStudy.settings(dataSets, profile, single, seed);
    Path folder =
        Store.standard()
            .folder(
                key("study-convergence", settings, profile),
                working ->
                    new StudyWriter(working.resolve(ConvergenceStudy.NAME))
                        .write(
                            new ConvergenceStudy(),
                            settings,
                            (file, finished, all, seconds, left) -> {}));
    List<ConvergenceData> data = read(open(folder.resolve(ConvergenceStudy.NAME)));
    int networks =
        data.stream()
            .flatMap(of -> of.groups().stream())
            .mapToInt(ConvergenceData.Group::seeds)
            .filter(seeds -> seeds > 1)
            .sum();
    return new ConvergenceResults(networks + " networks, trained here", data);
  }

  /** Sizes are in the key as well: who changes them gets another study. */
  private static StoreKey key(String kind, SortedMap<String, String> settings, Profile profile) {
    return new StoreKey(
        kind,
        ConvergenceStudy.REVISION,
        Provenance.of(
            ConvergenceStudy.NAME,
            Map.of("settings", settings, "sizes", ConvergenceSizes.of(profile).toString())));
  }

  private static StoredStudy open(Path folder) {
    return StoredStudy.open(folder, ConvergenceStudy.NAME, ConvergenceStudy.REVISION);
  }

  private static List<ConvergenceData> read(StoredStudy stored) {
    return Arrays.stream(stored.settings().get("data-sets").split(","))
        .map(data -> ConvergenceData.read(stored, data))
        .toList();
  }

  /**
   * What is known of one kind of images.
   *
   * @param name of the images; if blank, the first kind
   */
  public ConvergenceData of(String name) {
    return data.stream()
        .filter(of -> name.isBlank() || of.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "images="
                        + name
                        + ": expected one of "
                        + data.stream()
                            .map(ConvergenceData::name)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Responses of the first two networks of the first group to the usual stimuli at the end of
   * training, as {@code environment/kindred layers} takes them: a folder for each network, a file
   * for each layer.
   *
   * @param pooling how feature maps become units
   * @return the two folders
   */
  public static List<Path> features(
      List<String> dataSets, Profile profile, long seed, Pooling pooling) {
    SortedMap<String, String> settings =
        ConvergenceStudy.settings(dataSets, profile, List.of(), seed);
    String data = settings.get("data-sets").split(",")[0];
    ConvergenceSizes sizes = ConvergenceSizes.of(profile);
    settings.put("pooling", pooling.toString());
    Path folder =
        Store.standard()
            .folder(
                key("convergence-features", settings, profile),
                working -> {
                  ConvergenceNetworks networks =
                      new ConvergenceNetworks(
                          ConvergenceImages.of(data, sizes, seed),
                          sizes,
                          List.of(),
                          seed,
                          Store.standard());
                  List<List<Representation>> layers =
                      networks.layers(0, networks.end(), 0, pooling);
                  for (int network = 0; network < 2; network++) {
                    write(
                        layers.get(network),
                        networks.groups().get(0).layers(),
                        working.resolve(name(sizes, network)));
                  }
                });
    return List.of(folder.resolve(name(sizes, 0)), folder.resolve(name(sizes, 1)));
  }

  private static String name(ConvergenceSizes sizes, int network) {
    return sizes.groups().get(0) + "-seed-" + (network + 1);
  }

  /** Numbers first: layers are taken in natural order. */
  private static void write(List<Representation> layers, List<String> names, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < names.size(); i++) {
      Representations.write(
          layers.get(i),
          folder.resolve(String.format(Locale.ROOT, "%d-%s.npy", i + 1, names.get(i))));
    }
  }

  /** Which networks there are, and what they learned. */
  public Table networks() {
    StringColumn images = StringColumn.create("images");
    StringColumn group = StringColumn.create("networks");
    StringColumn labels = StringColumn.create("trained on");
    IntColumn seeds = IntColumn.create("seeds");
    StringColumn layers = StringColumn.create("layers");
    DoubleColumn before = DoubleColumn.create("accuracy, untrained");
    DoubleColumn after = DoubleColumn.create("trained");
    DoubleColumn shifted = DoubleColumn.create("mean of shifts");
    for (ConvergenceData of : data) {
      for (int g = 0; g < of.groups().size(); g++) {
        int number = g;
        ConvergenceData.Group networks = of.groups().get(g);
        images.append(of.name());
        group.append(networks.name());
        labels.append(
            networks.seeds() == 1
                ? "published"
                : networks.supervised() ? "labels" : "images alone");
        seeds.append(networks.seeds());
        layers.append(String.join(" ", networks.layers()));
        before.append(of.accuracyAt(g, 0));
        after.append(of.accuracy(g, 0));
        shifted.append(
            IntStream.range(1, of.sets().size())
                .mapToDouble(set -> of.accuracy(number, set))
                .average()
                .orElse(Double.NaN));
      }
    }
    return Table.create("Networks", images, group, labels, seeds, layers, before, after, shifted);
  }
}
