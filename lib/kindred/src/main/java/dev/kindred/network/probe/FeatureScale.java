package dev.kindred.network.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** What is done to features before a probe reads them, in training and afterwards. */
public enum FeatureScale {
  /** Nothing. */
  RAW,

  /**
   * Divides every row by its Euclidean length; a row of zeros stays. How much a stimulus excites a
   * model on the whole then says nothing, and features of any scale meet the same learning rate.
   */
  UNIT_ROWS,

  /**
   * Centres every unit and scales it to deviation 1 on the training rows. The probe that is trained
   * then reads raw rows, as this goes into its weights. Few steps are enough for any features.
   */
  STANDARD_UNITS;

  /** Scales the rows of a float32 tensor (n, p) where they lie; units are left as they are. */
  void apply(NDArray rows) {
    if (this == UNIT_ROWS) {
      // By the largest number first: squares of large or small ones leave the range of float32.
      try (NDArray sizes = rows.abs()) {
        divide(rows, sizes.max(new int[] {1}, true));
      }
      try (NDArray squares = rows.square();
          NDArray sums = squares.sum(new int[] {1}, true)) {
        divide(rows, sums.sqrt());
      }
    }
  }

  /** Rows by their lengths, those of length 0 by 1. */
  private static void divide(NDArray rows, NDArray lengths) {
    try (lengths;
        NDArray equal = lengths.eq(0);
        NDArray ones = equal.toType(DataType.FLOAT32, false)) {
      lengths.addi(ones);
      rows.divi(lengths);
    }
  }
}
