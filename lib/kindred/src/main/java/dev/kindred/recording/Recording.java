package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.functional.DecisionRegions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** Numbers of each vector that are multiplied at once. */
  private static final int STRETCH = 1 << 15;

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
  public List<String> taps() {
    return info.taps();
  }

  /** Number of probe images. */
  public int stimuli() {
    return info.batches() * info.batchSize();
  }

  /** Epochs with Gram embeddings, in order. */
  public List<Integer> epochs() {
    return epochsWith("gram " + info.taps().get(0));
  }

  /** Epochs at which linear probes were trained, in order. */
  public List<Integer> probeEpochs() {
    List<Integer> found = new ArrayList<>();
    files.forEach(
        (epoch, file) -> {
          try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
            if (!reader.header().values().isEmpty()) {
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
  public LabelledMatrix similarity(String tap) {
    return similarity(tap, this, tap);
  }

  /**
   * Linear CKA between a layer at the epochs of this recording (rows) and one at the epochs of
   * another, of the same probe images (columns).
   */
  public LabelledMatrix similarity(String tap, Recording other, String otherTap) {
    requireSameImages(other);
    List<Integer> rows = epochs();
    List<Integer> columns = other.epochs();
    int m = rows.size();
    int k = columns.size();
    if (m == 0 || k == 0) {
      throw new InputException(folder + " holds no recorded epochs");
    }
    boolean same = other == this && tap.equals(otherTap);
    double[][] sums = new double[m][k];
    try (Vectors a = new Vectors(this, tap, rows);
        Vectors b = same ? null : new Vectors(other, otherTap, columns);
        Panel left = new Panel(true, (long) STRETCH * m);
        Panel right = same ? null : new Panel(true, (long) STRETCH * k);
        Panel product = new Panel(true, (long) m * k)) {
      double[] column = new double[m];
      for (int from = 0; from < info.length(); from += STRETCH) {
        Progress.checkCancelled();
        int count = Math.min(STRETCH, info.length() - from);
        a.read(from, count, left);
        if (same) {
          Panel.square(left.block(0, STRETCH), m, count, 0, product.block(0, m));
        } else {
          b.read(from, count, right);
          Panel.multiply(
              left.block(0, STRETCH), right.block(0, STRETCH), m, k, count, 0, product.block(0, m));
        }
        for (int j = 0; j < k; j++) {
          product.read((long) j * m, column, m);
          for (int i = same ? j : 0; i < m; i++) {
            sums[i][j] += column[i];
          }
        }
      }
    }
    if (same) {
      for (int i = 0; i < m; i++) {
        for (int j = i + 1; j < m; j++) {
          sums[i][j] = sums[j][i];
        }
      }
    }
    return new LabelledMatrix(
        "CKA of " + tap + (same ? "" : " and " + otherTap),
        names(rows),
        names(columns),
        sums,
        Provenance.of("recorded CKA", Map.of("tap", tap, "other tap", otherTap)));
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
  }

  /** The vectors of one layer at some epochs; a stretch of all of them is in memory at a time. */
  private static final class Vectors implements AutoCloseable {
    private final RecordingInfo info;
    private final List<ByteBuffer> blocks = new ArrayList<>();

    Vectors(Recording recording, String tap, List<Integer> epochs) {
      if (!recording.info.taps().contains(tap)) {
        throw new InputException(
            recording.folder + " has no layer " + tap + "; it has " + recording.info.taps());
      }
      this.info = recording.info;
      for (int epoch : epochs) {
        try (EpochFile.Reader reader = new EpochFile.Reader(recording.files.get(epoch))) {
          blocks.add(reader.map("gram " + tap));
        }
      }
    }

    void read(int from, int count, Panel target) {
      float[] values = new float[count];
      for (int e = 0; e < blocks.size(); e++) {
        ByteBuffer block = blocks.get(e).position(from * info.precision().bytes());
        info.precision().read(block, 1 / STORED_SCALE, values, count);
        target.write((long) e * STRETCH, values, 0, count);
      }
    }

    @Override
    public void close() {
      blocks.clear();
    }
  }

  /** Test error of the linear probe on a layer, by epoch. */
  public Map<Integer, Double> probeErrors(String tap) {
    TreeMap<Integer, Double> errors = new TreeMap<>();
    files.forEach(
        (epoch, file) -> {
          try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
            Double error = reader.header().values().get("probe test error " + tap);
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
  public LabelledMatrix regionSimilarity(String tap) {
    List<Integer> epochs = epochsWith("labels " + tap);
    if (epochs.isEmpty()) {
      throw new InputException(folder + " holds no labels on planes for layer " + tap);
    }
    List<int[]> labels = epochs.stream().map(epoch -> labels(tap, epoch)).toList();
    int m = labels.size();
    double[][] values = new double[m][m];
    for (int i = 0; i < m; i++) {
      Progress.checkCancelled();
      for (int j = 0; j <= i; j++) {
        values[i][j] = i == j ? 1 : DecisionRegions.agreement(labels.get(i), labels.get(j));
        values[j][i] = values[i][j];
      }
    }
    return new LabelledMatrix(
        "decision-region similarity of " + tap,
        names(epochs),
        names(epochs),
        values,
        Provenance.of("recorded decision regions", Map.of("tap", tap)));
  }

  /**
   * The labels that the probe on a layer gave to the points of all planes, one plane after another.
   */
  public int[] labels(String tap, int epoch) {
    Path file = files.get(epoch);
    if (file == null) {
      throw new InputException(folder + " has no epoch " + epoch);
    }
    try (EpochFile.Reader reader = new EpochFile.Reader(file)) {
      ByteBuffer bytes = reader.block("labels " + tap);
      int[] labels = new int[bytes.remaining()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = bytes.get(i) & 0xff;
      }
      return labels;
    }
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
   * Seconds that the parts of recording took, over all epochs: {@code forward} (the probe images
   * through the network), {@code gram}, {@code probes}, {@code planes}.
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

  @Override
  public String toString() {
    return folder.getFileName()
        + ": "
        + files.size()
        + " epochs of "
        + String.join(", ", info.taps())
        + ", "
        + bytes() / 1_000_000
        + " MB";
  }
}
