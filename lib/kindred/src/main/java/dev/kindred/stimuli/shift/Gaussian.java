package dev.kindred.stimuli.shift;

/**
 * Blurs planes of one size with a Gaussian, exactly in the Fourier domain: a component of f cycles
 * per pixel is multiplied by exp(−2π²σ²f²). The plane is continued by reflection at its borders, so
 * its components are cosines (DCT-II), and along one axis the filter is a square matrix. Unlike a
 * sampled kernel this holds for any σ, also far below a pixel.
 */
final class Gaussian {
  private final int width;
  private final int height;
  private final double[] across;
  private final double[] down;

  /**
   * @param sigma standard deviation in pixels; 0 changes nothing
   */
  Gaussian(int width, int height, double sigma) {
    this.width = width;
    this.height = height;
    this.across = matrix(width, sigma);
    this.down = width == height ? across : matrix(height, sigma);
  }

  /** Entry (i, j): weight of sample j in blurred sample i. */
  private static double[] matrix(int n, double sigma) {
    double[][] basis = new double[n][n];
    double[] gain = new double[n];
    for (int k = 0; k < n; k++) {
      double frequency = k / (2.0 * n);
      gain[k] =
          (k == 0 ? 1.0 : 2.0)
              / n
              * StrictMath.exp(-2 * Math.PI * Math.PI * sigma * sigma * frequency * frequency);
      for (int i = 0; i < n; i++) {
        basis[k][i] = StrictMath.cos(Math.PI * k * (i + 0.5) / n);
      }
    }
    double[] weights = new double[n * n];
    for (int k = 0; k < n && gain[k] > 1e-18; k++) {
      for (int i = 0; i < n; i++) {
        double scaled = gain[k] * basis[k][i];
        for (int j = 0; j < n; j++) {
          weights[i * n + j] += scaled * basis[k][j];
        }
      }
    }
    return weights;
  }

  double[] blur(double[] plane) {
    double[] rows = new double[plane.length];
    for (int row = 0; row < height; row++) {
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += across[i * width + j] * plane[row * width + j];
        }
        rows[row * width + i] = sum;
      }
    }
    double[] blurred = new double[plane.length];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < height; j++) {
        double weight = down[i * height + j];
        for (int column = 0; column < width; column++) {
          blurred[i * width + column] += weight * rows[j * width + column];
        }
      }
    }
    return blurred;
  }
}
