package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.message.DataLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HDF5 file, also MATLAB's v7.3, whose axes are stored in reverse. Data sets are named by their
 * path without the first slash.
 *
 * <p>The structure is read by jHDF; numbers that lie in one piece are read in place, chunks one
 * band of the first axis at a time.
 */
final class Hdf5File extends ArrayFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ENTRIES = 100_000;

  private final FileBytes bytes;
  private final HdfFile hdf;
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  Hdf5File(Path file, FileBytes bytes, boolean matlab) {
    super(file, matlab ? "mat v7.3" : "h5");
    this.bytes = bytes;
    // From a buffer jHDF takes slices, where from a channel it allocates what a damaged length
    // asks.
    this.hdf =
        guarded(
            "",
            () ->
                bytes.size() <= Integer.MAX_VALUE - 8
                    ? HdfFile.fromByteBuffer(bytes.view(0, (int) bytes.size()))
                    : new HdfFile(file));
    try {
      guarded(
          "",
          () -> {
            list("", hdf, 0);
            return null;
          });
    } catch (InputException e) {
      hdf.close();
      throw e;
    }
  }

  /** HDF5 begins at byte 0, or behind a block of the user's own of 512 bytes, 1024, and so on. */
  static boolean matches(Bytes bytes) {
    for (long start = 0; start + 8 <= bytes.size(); start = start == 0 ? 512 : start * 2) {
      ByteBuffer signature = ByteBuffer.allocate(8);
      bytes.read(start, signature);
      if (Arrays.equals(signature.array(), SIGNATURE)) {
        return true;
      }
    }
    return false;
  }

  private void list(String path, Group group, int depth) {
    if (depth > MAX_DEPTH) {
      throw new InputException(file() + ": groups are more than " + MAX_DEPTH + " deep");
    }
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      String name = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
      if (entries.size() > MAX_ENTRIES) {
        throw new InputException(file() + ": more than " + MAX_ENTRIES + " data sets");
      }
      if (name.startsWith("#")) {
        continue; // MATLAB's own bookkeeping
      }
      Node node = child.getValue();
      if (node instanceof Group inner && !node.isLink()) {
        list(name, inner, depth + 1);
      } else if (node instanceof Dataset dataset) {
        datasets.put(name, dataset);
        entries.add(guardedEntry(name, dataset));
      } else {
        entries.add(Entry.other(name, "a link or a named type"));
      }
    }
  }

  private Entry guardedEntry(String name, Dataset dataset) {
    try {
      return guarded(name, () -> describe(name, dataset));
    } catch (InputException e) {
      return Entry.other(name, "unreadable: " + e.getMessage());
    }
  }

  private Entry describe(String name, Dataset dataset) {
    String matlab = matlabClass(dataset);
    ElementType type = type(dataset);
    if (type != null && !matlab.equals("char") && !matlab.equals("cell")) {
      return Entry.numeric(name, type, shape(dataset));
    }
    Class<?> java = dataset.getJavaType();
    String what = matlab.isEmpty() ? java.getSimpleName() : "MATLAB " + matlab;
    return Entry.other(
        name,
        java == String.class ? "texts " + shapeText(shape(dataset)) : "a data set of " + what);
  }

  private static long[] shape(Dataset dataset) {
    long[] stored = dataset.getDimensionsAsLong();
    if (matlabClass(dataset).isEmpty()) {
      return stored;
    }
    long[] reversed = new long[stored.length];
    for (int i = 0; i < stored.length; i++) {
      reversed[i] = stored[stored.length - 1 - i];
    }
    return reversed;
  }

  private static String matlabClass(Dataset dataset) {
    Attribute attribute = dataset.getAttributes().get("MATLAB_class");
    return attribute == null ? "" : String.valueOf(attribute.getData());
  }

  /** The type of the numbers where they are laid out as the CPU has them; else null. */
  private static ElementType type(Dataset dataset) {
    DataType type = dataset.getDataType();
    if (type instanceof EnumDataType && type.getSize() == 1) {
      return ElementType.BOOL; // how h5py stores booleans
    }
    if (type instanceof FixedPoint integer) {
      boolean whole =
          integer.getBitOffset() == 0 && integer.getBitPrecision() == 8 * integer.getSize();
      if (!whole) {
        return null;
      }
      return switch (integer.getSize()) {
        case 1 -> integer.isSigned() ? ElementType.INT8 : ElementType.UINT8;
        case 2 -> integer.isSigned() ? ElementType.INT16 : ElementType.UINT16;
        case 4 -> integer.isSigned() ? ElementType.INT32 : ElementType.UINT32;
        case 8 -> integer.isSigned() ? ElementType.INT64 : ElementType.UINT64;
        default -> null;
      };
    }
    if (type instanceof FloatingPoint real) {
      return switch (real.getSize()) {
        case 2 ->
            ieee(real, 10, 5, 15)
                ? ElementType.FLOAT16
                : ieee(real, 7, 8, 127) ? ElementType.BFLOAT16 : null;
        case 4 -> ieee(real, 23, 8, 127) ? ElementType.FLOAT32 : null;
        case 8 -> ieee(real, 52, 11, 1023) ? ElementType.FLOAT64 : null;
        default -> null;
      };
    }
    return null;
  }

  private static boolean ieee(FloatingPoint type, int mantissa, int exponent, int bias) {
    return type.getBitOffset() == 0
        && type.getBitPrecision() == 8 * type.getSize()
        && type.getMantissaLocation() == 0
        && type.getMantissaSize() == mantissa
        && type.getExponentLocation() == mantissa
        && type.getExponentSize() == exponent
        && type.getExponentBias() == bias
        && type.getSignLocation() == mantissa + exponent
        && type.getMantissaNormalization() == 2;
  }

  @Override
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  NumericArray open(Entry entry) {
    return guarded(entry.name(), () -> open(entry, datasets.get(entry.name())));
  }

  private NumericArray open(Entry entry, Dataset dataset) {
    String where = where(entry.name());
    long[] shape = shape(dataset);
    ElementType type = entry.type();
    long length = StridedArray.checkedSize(where, shape) * type.bytes();
    boolean transposed = !matlabClass(dataset).isEmpty();
    ByteOrder order =
        dataset.getDataType() instanceof OrderedDataType ordered
            ? ordered.getByteOrder()
            : ByteOrder.LITTLE_ENDIAN;
    return StridedArray.of(
        where, type, order, shape, transposed, content(where, dataset, length, transposed));
  }

  private Bytes content(String where, Dataset dataset, long length, boolean transposed) {
    if (length == 0) {
      return MemoryBytes.of(new byte[0]);
    }
    DataLayout layout = dataset.getDataLayout();
    if (layout == DataLayout.COMPACT) {
      return requireLength(
          where, MemoryBytes.of(array(((DatasetBase) dataset).getDataBuffer())), length);
    }
    if (layout == DataLayout.CONTIGUOUS && dataset instanceof ContiguousDataset contiguous) {
      long start = contiguous.getDataAddress() + hdf.getUserBlockSize();
      if (contiguous.isEmpty()
          || start < 0
          || start > bytes.size()
          || length > bytes.size() - start) {
        throw new InputException(
            where + ": cut off or never written: expected " + length + " bytes of numbers");
      }
      return bytes.part(start, length);
    }
    if (layout == DataLayout.CHUNKED && dataset instanceof ChunkedDataset chunked) {
      Hdf5Chunks chunks = new Hdf5Chunks(this, where, chunked, length, bytes.size());
      return transposed ? chunks.inMemory() : chunks;
    }
    throw new InputException(where + ": numbers stored as " + layout + " are not read here");
  }

  private static Bytes requireLength(String where, Bytes content, long length) {
    if (content.size() != length) {
      throw new InputException(
          where + ": expected " + length + " bytes of numbers, found " + content.size());
    }
    return content;
  }

  static byte[] array(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }

  @Override
  public Optional<List<String>> texts(String name) {
    Dataset dataset = datasets.get(name);
    if (dataset == null) {
      return Optional.empty();
    }
    return guarded(
        name,
        () ->
            dataset.getJavaType() == String.class && dataset.getData() instanceof String[] texts
                ? Optional.of(List.of(texts))
                : Optional.empty());
  }

  interface Call<T> {
    T run();
  }

  /** What jHDF makes of damaged files is of many kinds; here it is one. */
  <T> T guarded(String entry, Call<T> call) {
    try {
      return call.run();
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      Progress.checkCancelled();
      throw new InputException(where(entry) + ": damaged HDF5 file: " + Faults.text(e), e);
    }
  }

  @Override
  public void close() {
    hdf.close();
    super.close();
  }
}
