package dev.kindred.stimuli.shift;

import dev.kindred.stimuli.ImageSet;

/**
 * One image as planes of numbers: {@code planes[channel][row·width + column]}, where 0 to 1 is
 * black to white and values beyond are cut when the image becomes bytes.
 */
record Raster(int width, int height, double[][] planes) {
  /** The red, green and blue shares of grey that the public stimuli were made with. */
  private static final double[] GREY = {0.2125, 0.7154, 0.0721};

  static Raster of(ImageSet images, int i) {
    return of(images.pixels(i), images.width(), images.height(), images.channels());
  }

  static Raster of(byte[] pixels, int width, int height, int channels) {
    double[][] planes = new double[channels][width * height];
    for (int p = 0; p < width * height; p++) {
      for (int c = 0; c < channels; c++) {
        planes[c][p] = (pixels[p * channels + c] & 0xff) / 255.0;
      }
    }
    return new Raster(width, height, planes);
  }

  /** A grey image. */
  static Raster grey(int width, int height, double[] plane) {
    return new Raster(width, height, new double[][] {plane});
  }

  int channels() {
    return planes.length;
  }

  /** One plane of the brightness. */
  double[] luminance() {
    if (planes.length == 1) {
      return planes[0].clone();
    }
    double[] grey = new double[width * height];
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < grey.length; p++) {
        grey[p] += GREY[c] * planes[c][p];
      }
    }
    return grey;
  }

  /** Without colour, as one plane. */
  Raster toGrey() {
    return grey(width, height, luminance());
  }

  /** Rounded to bytes, with the given number of channels; a grey image repeats its plane. */
  byte[] toBytes(int channels) {
    byte[] pixels = new byte[width * height * channels];
    double[][] from = channels == 1 && planes.length == 3 ? toGrey().planes : planes;
    for (int p = 0; p < width * height; p++) {
      for (int c = 0; c < channels; c++) {
        double value = from[c % from.length][p];
        pixels[p * channels + c] = (byte) (int) (255 * Math.max(0, Math.min(1, value)) + 0.5);
      }
    }
    return pixels;
  }
}
