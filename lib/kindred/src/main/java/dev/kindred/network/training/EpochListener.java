package dev.kindred.network.training;

import dev.kindred.network.Network;

/** Told of every epoch of a run, epoch 0 (the initialisation) among them. */
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
}
