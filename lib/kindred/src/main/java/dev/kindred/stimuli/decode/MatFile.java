package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.MatlabArrays;
import java.util.Map;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Matrix;

/** Variables of MATLAB files of version 5, as SVHN and Flowers-102 come in. */
final class MatFile {
  private MatFile() {}

  /** A real, full matrix; fails with one line if the file holds no such variable. */
  static Matrix matrix(DataFile file, String variable) {
    Map<String, Array> arrays = MatlabArrays.read(file.where(), file.bytes());
    if (!(arrays.get(variable) instanceof Matrix found)) {
      throw new InputException(
          file.where()
              + ": expected a numeric variable "
              + variable
              + ", found "
              + arrays.keySet());
    }
    if (found.isComplex()) {
      throw new InputException(file.where() + ": variable " + variable + " is complex");
    }
    return found;
  }

  static double[] numbers(DataFile file, String variable) {
    Matrix matrix = matrix(file, variable);
    try {
      double[] numbers = new double[matrix.getNumElements()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = matrix.getDouble(i);
      }
      return numbers;
    } catch (RuntimeException e) {
      throw damaged(file, variable, e);
    }
  }

  /** The elements of a matrix of small integers, column by column. */
  static byte[] bytes(DataFile file, String variable, Matrix matrix) {
    try {
      byte[] bytes = new byte[matrix.getNumElements()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = matrix.getByte(i);
      }
      return bytes;
    } catch (RuntimeException e) {
      throw damaged(file, variable, e);
    }
  }

  private static InputException damaged(DataFile file, String variable, RuntimeException e) {
    return new InputException(
        file.where() + ": variable " + variable + " is damaged: " + e.getMessage(), e);
  }
}
