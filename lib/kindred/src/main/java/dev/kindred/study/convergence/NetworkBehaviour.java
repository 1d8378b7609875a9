package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.functional.ErrorConsistency;
import dev.kindred.network.Classification;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What networks do with the stimuli, and how far shifts move these. What is not known is NaN: all
 * of a network whose classes are not those of the images, and training that was not seen.
 *
 * @param accuracy network × set, at the end of training
 * @param overTraining network × moment, on the usual set
 * @param errorConsistency set × network × network: Cohen's kappa of being right or wrong
 * @param distances of every set from the usual one; see {@link ConvergenceImages#distances}
 * @param answers network × set × stimulus, at the end of training: number of the class that the
 *     network gives, {@link ImageSet#NO_LABEL} if that is not known
 * @param labels of the stimuli: numbers of their classes, the same in every set
 */
public record NetworkBehaviour(
    double[][] accuracy,
    double[][] overTraining,
    double[][][] errorConsistency,
    double[] distances,
    int[][][] answers,
    int[] labels) {
  private static final String ACCURACY = "accuracy";
  private static final String OVER_TRAINING = "accuracy over training";
  private static final String CONSISTENCY = "error consistency";
  private static final String DISTANCES = "distances";
  private static final String ANSWERS = "answers";
  private static final String LABELS = "labels";

  /** In place of an answer that is not known: classes are few. */
  private static final int NONE = 255;

  static NetworkBehaviour of(ConvergenceNetworks networks) {
    int[] labels = networks.images().usual().labels();
    int count = networks.count();
    int sets = networks.images().sets().size();
    int moments = networks.moments().size();
    List<Integer> all = IntStream.range(0, sets).boxed().toList();
    double[][] accuracy = new double[count][sets];
    double[][] overTraining = new double[count][moments];
    Measure measure = new ErrorConsistency(labels);
    Prepared[][] errors = new Prepared[sets][count];
    int[][][] answers = new int[count][sets][labels.length];
    try (Progress.Task task = Progress.standard().begin("accuracies", count)) {
      for (int network = 0; network < count; network++) {
        Arrays.fill(accuracy[network], Double.NaN);
        Arrays.fill(overTraining[network], Double.NaN);
        for (int[] ofSet : answers[network]) {
          Arrays.fill(ofSet, ImageSet.NO_LABEL);
        }
        List<Representation> scores =
            networks.scores(network, networks.end(), all).orElse(List.of());
        for (int set = 0; set < scores.size(); set++) {
          answers[network][set] = Classification.predict(scores.get(set));
          accuracy[network][set] = Classification.accuracy(answers[network][set], labels);
          errors[set][network] = measure.prepare(scores.get(set));
        }
        for (int moment : scores.isEmpty() ? List.<Integer>of() : networks.moments(network)) {
          overTraining[network][moment] =
              moment == networks.end()
                  ? accuracy[network][0]
                  : Classification.accuracy(
                      networks.scores(network, moment, List.of(0)).orElseThrow().get(0), labels);
        }
        task.advance(1);
      }
    }
    double[][][] consistency = new double[sets][count][count];
    Parallel.forEach(
        sets,
        set -> {
          for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
              boolean known = errors[set][i] != null && errors[set][j] != null;
              consistency[set][i][j] =
                  known ? measure.compare(errors[set][i], errors[set][j]) : Double.NaN;
            }
          }
        });
    return new NetworkBehaviour(
        accuracy, overTraining, consistency, networks.images().distances(), answers, labels);
  }

  void write(Path target) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(target))) {
      npz.write(ACCURACY, accuracy);
      npz.write(OVER_TRAINING, overTraining);
      npz.writeFloats(
          CONSISTENCY,
          Arrays.stream(errorConsistency).flatMap(Arrays::stream).toArray(double[][]::new));
      npz.write(DISTANCES, distances);
      npz.writeBytes(
          ANSWERS,
          Arrays.stream(answers)
              .flatMap(Arrays::stream)
              .map(NetworkBehaviour::toBytes)
              .toArray(int[][]::new));
      npz.writeBytes(LABELS, new int[][] {toBytes(labels)});
    }
  }

  /**
   * @throws InputException if the file is none that this wrote
   */
  static NetworkBehaviour read(Path file) {
    try (ArrayFile arrays = ArrayFile.open(file)) {
      double[][] accuracy = matrix(arrays.array(ACCURACY));
      double[][] consistency = matrix(arrays.array(CONSISTENCY));
      int count = accuracy.length;
      if (count == 0 || consistency.length != count * accuracy[0].length) {
        throw new InputException(
            file
                + ": "
                + consistency.length
                + " rows of error consistency for "
                + count
                + " networks");
      }
      NumericArray distances = arrays.array(DISTANCES);
      double[] numbers = new double[Math.toIntExact(distances.shape()[0])];
      distances.read(0, DoubleBuffer.wrap(numbers));
      int[][] answers = classes(arrays.array(ANSWERS));
      int[] labels = classes(arrays.array(LABELS))[0];
      if (answers.length != consistency.length || answers[0].length != labels.length) {
        throw new InputException(
            file
                + ": "
                + answers.length
                + "×"
                + answers[0].length
                + " answers of "
                + count
                + " networks to "
                + accuracy[0].length
                + " sets of "
                + labels.length
                + " stimuli");
      }
      return new NetworkBehaviour(
          accuracy,
          matrix(arrays.array(OVER_TRAINING)),
          blocks(consistency, count, double[][][]::new),
          numbers,
          blocks(answers, accuracy[0].length, int[][][]::new),
          labels);
    }
  }

  /** Every so many rows as one. */
  private static <T> T[][] blocks(T[] rows, int of, IntFunction<T[][]> array) {
    return IntStream.range(0, rows.length / of)
        .mapToObj(block -> Arrays.copyOfRange(rows, block * of, (block + 1) * of))
        .toArray(array);
  }

  private static int[] toBytes(int[] classes) {
    return Arrays.stream(classes).map(c -> c == ImageSet.NO_LABEL ? NONE : c).toArray();
  }

  private static int[][] classes(NumericArray array) {
    return Arrays.stream(matrix(array))
        .map(
            row ->
                Arrays.stream(row).mapToInt(c -> c == NONE ? ImageSet.NO_LABEL : (int) c).toArray())
        .toArray(int[][]::new);
  }

  private static double[][] matrix(NumericArray array) {
    int columns = Math.toIntExact(array.shape()[1]);
    double[][] rows = new double[Math.toIntExact(array.shape()[0])][columns];
    for (int i = 0; i < rows.length; i++) {
      array.read((long) i * columns, DoubleBuffer.wrap(rows[i]));
    }
    return rows;
  }
}
