package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import java.io.IOException;
import java.nio.DoubleBuffer;

/**
 * Symmetric matrices of similarities from −1 to 1 in a sixteenth of the bytes of float64: the part
 * above the diagonal, row by row, as whole numbers of 1/32767. The error is at most 1.6e-5; the
 * diagonal is 1. Values beyond that range are kept as float64, the whole matrix.
 */
final class PackedSimilarities {
  private static final int SCALE = Short.MAX_VALUE;

  private PackedSimilarities() {}

  static void write(NpzWriter npz, String name, double[][] values) throws IOException {
    int models = values.length;
    short[] packed = new short[models * (models - 1) / 2];
    int next = 0;
    for (int i = 0; i < models; i++) {
      for (int j = i + 1; j < models; j++) {
        if (!(Math.abs(values[i][j]) <= 1)) {
          npz.write(name, values);
          return;
        }
        packed[next++] = (short) Math.rint(SCALE * values[i][j]);
      }
    }
    npz.write(name, packed);
  }

  /**
   * @param models the number of models
   * @throws InputException if the array is not of so many models
   */
  static double[][] read(NumericArray array, int models) {
    long pairs = (long) models * (models - 1) / 2;
    boolean packed = array.type() == ElementType.INT16;
    long expected = packed ? pairs : (long) models * models;
    if (array.size() != expected) {
      throw new InputException(
          array.name()
              + ": expected "
              + expected
              + " numbers for "
              + models
              + " models, found "
              + array.size());
    }
    double[] numbers = new double[Math.toIntExact(expected)];
    array.read(0, DoubleBuffer.wrap(numbers));
    double[][] values = new double[models][models];
    int next = 0;
    for (int i = 0; i < models; i++) {
      if (packed) {
        values[i][i] = 1;
        for (int j = i + 1; j < models; j++) {
          values[i][j] = values[j][i] = numbers[next++] / SCALE;
        }
      } else {
        System.arraycopy(numbers, i * models, values[i], 0, models);
      }
    }
    return values;
  }
}
