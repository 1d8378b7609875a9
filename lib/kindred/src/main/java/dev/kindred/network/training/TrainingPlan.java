package dev.kindred.network.training;

import dev.kindred.base.InputException;
import dev.kindred.network.architecture.Architecture;

/**
 * Everything that the weights of a trained network depend on, beside its data.
 *
 * @param id name of the network
 * @param architecture its kind and sizes
 * @param objective what it is trained to do
 * @param optimizer how weights follow the gradient
 * @param batch images per step
 * @param epochs visits of the whole data set
 * @param seed the root of all random numbers: initial weights, orders, augmentations, wrong labels
 */
public record TrainingPlan(
    String id,
    Architecture architecture,
    Objective objective,
    Optimizer optimizer,
    int batch,
    int epochs,
    long seed) {

  public TrainingPlan {
    if (batch < 1 || epochs < 0) {
      throw new InputException(
          id
              + ": expected a batch of at least 1 and no negative number of epochs, found "
              + batch
              + " and "
              + epochs);
    }
  }

  /** Steps of an epoch on so many images; a last batch that is not full is left out. */
  public int batchesPerEpoch(int images) {
    return Math.max(1, images / batch);
  }
}
