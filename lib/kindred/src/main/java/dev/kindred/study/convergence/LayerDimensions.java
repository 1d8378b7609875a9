package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import dev.kindred.network.Pooling;
import dev.kindred.representation.EffectiveDimension;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How many dimensions the pooled responses of layers fill, by {@link
 * EffectiveDimension#participationRatio}: alignment can fall for the reason alone that there is
 * more to align. NaN where no unit varies, and of training that was not seen.
 *
 * @param sets network × layer × set, at the end of training
 * @param overTraining network × layer × moment, on the usual set
 */
public record LayerDimensions(double[][][] sets, double[][][] overTraining) {
  private static final String SETS = "sets";
  private static final String OVER_TRAINING = "over training";

  static LayerDimensions of(ConvergenceNetworks networks) {
    int count = networks.count();
    double[][][] sets = new double[count][][];
    double[][][] overTraining = new double[count][][];
    for (int group = 0; group < networks.groups().size(); group++) {
      int first = networks.first(group);
      int layers = networks.groups().get(group).layers().size();
      for (int network = first; network < first + networks.size(group); network++) {
        sets[network] = unknown(layers, networks.images().sets().size());
        overTraining[network] = unknown(layers, networks.moments().size());
      }
      for (int set = 0; set < networks.images().sets().size(); set++) {
        measure(networks, group, networks.end(), set, sets, set);
      }
      for (int moment : networks.moments(first)) {
        measure(networks, group, moment, 0, overTraining, moment);
      }
    }
    return new LayerDimensions(sets, overTraining);
  }

  private static double[][] unknown(int layers, int columns) {
    double[][] numbers = new double[layers][columns];
    for (double[] row : numbers) {
      Arrays.fill(row, Double.NaN);
    }
    return numbers;
  }

  private static void measure(
      ConvergenceNetworks networks,
      int group,
      int moment,
      int set,
      double[][][] target,
      int column) {
    List<List<Representation>> of = networks.layers(group, moment, set, Pooling.POOLED);
    for (int i = 0; i < of.size(); i++) {
      for (int layer = 0; layer < of.get(i).size(); layer++) {
        target[networks.first(group) + i][layer][column] =
            EffectiveDimension.participationRatio(of.get(i).get(layer));
      }
    }
  }

  void write(Path target) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(target))) {
      npz.writeFloats(SETS, rows(sets));
      npz.writeFloats(OVER_TRAINING, rows(overTraining));
    }
  }

  private static double[][] rows(double[][][] numbers) {
    return Arrays.stream(numbers).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  /**
   * @param layers of every network
   * @throws InputException if the file is none that this wrote
   */
  static LayerDimensions read(Path file, int[] layers) {
    try (ArrayFile arrays = ArrayFile.open(file)) {
      return new LayerDimensions(
          byNetwork(file, arrays.array(SETS), layers),
          byNetwork(file, arrays.array(OVER_TRAINING), layers));
    }
  }

  private static double[][][] byNetwork(Path file, NumericArray array, int[] layers) {
    int rows = Arrays.stream(layers).sum();
    if (array.shape().length != 2 || array.shape()[0] != rows) {
      throw new InputException(
          file
              + ": expected a row for each of "
              + rows
              + " layers, found an array of "
              + Arrays.toString(array.shape()));
    }
    int columns = Math.toIntExact(array.shape()[1]);
    double[][][] numbers = new double[layers.length][][];
    long from = 0;
    for (int network = 0; network < layers.length; network++) {
      numbers[network] = new double[layers[network]][columns];
      for (double[] row : numbers[network]) {
        array.read(from, DoubleBuffer.wrap(row));
        from += columns;
      }
    }
    return numbers;
  }
}
