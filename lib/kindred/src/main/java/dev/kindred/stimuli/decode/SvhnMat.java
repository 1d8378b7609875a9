package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.types.Matrix;

/**
 * SVHN, format 2: {@code X} of shape height × width × channels × n (unsigned bytes) and {@code y}
 * of n digits, 1 to 10, where 10 stands for the digit 0 (http://ufldl.stanford.edu/housenumbers/).
 */
final class SvhnMat {
  private SvhnMat() {}

  static ImageSource read(DataFile file, List<String> classNames) {
    Matrix x = MatFile.matrix(file, "X");
    int[] shape = x.getDimensions();
    if (shape.length != 4 || (shape[2] != 1 && shape[2] != 3)) {
      throw new InputException(
          file.where()
              + ": expected X of shape height × width × 1 or 3 × n, found "
              + Arrays.toString(shape));
    }
    Limits.requireDimensions(shape[1], shape[0], file.where());
    switch (x.getType()) {
      case UInt8 -> {}
      default ->
          throw new InputException(
              file.where() + ": expected X of type uint8, found " + x.getType());
    }
    double[] y = MatFile.numbers(file, "y");
    if (y.length != shape[3]) {
      throw new InputException(
          file.where() + ": has " + shape[3] + " images, but there are " + y.length + " labels");
    }
    int[] labels = new int[y.length];
    for (int i = 0; i < labels.length; i++) {
      if (y[i] != Math.rint(y[i]) || y[i] < 0 || y[i] > 10) {
        throw new InputException(
            file.where() + ": image " + i + " has label " + y[i] + ", expected 1 to 10");
      }
      labels[i] = (int) y[i] % 10;
    }
    byte[] bytes = MatFile.bytes(file, "X", x);
    StridedImages.Layout layout = StridedImages.Layout.columnPlanes(shape[1], shape[0], shape[2]);
    return new StridedImages(
        file.where(),
        Bytes.of(bytes),
        0,
        layout.bytes(),
        layout,
        labels,
        file.id(),
        Labels.namesOr(classNames, labels));
  }
}
