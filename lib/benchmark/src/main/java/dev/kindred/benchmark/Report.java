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
 * works ({@code --list} names them); {@code --rounds N}; {@code --oracle [DIR]} adds the agreement
 * with the reference values there, by default those of this clone; {@code --python PYTHON} one that
 * has SciPy and POT, which then solve the transport problems too; {@code --out DIR} also writes the
 * table, numbers in CSV and figures.
 */
public final class Report {
  private Report() {}

  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    boolean quick = options.contains("--quick");
    int rounds = Integer.parseInt(option(options, "--rounds", quick ? "1" : "3"));
    List<String> only = List.of(option(options, "--only", "").split(","));
    Path out = options.contains("--out") ? Path.of(option(options, "--out", ".")) : null;
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds " + rounds + ": expected at least 1");
    }
    Works works = new Works(quick, rounds, option(options, "--python", null));
    StringBuilder table = new StringBuilder(heading(quick, rounds));
    if (!options.contains("--list")) {
      System.out.print(table);
    }
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
      Agreement agreement = Agreement.measure(references(option(options, "--oracle", "")));
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
   * One line of the table: medians over the same rounds, with the least and the greatest. The ratio
   * is the median of the rounds' ratios.
   *
   * @param work what was done
   * @param timing of the work and of what it is compared with
   * @param ceiling what it is compared with
   * @param target to be reached
   * @param memory beside the representations, in bytes; 0 if not measured
   */
  record Row(String work, Timing timing, String ceiling, String target, long memory) {
    @Override
    public String toString() {
      String compared = timing.isCompared() ? ceiling + ": " + seconds(timing.ceilingSpread()) : "";
      String ratio =
          timing.isCompared()
              ? timing.ratio().format(value -> String.format(Locale.ROOT, "%.2f", value))
              : "";
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s |",
          work,
          seconds(timing.workSpread()),
          compared,
          ratio,
          target,
          memory == 0 ? "" : (memory >> 20) + " MiB");
    }

    private static String seconds(Spread spread) {
      return spread.format(Report::digits) + " s";
    }
  }

  static String digits(double seconds) {
    return String.format(
        Locale.ROOT, seconds < 0.1 ? "%.4f" : seconds < 10 ? "%.2f" : "%.1f", seconds);
  }

  private static String heading(boolean quick, int rounds) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d threads, Java %s, %s%s; medians of %d rounds (least–greatest)%n%n"
            + "| work | time | compared with | ratio | to reach | memory |%n"
            + "|---|---|---|---|---|---|%n",
        LocalDate.now(),
        processor(),
        Parallel.threads(),
        Runtime.version().feature(),
        load(),
        quick ? " (quick sizes)" : "",
        rounds);
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

  /** The folder that was named, or that of this clone. */
  private static Path references(String named) {
    return named.isEmpty() || named.startsWith("--")
        ? Path.of(System.getenv().getOrDefault("KINDRED_HOME", "."), Agreement.IN_A_CLONE)
        : Path.of(named);
  }

  static List<Row> one(Row row) {
    return new ArrayList<>(List.of(row));
  }
}
