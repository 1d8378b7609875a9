package dev.kindred.stimuli.shift;

import java.util.SplittableRandom;

/** Shifts of single pixels: colour, contrast, opponent colour, noise; and quarter turns. */
final class PointShifts {
  private PointShifts() {}

  /** c·x + (1 − c)/2: the contrast falls, mid-grey stays. */
  static Raster contrast(Raster image, double share) {
    double[][] planes = new double[image.channels()][];
    for (int c = 0; c < planes.length; c++) {
      double[] plane = image.planes()[c].clone();
      for (int p = 0; p < plane.length; p++) {
        plane[p] = share * plane[p] + (1 - share) / 2;
      }
      planes[c] = plane;
    }
    return new Raster(image.width(), image.height(), planes);
  }

  /**
   * Contrast 30 %, then independent noise, uniform within ±{@code width}, the same for all channels
   * of a pixel; up to a width of 0.35 nothing leaves the range.
   */
  static Raster uniformNoise(Raster image, double width, SplittableRandom random) {
    Raster faint = contrast(image, 0.3);
    for (int p = 0; p < image.width() * image.height(); p++) {
      double noise = width * (2 * random.nextDouble() - 1);
      for (double[] plane : faint.planes()) {
        plane[p] += noise;
      }
    }
    return faint;
  }

  /**
   * Opponent colours: in linear light, the chroma of each pixel is reversed and its luminance kept.
   * Reversing all chromatic axes of an opponent space about the grey axis, as DKL's, is x → 2Y − x
   * in linear RGB. Where that leaves the gamut the chroma is reduced until it fits.
   */
  static Raster falseColour(Raster image) {
    if (image.channels() == 1) {
      return image;
    }
    int n = image.width() * image.height();
    double[][] planes = new double[3][n];
    double[] linear = new double[3];
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < 3; c++) {
        linear[c] = toLinear(image.planes()[c][p]);
      }
      double y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
      double strength = 1;
      for (double channel : linear) {
        double reversed = y - channel;
        double room = reversed > 0 ? 1 - y : y;
        if (Math.abs(reversed) > room) {
          strength = Math.min(strength, room / Math.abs(reversed));
        }
      }
      for (int c = 0; c < 3; c++) {
        planes[c][p] = fromLinear(y + strength * (y - linear[c]));
      }
    }
    return new Raster(image.width(), image.height(), planes);
  }

  /** From sRGB to linear light (IEC 61966-2-1). */
  static double toLinear(double value) {
    return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
  }

  static double fromLinear(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
  }

  /** Turned counter-clockwise by quarters; odd numbers exchange width and height. */
  static Raster rotated(Raster image, int quarters) {
    Raster turned = image;
    for (int quarter = 0; quarter < quarters; quarter++) {
      turned = quarterTurn(turned);
    }
    return turned;
  }

  private static Raster quarterTurn(Raster image) {
    int width = image.width();
    int height = image.height();
    double[][] planes = new double[image.channels()][width * height];
    for (int c = 0; c < planes.length; c++) {
      for (int row = 0; row < width; row++) {
        for (int column = 0; column < height; column++) {
          planes[c][row * height + column] = image.planes()[c][column * width + width - 1 - row];
        }
      }
    }
    return new Raster(height, width, planes);
  }
}
