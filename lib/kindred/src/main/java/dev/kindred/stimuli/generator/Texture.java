package dev.kindred.stimuli.generator;

import static dev.kindred.stimuli.generator.ValueNoise.clamp;
import static dev.kindred.stimuli.generator.ValueNoise.floor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Patterns of two colours over the plane. {@code u} and {@code v} count the pattern's periods; the
 * value is the share of the second colour, from 0 to 1, with edges blurred over {@code pixel} (one
 * pixel's width in periods), so that nothing aliases.
 */
enum Texture {
  PLAIN {
    @Override
    double share(long key, double u, double v, double pixel) {
      return 0;
    }
  },
  STRIPED {
    @Override
    double share(long key, double u, double v, double pixel) {
      return below(zigzag(u) - 0.25, pixel);
    }
  },
  CHECKED {
    @Override
    double share(long key, double u, double v, double pixel) {
      double a = below(zigzag(u) - 0.25, pixel);
      double b = below(zigzag(v) - 0.25, pixel);
      return a + b - 2 * a * b;
    }
  },
  DOTTED {
    @Override
    double share(long key, double u, double v, double pixel) {
      double x = u - floor(u) - 0.5;
      double y = v - floor(v) - 0.5;
      return below(Math.sqrt(x * x + y * y) - 0.3, pixel);
    }
  },
  WAVY {
    @Override
    double share(long key, double u, double v, double pixel) {
      double shift = 0.35 * StrictMath.sin(2 * Math.PI * 0.42 * v);
      return below(zigzag(u + shift) - 0.25, pixel);
    }
  },
  ZIGZAG {
    @Override
    double share(long key, double u, double v, double pixel) {
      return below(zigzag(u + 1.8 * zigzag(0.55 * v)) - 0.25, 1.4 * pixel);
    }
  },
  MARBLED {
    @Override
    double share(long key, double u, double v, double pixel) {
      double field = ValueNoise.fractal(key, 0.9 * u, 0.9 * v, 3);
      return clamp(0.5 + 5 * (field - 0.5), 0, 1);
    }
  },
  SPECKLED {
    @Override
    double share(long key, double u, double v, double pixel) {
      double nearest = 9;
      double x = 1.7 * u;
      double y = 1.7 * v;
      for (int row = floor(y) - 1; row <= floor(y) + 1; row++) {
        for (int column = floor(x) - 1; column <= floor(x) + 1; column++) {
          double cx = column + ValueNoise.lattice(key, column, row) - x;
          double cy = row + ValueNoise.lattice(key + 1, column, row) - y;
          double radius = 0.38 * ValueNoise.lattice(key + 2, column, row);
          nearest = Math.min(nearest, Math.sqrt(cx * cx + cy * cy) - radius);
        }
      }
      return below(nearest, 1.7 * pixel);
    }
  },
  BRICKED {
    @Override
    double share(long key, double u, double v, double pixel) {
      double y = 1.5 * v;
      int row = floor(y);
      double x = 0.75 * u + 0.5 * (row & 1);
      double across = Math.min(x - floor(x), 1 - (x - floor(x))) / 0.75;
      double along = Math.min(y - row, 1 - (y - row)) / 1.5;
      return below(Math.min(across, along) - 0.1, pixel);
    }
  },
  WOVEN {
    @Override
    double share(long key, double u, double v, double pixel) {
      double x = 1.3 * u;
      double y = 1.3 * v;
      boolean over = ((floor(x) + floor(y)) & 1) == 0;
      double across = Math.abs((over ? x - floor(x) : y - floor(y)) - 0.5);
      double along = Math.abs((over ? y - floor(y) : x - floor(x)) - 0.5);
      return below(across - 0.3, 1.3 * pixel) * (0.75 + 0.25 * below(along - 0.4, 1.3 * pixel));
    }
  },
  SCALY {
    @Override
    double share(long key, double u, double v, double pixel) {
      double y = 1.6 * v;
      int row = floor(y);
      double nearest = 9;
      // a scale's lower rim lies over the two rows below it
      for (int above = row - 1; above <= row; above++) {
        double x = u + 0.5 * (above & 1);
        double dx = x - floor(x) - 0.5;
        double dy = (y - above) / 1.6;
        nearest = Math.min(nearest, Math.abs(Math.sqrt(dx * dx + dy * dy) - 0.56));
      }
      return below(nearest - 0.09, pixel);
    }
  },
  CRACKED {
    @Override
    double share(long key, double u, double v, double pixel) {
      double x = 1.2 * u;
      double y = 1.2 * v;
      double first = 9;
      double second = 9;
      for (int row = floor(y) - 1; row <= floor(y) + 1; row++) {
        for (int column = floor(x) - 1; column <= floor(x) + 1; column++) {
          double cx = column + ValueNoise.lattice(key, column, row) - x;
          double cy = row + ValueNoise.lattice(key + 1, column, row) - y;
          double distance = Math.sqrt(cx * cx + cy * cy);
          if (distance < first) {
            second = first;
            first = distance;
          } else {
            second = Math.min(second, distance);
          }
        }
      }
      return below(0.5 * (second - first) - 0.08, 1.2 * pixel);
    }
  },
  RINGED {
    @Override
    double share(long key, double u, double v, double pixel) {
      // one target in each cell of a coarse lattice
      double x = 0.4 * u;
      double y = 0.4 * v;
      double cx = (x - floor(x) - 0.5) / 0.4;
      double cy = (y - floor(y) - 0.5) / 0.4;
      return below(zigzag(1.1 * Math.sqrt(cx * cx + cy * cy)) - 0.25, 1.1 * pixel);
    }
  };

  /** All but the plain one. */
  static final List<Texture> PATTERNS = List.of(Arrays.copyOfRange(values(), 1, values().length));

  abstract double share(long key, double u, double v, double pixel);

  /** Its adjective in captions. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Triangle wave of period 1 from 0 (at whole numbers) to 0.5. */
  private static double zigzag(double t) {
    double phase = t - floor(t);
    return Math.min(phase, 1 - phase);
  }

  /** Share of a pixel that lies where the signed distance is negative. */
  private static double below(double distance, double pixel) {
    return clamp(0.5 - distance / pixel, 0, 1);
  }
}
