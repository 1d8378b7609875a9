package dev.kindred.network.training;

import dev.kindred.network.Network;

/**
 * Told of every epoch of a run, epoch 0 (the initialisation) among them, and of moments between.
 */
@FunctionalInterface
public interface EpochListener {
  /**
   * @param epoch number of whole visits of the training data
   * @param network the network at this moment, its batch statistics re-estimated; closed after the
   *     call
   */
  void epoch(int epoch, Network network);

  /** Whether the listener wants the network of an epoch; the others cost nothing. */
  default boolean wants(int epoch) {
    return true;
  }

  /** Whether the listener wants the network between two epochs, after some batches of one. */
  default boolean wants(Moment within) {
    return false;
  }

  /**
   * @param within a moment of which {@link #wants(Moment)} is true
   * @param network as in {@link #epoch}
   */
  default void moment(Moment within, Network network) {}
}
