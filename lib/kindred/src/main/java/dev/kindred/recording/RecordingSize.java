package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;

/**
 * What recording a training run will take on disk, in bytes, without the few hundred bytes that
 * every epoch's file has beside its numbers; probes are not counted.
 *
 * @param epochs recorded epochs, the first of which is the start
 * @param layers recorded layers
 * @param batches batches of probe images
 * @param batchSize images of a batch
 */
public record RecordingSize(int epochs, int layers, int batches, int batchSize) {

  public RecordingSize {
    if (epochs < 1 || layers < 1 || batches < 1 || batchSize < 2) {
      throw new InputException(
          "expected at least 1 epoch, 1 layer and 1 batch of 2 images, found "
              + epochs
              + ", "
              + layers
              + " and "
              + batches
              + " of "
              + batchSize);
    }
  }

  /** Whole Gram embeddings. */
  public long whole(ElementType precision) {
    return epochs * ofEpoch(precision);
  }

  /**
   * Sketches, and beside them the whole embeddings of the first epoch and of those from every power
   * of two on, which tell the sketches' error.
   */
  public long sketched(Sketch sketch, ElementType precision) {
    int exact = 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(epochs - 1));
    return (long) epochs * layers * sketch.numbers() * precision.bytes()
        + exact * ofEpoch(precision);
  }

  /** Checkpoints of the same epochs: a network's numbers in float32. */
  public long checkpoints(long parameters) {
    return epochs * parameters * Float.BYTES;
  }

  private long ofEpoch(ElementType precision) {
    return (long) layers * batches * GramEmbedding.length(batchSize) * precision.bytes();
  }
}
