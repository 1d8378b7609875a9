package dev.kindred.network.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.kindred.stimuli.ImageSet;
import java.nio.ByteBuffer;

/** Images as tensors of shape (batch, channels, height, width) with values from 0 to 1. */
public final class ImageBatches {
  private ImageBatches() {}

  /**
   * The given images as one float32 tensor.
   *
   * @param images the images
   * @param chosen which of them, in this order
   * @param channels 1 or 3; grey images are repeated for 3 channels
   * @param owner owner of the tensor
   */
  public static NDArray tensor(ImageSet images, int[] chosen, int channels, NDManager owner) {
    int height = images.height();
    int width = images.width();
    try (NDManager scratch = owner.newSubManager()) {
      NDArray pixels =
          scratch.create(
              new Shape(chosen.length, height, width, images.channels()), DataType.UINT8);
      ByteBuffer memory = Torch.memory(pixels);
      for (int image : chosen) {
        memory.put(images.pixels(image));
      }
      NDArray values = pixels.toType(DataType.FLOAT32, false).transpose(0, 3, 1, 2).div(255f);
      if (images.channels() == 1 && channels == 3) {
        values = values.repeat(1, 3);
      } else if (images.channels() == 3 && channels == 1) {
        values = values.mean(new int[] {1}, true);
      }
      NDArray dense = values.duplicate();
      dense.attach(owner);
      return dense;
    }
  }
}
