package dev.kindred.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Run;
import dev.kindred.measure.functional.Plane;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.probe.LinearProbe;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.EpochListener;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Records what the study of training dynamics needs of every epoch, in place of a checkpoint: for
 * each layer the centred Gram embedding of fixed probe images, whose inner products between epochs
 * are linear CKA; and, at epochs of their own, the errors of linear probes and the labels that they
 * give to the points of planes.
 *
 * <p>For paper 2's ResNet-18 (k = 64, 4000 epochs, six layers, 4 × 512 probe images) that is 25 GB
 * in float16, or 0.9 GB of {@linkplain Sketch sketches}, in place of 179 GB of checkpoints; the
 * paper reports 170 to 350 GB. Beside the forward pass of the probe images, n²·p multiplications
 * and additions are made for n images of a batch and p units of a layer. That is little beside a
 * wide network's own; in a narrow one at full resolution (k = 16 and below) they are nearly as
 * many, and a sketch, which reduces the units first, is the cheaper. Between epochs a recorder
 * holds on to the memory for the responses of one batch (4·n·p bytes for every layer, a sketch 4·n
 * times the units that it keeps), until it is garbage.
 *
 * <p>Give it to a trainer with {@link dev.kindred.network.training.Trainer#onEpoch}. An epoch that
 * has been recorded already, as after a run that was killed, is left as it is. Layers are
 * flattened: every place of every channel is a unit (paper 2).
 */
public final class Recorder implements EpochListener {
  /** Responses of the widest layer that are near enough to be read again: 8 MB of float32. */
  private static final int NEAR = 1 << 21;

  /** Images that go through the network together: fewer, and starting each step would tell. */
  private static final int FEWEST = 64;

  private static final int MOST = 256;

  private final Path folder;
  private final ProbeImages probe;
  private final List<String> taps;
  private final EpochGrid grid;
  private final StoredPrecision precision;
  private final Sketch sketch;
  private final ProbePlan probes;
  private final long seed;
  private final long probeMemory;
  private CountSketch projection;
  private BatchGrams grams;
  private int widest;
  private boolean begun;
  private long idleSince;

  /**
   * @param folder one recording; made with the first epoch, if it is not there
   * @param probe images whose Gram embeddings are recorded
   * @param taps layers that are recorded
   * @param grid epochs that are recorded
   * @param precision of the stored numbers
   */
  public Recorder(
      Path folder,
      ProbeImages probe,
      List<String> taps,
      EpochGrid grid,
      StoredPrecision precision) {
    this(folder, probe, taps, grid, precision, null, null, 0, Run.quiet().budget());
  }

  private Recorder(
      Path folder,
      ProbeImages probe,
      List<String> taps,
      EpochGrid grid,
      StoredPrecision precision,
      Sketch sketch,
      ProbePlan probes,
      long seed,
      long probeMemory) {
    this.folder = folder;
    this.probe = probe;
    this.taps = List.copyOf(taps);
    this.grid = grid;
    this.precision = precision;
    this.sketch = sketch;
    this.probes = probes;
    this.seed = seed;
    this.probeMemory = probeMemory;
    if (taps.isEmpty()) {
      throw new InputException("expected at least one layer to record");
    }
    if (sketch != null && sketch.numbers() > length()) {
      throw new InputException(
          "expected a sketch of fewer numbers than the "
              + length()
              + " of the embedding, found "
              + sketch.numbers());
    }
  }

  /** Numbers of the embedding of one layer at one epoch. */
  private int length() {
    return probe.batches() * GramEmbedding.length(probe.batchSize());
  }

  /**
   * The same with a sketch of every embedding in place of the embedding itself, which is kept at a
   * few epochs only, to measure what the sketch costs in accuracy.
   */
  public Recorder withSketch(Sketch kept) {
    return new Recorder(folder, probe, taps, grid, precision, kept, probes, seed, probeMemory);
  }

  /**
   * The same with linear probes.
   *
   * @param plan at which epochs, on which images and planes
   * @param probeSeed for initial weights and orders of the probes, the same at all epochs
   */
  public Recorder withProbes(ProbePlan plan, long probeSeed) {
    return new Recorder(folder, probe, taps, grid, precision, sketch, plan, probeSeed, probeMemory);
  }

  /**
   * The same with another budget of memory for the responses that probes are trained on, by default
   * a quarter of the machine's. Layers that do not fit lie in a temporary file in the recording's
   * folder while an epoch is recorded: 13 GB each for the first two of paper 2's ResNet-18 (65,536
   * units, 50,000 images). The probes are the same bits whatever the budget.
   *
   * @param bytes for the responses of all layers together
   */
  public Recorder withProbeMemory(long bytes) {
    if (bytes < 0) {
      throw new InputException("expected a budget of at least 0 bytes, found " + bytes);
    }
    return new Recorder(folder, probe, taps, grid, precision, sketch, probes, seed, bytes);
  }

  /** Makes the folder, or makes sure that the recording that is there is this one. */
  private void begin() {
    if (begun) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be made", e);
    }
    new RecordingInfo(
            taps,
            probe.batches(),
            probe.batchSize(),
            precision,
            sketch,
            probe.images().provenance().toString(),
            probes == null ? 0 : probes.planes().size(),
            probes == null ? 0 : probes.resolution())
        .writeOrRequire(folder);
    AtomicFile.removeUnfinished(folder);
    begun = true;
    idleSince = System.nanoTime();
  }

  @Override
  public boolean wants(int epoch) {
    begin();
    return (grid.contains(epoch) || wantsProbes(epoch))
        && !Files.exists(EpochFile.path(folder, epoch));
  }

  private boolean wantsProbes(int epoch) {
    return probes != null && probes.grid().contains(epoch);
  }

  /** Whether exact embeddings are kept: always, or at the first of the grid from a power of two. */
  private boolean wantsExact(int epoch) {
    return sketch == null || grid.isFirstOfOctave(epoch);
  }

  @Override
  public void epoch(int epoch, Network network) {
    for (String tap : taps) {
      if (!network.taps().contains(tap)) {
        throw new InputException(
            network.id() + " has no layer " + tap + "; it has " + network.taps());
      }
    }
    begin();
    Map<String, byte[]> blocks = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    Map<String, Double> values = new LinkedHashMap<>();
    seconds.put(Recording.REST_OF_RUN, (System.nanoTime() - idleSince) / 1e9);
    if (grid.contains(epoch)) {
      recordGrams(network, wantsExact(epoch), blocks, seconds);
    }
    if (wantsProbes(epoch)) {
      recordProbes(network, blocks, seconds, values);
    }
    values.put(Recording.CHECKPOINT_BYTES, (double) checkpointBytes(network));
    EpochFile.write(folder, epoch, blocks, seconds, values);
    idleSince = System.nanoTime();
  }

  /** Bytes of the weights and statistics of a network in float32. */
  private static long checkpointBytes(Network network) {
    return Float.BYTES
        * (network.weights().layout().learnt() + network.weights().layout().buffers());
  }

  private void recordGrams(
      Network network, boolean exact, Map<String, byte[]> blocks, Map<String, Double> seconds) {
    int batchLength = GramEmbedding.length(probe.batchSize());
    Map<String, ByteBuffer> whole = new LinkedHashMap<>();
    Map<String, float[]> sketched = new LinkedHashMap<>();
    for (String tap : taps) {
      if (exact) {
        whole.put(
            tap, ByteBuffer.allocate(length() * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN));
      }
      if (sketch != null) {
        sketched.put(tap, new float[sketch.numbers()]);
      }
    }
    if (sketch != null && projection == null) {
      projection = new CountSketch(length(), sketch.numbers(), sketch.seeds().stream("numbers"));
    }
    if (grams == null) {
      grams = new BatchGrams(probe.batchSize(), sketch);
      show(
          network,
          0,
          1,
          (tap, row) -> widest = Math.max(widest, Math.toIntExact(row.getShape().get(1))));
    }
    double forward = 0;
    double gram = 0;
    double scale = Recording.STORED_SCALE / Math.sqrt(probe.batches());
    try (BatchGrams check =
        exact && sketch != null ? new BatchGrams(probe.batchSize(), null) : null) {
      for (int b = 0; b < probe.batches(); b++) {
        Progress.checkCancelled();
        long start = System.nanoTime();
        show(network, b, check == null ? List.of(grams) : List.of(grams, check));
        long shown = System.nanoTime();
        forward += shown - start;
        int from = b * batchLength;
        if (sketch != null) {
          grams.embed(
              network.id(),
              scale,
              (tap, vector) -> projection.add(vector, from, sketched.get(tap)));
        }
        if (exact) {
          (check == null ? grams : check)
              .embed(network.id(), scale, (tap, vector) -> precision.write(vector, whole.get(tap)));
        }
        gram += System.nanoTime() - shown;
      }
    }
    whole.forEach((tap, bytes) -> blocks.put(Recording.EXACT + tap, bytes.array()));
    sketched.forEach(
        (tap, sums) -> {
          ByteBuffer bytes = ByteBuffer.allocate(sums.length * precision.bytes());
          precision.write(sums, bytes.order(ByteOrder.LITTLE_ENDIAN));
          blocks.put(Recording.SKETCHED + tap, bytes.array());
        });
    seconds.put("forward", forward / 1e9);
    seconds.put("gram", gram / 1e9);
  }

  /**
   * Shows the images of a batch to the network. A few at a time on every core is faster than all of
   * them on all cores: what one layer leaves is still near when the next one reads it.
   */
  private void show(Network network, int batch, List<BatchGrams> targets) {
    int size = probe.batchSize();
    int together = Math.max(FEWEST, Math.min(MOST, NEAR / widest));
    int parts = (size + together - 1) / together;
    Parallel.forEach(
        parts,
        part -> {
          int from = part * together;
          try (Torch.Scope cores = Torch.threads(Math.max(1, Parallel.threads() / parts))) {
            show(
                network,
                batch * size + from,
                Math.min(together, size - from),
                (tap, rows) -> targets.forEach(target -> target.put(tap, from, rows)));
          }
        });
  }

  /** Shows some probe images to the network and hands on what every layer answers. */
  private void show(Network network, int first, int count, BiConsumer<String, NDArray> rowsOfTap) {
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      int[] chosen = IntStream.range(first, first + count).toArray();
      Map<String, NDArray> responses =
          network.responses(
              network.weights().store(manager),
              network.tensor(probe.images(), chosen, manager),
              false);
      taps.forEach(tap -> rowsOfTap.accept(tap, Pooling.FLATTENED.rows(responses.get(tap), 0)));
    }
  }

  private void recordProbes(
      Network network,
      Map<String, byte[]> blocks,
      Map<String, Double> seconds,
      Map<String, Double> values) {
    probes.require(network);
    long start = System.nanoTime();
    Map<String, LinearProbe> trained = trainProbes(network);
    errors(network, trained)
        .forEach((tap, error) -> values.put(Recording.PROBE_ERROR + tap, error));
    long probed = System.nanoTime();
    seconds.put("probes", (probed - start) / 1e9);
    if (!probes.planes().isEmpty()) {
      recordPlanes(network, trained, blocks);
      seconds.put("planes", (System.nanoTime() - probed) / 1e9);
    }
  }

  private Map<String, LinearProbe> trainProbes(Network network) {
    Map<String, LinearProbe> trained = new LinkedHashMap<>();
    try (Spill spill = new Spill(probeMemory, folder)) {
      network
          .represent(
              probes.train(), taps, Pooling.FLATTENED, Network.DEFAULT_BATCH, spill, Progress.NONE)
          .forEach(
              (tap, rows) -> {
                Progress.checkCancelled();
                trained.put(tap, probes.train(rows, new Seeds(seed)));
              });
    }
    return trained;
  }

  /** The share of test images that get a wrong label; only labels are kept of their responses. */
  private Map<String, Double> errors(Network network, Map<String, LinearProbe> trained) {
    ImageSet test = probes.test();
    Map<String, int[]> predicted = new LinkedHashMap<>();
    taps.forEach(tap -> predicted.put(tap, new int[test.size()]));
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      Map<String, LinearProbe.Placed> placed = placed(trained, manager);
      for (int from = 0; from < test.size(); from += Network.DEFAULT_BATCH) {
        Progress.checkCancelled();
        int first = from;
        int[] chosen =
            IntStream.range(from, Math.min(test.size(), from + Network.DEFAULT_BATCH)).toArray();
        try (NDManager perBatch = manager.newSubManager()) {
          label(network, network.tensor(test, chosen, perBatch), placed)
              .forEach(
                  (tap, labels) ->
                      System.arraycopy(labels, 0, predicted.get(tap), first, labels.length));
        }
      }
    }
    Map<String, Double> errors = new LinkedHashMap<>();
    predicted.forEach(
        (tap, labels) -> errors.put(tap, 1 - Classification.accuracy(labels, test.labels())));
    return errors;
  }

  private static Map<String, LinearProbe.Placed> placed(
      Map<String, LinearProbe> trained, NDManager owner) {
    Map<String, LinearProbe.Placed> placed = new LinkedHashMap<>();
    trained.forEach((tap, probe) -> placed.put(tap, probe.place(owner)));
    return placed;
  }

  /** The labels that the probes give to a batch of normalised images, by layer. */
  private static Map<String, int[]> label(
      Network network, NDArray images, Map<String, LinearProbe.Placed> probes) {
    Map<String, NDArray> responses =
        network.responses(network.weights().store(images.getManager()), images, false);
    Map<String, int[]> labels = new LinkedHashMap<>();
    probes.forEach(
        (tap, probe) ->
            labels.put(tap, probe.predict(Pooling.FLATTENED.rows(responses.get(tap), 0))));
    return labels;
  }

  /** Points go through the network and to the probes batch by batch; only labels are kept. */
  private void recordPlanes(
      Network network, Map<String, LinearProbe> trained, Map<String, byte[]> blocks) {
    Map<String, ByteBuffer> labels = new LinkedHashMap<>();
    taps.forEach(tap -> labels.put(tap, ByteBuffer.allocate(Math.toIntExact(probes.points()))));
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      Map<String, LinearProbe.Placed> placed = placed(trained, manager);
      for (Plane plane : probes.planes()) {
        double[][] points = plane.grid(probes.resolution(), ProbePlan.MARGIN);
        for (int from = 0; from < points.length; from += Network.DEFAULT_BATCH) {
          Progress.checkCancelled();
          int size = Math.min(Network.DEFAULT_BATCH, points.length - from);
          try (NDManager perBatch = manager.newSubManager()) {
            label(network, points(network.input(), plane, points, from, size, perBatch), placed)
                .forEach(
                    (tap, found) -> {
                      for (int label : found) {
                        labels.get(tap).put((byte) label);
                      }
                    });
          }
        }
      }
    }
    labels.forEach((tap, bytes) -> blocks.put("labels " + tap, bytes.array()));
  }

  private static NDArray points(
      Network.InputShape input,
      Plane plane,
      double[][] coordinates,
      int from,
      int size,
      NDManager owner) {
    int length = input.channels() * input.height() * input.width();
    float[] pixels = new float[size * length];
    for (int i = 0; i < size; i++) {
      plane.point(coordinates[from + i][0], coordinates[from + i][1], pixels, i * length);
    }
    return Network.normalize(Torch.tensor(owner, pixels, input.batch(size).getShape()));
  }
}
