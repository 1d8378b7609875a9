package dev.kindred.base.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes before the numbers of a .npy array. */
public final class NpyEncoder {
  private NpyEncoder() {}

  /**
   * A version 1.0 header for an array in C order, padded as NumPy pads it.
   *
   * @param descr type of the items, such as {@code <f4}
   * @param shape lengths of the axes
   */
  public static byte[] header(String descr, long... shape) {
    StringBuilder text = new StringBuilder();
    text.append("{'descr': '").append(descr).append("', 'fortran_order': False, 'shape': ");
    text.append(ArrayFile.shapeText(shape)).append(", }");
    while ((10 + text.length() + 1) % 64 != 0) {
      text.append(' ');
    }
    byte[] line = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + line.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(NpyHeader.MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) line.length)
        .put(line)
        .array();
  }
}
