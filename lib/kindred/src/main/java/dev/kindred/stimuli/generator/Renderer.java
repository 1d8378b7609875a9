package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.List;

/**
 * Turns a picture into pixels. An outline covers a pixel by its signed distance from the pixel's
 * centre, so edges are antialiased and masks come from the same numbers as the image.
 */
final class Renderer {
  private final int size;
  private final double pixel;

  /**
   * @param size width and height in pixels
   */
  Renderer(int size) {
    this.size = size;
    this.pixel = 2.0 / size;
  }

  /** The layers over each other, without light; red, green and blue of each pixel. */
  double[] compose(List<Layer> layers) {
    double[] image = new double[3 * size * size];
    double[] rgb = new double[3];
    for (Layer layer : layers) {
      forEachPixel(
          layer,
          (index, x, y, distance) -> {
            double cover = cover(layer, distance);
            if (cover > 0) {
              layer.paint().at(x, y, pixel, rgb);
              for (int c = 0; c < 3; c++) {
                image[3 * index + c] += cover * (rgb[c] - image[3 * index + c]);
              }
            }
          });
    }
    return image;
  }

  /** Applies the light and quantises to bytes. */
  byte[] expose(double[] image, Light light) {
    byte[] pixels = new byte[image.length];
    double[] matrix = light.colourMatrix();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double gain = 1 + light.gx() * centre(column) + light.gy() * centre(row);
        int first = 3 * (row * size + column);
        for (int c = 0; c < 3; c++) {
          int index = first + c;
          double seen =
              matrix[3 * c] * image[first]
                  + matrix[3 * c + 1] * image[first + 1]
                  + matrix[3 * c + 2] * image[first + 2];
          double value = 0.5 + light.contrast() * (seen * gain - 0.5);
          if (light.noise() > 0) {
            value += light.noise() * (2 * ValueNoise.lattice(light.noiseKey(), index, c) - 1);
          }
          pixels[index] = toByte(value);
        }
      }
    }
    return pixels;
  }

  /** Share of each pixel that shows the figure. */
  double[] mask(List<Layer> layers) {
    double[] mask = new double[size * size];
    for (Layer layer : layers) {
      if (layer.role() != Role.SHADE) {
        double target = layer.isFigure() ? 1 : 0;
        forEachPixel(
            layer,
            (index, x, y, distance) ->
                mask[index] += cover(layer, distance) * (target - mask[index]));
      }
    }
    return mask;
  }

  /**
   * Darkness of the lines along the visible edges of the figure and its details.
   *
   * @param halfWidth half the lines' width in picture units; at least half a pixel is drawn
   */
  double[] contours(List<Layer> layers, double halfWidth) {
    double[] lines = new double[size * size];
    double half = Math.max(halfWidth, pixel / 2);
    for (Layer layer : layers) {
      if (layer.role() == Role.SHADE) {
        continue;
      }
      forEachPixel(
          layer,
          (index, x, y, distance) -> {
            lines[index] *= 1 - cover(layer, distance);
            if (layer.isFigure()) {
              double line = ValueNoise.clamp(0.5 - (Math.abs(distance) - half) / pixel, 0, 1);
              lines[index] = Math.max(lines[index], line);
            }
          });
    }
    return lines;
  }

  static byte toByte(double value) {
    return (byte) (int) (255 * ValueNoise.clamp(value, 0, 1) + 0.5);
  }

  private double cover(Layer layer, double distance) {
    return layer.opacity() * ValueNoise.clamp(0.5 - distance / (pixel + layer.blur()), 0, 1);
  }

  /** Centre of a row or column in picture units. */
  private double centre(int position) {
    return (position + 0.5) * pixel - 1;
  }

  private void forEachPixel(Layer layer, PixelAction action) {
    int left = first(layer.cx() - layer.reach());
    int right = last(layer.cx() + layer.reach());
    int top = first(layer.cy() - layer.reach());
    int bottom = last(layer.cy() + layer.reach());
    double reach = layer.reach() + 2 * pixel;
    for (int row = top; row <= bottom; row++) {
      double y = centre(row);
      double room = reach * reach - (y - layer.cy()) * (y - layer.cy());
      for (int column = left; column <= right; column++) {
        double x = centre(column);
        if ((x - layer.cx()) * (x - layer.cx()) <= room) {
          action.at(row * size + column, x, y, layer.outline().distance(x, y));
        }
      }
    }
  }

  /** One pixel more than the reach on both sides, for the lines. */
  private int first(double position) {
    return (int) ValueNoise.clamp((position + 1) / pixel - 1, 0, size);
  }

  private int last(double position) {
    return (int) ValueNoise.clamp((position + 1) / pixel + 1, -1, size - 1);
  }

  @FunctionalInterface
  private interface PixelAction {
    void at(int index, double x, double y, double distance);
  }
}
