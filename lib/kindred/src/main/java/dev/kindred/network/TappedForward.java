package dev.kindred.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
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

/** Collects the responses of layers over all batches of a set of images. */
final class TappedForward {
  private TappedForward() {}

  /** A forward pass that gives the responses of layers by name. */
  @FunctionalInterface
  interface Model {
    /**
     * @param input images of one batch, as {@link
     *     dev.kindred.network.tensor.ImageBatches#tensor(ImageSet, int[], int, NDManager)} gives
     *     them
     */
    Map<String, NDArray> forward(NDArray input);
  }

  /** Makes the input of one batch. */
  @FunctionalInterface
  interface Input {
    NDArray of(int[] chosen, NDManager owner);
  }

  /**
   * Shows all images to a model.
   *
   * @param spill keeps the responses that do not fit into its budget, or null to keep all in memory
   */
  static Map<String, Representation> run(
      RepresentationSource source,
      ImageSet images,
      List<String> taps,
      Pooling pooling,
      int classTokens,
      int batch,
      Spill spill,
      Progress progress,
      Input input,
      Model model) {
    requireTaps(source, taps);
    if (batch < 1) {
      throw new InputException("expected a batch of at least one image, found " + batch);
    }
    int n = images.size();
    Map<String, RepresentationBuilder> builders = new LinkedHashMap<>();
    Map<String, Representation> result = new LinkedHashMap<>();
    try (Torch.Scope inference = Torch.withoutGradients();
        NDManager manager = Torch.newManager();
        Progress.Task task = progress.begin("responses of " + source.id(), n)) {
      for (int from = 0; from < n; from += batch) {
        int size = Math.min(batch, n - from);
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++) {
          chosen[i] = from + i;
        }
        try (NDManager perBatch = manager.newSubManager()) {
          Map<String, NDArray> responses = model.forward(input.of(chosen, perBatch));
          for (String tap : taps) {
            NDArray rows = pooling.rows(responses.get(tap), classTokens);
            if (rows.getShape().get(0) != size) {
              throw new InputException(
                  source.id()
                      + ": layer "
                      + tap
                      + " gives "
                      + rows.getShape().get(0)
                      + " rows for "
                      + size
                      + " images");
            }
            builders
                .computeIfAbsent(
                    tap,
                    name ->
                        new RepresentationBuilder(
                            source.id() + "/" + name,
                            n,
                            Math.toIntExact(rows.getShape().get(1)),
                            ElementType.FLOAT32,
                            spill))
                .append(Torch.numbers(rows));
          }
        }
        task.advance(size);
      }
    }
    for (String tap : taps) {
      RepresentationBuilder builder = builders.get(tap);
      if (builder == null) {
        throw new InputException(images.name() + " has no images to show to " + source.id());
      }
      Provenance provenance =
          Provenance.of(
              "responses",
              Map.of("tap", tap, "pooling", pooling),
              source.provenance(),
              images.provenance());
      result.put(tap, builder.build(provenance).withStimulusIds(images.stimulusIds()));
    }
    return result;
  }

  static void requireTaps(RepresentationSource source, Collection<String> taps) {
    for (String tap : taps) {
      if (!source.taps().contains(tap)) {
        throw new InputException(
            source.id() + " has no layer " + tap + "; it has " + String.join(", ", source.taps()));
      }
    }
  }
}
