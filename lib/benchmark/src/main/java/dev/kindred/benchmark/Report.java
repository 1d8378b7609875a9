package dev.kindred.benchmark;

import dev.kindred.base.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Prints the benchmark table in Markdown: every work with its time, the ceiling measured in turn
 * with it in the same run, and the ratio that is to be reached.
 */
@Command(
    name = "environment/benchmark",
    description = "Measures and prints the benchmark table. The whole of it needs 12 GB and hours.",
    mixinStandardHelpOptions = true)
public final class Report implements Callable<Integer> {
  /** Reported like the works, but with a table of its own. */
  private static final String GROWTH = "growth";

  /** Takes no work at all. */
  private static final String NONE = "none";

  @Option(names = "--quick", description = "small sizes, to see that everything runs")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "some works (see --list), or none; by default all")
  private List<String> only = List.of();

  @Option(names = "--list", description = "names the works and measures nothing")
  private boolean list;

  @Option(names = "--rounds", paramLabel = "N", description = "repetitions; 3, or 1 with --quick")
  private Integer rounds;

  @Option(
      names = "--oracle",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "DIR",
      description = "adds the agreement with the reference values there, by default this clone's")
  private String oracle;

  @Option(
      names = "--python",
      description = "one with SciPy and POT, which then solve the transport problems too")
  private String python;

  @Option(names = "--out", paramLabel = "DIR", description = "for table, numbers and figures")
  private Path out;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Report()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    int times = rounds == null ? (quick ? 1 : 3) : rounds;
    if (times < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds " + times + ": expected at least 1");
    }
    List<Works.Work> works = new Works(quick, times, python).all();
    List<String> names = new ArrayList<>(works.stream().map(Works.Work::name).toList());
    names.add(GROWTH);
    if (list) {
      names.forEach(spec.commandLine().getOut()::println);
      return 0;
    }
    for (String name : only) {
      if (!names.contains(name) && !name.equals(NONE)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only " + name + ": expected " + NONE + " or some of " + String.join(", ", names));
      }
    }
    measure(works, times);
    return 0;
  }

  private void measure(List<Works.Work> works, int times) throws IOException {
    StringBuilder table = new StringBuilder(heading(quick, times));
    System.out.print(table);
    for (Works.Work work : works) {
      if (isWanted(work.name())) {
        for (Row row : work.rows().get()) {
          System.out.println(row);
          table.append(row).append('\n');
        }
      }
    }
    if (isWanted(GROWTH)) {
      Growth growth = Growth.measure(quick);
      System.out.println(growth.table());
      table.append('\n').append(growth.table());
      if (out != null) {
        growth.write(out);
      }
    }
    if (oracle != null) {
      Agreement agreement = Agreement.measure(references());
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

  private boolean isWanted(String work) {
    return only.isEmpty() || only.contains(work);
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

  /** The folder that was named, or that of this clone. */
  private Path references() {
    return oracle.isEmpty()
        ? Path.of(System.getenv().getOrDefault("KINDRED_HOME", "."), Agreement.IN_A_CLONE)
        : Path.of(oracle);
  }

  static List<Row> one(Row row) {
    return new ArrayList<>(List.of(row));
  }
}
