package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.ArrayList;
import java.util.List;

/** Renders a picture in another manner, from its layers, so that every outline stays exact. */
final class Styles {
  private final Renderer renderer;
  private final int size;

  Styles(int size) {
    this.size = size;
    this.renderer = new Renderer(size);
  }

  /** A pencil drawing of the figure: two uncertain strokes along each outline, and hatching. */
  byte[] sketch(Picture picture, Draw draw) {
    double[] first = renderer.contours(wavering(picture.layers(), 0.035, draw.key()), 0.018);
    double[] second = renderer.contours(wavering(picture.layers(), 0.07, draw.key()), 0.01);
    double[] mask = renderer.mask(picture.layers());
    long pressure = draw.key();
    double angle = draw.uniform(0.6, 1);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double[] image = new double[3 * size * size];
    for (int p = 0; p < size * size; p++) {
      double x = (p % size + 0.5) * 2 / size - 1;
      double y = (p / size + 0.5) * 2 / size - 1;
      double press = 0.6 + 0.4 * ValueNoise.smooth(pressure, 3 * x, 3 * y);
      double stripe =
          Texture.STRIPED.share(pressure, (cos * x + sin * y) / 0.24, 0, 2.0 / size / 0.24);
      double shade = 0.28 * mask[p] * stripe * ValueNoise.smooth(pressure + 1, 1.5 * x, 1.5 * y);
      double dark = Math.max(shade, press * Math.max(0.9 * first[p], 0.5 * second[p]));
      for (int c = 0; c < 3; c++) {
        image[3 * p + c] = 0.97 - 0.9 * dark;
      }
    }
    return renderer.expose(image, Light.EVEN);
  }

  /** Layers whose outlines wander by up to {@code amplitude}. */
  private static List<Layer> wavering(List<Layer> layers, double amplitude, long key) {
    List<Layer> moved = new ArrayList<>();
    for (Layer layer : layers) {
      Outline outline = layer.outline();
      moved.add(
          outline == Outline.EVERYWHERE
              ? layer
              : layer.withOutline(
                  (x, y) ->
                      outline.distance(
                          x + amplitude * (2 * ValueNoise.smooth(key, 2.5 * x, 2.5 * y) - 1),
                          y + amplitude * (2 * ValueNoise.smooth(key + 1, 2.5 * x, 2.5 * y) - 1)),
                  2 * amplitude));
    }
    return moved;
  }

  /**
   * The picture as if painted: each layer in strokes of a palette, its own texture and colours
   * gone, dark and light kept and the figure set off from what is behind it.
   */
  byte[] stylised(Picture picture, Draw draw) {
    double hue = draw.uniform();
    Rgb[] ground = palette(hue, draw);
    Rgb[] figure = palette(hue + draw.uniform(0.3, 0.7), draw);
    double behind = 0.5;
    List<Layer> painted = new ArrayList<>();
    long flow = draw.key();
    for (Layer layer : picture.layers()) {
      if (layer.role() == Role.SHADE) {
        painted.add(layer);
        continue;
      }
      double tone = tone(layer);
      if (layer.role() == Role.BACKGROUND) {
        behind = tone;
      } else if (layer.isFigure() && Math.abs(tone - behind) < 0.35) {
        tone = behind > 0.5 ? behind - 0.35 : behind + 0.35;
      }
      Rgb[] palette = layer.isFigure() ? figure : ground;
      painted.add(layer.withPaint(strokes(palette, tone, flow, draw.key())));
    }
    return renderer.expose(renderer.compose(painted), Light.EVEN);
  }

  private static Rgb[] palette(double hue, Draw draw) {
    double spread = draw.uniform(0.05, 0.2);
    Rgb[] palette = new Rgb[4];
    for (int i = 0; i < palette.length; i++) {
      palette[i] =
          Rgb.hsv(
              hue + spread * draw.uniform(-1, 1),
              draw.uniform(0.35, 0.95) * (i == 3 ? 0.4 : 1),
              0.15 + 0.27 * i + draw.uniform(0, 0.05));
    }
    return palette;
  }

  /** Mean brightness of the layer's paint about its centre. */
  private static double tone(Layer layer) {
    boolean bounded = layer.reach() < 2;
    double[] rgb = new double[3];
    double sum = 0;
    for (int k = 0; k < 9; k++) {
      double radius = bounded ? 0.5 * layer.reach() : 0.6;
      double x = (bounded ? layer.cx() : 0) + radius * (k % 3 - 1);
      double y = (bounded ? layer.cy() : 0) + radius * (k / 3 - 1);
      layer.paint().at(x, y, 0.3, rgb);
      sum += new Rgb(rgb[0], rgb[1], rgb[2]).luminance();
    }
    return ValueNoise.clamp(sum / 9, 0, 1);
  }

  private static Paint strokes(Rgb[] palette, double tone, long flow, long key) {
    return (x, y, pixel, rgb) -> {
      double angle = 2 * Math.PI * ValueNoise.smooth(flow, 0.8 * x + 5, 0.8 * y + 5);
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      double stroke = ValueNoise.smooth(key, 1.8 * (cos * x + sin * y), 6 * (cos * y - sin * x));
      double fine = ValueNoise.smooth(key + 1, 4 * (cos * x + sin * y), 13 * (cos * y - sin * x));
      double level =
          3 * ValueNoise.clamp(tone + 0.55 * (0.65 * stroke + 0.35 * fine - 0.5), 0, 0.9999);
      Rgb colour = palette[(int) level].mix(palette[(int) level + 1], level - (int) level);
      rgb[0] = colour.red();
      rgb[1] = colour.green();
      rgb[2] = colour.blue();
    };
  }

  /** The picture with its figure in another picture's material, lit as before. */
  byte[] inMaterial(Picture picture, Paint material) {
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : picture.layers()) {
      layers.add(layer.role() == Role.FIGURE ? layer.withPaint(material) : layer);
    }
    return renderer.expose(renderer.compose(layers), picture.light());
  }
}
