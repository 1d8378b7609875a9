package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Declarations as a table of comma-separated values, a run a line. */
final class RunTable {
  private static final List<String> COLUMNS =
      List.of(
          "run",
          "architecture",
          "width",
          "data set",
          "pixels",
          "images",
          "label noise",
          "optimiser",
          "rate",
          "weight decay",
          "batch",
          "epochs",
          "seed");

  private RunTable() {}

  static String write(List<RunDeclaration> runs) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    for (RunDeclaration run : runs) {
      List<Object> row =
          List.of(
              run.name(),
              run.kind(),
              run.width(),
              run.dataSet(),
              run.pixels(),
              run.images(),
              run.labelNoise(),
              run.rule(),
              run.rate(),
              run.weightDecay(),
              run.batch(),
              run.epochs(),
              run.seed());
      text.append(String.join(",", row.stream().map(String::valueOf).toList())).append('\n');
    }
    return text.toString();
  }

  /**
   * @throws InputException on another table
   */
  static List<RunDeclaration> read(String text, Path file) {
    List<RunDeclaration> runs = new ArrayList<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows = CSVParser.parse(text, format)) {
      if (!rows.getHeaderNames().equals(COLUMNS)) {
        throw new InputException(
            file + ": expected the columns " + COLUMNS + ", found " + rows.getHeaderNames());
      }
      for (CSVRecord row : rows) {
        runs.add(run(row, file));
      }
      return runs;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static RunDeclaration run(CSVRecord row, Path file) {
    RunDeclaration run;
    try {
      run = run(row);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          file + ": line " + (row.getRecordNumber() + 1) + ": " + e.getMessage(), e);
    }
    if (!run.name().equals(row.get("run"))) {
      throw new InputException(
          file + ": expected the run " + run.name() + ", found " + row.get("run"));
    }
    return run;
  }

  private static RunDeclaration run(CSVRecord row) {
    return new RunDeclaration(
        value(RunDeclaration.Kind.values(), row.get("architecture")),
        Integer.parseInt(row.get("width")),
        row.get("data set"),
        Integer.parseInt(row.get("pixels")),
        Integer.parseInt(row.get("images")),
        Double.parseDouble(row.get("label noise")),
        value(RunDeclaration.Rule.values(), row.get("optimiser")),
        Double.parseDouble(row.get("rate")),
        Double.parseDouble(row.get("weight decay")),
        Integer.parseInt(row.get("batch")),
        Integer.parseInt(row.get("epochs")),
        Long.parseLong(row.get("seed")));
  }

  private static <T> T value(T[] values, String text) {
    return Arrays.stream(values)
        .filter(value -> value.toString().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of " + Arrays.toString(values) + ", found " + text));
  }
}
