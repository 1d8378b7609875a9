package dev.kindred.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationBuilder;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows images to a model, the one way in which it is done outside of training: a few at a time on
 * every core that the calling thread may use (see {@link Torch#threads(int)}). That is faster than
 * all images on all cores, as what one layer leaves is still near when the next one reads it. How
 * many go together depends on the widest response of the model, wanted or not.
 */
public final class ForwardPass {
  /** Images that are shown together at most. */
  static final int MOST = 256;

  /** Fewer, and starting each step would tell. */
  private static final int FEWEST = 64;

  /** Numbers of the widest response that are near enough to be read again: 8 MB of float32. */
  private static final int NEAR = 1 << 21;

  private final Model model;
  private volatile long widest;

  /**
   * @param model shown images by several threads at once
   */
  ForwardPass(Model model) {
    this.model = model;
  }

  /** Responses of layers by name. */
  @FunctionalInterface
  interface Model {
    /**
     * @param input some images, as {@link Input} gives them
     */
    Map<String, NDArray> forward(NDArray input);
  }

  /** The images. */
  @FunctionalInterface
  public interface Input {
    /**
     * Some of them as the model takes them; asked for by several threads at once.
     *
     * @param from first image
     * @param count how many
     * @param owner owner of the tensor
     */
    NDArray of(int from, int count, NDManager owner);
  }

  /** Takes what the model answers; called by several threads at once, in any order. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * @param from first of the images
     * @param count how many
     * @param responses of all layers, by name, a first dimension for the images; gone after the
     *     call
     */
    void accept(int from, int count, Map<String, NDArray> responses);
  }

  /**
   * Shows images.
   *
   * @param n how many
   * @param most images together at most, however narrow the model
   * @throws dev.kindred.base.CancelledException if the thread is interrupted
   */
  void show(int n, int most, Input input, Consumer consumer) {
    if (n == 0) {
      return;
    }
    int together = Math.min(most, together(input));
    int parts = (n + together - 1) / together;
    int threads = Torch.threads();
    int workers = Torch.isOnGpu() ? 1 : Math.min(threads, parts);
    AtomicInteger next = new AtomicInteger();
    Parallel.forEach(
        workers,
        worker -> {
          try (Torch.Scope cores = Torch.threads(Math.max(1, threads / workers))) {
            for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
              Progress.checkCancelled();
              int from = part * together;
              showPart(from, Math.min(together, n - from), input, consumer);
            }
          }
        });
  }

  private void showPart(int from, int count, Input input, Consumer consumer) {
    try (Torch.Scope inference = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      consumer.accept(from, count, model.forward(input.of(from, count, manager)));
    }
  }

  private int together(Input input) {
    if (Torch.isOnGpu()) {
      return MOST;
    }
    if (widest == 0) {
      showPart(
          0,
          1,
          input,
          (from, count, responses) ->
              widest = responses.values().stream().mapToLong(NDArray::size).max().orElse(1));
    }
    return (int) Math.max(FEWEST, Math.min(MOST, NEAR / Math.max(1, widest)));
  }

  /**
   * The responses of layers to a set of images.
   *
   * @param spill keeps the responses that do not fit into its budget, or null to keep all in memory
   */
  Map<String, Representation> represent(
      RepresentationSource source,
      ImageSet images,
      List<String> layers,
      Pooling pooling,
      int classTokens,
      int most,
      Spill spill,
      Progress progress,
      Input input) {
    requireLayers(source, layers);
    if (most < 1) {
      throw new InputException("expected a batch of at least one image, found " + most);
    }
    int n = images.size();
    Map<String, RepresentationBuilder> builders = new ConcurrentHashMap<>();
    try (Progress.Task task = progress.begin("responses of " + source.id(), n)) {
      show(
          n,
          most,
          input,
          (from, count, responses) -> {
            for (String layer : layers) {
              NDArray rows = pooling.rows(responses.get(layer), classTokens);
              if (rows.getShape().get(0) != count) {
                throw new InputException(
                    String.format(
                        "%s: layer %s gives %d rows for %d images",
                        source.id(), layer, rows.getShape().get(0), count));
              }
              builders
                  .computeIfAbsent(
                      layer,
                      name ->
                          new RepresentationBuilder(
                              source.id() + "/" + name,
                              n,
                              Math.toIntExact(rows.getShape().get(1)),
                              ElementType.FLOAT32,
                              spill))
                  .put(from, Torch.numbers(rows));
            }
            task.advance(count);
          });
    }
    Map<String, Representation> result = new LinkedHashMap<>();
    for (String layer : layers) {
      RepresentationBuilder builder = builders.get(layer);
      if (builder == null) {
        throw new InputException(images.name() + " has no images to show to " + source.id());
      }
      Provenance provenance =
          Provenance.of(
              "responses",
              Map.of("layer", layer, "pooling", pooling),
              source.provenance(),
              images.provenance());
      result.put(layer, builder.build(provenance).withStimulusIds(images.stimulusIds()));
    }
    return result;
  }

  static void requireLayers(RepresentationSource source, Collection<String> layers) {
    for (String layer : layers) {
      if (!source.layers().contains(layer)) {
        throw new InputException(
            source.id()
                + " has no layer "
                + layer
                + "; it has "
                + String.join(", ", source.layers()));
      }
    }
  }
}
