package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.measure.functional.RegionSimilarity;
import dev.kindred.measure.kernel.tiles.RecordedProducts;
import dev.kindred.measure.kernel.tiles.RecordedVectors;
import dev.kindred.network.training.Moment;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a {@link Recorder} left: one file per epoch. Whole epoch × epoch matrices are products of
 * the stored vectors, read a stretch of pairs at a time, so memory does not grow with the probe
 * images.
 */
public final class Recording {
  /**
   * Factor of the stored numbers, which then have deviation near 1 for 2048 probe images: the small
   * entries of a unit vector would be below the normal range of float16.
   */
  static final float STORED_SCALE = 512;

  /** Names of the blocks of an epoch's file, before that of the layer. */
  static final String EXACT = "gram ";

  static final String SKETCHED = "sketch ";
  static final String LABELS = "labels ";
  static final String PICTURE = "picture ";

  /** Names of numbers and times in it. */
  static final String CHECKPOINT_BYTES = "checkpoint bytes";

  static final String PROBE_ERROR = "probe test error ";
  static final String REST_OF_RUN = "rest of the run";

  private final Path folder;
  private final RecordingInfo info;
  private final TreeMap<Integer, Path> files;

  private Recording(Path folder, RecordingInfo info, TreeMap<Integer, Path> files) {
    this.folder = folder;
    this.info = info;
    this.files = files;
  }

  /** Opens a recording, which may still grow; later epochs are seen when it is opened again. */
  public static Recording open(Path folder) {
    RecordingInfo info = RecordingInfo.read(folder);
    TreeMap<Integer, Path> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(file -> file.getFileName().toString().matches("epoch-\\d+\\.kindred"))
          .forEach(
              file ->
                  files.put(
                      Integer.parseInt(file.getFileName().toString().replaceAll("\\D", "")), file));
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
    return new Recording(folder, info, files);
  }

  /** The recorded layers. */
  public List<String> layers() {
    return info.layers();
  }

  /** Number of probe images. */
  public int stimuli() {
    return info.stimuli();
  }

  /** What is kept of every embedding, or nothing where it is the whole. */
  public Optional<Sketch> sketch() {
    return Optional.ofNullable(info.sketch());
  }

  /** Epochs with Gram embeddings or sketches of them, in order. */
  public List<Integer> epochs() {
    return epochsWith(kept() + info.layers().get(0));
  }

  private String kept() {
    return info.sketch() == null ? EXACT : SKETCHED;
  }

  /** Epochs at which linear probes were trained, in order. */
  public List<Integer> probeEpochs() {
    List<Integer> found = new ArrayList<>();
    files.forEach(
        (epoch, file) -> {
          try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
            if (reader.header().values().keySet().stream()
                .anyMatch(name -> name.startsWith(PROBE_ERROR))) {
              found.add(epoch);
            }
          }
        });
    return found;
  }

  private List<Integer> epochsWith(String block) {
    List<Integer> found = new ArrayList<>();
    files.forEach(
        (epoch, file) -> {
          try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
            if (reader.header().blocks().containsKey(block)) {
              found.add(epoch);
            }
          }
        });
    return found;
  }

  /**
   * Linear CKA of a layer between every two recorded epochs: biased HSIC, normalised, averaged over
   * the batches of probe images (paper 2, equations 1 and 2).
   */
  public LabelledMatrix similarity(String layer) {
    return similarity(layer, this, layer);
  }

  /**
   * Linear CKA between a layer at the epochs of this recording (rows) and one at the epochs of
   * another, of the same probe images (columns).
   */
  public LabelledMatrix similarity(String layer, Recording other, String otherLayer) {
    requireSameImages(other);
    List<Integer> rows = epochs();
    List<Integer> columns = other.epochs();
    if (rows.isEmpty() || columns.isEmpty()) {
      throw new InputException(folder + " holds no recorded epochs");
    }
    RecordedVectors left = new RecordedLayer(this, kept(), layer, rows);
    return (other == this && layer.equals(otherLayer)
            ? new RecordedProducts(left)
            : new RecordedProducts(
                left, new RecordedLayer(other, other.kept(), otherLayer, columns)))
        .matrix();
  }

  /**
   * What a sketch costs in accuracy, measured on this recording: for every two of the epochs whose
   * exact embeddings were kept too, the similarity that the sketches give less the exact one. These
   * are the first recorded epoch and the first from every power of two on.
   *
   * @throws InputException if the recording is exact
   */
  public LabelledMatrix sketchError(String layer) {
    if (info.sketch() == null) {
      throw new InputException(folder + " keeps whole embeddings, of which there is no sketch");
    }
    List<Integer> both = epochsWith(EXACT + info.layers().get(0));
    double[][] exact =
        new RecordedProducts(new RecordedLayer(this, EXACT, layer, both)).matrix().values();
    double[][] sketched =
        new RecordedProducts(new RecordedLayer(this, SKETCHED, layer, both)).matrix().values();
    for (int i = 0; i < exact.length; i++) {
      for (int j = 0; j < exact.length; j++) {
        sketched[i][j] -= exact[i][j];
      }
    }
    return new LabelledMatrix(
        "error of the sketched CKA of " + layer,
        names(both),
        names(both),
        sketched,
        Provenance.of("recorded sketch error", Map.of("layer", layer)));
  }

  private static List<String> names(List<Integer> epochs) {
    return epochs.stream().map(String::valueOf).toList();
  }

  private void requireSameImages(Recording other) {
    if (!info.probeImages().equals(other.info.probeImages())
        || info.batches() != other.info.batches()
        || info.batchSize() != other.info.batchSize()) {
      throw new InputException(
          folder + " and " + other.folder + " were recorded on different probe images");
    }
    if (!sketch().equals(other.sketch())) {
      throw new InputException(
          folder + " and " + other.folder + " were recorded with different sketches");
    }
  }

  Path folder() {
    return folder;
  }

  RecordingInfo info() {
    return info;
  }

  EpochFile.Reader reader(int epoch) {
    Path file = files.get(epoch);
    if (file == null) {
      throw new InputException(
          folder + " has no epoch " + epoch + "; it has " + files.size() + " others");
    }
    return new EpochFile.Reader(file);
  }

  /** Points of all planes together. */
  int points() {
    return info.planes() * pointsPerPlane();
  }

  /** Test error of the linear probe on a layer, by epoch. */
  public Map<Integer, Double> probeErrors(String layer) {
    TreeMap<Integer, Double> errors = new TreeMap<>();
    files.forEach(
        (epoch, file) -> {
          try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
            Double error = reader.header().values().get(PROBE_ERROR + layer);
            if (error != null) {
              errors.put(epoch, error);
            }
          }
        });
    return errors;
  }

  /**
   * Decision-region similarity of a layer between every two epochs with probes: the share of points
   * of all planes to which both probes give the same label (paper 2, equation 5).
   */
  public LabelledMatrix regionSimilarity(String layer) {
    List<Integer> epochs = epochsWith(LABELS + layer);
    if (epochs.isEmpty()) {
      throw new InputException(folder + " holds no labels on planes for layer " + layer);
    }
    double[][] values =
        RegionSimilarity.matrix(new RecordedLabels(this, layer, epochs), Progress.standard());
    return new LabelledMatrix(
        "decision-region similarity of " + layer,
        names(epochs),
        names(epochs),
        values,
        Provenance.of("recorded decision regions", Map.of("layer", layer)));
  }

  /**
   * The labels that the probe on a layer gave to the points of all planes, one plane after another.
   */
  public int[] labels(String layer, int epoch) {
    try (EpochFile.Reader reader = reader(epoch)) {
      return LayerProbes.classes(reader.block(LABELS + layer).array());
    }
  }

  /** The labels that the probe on a layer gave to the points of the picture of the first plane. */
  public int[] picture(String layer, int epoch) {
    try (EpochFile.Reader reader = reader(epoch)) {
      return LayerProbes.classes(reader.block(PICTURE + layer).array());
    }
  }

  /**
   * What the null distribution of a layer's similarity takes: of every batch of probe images at
   * every recorded epoch.
   *
   * @throws InputException if sketches are kept in place of embeddings
   */
  public GramDiagonals diagonals(String layer) {
    if (info.sketch() != null) {
      throw new InputException(folder + " keeps sketches, which have no diagonals");
    }
    return GramDiagonals.of(new RecordedLayer(this, EXACT, layer, epochs()), info);
  }

  /**
   * The responses of a layer to the probe images that were kept at a moment, n×p, named {@code
   * layer@moment}.
   *
   * @throws InputException if there are none, or the file is not whole
   */
  public Representation responses(String layer, Moment moment) {
    Path file = ResponseSink.file(folder, layer, moment);
    if (info.responses() == null || !Files.exists(file)) {
      throw new InputException(
          folder + " holds no responses of " + layer + " at " + moment + ": expected " + file);
    }
    Representation responses = Representations.read(file);
    if (responses.stimuli() != stimuli()) {
      throw new InputException(
          file
              + ": expected a row for each of "
              + stimuli()
              + " probe images, found "
              + responses.stimuli());
    }
    return responses.withId(layer + "@" + moment);
  }

  /** Points of one plane. */
  public int pointsPerPlane() {
    return info.resolution() * info.resolution();
  }

  /** Bytes on disk. */
  public long bytes() {
    long sum = 0;
    for (Path file : files.values()) {
      try {
        sum += Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(file.toString(), e);
      }
    }
    return sum;
  }

  /**
   * Bytes that checkpoints of the network at the same epochs would take: weights and statistics in
   * float32. Paper 2 reports 170 to 350 GB for a run.
   */
  public long checkpointBytes() {
    double sum = 0;
    for (Path file : files.values()) {
      try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
        sum += reader.header().values().getOrDefault(CHECKPOINT_BYTES, 0.0);
      }
    }
    return Math.round(sum);
  }

  /**
   * Seconds that the parts of recording took, over all epochs: {@code forward} (the probe images
   * through the network), {@code gram}, {@code probes}, {@code planes}; and {@code rest of the
   * run}, the time between, in which the network was trained and evaluated.
   */
  public Map<String, Double> seconds() {
    TreeMap<String, Double> total = new TreeMap<>();
    files.forEach(
        (epoch, file) -> {
          try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
            reader
                .header()
                .seconds()
                .forEach((part, value) -> total.merge(part, value, Double::sum));
          }
        });
    return total;
  }

  /** The share of the run's time that each part of recording took, from 0 to 1. */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new TreeMap<>(seconds());
    double whole = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    shares.remove(REST_OF_RUN);
    shares.replaceAll((part, seconds) -> seconds / whole);
    return shares;
  }

  /** One line: epochs, layers, bytes beside those of checkpoints, share of the run's time. */
  @Override
  public String toString() {
    double share = shares().values().stream().mapToDouble(Double::doubleValue).sum();
    return String.format(
        Locale.ROOT,
        "%s: %d epochs of %s; %s in place of %s of checkpoints; %.1f %% of the run's time",
        folder.getFileName(),
        files.size(),
        String.join(", ", info.layers()),
        size(bytes()),
        size(checkpointBytes()),
        100 * share);
  }

  private static String size(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
