package dev.kindred.stimuli.decode;

/**
 * Resizing with anti-aliasing, bit for bit as Pillow does it for 8-bit images: two passes, along
 * rows and then along columns, each a weighted sum under a filter that is stretched when the image
 * shrinks, with weights in fixed point of 22 bits and rounding to bytes between the passes.
 */
final class Resampling {
  private static final int FRACTION_BITS = 32 - 8 - 2;

  private Resampling() {}

  static Pixels resize(Pixels image, int width, int height, Interpolation interpolation) {
    Pixels wide = width == image.width() ? image : alongRows(image, width, interpolation);
    return height == image.height() ? wide : alongColumns(wide, height, interpolation);
  }

  private static Pixels alongRows(Pixels image, int width, Interpolation interpolation) {
    Weights weights = new Weights(image.width(), width, interpolation);
    int channels = image.channels();
    byte[] from = image.bytes();
    byte[] to = new byte[Math.multiplyExact(image.height() * width, channels)];
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      for (int x = 0; x < width; x++) {
        int first = weights.first[x];
        int[] factors = weights.factors[x];
        for (int c = 0; c < channels; c++) {
          int sum = 1 << (FRACTION_BITS - 1);
          for (int k = 0; k < factors.length; k++) {
            sum += (from[(row + first + k) * channels + c] & 0xff) * factors[k];
          }
          to[(y * width + x) * channels + c] = clip(sum);
        }
      }
    }
    return new Pixels(to, width, image.height(), channels);
  }

  private static Pixels alongColumns(Pixels image, int height, Interpolation interpolation) {
    Weights weights = new Weights(image.height(), height, interpolation);
    int stride = image.width() * image.channels();
    byte[] from = image.bytes();
    byte[] to = new byte[Math.multiplyExact(stride, height)];
    for (int y = 0; y < height; y++) {
      int first = weights.first[y];
      int[] factors = weights.factors[y];
      for (int i = 0; i < stride; i++) {
        int sum = 1 << (FRACTION_BITS - 1);
        for (int k = 0; k < factors.length; k++) {
          sum += (from[(first + k) * stride + i] & 0xff) * factors[k];
        }
        to[y * stride + i] = clip(sum);
      }
    }
    return new Pixels(to, image.width(), height, image.channels());
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }

  /** For every output position the first input position and the weights from there on. */
  private static final class Weights {
    final int[] first;
    final int[][] factors;

    Weights(int in, int out, Interpolation interpolation) {
      first = new int[out];
      factors = new int[out][];
      double scale = (double) in / out;
      double stretch = Math.max(scale, 1.0);
      double support = interpolation.support() * stretch;
      for (int i = 0; i < out; i++) {
        double centre = (i + 0.5) * scale;
        int from = Math.max(0, (int) (centre - support + 0.5));
        int to = Math.min(in, (int) (centre + support + 0.5));
        double[] weights = new double[to - from];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          weights[k] = interpolation.weight((k + from - centre + 0.5) * (1.0 / stretch));
          sum += weights[k];
        }
        int[] fixed = new int[weights.length];
        for (int k = 0; k < weights.length; k++) {
          double weight = sum == 0 ? weights[k] : weights[k] / sum;
          double scaled = weight * (1 << FRACTION_BITS);
          fixed[k] = (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        first[i] = from;
        factors[i] = fixed;
      }
    }
  }
}
