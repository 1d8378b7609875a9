package dev.kindred.stimuli.generator;

/** Value noise: smooth random fields over the plane, each a pure function of its key. */
final class ValueNoise {
  private ValueNoise() {}

  /** A number in [0, 1) for a point of the integer lattice. */
  static double lattice(long key, int x, int y) {
    long z = key + x * 0x9E3779B97F4A7C15L + y * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }

  /** Smooth noise in [0, 1) with features of size one. */
  static double smooth(long key, double x, double y) {
    int column = floor(x);
    int row = floor(y);
    double fx = ease(x - column);
    double fy = ease(y - row);
    double top = mix(lattice(key, column, row), lattice(key, column + 1, row), fx);
    double bottom = mix(lattice(key, column, row + 1), lattice(key, column + 1, row + 1), fx);
    return mix(top, bottom, fy);
  }

  /** Octaves of smooth noise, each twice as fine and half as strong; in [0, 1). */
  static double fractal(long key, double x, double y, int octaves) {
    double sum = 0;
    double weight = 1;
    double total = 0;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * smooth(key + octave, x, y);
      total += weight;
      weight /= 2;
      x = 2 * x + 17.3;
      y = 2 * y - 9.1;
    }
    return sum / total;
  }

  static int floor(double value) {
    int truncated = (int) value;
    return value < truncated ? truncated - 1 : truncated;
  }

  static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  static double clamp(double value, double low, double high) {
    return value < low ? low : Math.min(value, high);
  }
}
