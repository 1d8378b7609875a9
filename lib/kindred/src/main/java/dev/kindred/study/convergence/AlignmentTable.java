package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Scores of comparisons by all families, fold by fold. In a file a score is a whole number of
 * ten-thousandths: half of one is far below what folds differ by, and a table takes a quarter of
 * the bytes.
 */
public final class AlignmentTable {
  private static final String INDEX = "comparisons";
  private static final int INDEX_NUMBERS = 9;
  private static final double UNIT = 1e-4;

  /** Of a layer without a unit that varies. */
  private static final short UNDEFINED = Short.MIN_VALUE;

  private final List<Comparison> comparisons;
  private final Map<AlignmentFamily, double[][]> scores;
  private final Map<AlignmentFamily, double[]> means;
  private final Map<Comparison, Integer> places;

  /**
   * @param scores of every family, of every comparison, the scores of its folds: forward, then
   *     backward where the family has directions; NaN where a layer does not vary
   */
  AlignmentTable(List<Comparison> comparisons, Map<AlignmentFamily, double[][]> scores) {
    this.comparisons = List.copyOf(comparisons);
    this.scores = new EnumMap<>(scores);
    this.means = new EnumMap<>(AlignmentFamily.class);
    scores.forEach(
        (family, rows) ->
            means.put(
                family,
                Arrays.stream(rows)
                    .mapToDouble(row -> Arrays.stream(row).average().orElseThrow())
                    .toArray()));
    this.places = new HashMap<>();
    for (int i = 0; i < this.comparisons.size(); i++) {
      places.put(this.comparisons.get(i), i);
    }
  }

  /** Mean over folds and directions of a comparison; NaN where it was not made. */
  public double value(AlignmentFamily family, Comparison comparison) {
    Integer row = places.get(comparison);
    return row == null ? Double.NaN : value(family, row);
  }

  /** Scores of the folds of a comparison, the mean of both directions; NaN if it was not made. */
  public double[] folds(AlignmentFamily family, Comparison comparison) {
    Integer row = places.get(comparison);
    if (row == null) {
      double[] unknown = new double[AlignmentFamily.FOLDS];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    return folds(family, row);
  }

  public List<Comparison> comparisons() {
    return comparisons;
  }

  public int size() {
    return comparisons.size();
  }

  /** Score of every fold, the mean of both directions; NaN where a layer does not vary. */
  public double[] folds(AlignmentFamily family, int comparison) {
    double[] stored = scores.get(family)[comparison];
    if (stored.length == AlignmentFamily.FOLDS) {
      return stored.clone();
    }
    return IntStream.range(0, AlignmentFamily.FOLDS)
        .mapToDouble(f -> (stored[f] + stored[AlignmentFamily.FOLDS + f]) / 2)
        .toArray();
  }

  /** Mean over folds and directions. */
  public double value(AlignmentFamily family, int comparison) {
    return means.get(family)[comparison];
  }

  /** Mean over folds of one direction: how well the second side is predicted, or the first. */
  public double value(AlignmentFamily family, int comparison, boolean forward) {
    double[] stored = scores.get(family)[comparison];
    int from = forward || stored.length == AlignmentFamily.FOLDS ? 0 : AlignmentFamily.FOLDS;
    return Arrays.stream(stored, from, from + AlignmentFamily.FOLDS).average().orElseThrow();
  }

  /** The comparisons of a kind. */
  public AlignmentTable where(Predicate<Comparison> kind) {
    int[] kept = IntStream.range(0, size()).filter(i -> kind.test(comparisons.get(i))).toArray();
    Map<AlignmentFamily, double[][]> some = new EnumMap<>(AlignmentFamily.class);
    scores.forEach(
        (family, all) ->
            some.put(family, Arrays.stream(kept).mapToObj(i -> all[i]).toArray(double[][]::new)));
    return new AlignmentTable(Arrays.stream(kept).mapToObj(comparisons::get).toList(), some);
  }

  /** Several tables as one. */
  static AlignmentTable joined(List<AlignmentTable> tables) {
    List<Comparison> all = new ArrayList<>();
    Map<AlignmentFamily, List<double[]>> scores = new EnumMap<>(AlignmentFamily.class);
    for (AlignmentTable table : tables) {
      all.addAll(table.comparisons);
      table.scores.forEach(
          (family, rows) ->
              scores.computeIfAbsent(family, f -> new ArrayList<>()).addAll(Arrays.asList(rows)));
    }
    Map<AlignmentFamily, double[][]> arrays = new EnumMap<>(AlignmentFamily.class);
    scores.forEach((family, rows) -> arrays.put(family, rows.toArray(double[][]::new)));
    return new AlignmentTable(all, arrays);
  }

  void write(Path target) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(target))) {
      short[] index = new short[size() * INDEX_NUMBERS];
      for (int i = 0; i < size(); i++) {
        System.arraycopy(comparisons.get(i).numbers(), 0, index, i * INDEX_NUMBERS, INDEX_NUMBERS);
      }
      npz.write(INDEX, index);
      for (Map.Entry<AlignmentFamily, double[][]> family : scores.entrySet()) {
        int width = family.getKey().stored();
        short[] numbers = new short[size() * width];
        for (int i = 0; i < numbers.length; i++) {
          double score = family.getValue()[i / width][i % width];
          numbers[i] = Double.isNaN(score) ? UNDEFINED : (short) Math.round(score / UNIT);
        }
        npz.write(family.getKey().array(), numbers);
      }
    }
  }

  /**
   * @throws InputException if the file is none that this wrote
   */
  static AlignmentTable read(Path file) {
    try (ArrayFile arrays = ArrayFile.open(file)) {
      double[][] index = rows(arrays, file, INDEX, INDEX_NUMBERS);
      List<Comparison> comparisons = new ArrayList<>();
      for (double[] numbers : index) {
        comparisons.add(
            Comparison.of(Arrays.stream(numbers).mapToInt(number -> (int) number).toArray()));
      }
      Map<AlignmentFamily, double[][]> scores = new EnumMap<>(AlignmentFamily.class);
      for (AlignmentFamily family : AlignmentFamily.values()) {
        double[][] rows = rows(arrays, file, family.array(), family.stored());
        if (rows.length != index.length) {
          throw new InputException(
              file + ": " + index.length + " comparisons, but " + rows.length + " scores");
        }
        for (double[] row : rows) {
          for (int f = 0; f < row.length; f++) {
            row[f] = row[f] == UNDEFINED ? Double.NaN : row[f] * UNIT;
          }
        }
        scores.put(family, rows);
      }
      return new AlignmentTable(comparisons, scores);
    }
  }

  private static double[][] rows(ArrayFile arrays, Path file, String name, int width) {
    NumericArray array = arrays.array(name);
    long count = array.shape()[0];
    if (count % width != 0) {
      throw new InputException(
          file + ", " + name + ": expected " + width + " numbers a row, found " + count);
    }
    double[] numbers = new double[Math.toIntExact(count)];
    array.read(0, DoubleBuffer.wrap(numbers));
    return IntStream.range(0, numbers.length / width)
        .mapToObj(i -> Arrays.copyOfRange(numbers, i * width, (i + 1) * width))
        .toArray(double[][]::new);
  }
}
