package dev.kindred.base.array;

import dev.kindred.base.array.Pickle.Global;
import dev.kindred.base.array.Pickle.Unmade;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What PyTorch's pickles may make: tensors (as descriptions of where their numbers lie), NumPy
 * arrays, ordered dictionaries and sizes. Everything else stays unmade.
 *
 * <p>The names are those of {@code torch._utils} and {@code numpy} that {@code torch.save} writes.
 */
final class TorchPickle implements Pickle.Maker {
  private static final Map<String, ElementType> DTYPES =
      Map.ofEntries(
          Map.entry("bool", ElementType.BOOL),
          Map.entry("uint8", ElementType.UINT8),
          Map.entry("int8", ElementType.INT8),
          Map.entry("int16", ElementType.INT16),
          Map.entry("uint16", ElementType.UINT16),
          Map.entry("int32", ElementType.INT32),
          Map.entry("uint32", ElementType.UINT32),
          Map.entry("int64", ElementType.INT64),
          Map.entry("uint64", ElementType.UINT64),
          Map.entry("float16", ElementType.FLOAT16),
          Map.entry("bfloat16", ElementType.BFLOAT16),
          Map.entry("float32", ElementType.FLOAT32),
          Map.entry("float64", ElementType.FLOAT64));

  private static final Map<String, ElementType> STORAGES =
      Map.ofEntries(
          Map.entry("BoolStorage", ElementType.BOOL),
          Map.entry("ByteStorage", ElementType.UINT8),
          Map.entry("UntypedStorage", ElementType.UINT8),
          Map.entry("CharStorage", ElementType.INT8),
          Map.entry("ShortStorage", ElementType.INT16),
          Map.entry("IntStorage", ElementType.INT32),
          Map.entry("LongStorage", ElementType.INT64),
          Map.entry("HalfStorage", ElementType.FLOAT16),
          Map.entry("BFloat16Storage", ElementType.BFLOAT16),
          Map.entry("FloatStorage", ElementType.FLOAT32),
          Map.entry("DoubleStorage", ElementType.FLOAT64));

  /**
   * A storage that lies outside the pickle.
   *
   * @param type type of its numbers
   * @param key its name
   * @param length number of its numbers
   * @param viewOffset number of the root storage at which it begins; 0 unless a legacy view
   */
  record Storage(ElementType type, String key, long length, long viewOffset) {}

  /** A tensor: numbers of a storage at an offset and strides, both counted in numbers. */
  record Tensor(ElementType type, Storage storage, long offset, long[] shape, long[] strides) {}

  /** A NumPy array, whose bytes are in the pickle itself; filled in by its state. */
  static final class NumpyArray {
    ElementType type;
    ByteOrder order;
    long[] shape;
    boolean fortran;
    byte[] bytes;
    String problem = "a NumPy array without data";
  }

  /** A NumPy type; its state brings the byte order. */
  static final class NumpyType {
    final String code;
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    NumpyType(String code) {
      this.code = code;
    }
  }

  @Override
  public Object call(Global callable, List<Object> arguments) {
    String path = callable.path();
    switch (path) {
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> {
        return tensor(null, arguments);
      }
      case "torch._utils._rebuild_tensor_v3" -> {
        ElementType type =
            arguments.size() > 6 && arguments.get(6) instanceof Global g
                ? DTYPES.get(g.name())
                : null;
        return type == null ? new Unmade("a tensor of an unknown type") : tensor(type, arguments);
      }
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> {
        return arguments.isEmpty() ? new Unmade("an empty parameter") : arguments.get(0);
      }
      case "torch._tensor._rebuild_from_type_v2" -> {
        // A subclass of Tensor, or one with attributes: its numbers come from a function on the
        // list.
        return arguments.size() > 2
                && arguments.get(0) instanceof Global inner
                && arguments.get(2) instanceof List<?> list
                && !inner.path().equals(path)
            ? call(inner, new java.util.ArrayList<>(list))
            : new Unmade("a tensor of a subclass");
      }
      case "collections.OrderedDict", "collections.defaultdict", "builtins.dict" -> {
        return dictionary(arguments);
      }
      case "torch.Size", "builtins.list", "builtins.tuple" -> {
        return arguments.size() == 1 && arguments.get(0) instanceof List<?> list
            ? list
            : new java.util.ArrayList<>();
      }
      case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" -> {
        return new NumpyArray();
      }
      case "numpy.dtype" -> {
        return arguments.isEmpty() || !(arguments.get(0) instanceof String code)
            ? new Unmade("a NumPy type without a code")
            : new NumpyType(code);
      }
      case "_codecs.encode" -> {
        // How protocol 2 writes bytes.
        return arguments.size() == 2
                && arguments.get(0) instanceof String text
                && "latin1".equals(arguments.get(1))
            ? text.getBytes(StandardCharsets.ISO_8859_1)
            : new Unmade("a text in an unknown encoding");
      }
      default -> {
        return new Unmade("an object made by " + PythonLiteral.printable(path) + ", never loaded");
      }
    }
  }

  private static Object dictionary(List<Object> arguments) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (arguments.size() == 1 && arguments.get(0) instanceof List<?> pairs) {
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> two) || two.size() != 2) {
          return new Unmade("a dictionary of odd entries");
        }
        map.put(
            String.valueOf(two.get(0) instanceof String s ? s : "key " + map.size()), two.get(1));
      }
    }
    return map;
  }

  private static Object tensor(ElementType type, List<Object> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Long offset)) {
      return arguments.isEmpty() || !(arguments.get(0) instanceof Unmade unmade)
          ? new Unmade("a tensor without a known storage")
          : new Unmade("a tensor in " + unmade.description());
    }
    long[] shape = lengths(arguments.get(2));
    long[] strides = lengths(arguments.get(3));
    if (shape == null || strides == null || shape.length != strides.length) {
      return new Unmade("a tensor whose shape and strides do not fit");
    }
    return new Tensor(type == null ? storage.type() : type, storage, offset, shape, strides);
  }

  private static long[] lengths(Object value) {
    if (!(value instanceof List<?> list)
        || list.size() > 64
        || !list.stream().allMatch(l -> l instanceof Long)) {
      return null;
    }
    return list.stream().mapToLong(l -> (Long) l).toArray();
  }

  @Override
  public Object persistent(Object id) {
    if (!(id instanceof List<?> parts)
        || parts.size() < 5
        || !"storage".equals(parts.get(0))
        || !(parts.get(1) instanceof Global global)
        || !(parts.get(2) instanceof String key)
        || !(parts.get(4) instanceof Long length)) {
      return new Unmade("a reference that is no storage");
    }
    ElementType type = STORAGES.get(global.name());
    if (type == null || !global.module().startsWith("torch")) {
      return new Unmade("a storage of type " + PythonLiteral.printable(global.path()));
    }
    if (parts.size() > 5
        && parts.get(5) instanceof List<?> view
        && view.size() == 3
        && view.get(1) instanceof Long offset
        && view.get(2) instanceof Long viewLength) {
      return new Storage(type, key, viewLength, offset);
    }
    return new Storage(type, key, length, 0);
  }

  @Override
  public void setState(Object made, Object state) {
    if (made instanceof NumpyType type && state instanceof List<?> parts && parts.size() > 1) {
      type.order = ">".equals(parts.get(1)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    } else if (made instanceof NumpyArray array) {
      fill(array, state);
    }
    // Attributes of other objects, such as the version notes of a state dictionary, hold no
    // numbers.
  }

  private static void fill(NumpyArray array, Object state) {
    if (!(state instanceof List<?> parts)
        || parts.size() != 5
        || lengths(parts.get(1)) == null
        || !(parts.get(2) instanceof NumpyType type)
        || !(parts.get(3) instanceof Boolean fortran)) {
      array.problem = "a NumPy array with an odd state";
      return;
    }
    NpyHeader header = NpyHeader.ofType(type.code, type.order, fortran, lengths(parts.get(1)));
    if (header == null || header.type() == null || !(parts.get(4) instanceof byte[] bytes)) {
      array.problem = "a NumPy array of type " + PythonLiteral.printable(type.code);
      return;
    }
    array.type = header.type();
    array.order = type.order;
    array.shape = header.shape();
    array.fortran = fortran;
    array.bytes = bytes;
    array.problem = null;
  }
}
