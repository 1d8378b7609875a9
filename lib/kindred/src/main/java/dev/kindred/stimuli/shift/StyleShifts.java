package dev.kindred.stimuli.shift;

import dev.kindred.base.Seeds;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.generator.Factors;
import dev.kindred.stimuli.generator.GeneratedImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Shifts of style. Stimuli of the generator that have a figure are drawn again from their layers,
 * with exact outlines; other images are processed.
 */
final class StyleShifts {
  private StyleShifts() {}

  private static Raster exact(GeneratedImages images, byte[] pixels) {
    return Raster.of(pixels, images.width(), images.height(), 3);
  }

  /** White where {@code darkness} (0 to 255) is 0. */
  private static Raster inkOnWhite(ImageSet images, byte[] darkness) {
    double[] plane = new double[darkness.length];
    for (int p = 0; p < plane.length; p++) {
      plane[p] = 1 - (darkness[p] & 0xff) / 255.0;
    }
    return Raster.grey(images.width(), images.height(), plane);
  }

  /** The figure in black on white. */
  static Transform silhouette(Shift shift, ImageSet images, long seed) {
    return (i, random) -> {
      if (images instanceof GeneratedImages generated && generated.hasMask(i)) {
        return inkOnWhite(images, generated.mask(i));
      }
      double[] figure = Contours.figure(Raster.of(images, i));
      for (int p = 0; p < figure.length; p++) {
        figure[p] = 1 - figure[p];
      }
      return Raster.grey(images.width(), images.height(), figure);
    };
  }

  /** Edges as black lines on white. */
  static Transform edge(Shift shift, ImageSet images, long seed) {
    int width = images.width();
    int height = images.height();
    Gaussian smooth = new Gaussian(width, height, Math.max(0.7, shift.scaled(2, images)));
    return (i, random) -> {
      if (images instanceof GeneratedImages generated && generated.hasMask(i)) {
        return inkOnWhite(images, generated.edges(i));
      }
      boolean[] edge = Contours.canny(smooth.blur(Raster.of(images, i).luminance()), width, height);
      double[] plane = new double[edge.length];
      for (int p = 0; p < plane.length; p++) {
        plane[p] = edge[p] ? 0 : 1;
      }
      return Raster.grey(width, height, plane);
    };
  }

  /**
   * A pencil drawing. Of photographs: the dark side of edges as in extended differences of
   * Gaussians (Winnemöller, Kyprianidis and Olsen 2012), with grainy pressure.
   */
  static Transform sketch(Shift shift, ImageSet images, long seed) {
    int width = images.width();
    int height = images.height();
    double sigma = Math.max(0.6, shift.scaled(2.5, images));
    Gaussian fine = new Gaussian(width, height, sigma);
    Gaussian coarse = new Gaussian(width, height, 1.6 * sigma);
    return (i, random) -> {
      if (images instanceof GeneratedImages generated && generated.hasMask(i)) {
        return exact(generated, generated.sketch(i, seed));
      }
      double[] grey = Raster.of(images, i).luminance();
      double[] near = fine.blur(grey);
      double[] far = coarse.blur(grey);
      double[] plane = new double[grey.length];
      double spread = 1e-3;
      for (int p = 0; p < plane.length; p++) {
        spread += Math.abs(near[p] - far[p]) / plane.length;
      }
      for (int p = 0; p < plane.length; p++) {
        double line = Math.max(0, Math.min(1, 0.45 * (far[p] - near[p]) / spread - 0.15));
        plane[p] = 0.97 - line * (0.7 + 0.25 * random.nextDouble());
      }
      return Raster.grey(width, height, plane);
    };
  }

  /**
   * As if painted. Of photographs: noise drawn out into strokes along the edges (line integral
   * convolution, Cabral and Leedom 1993) over the blurred brightness, coloured by a random palette.
   */
  static Transform stylised(Shift shift, ImageSet images, long seed) {
    int width = images.width();
    int height = images.height();
    Gaussian smooth = new Gaussian(width, height, Math.max(0.8, shift.scaled(5, images)));
    Gaussian flow = new Gaussian(width, height, Math.max(1, shift.scaled(8, images)));
    double length = Math.max(4, shift.scaled(30, images));
    return (i, random) -> {
      if (images instanceof GeneratedImages generated && generated.hasMask(i)) {
        return exact(generated, generated.stylised(i, seed));
      }
      double[] grey = smooth.blur(Raster.of(images, i).luminance());
      double[][] direction = alongEdges(grey, flow, width, height);
      double[] noise = new double[grey.length];
      for (int p = 0; p < noise.length; p++) {
        noise[p] = random.nextDouble();
      }
      double[][] palette = palette(random);
      double[][] planes = new double[3][grey.length];
      for (int p = 0; p < grey.length; p++) {
        double stroke = drawnOut(noise, direction, width, height, p, length);
        double level = Math.max(0, Math.min(2.9999, 3 * (grey[p] + 0.9 * (stroke - 0.5))));
        double[] low = palette[(int) level];
        double[] high = palette[(int) level + 1];
        for (int c = 0; c < 3; c++) {
          planes[c][p] = low[c] + (level - (int) level) * (high[c] - low[c]);
        }
      }
      return new Raster(width, height, planes);
    };
  }

  /** Unit vectors along the edges: the lesser axis of the smoothed structure tensor. */
  private static double[][] alongEdges(double[] grey, Gaussian flow, int width, int height) {
    Contours.Slopes slopes = Contours.Slopes.of(grey, width, height);
    int n = grey.length;
    double[] xx = new double[n];
    double[] xy = new double[n];
    double[] yy = new double[n];
    for (int p = 0; p < n; p++) {
      xx[p] = slopes.x()[p] * slopes.x()[p];
      xy[p] = slopes.x()[p] * slopes.y()[p];
      yy[p] = slopes.y()[p] * slopes.y()[p];
    }
    xx = flow.blur(xx);
    xy = flow.blur(xy);
    yy = flow.blur(yy);
    double[][] direction = new double[2][n];
    for (int p = 0; p < n; p++) {
      double across = 0.5 * StrictMath.atan2(2 * xy[p], xx[p] - yy[p]);
      direction[0][p] = -StrictMath.sin(across);
      direction[1][p] = StrictMath.cos(across);
    }
    return direction;
  }

  private static double drawnOut(
      double[] noise, double[][] direction, int width, int height, int start, double length) {
    double sum = noise[start];
    int steps = (int) (length / 2);
    for (int side = -1; side <= 1; side += 2) {
      double x = start % width;
      double y = start / width;
      double previousX = side;
      double previousY = 0;
      for (int step = 0; step < steps; step++) {
        int p =
            Bilinear.mirror((int) Math.round(y), height) * width
                + Bilinear.mirror((int) Math.round(x), width);
        double dx = direction[0][p];
        double dy = direction[1][p];
        // directions have no sign: keep going the same way
        double sign = step == 0 ? side : (dx * previousX + dy * previousY < 0 ? -1 : 1);
        previousX = sign * dx;
        previousY = sign * dy;
        x += previousX;
        y += previousY;
        sum += Bilinear.reflected(noise, width, height, x, y);
      }
    }
    double mean = sum / (2 * steps + 1);
    // the mean of many is narrower than each: widen it again
    return 0.5 + (mean - 0.5) * Math.sqrt(2 * steps + 1) * 0.6;
  }

  /** Four colours from dark to light. */
  private static double[][] palette(SplittableRandom random) {
    double[][] palette = new double[4][3];
    double[] tint = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    for (int k = 0; k < 4; k++) {
      double light = 0.08 + 0.28 * k;
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        double mix = 0.5 * tint[c] + 0.5 * random.nextDouble();
        palette[k][c] = 0.25 + mix;
        sum += palette[k][c] / 3;
      }
      for (int c = 0; c < 3; c++) {
        palette[k][c] = Math.min(1, palette[k][c] * light / sum);
      }
    }
    return palette;
  }

  /**
   * The shape of each image with the texture of one of another class. Of the generator's stimuli:
   * the figure in the other's material. Of photographs: patches of the other image, shuffled so
   * that its shape is lost, under the blurred brightness of the first.
   */
  static Transform cueConflict(Shift shift, ImageSet images, long seed) {
    int[] partners = partners(images, seed);
    int width = images.width();
    int height = images.height();
    Gaussian smooth = new Gaussian(width, height, Math.max(0.8, shift.scaled(6, images)));
    return new Transform() {
      @Override
      public int partner(int i) {
        return partners[i];
      }

      @Override
      public Raster apply(int i, SplittableRandom random) {
        int j = partners[i];
        if (images instanceof GeneratedImages generated && generated.hasMask(i)) {
          return exact(generated, generated.inMaterialOf(i, j));
        }
        Raster shape = Raster.of(images, i);
        Raster texture = quilted(Raster.of(images, j), random);
        double[] form = smooth.blur(shape.luminance());
        double[] ground = smooth.blur(texture.luminance());
        double[][] planes = new double[texture.channels()][form.length];
        for (int c = 0; c < planes.length; c++) {
          for (int p = 0; p < form.length; p++) {
            planes[c][p] = texture.planes()[c][p] + form[p] - ground[p];
          }
        }
        return new Raster(width, height, planes);
      }
    };
  }

  /** Patches from random places, laid as tiles with blended borders. */
  private static Raster quilted(Raster source, SplittableRandom random) {
    int width = source.width();
    int height = source.height();
    int tile = Math.max(4, Math.min(width, height) / 4);
    int overlap = Math.max(1, tile / 4);
    double[][] sum = new double[source.channels()][width * height];
    double[] weights = new double[width * height];
    for (int top = -overlap; top < height; top += tile - overlap) {
      for (int left = -overlap; left < width; left += tile - overlap) {
        int fromRow = random.nextInt(height - tile + 1);
        int fromColumn = random.nextInt(width - tile + 1);
        for (int row = Math.max(0, -top); row < Math.min(tile, height - top); row++) {
          for (int column = Math.max(0, -left); column < Math.min(tile, width - left); column++) {
            double weight =
                Math.min(1, (1 + Math.min(row, tile - 1 - row)) / (overlap + 1.0))
                    * Math.min(1, (1 + Math.min(column, tile - 1 - column)) / (overlap + 1.0));
            int to = (top + row) * width + left + column;
            weights[to] += weight;
            for (int c = 0; c < sum.length; c++) {
              sum[c][to] +=
                  weight * source.planes()[c][(fromRow + row) * width + fromColumn + column];
            }
          }
        }
      }
    }
    for (double[] plane : sum) {
      for (int p = 0; p < plane.length; p++) {
        plane[p] /= weights[p];
      }
    }
    return new Raster(width, height, sum);
  }

  /**
   * For each image one of another class, drawn at random; of the generator's stimuli, one whose
   * texture is the commonest of its class.
   */
  private static int[] partners(ImageSet images, long seed) {
    Map<Integer, List<Integer>> byClass = new HashMap<>();
    for (int i = 0; i < images.size(); i++) {
      byClass.computeIfAbsent(images.label(i), label -> new ArrayList<>()).add(i);
    }
    if (images instanceof GeneratedImages generated) {
      byClass.replaceAll((label, members) -> ofCommonestTexture(generated, members));
    }
    int[] labels = byClass.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    int[] partners = new int[images.size()];
    for (int i = 0; i < partners.length; i++) {
      SplittableRandom random =
          new Seeds(seed).stream("cue conflict partner " + images.stimulusId(i));
      int own = Arrays.binarySearch(labels, images.label(i));
      // with one class only there is no conflict: any other image will do
      int pick =
          labels.length == 1 ? 0 : (own + 1 + random.nextInt(labels.length - 1)) % labels.length;
      List<Integer> candidates = byClass.get(labels[pick]);
      partners[i] = candidates.get(random.nextInt(candidates.size()));
    }
    return partners;
  }

  private static List<Integer> ofCommonestTexture(GeneratedImages images, List<Integer> members) {
    Map<String, List<Integer>> byTexture = new HashMap<>();
    for (int i : members) {
      Factors factors = images.factors(i);
      if (!factors.has("texture")) {
        return members;
      }
      byTexture.computeIfAbsent(factors.word("texture"), word -> new ArrayList<>()).add(i);
    }
    return byTexture.entrySet().stream()
        .max(
            Map.Entry.<String, List<Integer>>comparingByValue(Comparator.comparingInt(List::size))
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getValue();
  }
}
