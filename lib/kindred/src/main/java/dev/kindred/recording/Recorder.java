package dev.kindred.recording;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import dev.kindred.measure.Run;
import dev.kindred.network.ForwardPass;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.EpochListener;
import dev.kindred.network.training.Moment;
import dev.kindred.representation.Spill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Records what the study of training dynamics needs of every epoch, in place of a checkpoint: for
 * each layer the centred Gram embedding of fixed probe images, whose inner products between epochs
 * are linear CKA; and, at moments of their own, the responses to these images themselves, the
 * errors of linear probes, and the labels that they give to the points of planes. Embeddings and
 * responses come from one forward pass.
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
  private final Path folder;
  private final ProbeImages probe;
  private final List<String> layers;
  private final EpochGrid grid;
  private final ElementType precision;
  private Sketch sketch;
  private ProbePlan probes;
  private long seed;
  private long memory = Run.quiet().budget();
  private Predicate<Moment> responses = any -> false;
  private Pooling pooling;

  /** What stays from epoch to epoch; null before the first. */
  private RecordingInfo info;

  private GramSink grams;
  private boolean asked;

  /** Of the next epoch, with the time that moments before it took. */
  private EpochRecord record = new EpochRecord();

  private long idleSince;

  /**
   * @param folder one recording; made with the first epoch, if it is not there
   * @param probe images whose Gram embeddings are recorded
   * @param layers layers that are recorded
   * @param grid epochs at which Gram embeddings are recorded
   * @param precision of the stored numbers: float32; or float16, half the size, with which
   *     similarities of unit vectors err by less than 1e-3
   */
  public Recorder(
      Path folder, ProbeImages probe, List<String> layers, EpochGrid grid, ElementType precision) {
    this.folder = folder;
    this.probe = probe;
    this.layers = List.copyOf(layers);
    this.grid = grid;
    this.precision = precision;
    if (layers.isEmpty()) {
      throw new InputException("expected at least one layer to record");
    }
    if (precision != ElementType.FLOAT32 && precision != ElementType.FLOAT16) {
      throw new InputException(
          "expected numbers to record as float32 or float16, found " + precision);
    }
  }

  private Recorder copy() {
    Recorder copy = new Recorder(folder, probe, layers, grid, precision);
    copy.sketch = sketch;
    copy.probes = probes;
    copy.seed = seed;
    copy.memory = memory;
    copy.responses = responses;
    copy.pooling = pooling;
    return copy;
  }

  /**
   * The same with a sketch of every embedding in place of the embedding itself, which is kept at a
   * few epochs only, to measure what the sketch costs in accuracy.
   */
  public Recorder withSketch(Sketch kept) {
    int length = probe.batches() * GramEmbedding.length(probe.batchSize());
    if (kept.numbers() > length) {
      throw new InputException(
          "expected a sketch of fewer numbers than the "
              + length
              + " of the embedding, found "
              + kept.numbers());
    }
    Recorder copy = copy();
    copy.sketch = kept;
    return copy;
  }

  /**
   * The same with linear probes.
   *
   * @param plan at which epochs, on which images and planes
   * @param probeSeed for initial weights and orders of the probes, the same at all epochs
   */
  public Recorder withProbes(ProbePlan plan, long probeSeed) {
    Recorder copy = copy();
    copy.probes = plan;
    copy.seed = probeSeed;
    return copy;
  }

  /**
   * The same with the responses to the probe images themselves, in float32, as files {@code
   * responses/LAYER/epoch-N.npy}, or {@code epoch-N-batch-B.npy} within an epoch: n·p numbers of
   * every layer at every moment, for measures that need the units.
   *
   * @param moments at which they are kept, such as {@code Set.of(…)::contains}
   * @param rows how the responses of a layer become rows
   */
  public Recorder withResponses(Predicate<Moment> moments, Pooling rows) {
    Recorder copy = copy();
    copy.responses = moments;
    copy.pooling = rows;
    return copy;
  }

  /**
   * The same with another budget of memory for the responses that probes are trained on or that are
   * kept themselves, by default a quarter of the machine's. Layers that do not fit lie in a
   * temporary file in the recording's folder while an epoch is recorded: 13 GB each for the first
   * two of paper 2's ResNet-18 (65,536 units, 50,000 images). The probes are the same bits whatever
   * the budget.
   *
   * @param bytes for the responses of all layers together
   */
  public Recorder withProbeMemory(long bytes) {
    if (bytes < 0) {
      throw new InputException("expected a budget of at least 0 bytes, found " + bytes);
    }
    Recorder copy = copy();
    copy.memory = bytes;
    return copy;
  }

  /** Makes the folder, or makes sure that the recording that is there is this one. */
  private void begin() {
    if (info != null) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be made", e);
    }
    RecordingInfo whole =
        new RecordingInfo(
            layers,
            probe.batches(),
            probe.batchSize(),
            precision,
            sketch,
            probe.images().provenance().toString(),
            probes == null ? 0 : probes.planes().size(),
            probes == null ? 0 : probes.resolution(),
            pooling);
    whole.writeOrRequire(folder);
    AtomicFile.removeUnfinished(folder);
    grams = new GramSink(whole);
    idleSince = System.nanoTime();
    info = whole;
  }

  /**
   * @throws InputException if this is the first epoch of a run that is taken up, and one before is
   *     not recorded
   */
  @Override
  public boolean wants(int epoch) {
    begin();
    for (int earlier = 0; !asked && earlier < epoch; earlier++) {
      if (isMissing(earlier)) {
        throw new InputException(
            folder
                + ": epoch "
                + earlier
                + " is not recorded, and the run goes on from epoch "
                + (epoch - 1)
                + "; expected all epochs before, or a run from its start");
      }
    }
    asked = true;
    return isMissing(epoch);
  }

  private boolean isMissing(int epoch) {
    return (grid.contains(epoch) || wantsProbes(epoch) || wantsResponses(epoch))
        && !Files.exists(EpochFile.path(folder, epoch));
  }

  private boolean wantsProbes(int epoch) {
    return probes != null && probes.grid().contains(epoch);
  }

  private boolean wantsResponses(int epoch) {
    return responses.test(Moment.afterEpoch(epoch));
  }

  @Override
  public boolean wants(Moment within) {
    return responses.test(within)
        && layers.stream()
            .anyMatch(layer -> !Files.exists(ResponseSink.file(folder, layer, within)));
  }

  @Override
  public void moment(Moment within, Network network) {
    requireLayers(network);
    begin();
    long start = System.nanoTime();
    try (Spill spill = new Spill(memory, folder)) {
      ResponseSink sink = new ResponseSink(folder, info, within, network, spill);
      show(network, List.of(sink));
      sink.end(record);
    }
    idleSince += System.nanoTime() - start;
  }

  @Override
  public void epoch(int epoch, Network network) {
    requireLayers(network);
    begin();
    record.seconds(Recording.REST_OF_RUN, (System.nanoTime() - idleSince) / 1e9);
    try (Spill spill = new Spill(memory, folder)) {
      List<StimulusSink> sinks = new ArrayList<>();
      if (grid.contains(epoch)) {
        grams.begin(network.id(), grid.isFirstOfOctave(epoch));
        sinks.add(grams);
      }
      if (wantsResponses(epoch)) {
        sinks.add(new ResponseSink(folder, info, Moment.afterEpoch(epoch), network, spill));
      }
      show(network, sinks);
      sinks.forEach(sink -> sink.end(record));
    }
    if (wantsProbes(epoch)) {
      new ProbeSink(folder, info, probes, seed, memory).record(network, record);
    }
    record.value(Recording.CHECKPOINT_BYTES, checkpointBytes(network));
    record.write(folder, epoch);
    record = new EpochRecord();
    idleSince = System.nanoTime();
  }

  private void requireLayers(Network network) {
    for (String layer : layers) {
      if (!network.layers().contains(layer)) {
        throw new InputException(
            network.id() + " has no layer " + layer + "; it has " + network.layers());
      }
    }
  }

  /** Bytes of the weights and statistics of a network in float32. */
  private static long checkpointBytes(Network network) {
    return Float.BYTES
        * (network.weights().layout().learnt() + network.weights().layout().buffers());
  }

  /** Shows the probe images to the network once, for all sinks. */
  private void show(Network network, List<StimulusSink> sinks) {
    int size = probe.batchSize();
    ForwardPass.Input images = network.input(probe.images());
    for (int b = 0; b < (sinks.isEmpty() ? 0 : probe.batches()); b++) {
      Progress.checkCancelled();
      int batch = b;
      record.time(
          "forward",
          () ->
              network.show(
                  size,
                  (from, count, owner) -> images.of(batch * size + from, count, owner),
                  (from, count, responsesOfLayers) ->
                      sinks.forEach(sink -> sink.put(batch, from, responsesOfLayers))));
      record.time("gram", () -> sinks.forEach(StimulusSink::endBatch));
    }
  }
}
