package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Pickle.Unmade;
import dev.kindred.base.array.TorchPickle.NumpyArray;
import dev.kindred.base.array.TorchPickle.Storage;
import dev.kindred.base.array.TorchPickle.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code torch.save} wrote, as a zip archive (since PyTorch 1.6) or as the legacy stream: a
 * tensor, or tensors in dictionaries and lists, named by their way from the root ({@code
 * state/conv1.weight}, {@code 0}).
 */
final class TorchFile extends ArrayFile {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_ENTRIES = 200_000;
  private static final String LEGACY_MAGIC = "119547037146038801333356";

  /** Where the bytes of a storage are, by its key. */
  private interface Storages {
    Bytes bytes(Storage storage);
  }

  private final Storages storages;
  private final ByteOrder order;
  private final Map<String, Object> found = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private int visited;

  private TorchFile(Path file, Storages storages, ByteOrder order, Object root) {
    super(file, "pt");
    this.storages = storages;
    this.order = order;
    collect("", root, 0);
  }

  static boolean matches(ZipEntries zip) {
    return pickleName(zip.names()).isPresent();
  }

  static TorchFile open(Path file, ZipEntries zip) {
    String name = pickleName(zip.names()).orElseThrow();
    String folder = name.substring(0, name.length() - "data.pkl".length());
    if (zip.names().stream().anyMatch(n -> n.startsWith(folder + "code/"))) {
      throw new InputException(
          file + ": expected saved tensors, found a TorchScript module, which is a network");
    }
    String where = file + " [" + PythonLiteral.printable(name) + "]";
    Object root = Pickle.read(where, new ByteCursor(where, content(zip, name)), new TorchPickle());
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    if (zip.names().contains(folder + "byteorder")) {
      ByteBuffer text = head(content(zip, folder + "byteorder"), 16);
      order =
          StandardCharsets.US_ASCII.decode(text).toString().strip().equals("big")
              ? ByteOrder.BIG_ENDIAN
              : ByteOrder.LITTLE_ENDIAN;
    }
    Storages storages =
        storage -> {
          String entry = folder + "data/" + storage.key();
          if (!zip.names().contains(entry)) {
            throw new InputException(
                file + ": damaged: has no entry " + PythonLiteral.printable(entry));
          }
          return content(zip, entry);
        };
    return new TorchFile(file, storages, order, root);
  }

  /** PyTorch writes a checksum of zero where it is told to compute none. */
  private static Bytes content(ZipEntries zip, String name) {
    return zip.bytes(name, true);
  }

  private static Optional<String> pickleName(Set<String> names) {
    return names.stream()
        .filter(n -> n.endsWith("/data.pkl") && n.indexOf('/') == n.lastIndexOf('/'))
        .findFirst();
  }

  /** True for a pickle of protocol 2 that starts with the legacy format's magic number. */
  static boolean matchesLegacy(ByteBuffer head) {
    return head.remaining() >= 4
        && (head.get(0) & 0xFF) == 0x80
        && head.get(1) >= 1
        && head.get(1) <= 5
        && (head.get(2) & 0xFF) == 0x8A
        && head.get(3) == 10;
  }

  static TorchFile openLegacy(Path file, FileBytes bytes) {
    String where = file.toString();
    ByteCursor in = new ByteCursor(where, bytes);
    TorchPickle maker = new TorchPickle();
    Object magic = Pickle.read(where, in, maker);
    if (!LEGACY_MAGIC.equals(String.valueOf(magic))) {
      throw new InputException(file + ": expected PyTorch's legacy magic number, found another");
    }
    Object protocol = Pickle.read(where, in, maker);
    if (!Long.valueOf(1001).equals(protocol)) {
      throw new InputException(file + ": expected PyTorch's legacy protocol 1001");
    }
    Object system = Pickle.read(where, in, maker);
    boolean little =
        !(system instanceof Map<?, ?> map) || !Boolean.FALSE.equals(map.get("little_endian"));
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    LegacyStorages storages = new LegacyStorages(file, bytes, order);
    Object root = Pickle.read(where, in, storages);
    Object keys = Pickle.read(where, in, maker);
    if (!(keys instanceof List<?> list)) {
      throw new InputException(file + ": damaged: no list of storages behind the pickle");
    }
    storages.locate(list, in.position());
    return new TorchFile(file, storages, order, root);
  }

  /**
   * The storages of a legacy stream, one after another behind the pickles, each with its length.
   */
  private static final class LegacyStorages implements Storages, Pickle.Maker {
    private final Path file;
    private final Bytes bytes;
    private final ByteOrder order;
    private final TorchPickle maker = new TorchPickle();
    private final Map<String, ElementType> types = new HashMap<>();
    private final Map<String, Bytes> byKey = new HashMap<>();

    LegacyStorages(Path file, Bytes bytes, ByteOrder order) {
      this.file = file;
      this.bytes = bytes;
      this.order = order;
    }

    @Override
    public Object call(Pickle.Global callable, List<Object> arguments) {
      return maker.call(callable, arguments);
    }

    @Override
    public void setState(Object made, Object state) {
      maker.setState(made, state);
    }

    @Override
    public Object persistent(Object id) {
      Object made = maker.persistent(id);
      if (made instanceof Storage storage) {
        types.put(storage.key(), storage.type());
      }
      return made;
    }

    void locate(List<?> keys, long start) {
      long position = start;
      ByteBuffer length = ByteBuffer.allocate(8).order(order);
      for (Object key : keys) {
        ElementType type = types.get(String.valueOf(key));
        if (type == null) {
          throw new InputException(file + ": damaged or unknown type: storage " + keyText(key));
        }
        long count = -1;
        if (bytes.size() - position >= 8) {
          bytes.read(position, length.clear());
          count = length.getLong(0);
        }
        position += 8;
        if (count < 0 || count > (bytes.size() - position) / type.bytes()) {
          throw new InputException(
              file + ": cut off or damaged: storage " + keyText(key) + " does not fit");
        }
        byKey.put(String.valueOf(key), bytes.part(position, count * type.bytes()));
        position += count * type.bytes();
      }
      if (position != bytes.size()) {
        throw new InputException(
            file + ": damaged: " + (bytes.size() - position) + " bytes behind the last storage");
      }
    }

    private static String keyText(Object key) {
      return PythonLiteral.printable(String.valueOf(key instanceof List<?> ? "list" : key));
    }

    @Override
    public Bytes bytes(Storage storage) {
      Bytes found = byKey.get(storage.key());
      if (found == null) {
        throw new InputException(
            file + ": damaged: has no storage " + PythonLiteral.printable(storage.key()));
      }
      return found;
    }
  }

  private void collect(String name, Object value, int depth) {
    if (++visited > MAX_ENTRIES || depth > MAX_DEPTH) {
      throw new InputException(
          file() + ": more than " + MAX_ENTRIES + " entries, or more than " + MAX_DEPTH + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> collect(child(name, String.valueOf(key)), item, depth + 1));
      return;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      if (list.stream().allMatch(item -> item instanceof String)) {
        add(name, list, Entry.other(name, list.size() + " texts"));
        return;
      }
      if (list.stream().anyMatch(item -> holdsArrays(item))) {
        for (int i = 0; i < list.size(); i++) {
          collect(child(name, Integer.toString(i)), list.get(i), depth + 1);
        }
        return;
      }
    }
    if (value instanceof Tensor tensor) {
      add(name, tensor, Entry.numeric(name, tensor.type(), tensor.shape()));
    } else if (value instanceof NumpyArray array) {
      add(
          name,
          array,
          array.problem == null
              ? Entry.numeric(name, array.type, array.shape)
              : Entry.other(name, array.problem));
    } else {
      add(name, value, Entry.other(name, describe(value)));
    }
  }

  private static boolean holdsArrays(Object item) {
    return item instanceof Tensor
        || item instanceof NumpyArray
        || item instanceof Map<?, ?>
        || item instanceof List<?>
        || item instanceof Unmade;
  }

  private void add(String name, Object value, Entry entry) {
    if (found.put(name, value) != null) {
      throw new InputException(where(name) + ": two entries have this name");
    }
    entries.add(entry);
  }

  private static String child(String parent, String name) {
    return parent.isEmpty() ? name : parent + "/" + name;
  }

  private static String describe(Object value) {
    if (value instanceof Unmade unmade) {
      return unmade.description();
    }
    if (value instanceof Storage storage) {
      return "a bare storage of " + storage.length() + " " + storage.type();
    }
    if (value instanceof String) {
      return "a text";
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size() + " plain values";
    }
    return value == null
        ? "None"
        : "a " + value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  NumericArray open(Entry entry) {
    String where = where(entry.name());
    Object value = found.get(entry.name());
    if (value instanceof NumpyArray array) {
      long wanted = StridedArray.checkedSize(where, array.shape) * array.type.bytes();
      if (wanted != array.bytes.length) {
        throw new InputException(
            where + ": expected " + wanted + " bytes of numbers, found " + array.bytes.length);
      }
      return StridedArray.of(
          where, array.type, array.order, array.shape, array.fortran, MemoryBytes.of(array.bytes));
    }
    Tensor tensor = (Tensor) value;
    Bytes bytes = storages.bytes(tensor.storage());
    Storage storage = tensor.storage();
    long available = bytes.size() / storage.type().bytes();
    long begin = storage.viewOffset();
    long length = storage.length();
    if (begin < 0 || length < 0 || begin > available || length > available - begin) {
      throw new InputException(
          where
              + ": cut off or damaged: expected a storage of "
              + length
              + " numbers, found "
              + available);
    }
    int width = storage.type().bytes();
    return new StridedArray(
        where,
        tensor.type(),
        order,
        tensor.shape(),
        tensor.strides(),
        tensor.offset(),
        bytes.part(begin * width, length * width));
  }

  @Override
  public Optional<List<String>> texts(String name) {
    return found.get(name) instanceof List<?> list
            && list.stream().allMatch(item -> item instanceof String)
        ? Optional.of(list.stream().map(String::valueOf).toList())
        : Optional.empty();
  }
}
