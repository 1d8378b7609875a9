package dev.kindred.benchmark;

import dev.kindred.benchmark.Report.Row;
import dev.kindred.representation.Representations;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code environment/kindred} takes from its start to its end, with files that the operating
 * system has in its memory, beside the products alone in a process of their own ({@link Products})
 * and, where there is a Python, beside NumPy doing the same ({@code src/main/python/cka.py}); all
 * in turn.
 */
final class WholeProcess {
  /** Sum 12,672: 253 MB of float32 for 5000 stimuli. */
  private static final int[] WIDTHS = {
    384, 512, 512, 512, 768, 768, 768, 768, 768, 768, 1024, 1024, 1024, 1024, 1024, 1024
  };

  private static final double TOLERANCE = 1e-3;

  private final boolean quick;
  private final int rounds;
  private final String python;

  /**
   * @param quick small sizes
   * @param rounds repetitions
   * @param python a Python with NumPy, or null
   */
  WholeProcess(boolean quick, int rounds, String python) {
    this.quick = quick;
    this.rounds = rounds;
    this.python = python;
  }

  /** Sixteen models, and two of them. */
  List<Row> sixteen() {
    int n = quick ? 500 : 5000;
    return inFolder(
        folder -> {
          List<String> files = write(folder, n, quick ? new int[] {64, 128, 96} : WIDTHS);
          List<Row> rows = new ArrayList<>();
          String all = "matrix of " + files.size() + " files, n=" + n;
          rows.addAll(rows(all, files, "≤ 3.4 s, ≤ 1.4"));
          int p = quick ? 32 : 384;
          List<String> two = write(folder, n, p, p);
          rows.addAll(rows("compare of 2 files, n=" + n + ", p=" + p, two, "≤ 1.2 s"));
          return rows;
        });
  }

  /** The 64 models of one data set of the consistency study. */
  List<Row> study() {
    int n = quick ? 500 : 10_000;
    int[] widths = quick ? new int[] {64, 128, 96} : Models.widthsOfTheStudy();
    return inFolder(
        folder -> {
          List<String> files = write(folder, n, widths);
          return rows("matrix of " + files.size() + " files, n=" + n, files, "≤ 1.15");
        });
  }

  private List<Row> rows(String what, List<String> files, String target) {
    double[] process = new double[rounds];
    double[] products = new double[rounds];
    double[] numpy = new double[python == null ? 0 : rounds];
    for (int i = 0; i < rounds; i++) {
      products[i] = Double.parseDouble(run(products(files)));
      double start = System.nanoTime();
      String ours = run(kindred(files));
      process[i] = (System.nanoTime() - start) / 1e9;
      if (python != null) {
        start = System.nanoTime();
        requireSame(ours, run(numpy(files)));
        numpy[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    List<Row> rows = new ArrayList<>();
    String work = "whole process: " + what;
    rows.add(new Row(work, new Timing(process, products), "its products", target, 0));
    if (python != null) {
      rows.add(new Row(work, new Timing(process, numpy), "NumPy, whole process", "", 0));
    }
    return rows;
  }

  private static List<String> kindred(List<String> files) {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("environment/kindred").toString());
    command.addAll(
        files.size() == 2
            ? List.of("compare", "--measure", "cka")
            : List.of("matrix", "--measure", "cka", "--out", "-"));
    command.addAll(files);
    return command;
  }

  /** With the options of this JVM, which are those of the command line but for memory. */
  private static List<String> products(List<String> files) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Products.class.getName());
    command.addAll(files);
    return command;
  }

  private List<String> numpy(List<String> files) {
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(home().resolve("lib/benchmark/src/main/python/cka.py").toString());
    command.addAll(files);
    return command;
  }

  private static Path home() {
    return Path.of(System.getenv().getOrDefault("KINDRED_HOME", "."));
  }

  private static void requireSame(String ours, String theirs) {
    double[] a = numbers(ours);
    double[] b = numbers(theirs);
    boolean same = a.length == b.length;
    for (int i = 0; same && i < a.length; i++) {
      same = Math.abs(a[i] - b[i]) < TOLERANCE;
    }
    if (!same) {
      throw new IllegalStateException("NumPy finds\n" + theirs + "and not\n" + ours);
    }
  }

  /** One number, or those of a table without its names. */
  private static double[] numbers(String text) {
    List<String> lines = text.strip().lines().toList();
    return lines.size() == 1
        ? new double[] {Double.parseDouble(lines.get(0))}
        : lines.stream()
            .skip(1)
            .flatMap(line -> Arrays.stream(line.split(",")).skip(1))
            .mapToDouble(Double::parseDouble)
            .toArray();
  }

  private static List<String> write(Path folder, int n, int... widths) {
    List<String> files = new ArrayList<>();
    for (int m = 0; m < widths.length; m++) {
      Path file = folder.resolve(widths.length + "-" + m + ".npy");
      Representations.write(Models.model("model " + m, n, widths[m]), file);
      files.add(file.toString());
    }
    return files;
  }

  private static String run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + " failed");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped on request", e);
    }
  }

  private interface Measuring {
    List<Row> in(Path folder) throws IOException;
  }

  private static List<Row> inFolder(Measuring measuring) {
    try {
      Path folder = Files.createTempDirectory("kindred-process");
      try {
        return measuring.in(folder);
      } finally {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
