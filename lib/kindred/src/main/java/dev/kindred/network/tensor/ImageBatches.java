package dev.kindred.network.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.kindred.stimuli.ImageSet;
import java.nio.FloatBuffer;

/** Images as tensors of shape (batch, channels, height, width). */
public final class ImageBatches {
  private static final float[] FROM_0_TO_1 = new float[256];

  static {
    for (int value = 0; value < 256; value++) {
      FROM_0_TO_1[value] = value / 255f;
    }
  }

  private ImageBatches() {}

  /**
   * The given images as one float32 tensor with values from 0 to 1.
   *
   * @param images the images
   * @param chosen which of them, in this order
   * @param channels 1 or 3; grey images are repeated for 3 channels, coloured ones averaged for 1
   * @param owner owner of the tensor
   */
  public static NDArray tensor(ImageSet images, int[] chosen, int channels, NDManager owner) {
    return tensor(images, chosen, channels, FROM_0_TO_1, owner);
  }

  /**
   * The same with values of the caller's choice.
   *
   * @param values of the tensor for the 256 values of a pixel
   */
  public static NDArray tensor(
      ImageSet images, int[] chosen, int channels, float[] values, NDManager owner) {
    NDArray tensor =
        owner.create(
            new Shape(chosen.length, channels, images.height(), images.width()), DataType.FLOAT32);
    Torch.writeFloats(tensor, memory -> write(images, chosen, channels, values, memory));
    return tensor;
  }

  private static void write(
      ImageSet images, int[] chosen, int channels, float[] values, FloatBuffer memory) {
    int given = images.channels();
    float[] plane = new float[images.height() * images.width()];
    for (int image : chosen) {
      byte[] pixels = images.pixels(image);
      for (int c = 0; c < channels; c++) {
        if (channels < given) {
          average(pixels, given, values, plane);
        } else {
          int from = given == 1 ? 0 : c;
          for (int i = 0; i < plane.length; i++) {
            plane[i] = values[pixels[i * given + from] & 0xFF];
          }
        }
        memory.put(plane);
      }
    }
  }

  private static void average(byte[] pixels, int channels, float[] values, float[] plane) {
    for (int i = 0; i < plane.length; i++) {
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += values[pixels[i * channels + c] & 0xFF];
      }
      plane[i] = sum / channels;
    }
  }
}
