package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ArrayFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files of every format: reading one gives numbers or one {@link InputException}, within a
 * second of processor time and a bound on memory. The damage is drawn from named seeds, so a
 * failure comes back; {@code -Dkindred.fuzz=N} takes N files a reader.
 */
class MutationTest {
  private static final int FILES = Integer.getInteger("kindred.fuzz", 2000);
  private static final long CPU_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MEMORY = 128L << 20;
  private static final long HANG_SECONDS = 60;

  @TempDir Path folder;

  /**
   * A format and files of it to damage.
   *
   * @param checked true if a checksum in the file guards the numbers, so that a damaged file never
   *     gives others
   */
  record Reader(String name, boolean checked, List<String> files) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Reader> readers() {
    return Stream.of(
        new Reader(
            "npy",
            false,
            List.of("little-f4-C.npy", "big-f8-F.npy", "nchw-fortran.npy", "version-2.npy")),
        new Reader("npz", true, List.of("stored.npz", "zip64.npz")),
        new Reader("npz of several", false, List.of("compressed.npz", "several.npz")),
        new Reader("pt", true, List.of("zip-float32.pt", "zip-bfloat16.pt", "zip-uint16.pt")),
        new Reader("pt of several", false, List.of("dict.pt", "views.pt", "state.pt", "numpy.pt")),
        new Reader(
            "legacy pt", false, List.of("legacy-float64.pt", "views-legacy.pt", "legacy-int8.pt")),
        new Reader(
            "h5",
            false,
            List.of("types.h5", "layouts.h5", "format-v108.h5", "format-v110.h5", "features.hdf5")),
        new Reader("mat", false, List.of("plain.mat", "compressed.mat")),
        new Reader("mat of one", true, List.of("one-compressed.mat")),
        new Reader("mat v7.3", false, List.of("v73.mat")),
        new Reader(
            "text",
            false,
            List.of("plain.csv", "quoted.csv", "savetxt.txt", "r-style.txt", "pandas.csv")));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void damagedFilesGiveNumbersOrOneClearError(Reader reader) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ExecutorService worker = Executors.newSingleThreadExecutor(MutationTest::daemon);
    int readable = 0;
    try {
      for (int i = 0; i < FILES; i++) {
        String source = reader.files().get(i % reader.files().size());
        byte[] original = Files.readAllBytes(Fixtures.file(source));
        byte[] damaged = damage(original, new Seeds(i).stream(reader.name()));
        Path file = folder.resolve(i + "-" + source);
        Files.write(file, damaged);
        String context = reader.name() + ", file " + i + " from " + source;
        Callable<Outcome> read =
            () -> {
              long thread = Thread.currentThread().getId();
              long memory = threads.getThreadAllocatedBytes(thread);
              long cpu = threads.getThreadCpuTime(thread);
              List<double[]> rows = readEverything(file);
              return new Outcome(
                  rows,
                  rows != null && isText(file),
                  threads.getThreadCpuTime(thread) - cpu,
                  threads.getThreadAllocatedBytes(thread) - memory);
            };
        Outcome outcome = outcome(worker, read, context);
        assertThat(outcome.cpuNanos()).as("%s: processor time", context).isLessThan(CPU_NANOS);
        assertThat(outcome.bytes()).as("%s: memory", context).isLessThan(MEMORY);
        if (outcome.rows() != null) {
          readable++;
          // What is left of a file may be a number: "6" is a text of one.
          if (reader.checked() && !outcome.text()) {
            assertSameRows(context, outcome.rows(), Fixtures.file(source));
          }
        }
        Files.delete(file);
      }
    } finally {
      worker.shutdownNow();
    }
    assertThat(readable).as("damaged files that still read").isLessThan(FILES);
  }

  @ParameterizedTest
  @MethodSource("readers")
  void aCutOffFileNeverGivesOtherNumbers(Reader reader) throws IOException {
    for (String source : reader.files()) {
      if (reader.name().equals("text")) {
        continue; // the end of a text is where it ends
      }
      Path whole = Fixtures.file(source);
      byte[] original = Files.readAllBytes(whole);
      int step = Math.max(1, original.length / 400);
      for (int length = 0; length < original.length; length += step) {
        Path file = folder.resolve("cut-" + length + "-" + source);
        Files.write(file, Arrays.copyOf(original, length));
        List<double[]> rows = readSingle(file);
        if (rows != null && readSingle(whole) != null) {
          assertSameRows(source + " cut to " + length, rows, whole);
        }
        Files.delete(file);
      }
    }
  }

  private record Outcome(List<double[]> rows, boolean text, long cpuNanos, long bytes) {}

  private static boolean isText(Path file) {
    try (ArrayFile open = ArrayFile.open(file)) {
      return open.format().equals("text");
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "damaged files");
    thread.setDaemon(true);
    return thread;
  }

  private static Outcome outcome(ExecutorService worker, Callable<Outcome> read, String context)
      throws InterruptedException {
    try {
      return worker.submit(read).get(HANG_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail(context + ": still reading after " + HANG_SECONDS + " s", e);
    } catch (ExecutionException e) {
      return fail(context + ": " + e.getCause(), e.getCause());
    }
  }

  private static void assertSameRows(String context, List<double[]> rows, Path original) {
    List<double[]> expected = readSingle(original);
    assertThat(rows.size()).as(context).isEqualTo(expected.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).as("%s, row %s", context, i).isEqualTo(expected.get(i));
    }
  }

  /**
   * All that a person can ask of a file; the rows that it reads as, or null where it is refused.
   */
  private static List<double[]> readEverything(Path file) {
    List<double[]> rows = readSingle(file);
    try (ArrayFile open = ArrayFile.open(file)) {
      for (ArrayFile.Entry entry : open.entries().stream().limit(20).toList()) {
        assertThat(entry.description()).isNotBlank();
        read(file, ReadOptions.defaults().entry(entry.name()));
      }
    } catch (InputException e) {
      requireOneLine(file, e);
    }
    return rows;
  }

  private static List<double[]> readSingle(Path file) {
    return read(file, ReadOptions.defaults());
  }

  private static List<double[]> read(Path file, ReadOptions options) {
    try {
      Representation x = Representations.read(file, options);
      double[][] rows = new double[Math.min(x.stimuli(), 1 << 16)][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = x.row(i);
      }
      return Arrays.asList(rows);
    } catch (InputException e) {
      requireOneLine(file, e);
      return null;
    }
  }

  private static void requireOneLine(Path file, InputException e) {
    assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n", "\r");
    assertThat(e.getMessage().length()).isLessThan(2000);
  }

  /** One to four injuries: flipped bits, odd bytes, odd integers, cuts, insertions, repetitions. */
  private static byte[] damage(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int injuries = random.nextInt(1, 5);
    for (int i = 0; i < injuries && bytes.length > 8; i++) {
      // Half of the injuries hit the first bytes, where headers are.
      int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 512);
      int at = random.nextInt(reach);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> {
          int[] odd = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, 0xFFFF, 1};
          putInt(bytes, Math.min(at, bytes.length - 4), odd[random.nextInt(odd.length)]);
        }
        case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        case 4 -> bytes = splice(bytes, at, at, randomBytes(random));
        case 5 ->
            bytes =
                splice(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 32)), new byte[0]);
        default -> {
          int end = Math.min(bytes.length, at + random.nextInt(1, 64));
          bytes = splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
        }
      }
    }
    return bytes;
  }

  private static byte[] randomBytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(1, 16)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void putInt(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    byte[] joined = new byte[bytes.length - (to - from) + middle.length];
    System.arraycopy(bytes, 0, joined, 0, from);
    System.arraycopy(middle, 0, joined, from, middle.length);
    System.arraycopy(bytes, to, joined, from + middle.length, bytes.length - to);
    return joined;
  }
}
