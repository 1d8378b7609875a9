package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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

  /**
   * The epochs that are missing: where the distance between neighbours is larger than the distances
   * before and after it, as a grid that grows thinner does not have it.
   *
   * @return the first and the last missing epoch of every gap
   */
  public List<int[]> gaps() {
    List<int[]> gaps = new ArrayList<>();
    for (int i = 1; i < epochs.size(); i++) {
      int distance = epochs.get(i) - epochs.get(i - 1);
      int before = i > 1 ? epochs.get(i - 1) - epochs.get(i - 2) : 0;
      int after = i + 1 < epochs.size() ? epochs.get(i + 1) - epochs.get(i) : 0;
      // At an end there is one neighbour, and a grid may just have grown thinner.
      int usual = Math.max(before, after) * (before == 0 || after == 0 ? 2 : 1);
      if (usual > 0 && distance > usual) {
        int step = before == 0 ? after : after == 0 ? before : Math.min(before, after);
        gaps.add(new int[] {epochs.get(i - 1) + step, epochs.get(i) - step});
      }
    }
    return gaps;
  }

  /** The same with missing values at both ends of every gap, so that it is drawn as one. */
  public EpochMap withGaps() {
    TreeSet<Integer> all = new TreeSet<>(epochs);
    gaps().forEach(gap -> all.addAll(List.of(gap[0], gap[1])));
    List<Integer> numbers = List.copyOf(all);
    int[] places = numbers.stream().mapToInt(epochs::indexOf).toArray();
    double[][] wider = new double[places.length][places.length];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < places.length; j++) {
        wider[i][j] = places[i] < 0 || places[j] < 0 ? Double.NaN : values[places[i]][places[j]];
      }
    }
    return new EpochMap(title, numbers, wider);
  }

  /** The same with the epochs as names. */
  public LabelledMatrix matrix(Provenance provenance) {
    List<String> names = epochs.stream().map(String::valueOf).toList();
    return new LabelledMatrix(title, names, names, values, provenance);
  }
}
