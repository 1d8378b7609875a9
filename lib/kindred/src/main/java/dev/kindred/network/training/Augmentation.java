package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
import dev.kindred.network.tensor.Torch;
import java.util.SplittableRandom;

/**
 * Random changes of images that leave their content: shift, crop, flip and blur are linear along
 * each axis, so one small matrix per image and axis holds all of them, and two batched matrix
 * products apply them to a whole batch; colour changes are one 3×3 matrix per image.
 *
 * @param shift largest shift in pixels in both directions, what comes in is black (the crop of a
 *     padded image)
 * @param flip whether images are mirrored left to right, half of the time
 * @param smallestCrop smallest share of the area that a crop keeps, resized to the whole
 *     (bilinear); 1 for none
 * @param colour strength s of colour jitter as in SimCLR: brightness, contrast and saturation
 *     within 1 ± 0.8 s, hue within ± 0.2 s of the circle; 0 for none
 * @param grey probability of losing all colour
 * @param blur probability of a Gaussian blur with a deviation of 0.1 to 1 pixel per 32 of the size
 * @param cutOut side of a square that is set to grey, as a share of the image's; 0 for none
 */
public record Augmentation(
    int shift,
    boolean flip,
    double smallestCrop,
    double colour,
    double grey,
    double blur,
    double cutOut) {

  /** No change. */
  public static final Augmentation NONE = new Augmentation(0, false, 1, 0, 0, 0, 0);

  /** What supervised training on small images usually has: shift by up to 4 pixels, and flip. */
  public static final Augmentation CROP_FLIP = new Augmentation(4, true, 1, 0, 0, 0, 0);

  /** What contrastive learning on small images needs (SimCLR, appendix B.9). */
  public static final Augmentation CONTRASTIVE = new Augmentation(0, true, 0.2, 0.5, 0.2, 0, 0);

  public Augmentation {
    if (shift < 0
        || !(smallestCrop > 0 && smallestCrop <= 1)
        || !(colour >= 0)
        || !(grey >= 0 && grey <= 1)
        || !(blur >= 0 && blur <= 1)
        || !(cutOut >= 0 && cutOut < 1)) {
      throw new InputException(
          "expected a shift and colour strength of at least 0, a smallest crop in (0, 1],"
              + " probabilities in [0, 1] and a cut-out in [0, 1), found shift "
              + shift
              + ", crop "
              + smallestCrop
              + ", colour "
              + colour
              + ", grey "
              + grey
              + ", blur "
              + blur
              + ", cut-out "
              + cutOut);
    }
  }

  /** The same with a probability of blur. */
  public Augmentation withBlur(double probability) {
    return new Augmentation(shift, flip, smallestCrop, colour, grey, probability, cutOut);
  }

  /** The same with another largest shift. */
  public Augmentation withShift(int pixels) {
    return new Augmentation(pixels, flip, smallestCrop, colour, grey, blur, cutOut);
  }

  /** The same with or without mirroring. */
  public Augmentation withFlip(boolean mirrored) {
    return new Augmentation(shift, mirrored, smallestCrop, colour, grey, blur, cutOut);
  }

  /**
   * Changes every image in its own way.
   *
   * @param pixels (batch, channels, height, width), values from 0 to 1
   * @param random the only source of chance
   * @return a tensor of the same shape and owner
   */
  public NDArray apply(NDArray pixels, SplittableRandom random) {
    NDArray result = pixels;
    if (shift > 0 || flip || smallestCrop < 1 || blur > 0) {
      result = geometry(result, random);
    }
    if (colour > 0 || grey > 0) {
      result = photometry(result, random);
    }
    if (cutOut > 0) {
      result = erase(result, random);
    }
    return result;
  }

  private NDArray geometry(NDArray pixels, SplittableRandom random) {
    int batch = (int) pixels.getShape().get(0);
    int channels = (int) pixels.getShape().get(1);
    int height = (int) pixels.getShape().get(2);
    int width = (int) pixels.getShape().get(3);
    float[] rows = new float[batch * height * height];
    float[] columns = new float[batch * width * width];
    for (int b = 0; b < batch; b++) {
      double area = smallestCrop < 1 ? random.nextDouble(smallestCrop, 1) : 1;
      double aspect = smallestCrop < 1 ? Math.exp(random.nextDouble(-1, 1) * Math.log(4 / 3.0)) : 1;
      double tall = Math.min(1, Math.sqrt(area / aspect)) * height;
      double wide = Math.min(1, Math.sqrt(area * aspect)) * width;
      double top = random.nextDouble() * (height - tall) + shift(random);
      double left = random.nextDouble() * (width - wide) + shift(random);
      boolean mirrored = flip && random.nextBoolean();
      double sigma =
          blur > 0 && random.nextDouble() < blur
              ? random.nextDouble(0.1, 1) * Math.max(1, width / 32.0)
              : 0;
      resample(rows, b, height, top, tall, false, sigma);
      resample(columns, b, width, left, wide, mirrored, sigma);
    }
    NDManager manager = pixels.getManager();
    NDArray overWidth =
        pixels
            .reshape(batch, (long) channels * height, width)
            .batchMatMul(Torch.tensor(manager, columns, batch, width, width).transpose(0, 2, 1));
    NDArray turned =
        overWidth
            .reshape(batch, channels, height, width)
            .transpose(0, 1, 3, 2)
            .reshape(batch, (long) channels * width, height);
    return turned
        .batchMatMul(Torch.tensor(manager, rows, batch, height, height).transpose(0, 2, 1))
        .reshape(batch, channels, width, height)
        .transpose(0, 1, 3, 2);
  }

  private int shift(SplittableRandom random) {
    return shift > 0 ? random.nextInt(-shift, shift + 1) : 0;
  }

  /** Writes the matrix that samples [start, start + length) of one axis at {@code size} points. */
  private static void resample(
      float[] matrices,
      int index,
      int size,
      double start,
      double length,
      boolean mirrored,
      double sigma) {
    int offset = index * size * size;
    double[] kernel = gaussian(sigma);
    int reach = kernel.length / 2;
    for (int i = 0; i < size; i++) {
      int target = mirrored ? size - 1 - i : i;
      double source = start + (i + 0.5) * length / size - 0.5;
      // only whole pixels outside the picture are black: a crop inside it has no dark rim
      if (length < size) {
        source = Math.max(0, Math.min(size - 1, source));
      }
      int low = (int) Math.floor(source);
      double high = source - low;
      for (int k = -reach; k <= reach; k++) {
        add(matrices, offset + target * size, low + k, size, kernel[k + reach] * (1 - high));
        add(matrices, offset + target * size, low + 1 + k, size, kernel[k + reach] * high);
      }
    }
  }

  private static void add(float[] matrices, int row, int column, int size, double weight) {
    if (column >= 0 && column < size) {
      matrices[row + column] += (float) weight;
    }
  }

  private static double[] gaussian(double sigma) {
    if (sigma == 0) {
      return new double[] {1};
    }
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = Math.exp(-k * k / (2 * sigma * sigma));
      sum += kernel[k + reach];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }

  private NDArray photometry(NDArray pixels, SplittableRandom random) {
    int batch = (int) pixels.getShape().get(0);
    int channels = (int) pixels.getShape().get(1);
    float[] matrices = new float[batch * channels * channels];
    float[] contrasts = new float[batch];
    for (int b = 0; b < batch; b++) {
      double brightness = factor(random, 0.8);
      contrasts[b] = (float) factor(random, 0.8);
      double saturation = factor(random, 0.8);
      double hue = colour > 0 ? random.nextDouble(-0.2, 0.2) * colour * 2 * Math.PI : 0;
      if (grey > 0 && random.nextDouble() < grey) {
        saturation = 0;
      }
      if (channels == 3) {
        ColourMatrix.write(matrices, b * 9, brightness, saturation, hue);
      } else {
        matrices[b] = (float) brightness;
      }
    }
    NDManager manager = pixels.getManager();
    long height = pixels.getShape().get(2);
    long width = pixels.getShape().get(3);
    NDArray flat = pixels.reshape(batch, channels, height * width);
    NDArray coloured = Torch.tensor(manager, matrices, batch, channels, channels).batchMatMul(flat);
    NDArray means = coloured.reshape(batch, channels * height * width).mean(new int[] {1}, true);
    means = means.reshape(batch, 1, 1);
    NDArray contrast = Torch.tensor(manager, contrasts, batch, 1, 1);
    return coloured
        .sub(means)
        .mul(contrast)
        .add(means)
        .clip(0f, 1f)
        .reshape(batch, channels, height, width);
  }

  private double factor(SplittableRandom random, double range) {
    return colour > 0 ? random.nextDouble(Math.max(0, 1 - range * colour), 1 + range * colour) : 1;
  }

  private NDArray erase(NDArray pixels, SplittableRandom random) {
    int batch = (int) pixels.getShape().get(0);
    int height = (int) pixels.getShape().get(2);
    int width = (int) pixels.getShape().get(3);
    float[] rows = new float[batch * height];
    float[] columns = new float[batch * width];
    for (int b = 0; b < batch; b++) {
      mark(rows, b * height, height, random);
      mark(columns, b * width, width, random);
    }
    NDManager manager = pixels.getManager();
    NDArray erased =
        Torch.tensor(manager, rows, batch, 1, height, 1)
            .mul(Torch.tensor(manager, columns, batch, 1, 1, width));
    return pixels.mul(erased.mul(-1f).add(1f)).add(erased.mul(0.5f));
  }

  private void mark(float[] line, int offset, int size, SplittableRandom random) {
    int side = (int) Math.max(1, Math.round(cutOut * size));
    int start = random.nextInt(size) - side / 2;
    for (int i = Math.max(0, start); i < Math.min(size, start + side); i++) {
      line[offset + i] = 1;
    }
  }
}
