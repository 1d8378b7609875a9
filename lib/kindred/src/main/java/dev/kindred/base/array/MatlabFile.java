package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;

/**
 * A MATLAB file of version 5 to 7 (compressed or not; at most 2 GB by its definition), read whole
 * by the MAT File Library.
 */
final class MatlabFile extends ArrayFile {
  private final FileBytes bytes;
  private final Map<String, Array> arrays = new LinkedHashMap<>();

  MatlabFile(Path file, FileBytes bytes) {
    super(file, "mat v5");
    this.bytes = bytes;
    if (bytes.size() > Integer.MAX_VALUE - 8) {
      throw new InputException(
          file + ": a MATLAB file of version 5 ends at 2 GB, found " + bytes.size() + " bytes");
    }
    try {
      MatlabElements.verify(file.toString(), bytes);
      MatFile mat =
          Mat5.newReader(Sources.wrap(bytes.view(0, (int) bytes.size())))
              .setBufferAllocator(new Limit(bytes.size()))
              .disableSubsystemProcessing()
              .readMat();
      for (MatFile.Entry entry : mat.getEntries()) {
        if (arrays.put(entry.getName(), entry.getValue()) != null) {
          throw new InputException(where(entry.getName()) + ": two variables have this name");
        }
      }
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      Progress.checkCancelled();
      throw new InputException(file + ": damaged MATLAB file: " + Faults.text(e), e);
    }
  }

  /** The header is 124 bytes of text, then the version and the mark of the byte order. */
  static boolean matches(ByteBuffer head) {
    if (head.remaining() < 128) {
      return false;
    }
    int version = head.get(124) & 0xFF;
    int high = head.get(125) & 0xFF;
    boolean little = head.get(126) == 'I' && head.get(127) == 'M' && version == 0 && high == 1;
    boolean big = head.get(126) == 'M' && head.get(127) == 'I' && version == 1 && high == 0;
    return little || big;
  }

  /** Refuses buffers that the file cannot fill, or that are too large beside each other. */
  private static final class Limit implements BufferAllocator {
    private long left;

    Limit(long fileSize) {
      // What is not compressed is copied, too.
      left =
          Math.max(2 * fileSize, Math.min(Unpacked.limit(), (fileSize + 64) * Unpacked.MAX_RATIO));
    }

    @Override
    public ByteBuffer allocate(int size) {
      left -= size;
      if (size < 0 || left < 0) {
        throw new InputException(
            "claims more numbers than the file can hold, or than compressed data may take here");
      }
      return ByteBuffer.allocate(size);
    }

    @Override
    public void release(ByteBuffer buffer) {
      left += buffer.capacity();
    }
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

  @Override
  public void close() {
    bytes.close();
  }
}
