package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import dev.kindred.network.tensor.Weights;
import java.util.Map;

/** One run of an {@link Objective}: the loss of a batch, and what the run keeps between batches. */
public interface Learning extends AutoCloseable {

  /** Initialised blocks that are trained beside the network, by name. */
  default Map<String, Block> heads() {
    return Map.of();
  }

  /**
   * Called once, when the weights of network and heads exist, and before those of a run that goes
   * on are read: weights that are not drawn at random are set here, and a teacher is copied.
   */
  default void start(Weights weights) {}

  /** The loss of a batch, a scalar that gradients are taken of. */
  NDArray loss(Step step);

  /** Called after every update of the weights, without gradients. */
  default void afterUpdate(Step step) {}

  /** Everything that the next batch depends on beside the weights, by name. */
  default Map<String, float[]> state() {
    return Map.of();
  }

  /** Takes up what {@link #state()} gave. */
  default void restore(Map<String, float[]> state) {}

  /** The label of image {@code i} that this run is trained on. */
  default int label(int i, int trueLabel) {
    return trueLabel;
  }

  /** Frees what the run keeps beside what it was given. */
  @Override
  default void close() {}
}
