package dev.kindred.representation;

import dev.kindred.base.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes tables of numbers: a header {@code stimulus_id,u0,u1,…}, one line a stimulus. The column
 * of names is there if the stimuli have names. Every number is written as the shortest decimal of
 * its float64 value, so nothing is lost.
 */
final class TextWriter {
  private TextWriter() {}

  static void csv(Representation x, Path file) throws IOException {
    write(x, file, ',');
  }

  static void tsv(Representation x, Path file) throws IOException {
    write(x, file, '\t');
  }

  private static void write(Representation x, Path file, char separator) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      boolean named = x.stimulusIds().isPresent();
      if (named) {
        out.write("stimulus_id" + separator);
      }
      for (int j = 0; j < x.units(); j++) {
        out.write((j == 0 ? "u" : separator + "u") + j);
      }
      out.write('\n');
      for (int i = 0; i < x.stimuli(); i++) {
        Progress.checkCancelled();
        if (named) {
          out.write(quoted(x.stimulusIds().get().get(i), separator) + separator);
        }
        double[] row = x.row(i);
        for (int j = 0; j < row.length; j++) {
          out.write((j == 0 ? "" : String.valueOf(separator)) + text(row[j]));
        }
        out.write('\n');
      }
    }
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
  }

  private static String quoted(String name, char separator) {
    boolean plain =
        name.indexOf(separator) < 0 && name.indexOf('"') < 0 && name.equals(name.strip());
    return plain && !name.isEmpty() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
