package dev.kindred.network.training;

/** Linear changes of RGB colours: brightness, saturation and hue in the YIQ space. */
final class ColourMatrix {
  private static final double[] LUMA = {0.299, 0.587, 0.114};
  private static final double[][] TO_YIQ = {
    {0.299, 0.587, 0.114}, {0.5959, -0.2746, -0.3213}, {0.2115, -0.5227, 0.3112}
  };
  private static final double[][] FROM_YIQ = {
    {1, 0.956, 0.619}, {1, -0.272, -0.647}, {1, -1.106, 1.703}
  };

  private ColourMatrix() {}

  /**
   * Writes a 3×3 matrix, row by row.
   *
   * @param brightness factor of all colours
   * @param saturation 0 gives grey, 1 leaves colours as they are
   * @param hue angle in radians
   */
  static void write(float[] target, int offset, double brightness, double saturation, double hue) {
    double cos = Math.cos(hue);
    double sin = Math.sin(hue);
    double[][] turn = {{1, 0, 0}, {0, cos, -sin}, {0, sin, cos}};
    double[][] turned = hue == 0 ? identity() : multiply(FROM_YIQ, multiply(turn, TO_YIQ));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double value = saturation * turned[i][j] + (1 - saturation) * LUMA[j];
        target[offset + 3 * i + j] = (float) (brightness * value);
      }
    }
  }

  private static double[][] identity() {
    return new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    double[][] product = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
