package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.tensor.ImageBatches;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.tensor.Weights;
import dev.kindred.stimuli.ImageSet;

/**
 * The statistics of batch normalisation, estimated anew under fixed weights.
 *
 * <p>The running averages of training lag behind weights that move; evaluated with them, a network
 * that fits its data perfectly shows errors of ten to thirty per cent at some epochs, and the peak
 * of double descent is inflated. The mean over batches at the present weights has neither.
 */
public final class BatchStatistics {
  /** Images that are enough. */
  static final int IMAGES = 2048;

  private static final float KEPT = 0.1f;

  private BatchStatistics() {}

  /**
   * Replaces a network's statistics by their means over batches.
   *
   * @param network the network; only its buffers change
   * @param images training images
   * @param batch images per batch
   * @param most largest number of images that are used, the first ones
   */
  public static void reestimate(Network network, ImageSet images, int batch, int most) {
    reestimate(network, images, batch, most, Augmentation.NONE, new Seeds(0));
  }

  /**
   * The same on images that are changed as in training: shifted images bring in black, so their
   * statistics are not those of whole ones, and a network that fits all that it was shown would
   * seem to err on some of it.
   *
   * @param augmentation how every image is changed
   * @param seeds of the changes
   */
  public static void reestimate(
      Network network,
      ImageSet images,
      int batch,
      int most,
      Augmentation augmentation,
      Seeds seeds) {
    Weights weights = network.weights();
    if (weights.layout().buffers() == 0) {
      return;
    }
    int n = Math.min(images.size(), most);
    int size = Math.min(batch, n);
    try (Torch.Scope inference = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      NDArray buffers = weights.buffers();
      NDArray sum = manager.zeros(buffers.getShape());
      int batches = n / size;
      for (int b = 0; b < batches; b++) {
        Progress.checkCancelled();
        try (NDManager perBatch = manager.newSubManager()) {
          int[] chosen = new int[size];
          for (int i = 0; i < size; i++) {
            chosen[i] = b * size + i;
          }
          // Starting from zero, one batch leaves a tenth of its own statistics.
          buffers.muli(0f);
          NDArray input =
              augmentation.equals(Augmentation.NONE)
                  ? network.tensor(images, chosen, perBatch)
                  : Network.normalize(
                      augmentation.apply(
                          ImageBatches.tensor(images, chosen, network.input().channels(), perBatch),
                          seeds.stream("batch " + b)));
          network.responses(weights.store(perBatch), input, /* training= */ true);
          sum.addi(buffers);
        }
      }
      buffers.muli(0f).addi(sum.mul(1 / (KEPT * batches)));
    }
  }
}
