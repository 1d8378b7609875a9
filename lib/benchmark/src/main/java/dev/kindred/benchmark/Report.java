package dev.kindred.benchmark;

import dev.kindred.base.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Prints the benchmark table in Markdown: every work with its time, the ceiling measured in turn
 * with it in the same run, and the ratio that is to be reached.
 *
 * <p>Options: {@code --quick} small sizes, to see that everything runs; {@code --only NAME,…} some
 * works ({@code --list} names them); {@code --rounds N}; {@code --oracle DIR} adds the agreement
 * with the reference values there; {@code --python PYTHON} one that has SciPy and POT, which then
 * solve the transport problems too; {@code --out DIR} also writes the table, numbers in CSV and
 * figures.
 */
public final class Report {
  private Report() {}

  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    boolean quick = options.contains("--quick");
    int rounds = Integer.parseInt(option(options, "--rounds", quick ? "1" : "3"));
    List<String> only = List.of(option(options, "--only", "").split(","));
    Path out = options.contains("--out") ? Path.of(option(options, "--out", ".")) : null;
    Works works = new Works(quick, rounds, option(options, "--python", null));
    StringBuilder table = new StringBuilder(heading(quick));
    for (Works.Work work : works.all()) {
      if (options.contains("--list")) {
        System.out.println(work.name());
      } else if (only.get(0).isEmpty() || only.contains(work.name())) {
        for (Row row : work.rows().get()) {
          System.out.println(row);
          table.append(row).append('\n');
        }
      }
    }
    if (options.contains("--list")) {
      return;
    }
    if (only.get(0).isEmpty() || only.contains("growth")) {
      Growth growth = Growth.measure(quick);
      System.out.println(growth.table());
      table.append('\n').append(growth.table());
      if (out != null) {
        growth.write(out);
      }
    }
    if (options.contains("--oracle")) {
      Agreement agreement = Agreement.measure(Path.of(option(options, "--oracle", "")));
      System.out.println(agreement.table());
      table.append('\n').append(agreement.table());
      if (out != null) {
        agreement.write(out);
      }
    }
    if (out != null) {
      Files.createDirectories(out);
      Files.writeString(out.resolve("benchmarks.md"), table.toString());
    }
  }

  /**
   * One line of the table.
   *
   * @param work what was done
   * @param seconds of the work
   * @param ceiling what it is compared with
   * @param ceilingSeconds of that
   * @param ratio of the two
   * @param target to be reached
   * @param memory beside the representations, in bytes; 0 if not measured
   */
  record Row(
      String work,
      double seconds,
      String ceiling,
      double ceilingSeconds,
      double ratio,
      String target,
      long memory) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %s | %s s | %s | %s | %s | %s |",
          work,
          digits(seconds),
          Double.isNaN(ratio) ? "" : ceiling + ": " + digits(ceilingSeconds) + " s",
          Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio),
          target,
          memory == 0 ? "" : (memory >> 20) + " MiB");
    }
  }

  static String digits(double seconds) {
    return String.format(
        Locale.ROOT, seconds < 0.1 ? "%.4f" : seconds < 10 ? "%.2f" : "%.1f", seconds);
  }

  private static String heading(boolean quick) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d threads, Java %s, %s%s%n%n"
            + "| work | time | compared with | ratio | to reach | memory |%n"
            + "|---|---|---|---|---|---|%n",
        LocalDate.now(),
        processor(),
        Parallel.threads(),
        Runtime.version().feature(),
        load(),
        quick ? " (quick sizes)" : "");
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return cpuLine(info, line -> line.startsWith("model name"), System.getProperty("os.arch"));
  }

  private static String cpuLine(Path file, Function<String, Boolean> wanted, String otherwise)
      throws IOException {
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    for (String line : Files.readAllLines(file)) {
      if (wanted.apply(line)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return otherwise;
  }

  /** What else the machine was doing: a table from a busy machine says so. */
  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.isReadable(file)
        ? "load " + Files.readString(file).split(" ")[0] + " at the start"
        : "load unknown";
  }

  private static String option(List<String> options, String name, String otherwise) {
    int at = options.indexOf(name);
    return at >= 0 && at + 1 < options.size() ? options.get(at + 1) : otherwise;
  }

  static List<Row> one(Row row) {
    return new ArrayList<>(List.of(row));
  }
}
