package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An open file with one or more arrays. What a file is, its first bytes say; its name decides only
 * between kinds of text.
 *
 * <p>Every fault of a file is an {@link InputException} that names the file, what was expected and
 * what was found. A closed file's arrays cannot be read.
 */
public abstract class ArrayFile implements AutoCloseable {
  /** Stands for all arrays of a file, see {@link #stacked()}. */
  public static final String ALL = "*";

  private final Path file;
  private final String format;
  private FileBytes bytes;

  ArrayFile(Path file, String format) {
    this.file = file;
    this.format = format;
  }

  /**
   * What one entry of a file is.
   *
   * @param name path in the file; empty where a file holds one array without a name
   * @param type type of the numbers, or null where the entry is no numeric array
   * @param shape lengths of the axes, or null where the entry is no array
   * @param description what the entry is, in a few words, such as {@code float32 (500, 64)}
   */
  public record Entry(String name, ElementType type, List<Long> shape, String description) {
    static Entry numeric(String name, ElementType type, long[] shape) {
      List<Long> lengths = Arrays.stream(shape).boxed().toList();
      return new Entry(name, type, lengths, type + " " + shapeText(shape));
    }

    static Entry other(String name, String description) {
      return new Entry(name, null, null, description);
    }

    public boolean isNumeric() {
      return type != null;
    }
  }

  /** Opens a file of any format that is known here. */
  public static ArrayFile open(Path file) {
    return open(file, Optional.empty());
  }

  /**
   * Opens a file of any format that is known here.
   *
   * @param idColumn name or number (from 0 on) of the column of a text file that holds names, if
   *     that is known; other formats take no notice
   */
  public static ArrayFile open(Path file, Optional<String> idColumn) {
    FileBytes bytes = FileBytes.open(file);
    try {
      ArrayFile open = Formats.open(file, bytes, idColumn);
      open.bytes = bytes;
      return open;
    } catch (RuntimeException | Error e) {
      bytes.close();
      throw e;
    }
  }

  public Path file() {
    return file;
  }

  /** Short name of the format, such as {@code npy}. */
  public String format() {
    return format;
  }

  /**
   * SHA-256 of the whole file, for the end of reading: what was read in the order of the file is
   * not read again.
   */
  public final String sha256() {
    return bytes.sha256();
  }

  /** Everything in the file, in its order, also what is no numeric array. */
  public abstract List<Entry> entries();

  /** The numeric array with a name. */
  public final NumericArray array(String name) {
    Entry entry = entry(name);
    if (!entry.isNumeric()) {
      throw new InputException(
          where(name) + ": expected an array of numbers, found " + entry.description());
    }
    return open(entry);
  }

  /**
   * The entry that is meant where no name is given: the only array of numbers; else the one named
   * {@code features}; else the only one with two axes or more; empty if that leaves a choice.
   */
  public final Optional<Entry> mainEntry() {
    List<Entry> numeric = entries().stream().filter(Entry::isNumeric).toList();
    if (numeric.size() == 1) {
      return Optional.of(numeric.get(0));
    }
    Optional<Entry> named = numeric.stream().filter(e -> e.name().equals("features")).findFirst();
    if (named.isPresent()) {
      return named;
    }
    List<Entry> matrices = numeric.stream().filter(e -> e.shape().size() >= 2).toList();
    return matrices.size() == 1 ? Optional.of(matrices.get(0)) : Optional.empty();
  }

  /** The array of {@link #mainEntry()}. */
  public final NumericArray array() {
    Optional<Entry> main = mainEntry();
    if (main.isPresent()) {
      return open(main.get());
    }
    List<Entry> numeric = entries().stream().filter(Entry::isNumeric).toList();
    if (numeric.isEmpty()) {
      throw new InputException(
          file + ": expected an array of numbers, found " + contents(entries()));
    }
    throw new InputException(
        file + ": holds " + numeric.size() + " arrays, choose one: " + contents(numeric));
  }

  /**
   * All arrays of numbers of the file as one, in the file's order: batches below each other, or
   * vectors as one row each.
   *
   * @throws InputException if their types differ, or their shapes in more than the first axis
   */
  public final NumericArray stacked() {
    List<Entry> numeric = entries().stream().filter(Entry::isNumeric).toList();
    if (numeric.isEmpty()) {
      throw new InputException(file + ": expected arrays of numbers, found " + contents(entries()));
    }
    return new StackedArray(where(ALL), numeric.stream().map(this::open).toList());
  }

  /** The entry with a name, which is a list of texts, such as stimulus ids. */
  public Optional<List<String>> texts(String name) {
    return Optional.empty();
  }

  @Override
  public void close() {
    bytes.close();
  }

  abstract NumericArray open(Entry entry);

  /**
   * The entry with a name.
   *
   * @throws InputException if there is none
   */
  public final Entry entry(String name) {
    return entries().stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    file
                        + ": has no entry named "
                        + PythonLiteral.printable(name)
                        + ", found "
                        + contents(entries())));
  }

  final String where(String name) {
    return name.isEmpty() ? file.toString() : file + " [" + PythonLiteral.printable(name) + "]";
  }

  static String shapeText(long[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }

  /** First bytes of a file or entry, fewer where it is shorter. */
  static ByteBuffer head(Bytes bytes, int count) {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(count, bytes.size()));
    bytes.read(0, head);
    return head.flip();
  }

  private static String contents(List<Entry> entries) {
    if (entries.isEmpty()) {
      return "nothing";
    }
    int shown = 8;
    String list =
        entries.stream()
            .limit(shown)
            .map(e -> e.name().isEmpty() ? e.description() : e.name() + ": " + e.description())
            .collect(Collectors.joining("; "));
    list = PythonLiteral.printable(list);
    return entries.size() > shown ? list + "; and " + (entries.size() - shown) + " more" : list;
  }
}
