package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.NaturalOrder;
import dev.kindred.base.Parallel;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads and writes {@link Representation}s.
 *
 * <p>Reading goes by the content of a file, writing by the ending of its name. Numbers of at most
 * 16 bits and float32 become float32; float64 and longer integers become float64, and an integer
 * that float64 does not hold exactly is an error. To what floating type they were rounded before is
 * kept beside them ({@link Representation#rounding()}). NaN and infinite numbers are kept; see
 * {@link Representation#requireFinite()}.
 *
 * <p>The first axis of an array is the stimuli. An array of one axis is one unit; what becomes of
 * more than two axes, {@link ReadOptions#positions} says.
 *
 * <p>Files below 256 MiB are copied into memory. Larger ones stay in their file, mapped, where
 * their numbers lie in it as they are needed (C order, this machine's byte order, float32 or
 * float64, not compressed): they must not be changed while the representation is in use.
 */
public final class Representations {
  /** Endings of files that a folder is searched for; a file given by itself is read by content. */
  private static final Set<String> ENDINGS =
      Set.of("npy", "npz", "pt", "pth", "h5", "hdf5", "mat", "csv", "tsv", "txt");

  private static final String STIMULUS_IDS = ".ids.txt";

  private Representations() {}

  /**
   * The files of a folder that may hold representations, by their endings, in natural order (layer2
   * before layer10).
   *
   * @throws InputException if there are none
   */
  public static List<Path> filesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": expected a folder of representations");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> found =
          entries
              .filter(Representations::mayBeRead)
              .sorted(Comparator.comparing(Path::toString, NaturalOrder.INSTANCE))
              .toList();
      if (found.isEmpty()) {
        throw new InputException(
            folder
                + ": no file ends in one of "
                + String.join(", ", ENDINGS.stream().sorted().toList()));
      }
      return found;
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean mayBeRead(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && !name.endsWith(STIMULUS_IDS)
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * Reads the only array of a file.
   *
   * @throws InputException for anything that is wrong with the file, in one line
   */
  public static Representation read(Path file) {
    return read(file, ReadOptions.defaults());
  }

  /**
   * Reads an array of a file.
   *
   * @throws InputException for anything that is wrong with the file, in one line
   */
  public static Representation read(Path file, ReadOptions options) {
    return read(file, options, false);
  }

  /**
   * Reads several files at the same time. Of .npy files whose numbers are copied as they are, this
   * reads the heads only: the numbers follow on other threads, in the order of the files, so that
   * work can begin with the first ones. Whoever asks for numbers that are not there yet waits for
   * them, and is told what is wrong with the file. The files must not be changed before {@link
   * Representation#isRead}.
   *
   * @param options how to read each
   * @throws InputException as {@link #read(Path, ReadOptions)}, for the first file in the order
   *     that is found wrong here
   */
  public static List<Representation> readAll(
      List<Path> files, Function<Path, ReadOptions> options) {
    Representation[] read = new Representation[files.size()];
    RuntimeException[] faults = new RuntimeException[files.size()];
    Parallel.forEach(
        read.length,
        i -> {
          try {
            read[i] = head(files.get(i), options.apply(files.get(i)));
          } catch (InputException e) {
            faults[i] = e;
          }
        });
    for (RuntimeException fault : faults) {
      if (fault != null) {
        throw fault;
      }
    }
    List<Representation> representations = List.of(read);
    List<Arriving> arriving =
        representations.stream()
            .map(Representation::rows)
            .filter(Arriving.class::isInstance)
            .map(Arriving.class::cast)
            .toList();
    Parallel.ahead(arriving.size(), i -> arriving.get(i).arrive());
    return representations;
  }

  /** Reads the head only, where {@link #readAll} does. */
  static Representation head(Path file, ReadOptions options) {
    return read(file, options, true);
  }

  private static Representation read(Path file, ReadOptions options, boolean later) {
    try (ArrayFile open = ArrayFile.open(file, options.idColumn())) {
      NumericArray array = array(open, options);
      ArrayRows rows = new ArrayRows(array, options);
      Optional<StimulusIds> ids = StimulusIds.find(open, options);
      String id = options.id().orElse(stem(file));
      if (later && open.format().equals("npy") && rows.areBytes() && !rows.areMany()) {
        return Arriving.of(file, options, id, rows, ids);
      }
      Map<String, String> choices = new HashMap<>(rows.choices());
      options
          .entry()
          .or(() -> open.mainEntry().map(ArrayFile.Entry::name))
          .filter(entry -> !entry.isEmpty())
          .ifPresent(entry -> choices.put("entry", entry));
      ids.ifPresent(found -> choices.put("stimulus ids", found.source()));
      Optional<List<ByteBuffer>> mapped = rows.mapped(rows.rowsPerBlock());
      Representation plain =
          mapped.isPresent()
              ? mapped(mapped.get(), rows, id, open, choices)
              : copied(rows, id, open, choices);
      Representation read = rows.rounding().map(plain::withRounding).orElse(plain);
      return ids.isPresent() ? read.withStimulusIds(ids.get().ids(file, read.stimuli())) : read;
    } catch (InternalError e) {
      // How the JVM reports that a mapped file lost the bytes it had.
      throw new InputException(file + ": became shorter while it was read", e);
    } catch (OutOfMemoryError e) {
      throw new InputException(
          file + ": does not fit into memory; give the JVM more with -Xmx, or save it as .npy", e);
    }
  }

  static NumericArray array(ArrayFile open, ReadOptions options) {
    if (options.entry().isEmpty()) {
      return open.array();
    }
    String entry = options.entry().get();
    return entry.equals(ArrayFile.ALL) ? open.stacked() : open.array(entry);
  }

  private static Representation mapped(
      List<ByteBuffer> blocks,
      ArrayRows rows,
      String id,
      ArrayFile open,
      Map<String, String> choices) {
    return new Representation(
        id,
        rows.stimuli(),
        rows.units(),
        rows.precision(),
        new Rows.Blocks(blocks, rows.rowsPerBlock(), rows.units() * rows.precision().bytes()),
        null,
        new FileProvenance(open.file(), "read " + open.format(), choices));
  }

  /**
   * A copy outlives its file, so its checksum is taken now: while it is copied, where it can be.
   */
  private static Representation copied(
      ArrayRows rows, String id, ArrayFile open, Map<String, String> choices) {
    RepresentationBuilder builder =
        new RepresentationBuilder(id, rows.stimuli(), rows.units(), rows.precision());
    rows.copy(builder);
    choices.put("sha256", open.sha256());
    return builder.build(Provenance.of("read " + open.format(), choices));
  }

  /**
   * Writes a file in the format that the ending of its name says: .npy or .npz. Beside, then
   * renamed: a file is there whole or not at all.
   *
   * <p>Stimulus ids are kept in .npz (entry {@code stimulus_ids}); beside .npy in a text file of
   * the same name with the ending {@code .ids.txt}, which {@link #read(Path)} finds.
   */
  public static void write(Representation representation, Path file) {
    Writers.write(representation, file);
  }

  /** The name of a file without its folder and ending. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
