package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The binary records of CIFAR-10 and CIFAR-100: label bytes, then the red, the green and the blue
 * plane, row by row (https://www.cs.toronto.edu/~kriz/cifar.html).
 */
final class CifarBinary {
  private CifarBinary() {}

  /**
   * @param where name of the file, for messages
   * @param id name of the file within the data set
   * @param labelBytes label bytes before the pixels
   * @param labelIndex which of them is the class
   */
  static ImageSource read(
      String where,
      String id,
      Bytes bytes,
      StridedImages.Layout layout,
      int labelBytes,
      int labelIndex,
      List<String> classNames) {
    int record = labelBytes + layout.bytes();
    if (bytes.size() == 0 || bytes.size() % record != 0) {
      throw new InputException(
          where
              + ": expected records of "
              + record
              + " bytes, found "
              + bytes.size()
              + " bytes in all: the file is truncated or of another format");
    }
    long count = bytes.size() / record;
    if (count > Integer.MAX_VALUE) {
      throw new InputException(where + ": more than " + Integer.MAX_VALUE + " records");
    }
    int[] labels = new int[(int) count];
    ByteBuffer one = ByteBuffer.allocate(1);
    for (int i = 0; i < labels.length; i++) {
      bytes.read((long) i * record + labelIndex, one.clear());
      labels[i] = one.get(0) & 0xff;
    }
    return new StridedImages(
        where, bytes, labelBytes, record, layout, labels, id, Labels.namesOr(classNames, labels));
  }
}
