package dev.kindred.measure.neighbourhood;

/** How many marked ones are among those drawn without replacement. */
final class Hypergeometric {
  private Hypergeometric() {}

  /**
   * Probability of 0 … {@code drawn} marked ones.
   *
   * @param size how many there are
   * @param marked how many of them are marked
   * @param drawn how many are drawn, at most {@code size}
   */
  static double[] probabilities(int size, int marked, int drawn) {
    double[] p = new double[drawn + 1];
    int least = Math.max(0, drawn + marked - size);
    int most = Math.min(drawn, marked);
    int mode = (int) ((drawn + 1.0) * (marked + 1.0) / (size + 2.0));
    mode = Math.max(least, Math.min(most, mode));
    // From the most probable number outwards nothing overflows, and what underflows is nothing.
    p[mode] = 1;
    double sum = 1;
    for (int a = mode; a < most; a++) {
      p[a + 1] =
          p[a] * ((marked - a) / (a + 1.0)) * ((drawn - a) / (size - marked - drawn + a + 1.0));
      sum += p[a + 1];
    }
    for (int a = mode; a > least; a--) {
      p[a - 1] =
          p[a] * (a / (marked - a + 1.0)) * ((size - marked - drawn + a) / (drawn - a + 1.0));
      sum += p[a - 1];
    }
    for (int a = least; a <= most; a++) {
      p[a] /= sum;
    }
    return p;
  }
}
