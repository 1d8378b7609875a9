package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The header of a .npy array, versions 1.0 to 3.0, as the NumPy enhancement proposal 1 defines it.
 *
 * @param kind letter of the type: {@code f}, {@code i}, {@code u}, {@code b}; {@code U} and {@code
 *     S} for texts; anything else is no array of numbers
 * @param itemBytes bytes of one item
 * @param order byte order
 * @param fortran true if the first axis moves fastest
 * @param shape lengths of the axes
 * @param dataStart position of the first item
 * @param descr the type as the file writes it
 */
record NpyHeader(
    char kind,
    int itemBytes,
    ByteOrder order,
    boolean fortran,
    long[] shape,
    long dataStart,
    String descr) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 20;

  static boolean matches(ByteBuffer head) {
    if (head.remaining() < MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (head.get(i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  static NpyHeader read(String where, Bytes bytes) {
    ByteBuffer head = ArrayFile.head(bytes, 12).order(ByteOrder.LITTLE_ENDIAN);
    if (!matches(head)) {
      throw new InputException(where + ": expected a .npy array, found other first bytes");
    }
    if (head.remaining() < 10) {
      throw truncated(where, bytes);
    }
    int major = head.get(6);
    int minor = head.get(7);
    if (major < 1 || major > 3 || minor != 0) {
      throw new InputException(
          where + ": expected .npy version 1.0, 2.0 or 3.0, found " + major + "." + minor);
    }
    int lengthBytes = major == 1 ? 2 : 4;
    if (head.remaining() < 8 + lengthBytes) {
      throw truncated(where, bytes);
    }
    long length = major == 1 ? head.getShort(8) & 0xFFFF : head.getInt(8) & 0xFFFFFFFFL;
    long start = 8 + lengthBytes;
    if (length > MAX_HEADER) {
      throw new InputException(where + ": header claims " + length + " bytes, too many");
    }
    if (start + length > bytes.size()) {
      throw truncated(where, bytes);
    }
    ByteBuffer text = ByteBuffer.allocate((int) length);
    bytes.read(start, text);
    String header =
        new String(text.array(), major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return parse(where, header, start + length);
  }

  private static NpyHeader parse(String where, String text, long dataStart) {
    if (!(PythonLiteral.parse(where, text) instanceof Map<?, ?> map)
        || !map.keySet().equals(java.util.Set.of("descr", "fortran_order", "shape"))) {
      throw new InputException(
          where + ": header must be a dictionary of descr, fortran_order and shape");
    }
    if (!(map.get("fortran_order") instanceof Boolean fortran)) {
      throw new InputException(where + ": header: fortran_order must be True or False");
    }
    if (!(map.get("shape") instanceof List<?> lengths)
        || !lengths.stream().allMatch(l -> l instanceof Long)) {
      throw new InputException(where + ": header: shape must be a tuple of integers");
    }
    if (lengths.size() > 64) {
      throw new InputException(where + ": " + lengths.size() + " axes; NumPy has at most 64");
    }
    long[] shape = lengths.stream().mapToLong(l -> (Long) l).toArray();
    if (map.get("descr") instanceof List<?>) {
      return new NpyHeader(
          'V', 0, ByteOrder.nativeOrder(), fortran, shape, dataStart, "structured");
    }
    if (!(map.get("descr") instanceof String descr)
        || !descr.matches("[<>|=]?[a-zA-Z?][0-9]{0,8}(\\[.*\\])?")) {
      throw new InputException(
          where
              + ": header: descr must be a type such as '<f4', found "
              + PythonLiteral.printable(String.valueOf(map.get("descr"))));
    }
    boolean marked = "<>|=".indexOf(descr.charAt(0)) >= 0;
    String bare = marked ? descr.substring(1) : descr;
    ByteOrder order =
        switch (descr.charAt(0)) {
          case '<' -> ByteOrder.LITTLE_ENDIAN;
          case '>' -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    String digits = bare.substring(1).replaceAll("\\[.*", "");
    int item = digits.isEmpty() ? 0 : Integer.parseInt(digits);
    int itemBytes = bare.charAt(0) == 'U' ? Math.multiplyExact(4, item) : item;
    return new NpyHeader(bare.charAt(0), itemBytes, order, fortran, shape, dataStart, descr);
  }

  /** A header for items of a type such as {@code f4}, or null where that is none. */
  static NpyHeader ofType(String code, ByteOrder order, boolean fortran, long[] shape) {
    return code.matches("[a-zA-Z?][0-9]{0,2}")
        ? new NpyHeader(
            code.charAt(0),
            code.length() == 1 ? 0 : Integer.parseInt(code.substring(1)),
            order,
            fortran,
            shape,
            0,
            code)
        : null;
  }

  /** The type of the numbers, or null where the items are no numbers that are read here. */
  ElementType type() {
    return switch (kind + "" + itemBytes) {
      case "b1", "?0" -> ElementType.BOOL;
      case "i1" -> ElementType.INT8;
      case "u1" -> ElementType.UINT8;
      case "i2" -> ElementType.INT16;
      case "u2" -> ElementType.UINT16;
      case "i4" -> ElementType.INT32;
      case "u4" -> ElementType.UINT32;
      case "i8" -> ElementType.INT64;
      case "u8" -> ElementType.UINT64;
      case "f2" -> ElementType.FLOAT16;
      case "f4" -> ElementType.FLOAT32;
      case "f8" -> ElementType.FLOAT64;
      default -> null;
    };
  }

  /** What the items are, for messages. */
  String description() {
    String what =
        switch (kind) {
          case 'f', 'g' -> "extended-precision numbers (" + descr + "); save float64 instead";
          case 'c', 'F', 'D' -> "complex numbers (" + descr + ")";
          case 'O' -> "pickled Python objects, which are never loaded";
          case 'U', 'S', 'a' -> "texts (" + descr + ")";
          case 'M', 'm' -> "dates or times (" + descr + ")";
          case 'V' ->
              descr.equals("structured")
                  ? "a structured array; save one numeric array instead"
                  : "raw bytes (" + descr + "); save bfloat16 as float32";
          default -> "items of the unknown type " + descr;
        };
    return what + " " + ArrayFile.shapeText(shape);
  }

  private static InputException truncated(String where, Bytes bytes) {
    return new InputException(
        where + ": the .npy header is cut off after " + bytes.size() + " bytes");
  }
}
