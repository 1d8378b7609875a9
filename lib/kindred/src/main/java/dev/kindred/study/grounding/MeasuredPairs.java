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
import dev.kindred.measure.Measure;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final String TIMES = "times";

  /** Chooses pairs. */
  @FunctionalInterface
  interface WantedPair {
    boolean test(int row, int column);
  }

  /**
   * What a measure says of the pairs.
   *
   * @param distances rows × columns; of an asymmetric measure the mean of both directions; NaN
   *     where a pair is not wanted or the measure is not defined
   * @param times seconds of processor time of all preparations, their number, seconds of all
   *     comparisons, their number
   */
  record Outcome(double[][] distances, double[] times) {}

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
    for (List<Representation> side : List.of(rows, columns)) {
      side.forEach(x -> text.append(x.provenance()).append('\n'));
      text.append('\n');
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        text.append(wanted.test(i, j) ? '1' : '0');
      }
    }
    return Checksums.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Outcome kept(Measure measure, String name, String inputs, Store store) {
    Provenance recipe =
        Provenance.of("grounding distances", Map.of("measure", name, "inputs", inputs));
    Path folder =
        store.folder(
            new StoreKey("grounding-distances", 1, recipe),
            working -> write(compute(measure), working.resolve(FILE)));
    try (ArrayFile file = ArrayFile.open(folder.resolve(FILE))) {
      double[] flat = numbers(file, DISTANCES);
      double[][] distances = new double[rows.size()][columns.size()];
      for (int i = 0; i < distances.length; i++) {
        System.arraycopy(flat, i * columns.size(), distances[i], 0, columns.size());
      }
      return new Outcome(distances, numbers(file, TIMES));
    }
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
      npz.write(TIMES, outcome.times);
    }
  }

  /** On the calling thread alone, whose processor time is taken. */
  private Outcome compute(Measure measure) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    Map<Representation, Prepared> prepared = new IdentityHashMap<>();
    double[] times = new double[4];
    List<Representation> all = new ArrayList<>(rows);
    all.addAll(columns);
    long start = clock.getCurrentThreadCpuTime();
    for (Representation x : all) {
      Progress.checkCancelled();
      if (!prepared.containsKey(x)) {
        prepared.put(x, prepare(measure, x));
      }
    }
    times[0] = (clock.getCurrentThreadCpuTime() - start) / 1e9;
    times[1] = prepared.size();
    boolean square = rows == columns;
    double[][] distances = new double[rows.size()][columns.size()];
    for (double[] row : distances) {
      Arrays.fill(row, Double.NaN);
    }
    start = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < rows.size(); i++) {
      Progress.checkCancelled();
      for (int j = 0; j < columns.size(); j++) {
        if (wanted.test(i, j)) {
          Prepared x = prepared.get(rows.get(i));
          Prepared y = prepared.get(columns.get(j));
          distances[i][j] = distance(measure, x, y);
          times[3] += measure.info().symmetric() ? 1 : 2;
          if (square) {
            distances[j][i] = distances[i][j];
          }
        }
      }
    }
    times[2] = (clock.getCurrentThreadCpuTime() - start) / 1e9;
    return new Outcome(distances, times);
  }

  /** Null where the measure is not defined, such as one of full rank on few components. */
  private static Prepared prepare(Measure measure, Representation x) {
    try {
      return measure.prepare(x);
    } catch (InputException e) {
      return null;
    }
  }

  private static double distance(Measure measure, Prepared x, Prepared y) {
    if (x == null || y == null) {
      return Double.NaN;
    }
    try {
      double value = measure.compare(x, y);
      if (!measure.info().symmetric()) {
        value = (value + measure.compare(y, x)) / 2;
      }
      return GroundedMeasures.distance(measure.info(), value);
    } catch (InputException e) {
      return Double.NaN;
    }
  }
}
