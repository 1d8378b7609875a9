package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.tensor.ImageBatches;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.tensor.Weights;
import dev.kindred.stimuli.ImageSet;

/** One batch of a training run. */
public final class Step {
  private final Network network;
  private final Weights weights;
  private final ImageSet images;
  private final int[] chosen;
  private final Seeds seeds;
  private final NDManager manager;
  private final ParameterStore store;
  private NDArray pixels;

  Step(
      Network network,
      Weights weights,
      ImageSet images,
      int[] chosen,
      Seeds seeds,
      NDManager manager) {
    this.network = network;
    this.weights = weights;
    this.images = images;
    this.chosen = chosen;
    this.seeds = seeds;
    this.manager = manager;
    this.store = weights.store(manager);
  }

  /** Number of images. */
  public int size() {
    return chosen.length;
  }

  /** Index in the data set of image {@code i} of this batch. */
  public int image(int i) {
    return chosen[i];
  }

  public Network network() {
    return network;
  }

  /** The weights that are trained. */
  public Weights weights() {
    return weights;
  }

  /** Owner of the tensors of this batch. */
  public NDManager manager() {
    return manager;
  }

  /** What the blocks read the trained weights from. */
  public ParameterStore store() {
    return store;
  }

  /** The images with values from 0 to 1. */
  public NDArray pixels() {
    if (pixels == null) {
      pixels = ImageBatches.tensor(images, chosen, network.input().channels(), manager);
    }
    return pixels;
  }

  /** The images, changed at random and normalised; views of different names differ. */
  public NDArray view(String name, Augmentation augmentation) {
    return Network.normalize(augmentation.apply(pixels(), seeds.stream(name)));
  }

  /** A seed for this batch. */
  public Seeds seeds() {
    return seeds;
  }

  /** Features of normalised images, (batch, width), under the trained weights. */
  public NDArray features(NDArray normalized) {
    return run(network.encoder(), normalized);
  }

  /** The output of a block under the trained weights. */
  public NDArray run(Block block, NDArray input) {
    return run(block, store, input);
  }

  /** The output of a block under other weights. */
  public static NDArray run(Block block, ParameterStore store, NDArray input) {
    return block.forward(store, new NDList(input), /* training= */ true).singletonOrThrow();
  }

  /** A tensor of whole numbers. */
  public NDArray indices(long[] values, long... shape) {
    return Torch.tensor(manager, values, shape);
  }
}
