package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arrays in NumPy's .npy format, in a file of their own or as entries of .npz. */
public final class Npy {
  private Npy() {}

  static ArrayFile.Entry entry(String where, String name, Bytes bytes) {
    NpyHeader header = NpyHeader.read(where, bytes);
    return header.type() == null
        ? ArrayFile.Entry.other(name, header.description())
        : ArrayFile.Entry.numeric(name, header.type(), header.shape());
  }

  /**
   * The array that a .npy file holds.
   *
   * @param where the file, for messages
   */
  public static NumericArray array(String where, Bytes bytes) {
    NpyHeader header = NpyHeader.read(where, bytes);
    ElementType type = header.type();
    if (type == null) {
      throw new InputException(
          where + ": expected an array of numbers, found " + header.description());
    }
    return StridedArray.of(
        where,
        type,
        header.order(),
        header.shape(),
        header.fortran(),
        data(where, header, type.bytes(), bytes));
  }

  /** The bytes of an array's numbers; fails unless they lie in C order. */
  public static Bytes inOrder(String where, Bytes bytes) {
    NpyHeader header = NpyHeader.read(where, bytes);
    if (header.fortran()) {
      throw new InputException(where + ": expected C order, found Fortran order");
    }
    return data(where, header, header.itemBytes(), bytes);
  }

  /** The items of a one-axis array of texts ({@code U} or {@code S}); empty for other arrays. */
  static Optional<List<String>> texts(String where, Bytes bytes) {
    NpyHeader header = NpyHeader.read(where, bytes);
    int width = header.itemBytes();
    if ("US".indexOf(header.kind()) < 0 || header.shape().length != 1) {
      return Optional.empty();
    }
    Bytes items = data(where, header, width, bytes);
    long count = header.shape()[0];
    if (width == 0 || count > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    if (count == 0) {
      return Optional.of(texts); // the width of no items may be anything
    }
    ByteBuffer item = ByteBuffer.allocate(width).order(header.order());
    for (long i = 0; i < count; i++) {
      items.read(i * width, item.clear());
      texts.add(header.kind() == 'U' ? utf32(item.flip()) : bytes(item.flip()));
    }
    return Optional.of(texts);
  }

  private static Bytes data(String where, NpyHeader header, int itemBytes, Bytes bytes) {
    long size = StridedArray.checkedSize(where, header.shape());
    long found = bytes.size() - header.dataStart();
    boolean fits =
        itemBytes == 0 ? found == 0 : found % itemBytes == 0 && found / itemBytes == size;
    if (!fits) {
      throw new InputException(
          where
              + ": shape "
              + ArrayFile.shapeText(header.shape())
              + " of '"
              + header.descr()
              + "' needs "
              + java.math.BigInteger.valueOf(size).multiply(java.math.BigInteger.valueOf(itemBytes))
              + " bytes of data, found "
              + found);
    }
    return bytes.part(header.dataStart(), found);
  }

  private static String utf32(ByteBuffer item) {
    StringBuilder text = new StringBuilder();
    while (item.remaining() >= 4) {
      int point = item.getInt();
      if (point == 0) {
        break;
      }
      text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xFFFD);
    }
    return text.toString();
  }

  private static String bytes(ByteBuffer item) {
    int length = item.limit();
    while (length > 0 && item.get(length - 1) == 0) {
      length--;
    }
    return new String(item.array(), 0, length, StandardCharsets.UTF_8);
  }
}
