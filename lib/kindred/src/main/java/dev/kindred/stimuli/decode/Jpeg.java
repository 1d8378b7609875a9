package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;

/** The frame header of a JPEG file. */
final class Jpeg {
  private Jpeg() {}

  /** Width, height and channels; fails on what is not baseline or progressive grey or colour. */
  static int[] shape(byte[] file, String where) {
    int position = 2;
    while (position + 4 <= file.length) {
      if ((file[position] & 0xff) != 0xff) {
        throw new InputException(where + ": damaged JPEG: a marker is missing");
      }
      int marker = file[position + 1] & 0xff;
      if (marker == 0xff) {
        position++;
        continue;
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        position += 2;
        continue;
      }
      if (marker == 0xd9 || marker == 0xda) {
        break;
      }
      int length = (file[position + 2] & 0xff) << 8 | (file[position + 3] & 0xff);
      if (isFrame(marker)) {
        return frame(file, position + 4, marker, where);
      }
      position += 2 + Math.max(2, length);
    }
    throw new InputException(where + ": truncated or damaged JPEG: its frame header is missing");
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int[] frame(byte[] file, int at, int marker, String where) {
    if (at + 6 > file.length) {
      throw new InputException(where + ": truncated JPEG");
    }
    int bits = file[at] & 0xff;
    int height = (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff);
    int width = (file[at + 3] & 0xff) << 8 | (file[at + 4] & 0xff);
    int components = file[at + 5] & 0xff;
    if (marker > 0xc2 || bits != 8) {
      throw new InputException(
          where + ": expected a baseline or progressive JPEG of 8 bits, found another kind");
    }
    if (components == 4) {
      throw new InputException(where + ": expected a grey or RGB JPEG, found CMYK: convert it");
    }
    if (components != 1 && components != 3) {
      throw new InputException(where + ": expected 1 or 3 components, found " + components);
    }
    Limits.requireDimensions(width, height, where);
    return new int[] {width, height, components};
  }
}
