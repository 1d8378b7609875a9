package dev.kindred.network;

import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Something that responds to images: a network, with names for its layers. */
public interface RepresentationSource extends AutoCloseable {
  /** As many images at once as are fastest. */
  int DEFAULT_BATCH = ForwardPass.MOST;

  /** Name of the model. */
  String id();

  /** Names of the layers whose responses can be asked for, from the input to the output. */
  List<String> layers();

  /** Where the model comes from. */
  Provenance provenance();

  /**
   * Shows all images to the model, batch by batch, and keeps the responses of some layers. Memory
   * is that of the result and of one batch for each core. Batch normalisation uses its stored
   * statistics, so the result does not depend on the size of the batches beyond rounding.
   *
   * @param images the stimuli, n of them
   * @param layers layers whose responses are kept
   * @param pooling how the responses of a layer become rows
   * @param batch images shown at once, on each core, at most; fewer where layers are wide
   * @param spill keeps the responses that do not fit into its budget, in one pass over the images
   *     however many layers do not; what is returned can be read until it is closed. Null keeps all
   *     in memory; the numbers are the same
   * @param progress told after every batch; an interrupt ends the work after the current batch
   * @return for every layer, in the order given, an n×p representation with the ids of the stimuli,
   *     named {@code model/layer}
   */
  Map<String, Representation> represent(
      ImageSet images,
      List<String> layers,
      Pooling pooling,
      int batch,
      Spill spill,
      Progress progress);

  /** The responses of some layers, in memory. */
  default Map<String, Representation> represent(
      ImageSet images, List<String> layers, Pooling pooling, int batch, Progress progress) {
    return represent(images, layers, pooling, batch, null, progress);
  }

  /** The responses of all layers, pooled. */
  default Map<String, Representation> represent(ImageSet images) {
    return represent(images, layers(), Pooling.POOLED, DEFAULT_BATCH, Progress.standard());
  }

  /** The responses of one layer. */
  default Representation represent(ImageSet images, String layer, Pooling pooling) {
    return represent(images, List.of(layer), pooling, DEFAULT_BATCH, Progress.standard())
        .get(layer);
  }

  /**
   * What stands at every depth: the pixels, then the responses of all layers, pooled; each named by
   * its layer. The pixels are those of a model that does nothing, a yardstick.
   */
  default List<Representation> layerByLayer(ImageSet images) {
    List<Representation> depths = new ArrayList<>(List.of(PixelResponses.of(images)));
    represent(images, layers(), Pooling.POOLED, DEFAULT_BATCH, Progress.NONE)
        .forEach((layer, responses) -> depths.add(responses.withId(layer)));
    return depths;
  }

  /**
   * The share of images whose class is named: whose label has the largest of the logits.
   *
   * @throws dev.kindred.base.InputException if the model has no layer {@code logits}
   */
  default double accuracy(ImageSet images) {
    Representation logits =
        represent(images, List.of(Network.LOGITS), Pooling.POOLED, DEFAULT_BATCH, Progress.NONE)
            .get(Network.LOGITS);
    return Classification.accuracy(logits, images.labels());
  }

  /** Frees the memory outside the Java heap. */
  @Override
  void close();
}
