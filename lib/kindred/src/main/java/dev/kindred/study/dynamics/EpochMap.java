package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import java.util.List;

/**
 * A similarity between every two of some epochs of a run. NaN is a value that is missing.
 *
 * @param title what the values are
 * @param epochs the epochs, rising; their distances may differ
 * @param values a row and a column for every epoch
 */
public record EpochMap(String title, List<Integer> epochs, double[][] values) {

  public EpochMap {
    epochs = List.copyOf(epochs);
    requireRising(title, epochs);
    boolean square = values.length == epochs.size();
    for (double[] row : values) {
      square &= row.length == epochs.size();
    }
    if (!square) {
      throw new InputException(
          title
              + ": expected a square of values for "
              + epochs.size()
              + " epochs, found "
              + values.length
              + " rows");
    }
  }

  static void requireRising(String what, List<Integer> epochs) {
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i) < (i == 0 ? 0 : epochs.get(i - 1) + 1)) {
        throw new InputException(
            what + ": expected rising epochs from 0 on, found " + epochs.get(i));
      }
    }
  }

  /** The value at two epochs. */
  public double get(int epoch, int other) {
    return values[index(epoch)][index(other)];
  }

  private int index(int epoch) {
    int index = epochs.indexOf(epoch);
    if (index < 0) {
      throw new InputException(title + ": has no epoch " + epoch + "; it has " + epochs);
    }
    return index;
  }

  /** The same with the epochs as names. */
  public LabelledMatrix matrix(Provenance provenance) {
    List<String> names = epochs.stream().map(String::valueOf).toList();
    return new LabelledMatrix(title, names, names, values, provenance);
  }
}
