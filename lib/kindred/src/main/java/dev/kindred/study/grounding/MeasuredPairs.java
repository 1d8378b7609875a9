package dev.kindred.study.grounding;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import dev.kindred.measure.Checkpoint;
import dev.kindred.measure.Measure;
import dev.kindred.measure.OwnMeasure;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Distances between some representations and others under many measures, with the processor time
 * that each measure takes. What one measure found is kept as soon as it is there.
 *
 * @param rows one side of the pairs
 * @param columns the other
 * @param wanted which pairs; the others are NaN
 */
record MeasuredPairs(List<Representation> rows, List<Representation> columns, WantedPair wanted) {
  private static final String FILE = "distances.npz";
  private static final String DISTANCES = "distances";
  private static final String REVERSED = "reversed";
  private static final String TIMES = "times";

  /** Chooses pairs. */
  @FunctionalInterface
  interface WantedPair {
    boolean test(int row, int column);
  }

  /**
   * What a measure says of the pairs.
   *
   * @param distances rows × columns, from the row to the column; NaN where a pair is not wanted or
   *     the measure is not defined
   * @param reversed the same pairs, rows × columns, from the column to the row; null of a symmetric
   *     measure, and of all pairs of a list, whose distances have both
   * @param times seconds of processor time of all preparations, their number, seconds of all
   *     comparisons, their number
   */
  record Outcome(double[][] distances, double[][] reversed, double[] times) {}

  /** All pairs of a list; the diagonal is NaN. */
  static MeasuredPairs square(List<Representation> all) {
    return new MeasuredPairs(all, all, (i, j) -> i < j);
  }

  /**
   * Compares under all measures, as many at a time as there are processors.
   *
   * @param label for the progress
   */
  Map<String, Outcome> under(Map<String, Measure> measures, String label, Store store) {
    List<String> names = List.copyOf(measures.keySet());
    Outcome[] outcomes = new Outcome[names.size()];
    String inputs = inputs();
    try (Progress.Task task = Progress.standard().begin(label, names.size())) {
      Parallel.forEach(
          names.size(),
          m -> {
            task.note(names.get(m));
            outcomes[m] = kept(measures.get(names.get(m)), names.get(m), inputs, store);
            task.advance(1);
          });
    }
    Map<String, Outcome> byMeasure = new LinkedHashMap<>();
    for (int m = 0; m < outcomes.length; m++) {
      byMeasure.put(names.get(m), outcomes[m]);
    }
    return byMeasure;
  }

  /** Of the numbers of all representations and of the choice of pairs. */
  private String inputs() {
    StringBuilder text = new StringBuilder();
    // Of the numbers: all that were never in a file have the same provenance.
    text.append(Checkpoint.key("rows", rows)).append('\n');
    text.append(Checkpoint.key("columns", columns)).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        text.append(wanted.test(i, j) ? '1' : '0');
      }
    }
    return Checksums.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Outcome kept(Measure measure, String name, String inputs, Store store) {
    if (measure instanceof OwnMeasure) {
      return compute(measure);
    }
    Provenance recipe =
        Provenance.of("grounding distances", Map.of("measure", name, "inputs", inputs));
    Path folder =
        store.folder(
            new StoreKey("grounding-distances", 2, recipe),
            working -> write(compute(measure), working.resolve(FILE)));
    try (ArrayFile file = ArrayFile.open(folder.resolve(FILE))) {
      return new Outcome(
          matrix(file, DISTANCES),
          isApart(measure) ? matrix(file, REVERSED) : null,
          numbers(file, TIMES));
    }
  }

  /** Whether the way back stands in a matrix of its own. */
  private boolean isApart(Measure measure) {
    return !measure.info().symmetric() && rows != columns;
  }

  private double[][] matrix(ArrayFile file, String name) {
    double[] flat = numbers(file, name);
    double[][] matrix = new double[rows.size()][columns.size()];
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(flat, i * columns.size(), matrix[i], 0, columns.size());
    }
    return matrix;
  }

  private static double[] numbers(ArrayFile file, String name) {
    NumericArray array = file.array(name);
    double[] numbers = new double[Math.toIntExact(array.size())];
    array.read(0, DoubleBuffer.wrap(numbers));
    return numbers;
  }

  private static void write(Outcome outcome, Path file) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
      npz.write(DISTANCES, outcome.distances);
      if (outcome.reversed != null) {
        npz.write(REVERSED, outcome.reversed);
      }
      npz.write(TIMES, outcome.times);
    }
  }

  /**
   * On the calling thread alone, whose processor time is taken. A row that is no column is prepared
   * when its turn comes and forgotten after it: there may be thousands.
   */
  private Outcome compute(Measure measure) {
    boolean symmetric = measure.info().symmetric();
    double[][] distances = undefined();
    double[][] reversed = isApart(measure) ? undefined() : null;
    double[] times = new double[4];
    Map<Representation, Prepared> prepared = new IdentityHashMap<>();
    for (Representation y : columns) {
      prepared.put(y, prepare(measure, y, times));
    }
    for (int i = 0; i < rows.size(); i++) {
      Progress.checkCancelled();
      Representation row = rows.get(i);
      Prepared x = prepared.containsKey(row) ? prepared.get(row) : prepare(measure, row, times);
      long start = processorTime();
      for (int j = 0; j < columns.size(); j++) {
        if (wanted.test(i, j)) {
          Prepared y = prepared.get(columns.get(j));
          distances[i][j] = distance(measure, x, y);
          times[3]++;
          double other = distances[i][j];
          if (!symmetric) {
            other = distance(measure, y, x);
            times[3]++;
          }
          if (rows == columns) {
            distances[j][i] = other;
          } else if (reversed != null) {
            reversed[i][j] = other;
          }
        }
      }
      times[2] += (processorTime() - start) / 1e9;
    }
    return new Outcome(distances, reversed, times);
  }

  private double[][] undefined() {
    double[][] matrix = new double[rows.size()][columns.size()];
    for (double[] row : matrix) {
      Arrays.fill(row, Double.NaN);
    }
    return matrix;
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Null where the measure is not defined, such as one of full rank on few components. */
  private static Prepared prepare(Measure measure, Representation x, double[] times) {
    Progress.checkCancelled();
    long start = processorTime();
    try {
      return measure.prepare(x);
    } catch (InputException e) {
      return null;
    } finally {
      times[0] += (processorTime() - start) / 1e9;
      times[1]++;
    }
  }

  private static double distance(Measure measure, Prepared x, Prepared y) {
    if (x == null || y == null) {
      return Double.NaN;
    }
    try {
      return GroundedMeasures.distance(measure.info(), measure.compare(x, y));
    } catch (InputException e) {
      return Double.NaN;
    }
  }
}
