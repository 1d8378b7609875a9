package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;

/** Binary PGM and PPM files (P5, P6) with values up to 255. */
final class Pnm {
  private final byte[] file;
  private final String where;
  private int at = 2;

  private Pnm(byte[] file, String where) {
    this.file = file;
    this.where = where;
  }

  static int[] shape(byte[] head, String where) {
    return new Pnm(head, where).header();
  }

  static Pixels decode(byte[] file, String where) {
    Pnm reader = new Pnm(file, where);
    int[] shape = reader.header();
    int count = Math.multiplyExact(shape[0] * shape[1], shape[2]);
    if (file.length - reader.at < count) {
      throw new InputException(
          where
              + ": truncated: expected "
              + count
              + " bytes of pixels, found "
              + (file.length - reader.at));
    }
    byte[] pixels = java.util.Arrays.copyOfRange(file, reader.at, reader.at + count);
    if (shape[3] != 255) {
      for (int i = 0; i < count; i++) {
        int value = pixels[i] & 0xff;
        if (value > shape[3]) {
          throw new InputException(where + ": has the value " + value + ", above its maximum");
        }
        pixels[i] = (byte) ((value * 255 + shape[3] / 2) / shape[3]);
      }
    }
    return new Pixels(pixels, shape[0], shape[1], shape[2]);
  }

  /** Width, height, channels, largest value. */
  private int[] header() {
    int channels = file[1] == '5' ? 1 : 3;
    int width = number();
    int height = number();
    int largest = number();
    at++; // one white space before the pixels
    Limits.requireDimensions(width, height, where);
    if (largest < 1 || largest > 255) {
      throw new InputException(where + ": expected values up to 255, found up to " + largest);
    }
    return new int[] {width, height, channels, largest};
  }

  private int number() {
    while (at < file.length && (Character.isWhitespace(file[at]) || file[at] == '#')) {
      if (file[at] == '#') {
        while (at < file.length && file[at] != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
    int start = at;
    long value = 0;
    while (at < file.length && file[at] >= '0' && file[at] <= '9' && at - start < 9) {
      value = value * 10 + (file[at++] - '0');
    }
    if (at == start || at >= file.length) {
      throw new InputException(where + ": damaged PGM or PPM header");
    }
    return (int) value;
  }
}
