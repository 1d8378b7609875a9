package dev.kindred.stimuli.shift;

/** Values of a plane between its pixels. */
final class Bilinear {
  private Bilinear() {}

  /** Bilinear interpolation at column {@code x} and row {@code y}, reflected at the borders. */
  static double reflected(double[] plane, int width, int height, double x, double y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double fx = x - column;
    double fy = y - row;
    int left = mirror(column, width);
    int right = mirror(column + 1, width);
    int top = mirror(row, height) * width;
    int bottom = mirror(row + 1, height) * width;
    return (1 - fy) * ((1 - fx) * plane[top + left] + fx * plane[top + right])
        + fy * ((1 - fx) * plane[bottom + left] + fx * plane[bottom + right]);
  }

  /** The pixel that is seen at {@code i} when the border pixels are repeated once. */
  static int mirror(int i, int n) {
    int folded = Math.floorMod(i, 2 * n);
    return folded < n ? folded : 2 * n - 1 - folded;
  }
}
