package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The IDX format of MNIST: two zero bytes, a type, the number of dimensions, each dimension as a
 * big-endian 32-bit number, then the values. Of the types, unsigned bytes (0x08) hold images and
 * labels; others are refused.
 */
final class Idx {
  private static final int UNSIGNED_BYTE = 0x08;

  private final String where;
  private final Bytes bytes;
  private final long[] shape;

  private Idx(String where, Bytes bytes, long[] shape) {
    this.where = where;
    this.bytes = bytes;
    this.shape = shape;
  }

  static Idx open(String where, Bytes bytes) {
    byte[] magic = bytes.copy(where, 0, 4);
    int dimensions = magic[3] & 0xff;
    if (magic[0] != 0 || magic[1] != 0 || dimensions < 1 || dimensions > 4) {
      throw new InputException(
          where
              + ": expected an IDX file of 1 to 4 dimensions, found the bytes "
              + java.util.HexFormat.ofDelimiter(" ").formatHex(magic));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new InputException(
          where
              + ": expected unsigned bytes (type 08), found type "
              + String.format("%02x", magic[2]));
    }
    ByteBuffer sizes = ByteBuffer.wrap(bytes.copy(where, 4, 4 * dimensions));
    long[] shape = new long[dimensions];
    long total = 1;
    for (int d = 0; d < dimensions; d++) {
      shape[d] = sizes.getInt() & 0xffffffffL;
      if (shape[d] == 0 || shape[d] > Integer.MAX_VALUE || total > Long.MAX_VALUE / shape[d]) {
        throw new InputException(where + ": has the impossible shape " + Arrays.toString(shape));
      }
      total *= shape[d];
    }
    long expected = 4 + 4L * dimensions + total;
    if (bytes.size() != expected) {
      throw new InputException(
          where
              + ": its shape "
              + Arrays.toString(shape)
              + " needs "
              + expected
              + " bytes, found "
              + bytes.size());
    }
    return new Idx(where, bytes, shape);
  }

  boolean isLabels() {
    return shape.length == 1;
  }

  int[] labels() {
    byte[] stored = bytes.copy(where, 8, (int) shape[0]);
    int[] labels = new int[stored.length];
    Arrays.setAll(labels, i -> stored[i] & 0xff);
    return labels;
  }

  /** The images with the given labels, or none where {@code labels} is null. */
  ImageSource images(String id, int[] labels, java.util.List<String> classNames) {
    if (shape.length < 3) {
      throw new InputException(
          where + ": expected images (3 or 4 dimensions), found shape " + Arrays.toString(shape));
    }
    int channels = shape.length == 4 ? (int) shape[3] : 1;
    Limits.requireDimensions(shape[2], shape[1], where);
    if (channels != 1 && channels != 3) {
      throw new InputException(where + ": expected 1 or 3 channels, found " + channels);
    }
    int[] classes = labels;
    if (classes == null) {
      classes = new int[(int) shape[0]];
      Arrays.fill(classes, -1);
    } else if (classes.length != shape[0]) {
      throw new InputException(
          where + ": has " + shape[0] + " images, but there are " + classes.length + " labels");
    }
    StridedImages.Layout layout =
        StridedImages.Layout.interleaved((int) shape[2], (int) shape[1], channels);
    return new StridedImages(
        where,
        bytes,
        4 + 4L * shape.length,
        layout.bytes(),
        layout,
        classes,
        id,
        Labels.namesOr(classNames, classes));
  }
}
