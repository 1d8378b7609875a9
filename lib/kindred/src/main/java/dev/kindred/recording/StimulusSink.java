package dev.kindred.recording;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Keeps something of the responses to the probe images; all sinks of an epoch share one pass. */
interface StimulusSink {
  /**
   * Takes the responses to some images of a batch; called by several threads at once.
   *
   * @param batch of the probe images
   * @param first image of the batch
   * @param responses of all layers of the network
   */
  void put(int batch, int first, Map<String, NDArray> responses);

  /** All images of a batch have been put. */
  default void endBatch() {}

  /** All batches have been put: leaves what is kept. */
  void end(EpochRecord record);
}
