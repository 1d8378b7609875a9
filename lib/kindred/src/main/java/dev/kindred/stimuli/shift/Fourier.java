package dev.kindred.stimuli.shift;

/**
 * The discrete Fourier transform of complex sequences of one length, in place: radix 2 where the
 * length is a power of two, else Bluestein's chirp transform on the next longer one. Safe for
 * several threads.
 */
final class Fourier {
  private final int n;
  private final double[] cos;
  private final double[] sin;

  // for lengths that are no power of two
  private final Fourier longer;
  private final double[] chirpRe;
  private final double[] chirpIm;
  private final double[] filterRe;
  private final double[] filterIm;

  Fourier(int n) {
    this.n = n;
    if (Integer.bitCount(n) == 1) {
      cos = new double[n / 2];
      sin = new double[n / 2];
      for (int k = 0; k < n / 2; k++) {
        cos[k] = StrictMath.cos(2 * Math.PI * k / n);
        sin[k] = StrictMath.sin(2 * Math.PI * k / n);
      }
      longer = null;
      chirpRe = chirpIm = filterRe = filterIm = null;
      return;
    }
    cos = sin = null;
    int m = Integer.highestOneBit(2 * n - 1) << 1;
    longer = new Fourier(m);
    chirpRe = new double[n];
    chirpIm = new double[n];
    filterRe = new double[m];
    filterIm = new double[m];
    for (int k = 0; k < n; k++) {
      // k² modulo 2n keeps the angle exact for long sequences
      double angle = Math.PI * ((long) k * k % (2L * n)) / n;
      chirpRe[k] = StrictMath.cos(angle);
      chirpIm[k] = -StrictMath.sin(angle);
      filterRe[k] = filterRe[(m - k) % m] = chirpRe[k];
      filterIm[k] = filterIm[(m - k) % m] = -chirpIm[k];
    }
    longer.forward(filterRe, filterIm);
  }

  /** Replaces the sequence by Σ x_j exp(−2πijk/n). */
  void forward(double[] re, double[] im) {
    if (longer == null) {
      radix2(re, im);
    } else {
      bluestein(re, im);
    }
  }

  /** Undoes {@link #forward}. */
  void inverse(double[] re, double[] im) {
    // exchanging real and imaginary parts conjugates the transform
    forward(im, re);
    for (int k = 0; k < n; k++) {
      re[k] /= n;
      im[k] /= n;
    }
  }

  private void radix2(double[] re, double[] im) {
    for (int i = 1, j = 0; i < n; i++) {
      int bit = n >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double swap = re[i];
        re[i] = re[j];
        re[j] = swap;
        swap = im[i];
        im[i] = im[j];
        im[j] = swap;
      }
    }
    for (int length = 2; length <= n; length <<= 1) {
      int half = length / 2;
      int stride = n / length;
      for (int start = 0; start < n; start += length) {
        for (int k = 0; k < half; k++) {
          int a = start + k;
          int b = a + half;
          double wr = cos[k * stride];
          double wi = -sin[k * stride];
          double tr = re[b] * wr - im[b] * wi;
          double ti = re[b] * wi + im[b] * wr;
          re[b] = re[a] - tr;
          im[b] = im[a] - ti;
          re[a] += tr;
          im[a] += ti;
        }
      }
    }
  }

  private void bluestein(double[] re, double[] im) {
    double[] xr = new double[longer.n];
    double[] xi = new double[longer.n];
    for (int k = 0; k < n; k++) {
      xr[k] = re[k] * chirpRe[k] - im[k] * chirpIm[k];
      xi[k] = re[k] * chirpIm[k] + im[k] * chirpRe[k];
    }
    longer.forward(xr, xi);
    for (int k = 0; k < longer.n; k++) {
      double real = xr[k] * filterRe[k] - xi[k] * filterIm[k];
      xi[k] = xr[k] * filterIm[k] + xi[k] * filterRe[k];
      xr[k] = real;
    }
    longer.inverse(xr, xi);
    for (int k = 0; k < n; k++) {
      re[k] = xr[k] * chirpRe[k] - xi[k] * chirpIm[k];
      im[k] = xr[k] * chirpIm[k] + xi[k] * chirpRe[k];
    }
  }
}
