package dev.kindred.stimuli.shift;

/**
 * The two-dimensional Fourier spectrum of one plane of an image, which it treats as periodic. The
 * component of {@code u} cycles over the height and {@code v} over the width is at {@code u·width +
 * v}; negative frequencies follow the positive ones.
 */
final class Spectrum {
  private final int width;
  private final int height;
  private final Fourier alongRows;
  private final Fourier alongColumns;

  /** Real and imaginary parts; may be changed by the caller. */
  final double[] re;

  final double[] im;

  private Spectrum(Plans plans, double[] re, double[] im) {
    this.width = plans.width;
    this.height = plans.height;
    this.alongRows = plans.rows;
    this.alongColumns = plans.columns;
    this.re = re;
    this.im = im;
  }

  /** Tables for planes of one size. */
  static final class Plans {
    private final int width;
    private final int height;
    private final Fourier rows;
    private final Fourier columns;

    Plans(int width, int height) {
      this.width = width;
      this.height = height;
      this.rows = new Fourier(width);
      this.columns = width == height ? rows : new Fourier(height);
    }

    Spectrum of(double[] plane) {
      Spectrum spectrum = new Spectrum(this, plane.clone(), new double[plane.length]);
      spectrum.transform(false);
      return spectrum;
    }
  }

  /** The plane that has this spectrum; the spectrum is used up. */
  double[] toPlane() {
    transform(true);
    return re;
  }

  double amplitude(int index) {
    return Math.hypot(re[index], im[index]);
  }

  /** Index of the component of the opposite frequency, its conjugate for a real plane. */
  int opposite(int index) {
    int u = index / width;
    int v = index % width;
    return (u == 0 ? 0 : height - u) * width + (v == 0 ? 0 : width - v);
  }

  private void transform(boolean inverse) {
    double[] lineRe = new double[width];
    double[] lineIm = new double[width];
    for (int row = 0; row < height; row++) {
      System.arraycopy(re, row * width, lineRe, 0, width);
      System.arraycopy(im, row * width, lineIm, 0, width);
      run(alongRows, lineRe, lineIm, inverse);
      System.arraycopy(lineRe, 0, re, row * width, width);
      System.arraycopy(lineIm, 0, im, row * width, width);
    }
    lineRe = new double[height];
    lineIm = new double[height];
    for (int column = 0; column < width; column++) {
      for (int row = 0; row < height; row++) {
        lineRe[row] = re[row * width + column];
        lineIm[row] = im[row * width + column];
      }
      run(alongColumns, lineRe, lineIm, inverse);
      for (int row = 0; row < height; row++) {
        re[row * width + column] = lineRe[row];
        im[row * width + column] = lineIm[row];
      }
    }
  }

  private static void run(Fourier fourier, double[] re, double[] im, boolean inverse) {
    if (inverse) {
      fourier.inverse(re, im);
    } else {
      fourier.forward(re, im);
    }
  }
}
