package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.Matrix;

/** A MATLAB file of version 5 to 7. */
final class MatlabFile extends ArrayFile {
  private final Map<String, Array> arrays;

  MatlabFile(Path file, FileBytes bytes) {
    super(file, "mat v5");
    this.arrays = MatlabArrays.read(file.toString(), bytes);
  }

  private static ElementType type(Array array) {
    if (!(array instanceof Matrix matrix) || matrix.isComplex()) {
      return null;
    }
    if (matrix.isLogical()) {
      return ElementType.BOOL;
    }
    return switch (array.getType()) {
      case Double -> ElementType.FLOAT64;
      case Single -> ElementType.FLOAT32;
      case Int8 -> ElementType.INT8;
      case UInt8 -> ElementType.UINT8;
      case Int16 -> ElementType.INT16;
      case UInt16 -> ElementType.UINT16;
      case Int32 -> ElementType.INT32;
      case UInt32 -> ElementType.UINT32;
      case Int64 -> ElementType.INT64;
      case UInt64 -> ElementType.UINT64;
      default -> null;
    };
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          ElementType type = type(array);
          long[] shape = Arrays.stream(array.getDimensions()).asLongStream().toArray();
          String kind = array instanceof Matrix ? "complex" : array.getType().toString();
          entries.add(
              type == null
                  ? Entry.other(name, "a MATLAB array of kind " + kind + " " + shapeText(shape))
                  : Entry.numeric(name, type, shape));
        });
    return entries;
  }

  @Override
  NumericArray open(Entry entry) {
    Matrix matrix = (Matrix) arrays.get(entry.name());
    long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
    String where = where(entry.name());
    return new NumericArray() {
      @Override
      public String name() {
        return where;
      }

      @Override
      public ElementType type() {
        return entry.type();
      }

      @Override
      public long[] shape() {
        return shape.clone();
      }

      @Override
      public void read(long from, DoubleBuffer target) {
        try {
          for (long flat = from; target.hasRemaining(); flat++) {
            target.put(number(matrix, entry.type(), (int) columnMajor(shape, flat)));
          }
        } catch (InputException e) {
          throw new InputException(where + ": " + e.getMessage(), e);
        } catch (IndexOutOfBoundsException e) {
          throw new InputException(where + ": cut off or damaged: fewer numbers than its shape", e);
        }
      }
    };
  }

  private static double number(Matrix matrix, ElementType type, int index) {
    return type == ElementType.INT64 || type == ElementType.UINT64
        ? ElementType.exact(matrix.getLong(index), type == ElementType.UINT64)
        : matrix.getDouble(index);
  }

  /**
   * Where the number with a flat index in C order lies in MATLAB's order, the first axis fastest.
   */
  private static long columnMajor(long[] shape, long flat) {
    long rest = flat;
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    long index = 0;
    for (int i = shape.length - 1; i >= 0; i--) {
      size /= shape[i];
      index += rest % shape[i] * size;
      rest /= shape[i];
    }
    return index;
  }

  @Override
  public Optional<List<String>> texts(String name) {
    Array array = arrays.get(name);
    if (array instanceof Char lines && lines.getNumDimensions() == 2) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < lines.getNumRows(); i++) {
        texts.add(lines.getRow(i).stripTrailing());
      }
      return Optional.of(texts);
    }
    if (array instanceof Cell cell) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < cell.getNumElements(); i++) {
        if (!(cell.get(i) instanceof Char text) || text.getNumRows() > 1) {
          return Optional.empty();
        }
        texts.add(text.getNumElements() == 0 ? "" : text.getString());
      }
      return Optional.of(texts);
    }
    return Optional.empty();
  }
}
