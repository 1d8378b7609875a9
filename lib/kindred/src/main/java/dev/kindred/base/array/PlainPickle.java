package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Pickle.Global;
import dev.kindred.base.array.Pickle.Unmade;
import dev.kindred.base.array.TorchPickle.NumpyArray;
import dev.kindred.base.array.TorchPickle.NumpyType;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle of Python values: None, booleans, numbers, texts, bytes, lists, tuples, sets,
 * dictionaries, and NumPy arrays and scalars. Nothing in the file is run; one that asks for
 * anything else is refused.
 */
public final class PlainPickle implements Pickle.Maker {
  /** Deeper values would fill the stack of whoever walks through them. */
  private static final int DEEPEST = 100;

  /** Bytes that calls may make: for each of the file, and besides. */
  private static final long BYTES_PER_BYTE = 64;

  private static final long BYTES_BESIDES = 64L << 20;

  private final String where;
  private final TorchPickle numpy = new TorchPickle();
  private final Map<Object, Object> made = new IdentityHashMap<>();
  private long budget;

  /**
   * @param size bytes of the file
   */
  private PlainPickle(String where, long size) {
    this.where = where;
    this.budget = BYTES_PER_BYTE * size + BYTES_BESIDES;
  }

  /**
   * A NumPy array.
   *
   * @param shape lengths of the axes; none for a single number
   * @param values its numbers in C order
   */
  public record Numbers(long[] shape, double[] values) {}

  /**
   * The value in a file: null, Boolean, Long, BigInteger, Double, String, byte[], List, {@link
   * Numbers}, or Map, whose keys are texts: those of numbers are their digits.
   *
   * @throws InputException if the file is damaged, asks for an object of any other class, holds a
   *     value within itself or too many within each other, or makes far more numbers than it has
   */
  public static Object read(Path file) {
    String where = file.toString();
    try (FileBytes bytes = FileBytes.open(file)) {
      PlainPickle maker = new PlainPickle(where, bytes.size());
      Object value = Pickle.read(where, new ByteCursor(where, bytes), maker);
      return maker.plain(value, 0);
    }
  }

  @Override
  public Object call(Global callable, List<Object> arguments) {
    String path = callable.path();
    // Arguments stand in the file once and may be used ever again.
    spend(16L * arguments.size());
    for (Object argument : arguments) {
      spend(
          argument instanceof String text
              ? text.length()
              : argument instanceof List<?> list ? 64L * list.size() : 0);
    }
    switch (path) {
      case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" -> {
        return scalar(arguments);
      }
      case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" -> {
        return fromBuffer(arguments);
      }
      case "builtins.set", "builtins.frozenset", "__builtin__.set" -> {
        return arguments.size() == 1 && arguments.get(0) instanceof List<?> items
            ? items
            : new ArrayList<>();
      }
      case "numpy.ndarray" -> {
        return new Unmade("an array type"); // an argument of _reconstruct only
      }
      default -> {
        Object made = path.startsWith("torch") ? foreign(path) : numpy.call(callable, arguments);
        if (made instanceof Unmade unmade) {
          throw refused(unmade.description());
        }
        return made;
      }
    }
  }

  private static Unmade foreign(String path) {
    return new Unmade("an object made by " + PythonLiteral.printable(path) + ", never loaded");
  }

  /** How protocol 5 writes an array: bytes, type, shape, order. */
  private Object fromBuffer(List<Object> arguments) {
    if (arguments.size() != 4) {
      throw refused("a NumPy array without its shape");
    }
    NumpyArray array = new NumpyArray();
    boolean fortran = "F".equals(arguments.get(3));
    numpy.setState(
        array, Arrays.asList(0L, arguments.get(2), arguments.get(1), fortran, arguments.get(0)));
    return array;
  }

  private Object scalar(List<Object> arguments) {
    if (arguments.size() != 2
        || !(arguments.get(0) instanceof NumpyType type)
        || !(arguments.get(1) instanceof byte[] bytes)) {
      throw refused("a NumPy scalar without its bytes");
    }
    NpyHeader header = NpyHeader.ofType(type.code, type.order, false, new long[0]);
    if (header == null || header.type() == null || header.type().bytes() != bytes.length) {
      throw refused("a NumPy scalar of type " + PythonLiteral.printable(type.code));
    }
    double value = header.type().get(ByteBuffer.wrap(bytes).order(type.order), /* position= */ 0);
    if (header.type() == ElementType.BOOL) {
      return value != 0;
    }
    boolean whole = !header.type().toString().contains("float");
    return whole ? (Object) (long) value : (Object) value;
  }

  @Override
  public void setState(Object made, Object state) {
    numpy.setState(made, state);
  }

  @Override
  public Object persistent(Object id) {
    throw refused("a reference to what lies outside of the file");
  }

  private InputException refused(String found) {
    return new InputException(
        where + ": expected plain Python values and NumPy arrays, found " + found);
  }

  private void spend(long bytes) {
    budget -= bytes;
    if (budget < 0) {
      throw new InputException(
          where + ": expected a file of its values, found one that makes far more than it has");
    }
  }

  /** With numbers in place of arrays' bytes; a value that stands in many places is made once. */
  private Object plain(Object value, int depth) {
    if (value instanceof Global global) {
      throw refused("the name " + PythonLiteral.printable(global.path()));
    }
    if (!(value instanceof List<?> || value instanceof Map<?, ?> || value instanceof NumpyArray)) {
      return value;
    }
    if (depth > DEEPEST) {
      throw refused("more than " + DEEPEST + " values within each other");
    }
    if (made.containsKey(value)) {
      Object before = made.get(value);
      if (before == null) {
        throw refused("a value within itself");
      }
      return before;
    }
    made.put(value, null);
    Object result;
    if (value instanceof NumpyArray array) {
      result = numbers(array);
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(plain(item, depth + 1)));
      result = items;
    } else {
      Map<String, Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((key, item) -> map.put(String.valueOf(key), plain(item, depth + 1)));
      result = map;
    }
    made.put(value, result);
    return result;
  }

  private Numbers numbers(NumpyArray array) {
    if (array.problem != null) {
      throw new InputException(where + ": found " + array.problem);
    }
    long size = StridedArray.checkedSize(where, array.shape);
    if (size * array.type.bytes() != array.bytes.length) {
      throw new InputException(
          where
              + ": expected "
              + size * array.type.bytes()
              + " bytes of numbers, found "
              + array.bytes.length);
    }
    spend(8 * size);
    double[] values = new double[(int) size];
    StridedArray.of(
            where, array.type, array.order, array.shape, array.fortran, MemoryBytes.of(array.bytes))
        .read(0, DoubleBuffer.wrap(values));
    return new Numbers(array.shape.clone(), values);
  }
}
