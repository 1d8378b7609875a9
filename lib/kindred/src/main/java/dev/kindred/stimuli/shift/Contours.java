package dev.kindred.stimuli.shift;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Edges and figures of photographs, found by image processing. */
final class Contours {
  private Contours() {}

  /** Slopes of a plane: Sobel's, reflected at the borders. */
  record Slopes(double[] x, double[] y) {
    static Slopes of(double[] plane, int width, int height) {
      double[] x = new double[plane.length];
      double[] y = new double[plane.length];
      for (int row = 0; row < height; row++) {
        int above = Bilinear.mirror(row - 1, height) * width;
        int here = row * width;
        int below = Bilinear.mirror(row + 1, height) * width;
        for (int column = 0; column < width; column++) {
          int left = Bilinear.mirror(column - 1, width);
          int right = Bilinear.mirror(column + 1, width);
          double nw = plane[above + left];
          double ne = plane[above + right];
          double sw = plane[below + left];
          double se = plane[below + right];
          x[here + column] =
              (ne + 2 * plane[here + right] + se - nw - 2 * plane[here + left] - sw) / 8;
          y[here + column] =
              (sw + 2 * plane[below + column] + se - nw - 2 * plane[above + column] - ne) / 8;
        }
      }
      return new Slopes(x, y);
    }

    double steepness(int p) {
      return Math.hypot(x[p], y[p]);
    }
  }

  /**
   * Canny's edges (Canny 1986): ridges of the slope of the blurred image; those steeper than the
   * upper threshold, and those steeper than the lower one that hang together with them. The upper
   * threshold is the slope that a fifth of the pixels exceed, but at least 0.02; the lower one is
   * 0.4 of it.
   */
  static boolean[] canny(double[] blurred, int width, int height) {
    Slopes slopes = Slopes.of(blurred, width, height);
    int n = blurred.length;
    double[] steep = new double[n];
    for (int p = 0; p < n; p++) {
      steep[p] = slopes.steepness(p);
    }
    double[] sorted = steep.clone();
    Arrays.sort(sorted);
    double upper = Math.max(0.02, sorted[(int) (0.8 * (n - 1))]);
    double lower = 0.4 * upper;
    boolean[] ridge = new boolean[n];
    for (int p = 0; p < n; p++) {
      if (steep[p] >= lower) {
        double dx = slopes.x[p] / steep[p];
        double dy = slopes.y[p] / steep[p];
        double column = p % width;
        double row = p / width;
        double ahead = Bilinear.reflected(steep, width, height, column + dx, row + dy);
        double behind = Bilinear.reflected(steep, width, height, column - dx, row - dy);
        ridge[p] = steep[p] > behind && steep[p] >= ahead;
      }
    }
    boolean[] edge = new boolean[n];
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int p = 0; p < n; p++) {
      if (ridge[p] && steep[p] >= upper && !edge[p]) {
        edge[p] = true;
        open.add(p);
        while (!open.isEmpty()) {
          int q = open.remove();
          for (int row = Math.max(0, q / width - 1);
              row <= Math.min(height - 1, q / width + 1);
              row++) {
            for (int column = Math.max(0, q % width - 1);
                column <= Math.min(width - 1, q % width + 1);
                column++) {
              int next = row * width + column;
              if (ridge[next] && !edge[next]) {
                edge[next] = true;
                open.add(next);
              }
            }
          }
        }
      }
    }
    return edge;
  }

  /**
   * The figure of a photograph, as shares of 0 or 1: the pixels whose colour is far from those of
   * the image's rim (in standard deviations of the rim's colours; the threshold is Otsu's), the
   * largest connected part of them, holes filled.
   */
  static double[] figure(Raster image) {
    int width = image.width();
    int height = image.height();
    int n = width * height;
    double[] distance = new double[n];
    int rim = Math.max(1, Math.min(width, height) / 16);
    for (double[] plane : image.planes()) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (int p = 0; p < n; p++) {
        if (onRim(p, width, height, rim)) {
          sum += plane[p];
          squares += plane[p] * plane[p];
          count++;
        }
      }
      double mean = sum / count;
      double variance = Math.max(0, squares / count - mean * mean) + 1e-3;
      for (int p = 0; p < n; p++) {
        distance[p] += (plane[p] - mean) * (plane[p] - mean) / variance;
      }
    }
    for (int p = 0; p < n; p++) {
      distance[p] = Math.sqrt(distance[p]);
    }
    double[] smooth = new Gaussian(width, height, width / 40.0).blur(distance);
    double threshold = otsu(smooth);
    boolean[] far = new boolean[n];
    for (int p = 0; p < n; p++) {
      far[p] = smooth[p] > threshold;
    }
    int[] parts = components(far, width, height);
    int[] sizes = new int[n + 1];
    int largest = 0;
    for (int p = 0; p < n; p++) {
      if (parts[p] > 0 && ++sizes[parts[p]] > sizes[largest]) {
        largest = parts[p];
      }
    }
    boolean[] outside = new boolean[n];
    for (int p = 0; p < n; p++) {
      outside[p] = largest == 0 || parts[p] != largest;
    }
    int[] gaps = components(outside, width, height);
    boolean[] open = new boolean[n + 1];
    for (int p = 0; p < n; p++) {
      if (onRim(p, width, height, 1)) {
        open[gaps[p]] = true;
      }
    }
    double[] figure = new double[n];
    for (int p = 0; p < n; p++) {
      figure[p] = outside[p] && open[gaps[p]] ? 0 : 1;
    }
    return figure;
  }

  private static boolean onRim(int p, int width, int height, int rim) {
    int row = p / width;
    int column = p % width;
    return row < rim || column < rim || row >= height - rim || column >= width - rim;
  }

  /** Numbers the 4-connected parts of a set of pixels from 1; 0 is outside the set. */
  private static int[] components(boolean[] in, int width, int height) {
    int[] part = new int[in.length];
    int parts = 0;
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int start = 0; start < in.length; start++) {
      if (!in[start] || part[start] != 0) {
        continue;
      }
      part[start] = ++parts;
      open.add(start);
      while (!open.isEmpty()) {
        int p = open.remove();
        int[] neighbours = {
          p % width > 0 ? p - 1 : p,
          p % width < width - 1 ? p + 1 : p,
          p >= width ? p - width : p,
          p < in.length - width ? p + width : p
        };
        for (int q : neighbours) {
          if (in[q] && part[q] == 0) {
            part[q] = parts;
            open.add(q);
          }
        }
      }
    }
    return part;
  }

  /** The threshold that separates the values best into two classes (Otsu 1979), of 64. */
  static double otsu(double[] values) {
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    if (high <= low) {
      return high;
    }
    int bins = 64;
    int[] histogram = new int[bins];
    double total = 0;
    for (double value : values) {
      int bin = Math.min(bins - 1, (int) (bins * (value - low) / (high - low)));
      histogram[bin]++;
      total += bin;
    }
    double best = -1;
    int cut = 0;
    double below = 0;
    int count = 0;
    for (int bin = 0; bin < bins - 1; bin++) {
      count += histogram[bin];
      below += bin * (double) histogram[bin];
      int rest = values.length - count;
      if (count == 0 || rest == 0) {
        continue;
      }
      double gap = below / count - (total - below) / rest;
      double between = gap * gap * count * (double) rest;
      if (between > best) {
        best = between;
        cut = bin;
      }
    }
    return low + (cut + 1) * (high - low) / bins;
  }
}
