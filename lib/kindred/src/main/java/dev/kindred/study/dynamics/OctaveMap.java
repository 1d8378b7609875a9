package dev.kindred.study.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An {@link EpochMap} at epochs that are equally far apart on a logarithmic axis, {@value
 * #PER_OCTAVE} in each doubling from epoch 1 on, whatever grid was recorded. A value is that of the
 * nearest recorded epoch; where none is within half a step, it lies on the straight line between
 * the two around it. Epochs of which values are missing are taken as not recorded.
 *
 * @param values a row and a column for every epoch; epoch 2^(i / {@value #PER_OCTAVE}) at i
 */
record OctaveMap(double[][] values) {
  static final int PER_OCTAVE = 4;

  static OctaveMap of(EpochMap map) {
    int[] kept = complete(map);
    int count = kept.length == 0 ? 0 : steps(map.epochs().get(kept[kept.length - 1])) + 1;
    if (count < 1 || map.epochs().get(kept[0]) > 1) {
      // nothing is known of the start, and nothing is made up
      return new OctaveMap(new double[0][]);
    }
    double[][] weights = new double[count][kept.length];
    for (int i = 0; i < count; i++) {
      place(weights[i], (double) i / PER_OCTAVE, kept, map.epochs());
    }
    double[][] values = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int a = 0; a < kept.length; a++) {
          for (int b = 0; weights[i][a] > 0 && b < kept.length; b++) {
            if (weights[j][b] > 0) {
              sum += weights[i][a] * weights[j][b] * map.values()[kept[a]][kept[b]];
            }
          }
        }
        values[i][j] = sum;
        values[j][i] = sum;
      }
    }
    return new OctaveMap(values);
  }

  /** Whether at least two epochs an octave were recorded, so that what lies between is known. */
  static boolean isDense(EpochMap map) {
    int[] kept = complete(map);
    return kept.length > 0
        && kept.length >= 2 * (octaves(Math.max(1, map.epochs().get(kept[kept.length - 1]))) + 1);
  }

  /** From a place on. */
  OctaveMap from(int place) {
    return new OctaveMap(
        IntStream.range(place, size())
            .mapToObj(i -> Arrays.copyOfRange(values[i], place, size()))
            .toArray(double[][]::new));
  }

  int size() {
    return values.length;
  }

  /** The epoch at a place, which need not be whole. */
  static double epoch(double place) {
    return Math.pow(2, place / PER_OCTAVE);
  }

  /** The place of an epoch, which need not be whole. */
  static double place(double epoch) {
    return PER_OCTAVE * octaves(epoch);
  }

  static double octaves(double epoch) {
    return Math.log(epoch) / Math.log(2);
  }

  private static int steps(int last) {
    return last < 1 ? -1 : (int) Math.floor(place(last) + 1e-9);
  }

  private static void place(double[] weights, double octave, int[] kept, List<Integer> epochs) {
    int after = 0;
    while (after < kept.length - 1 && octaves(epochs.get(kept[after])) < octave) {
      after++;
    }
    int before = Math.max(0, after - 1);
    double high = octaves(epochs.get(kept[after]));
    double low = epochs.get(kept[before]) == 0 ? high : octaves(epochs.get(kept[before]));
    double half = 0.5 / PER_OCTAVE + 1e-9;
    if (Math.min(Math.abs(high - octave), Math.abs(octave - low)) <= half || high <= low) {
      weights[Math.abs(high - octave) <= Math.abs(octave - low) ? after : before] = 1;
    } else {
      weights[after] = (octave - low) / (high - low);
      weights[before] = 1 - weights[after];
    }
  }

  /** Epochs among which no value is missing; those that miss most go first. */
  static int[] complete(EpochMap map) {
    int n = map.epochs().size();
    int[] missing = new int[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        missing[i] += isMissing(map, i, j) ? 1 : 0;
      }
    }
    boolean[] gone = new boolean[n];
    while (true) {
      int worst = 0;
      for (int i = 0; i < n; i++) {
        worst = missing[i] > missing[worst] ? i : worst;
      }
      if (n == 0 || missing[worst] == 0) {
        return IntStream.range(0, n).filter(i -> !gone[i]).toArray();
      }
      gone[worst] = true;
      missing[worst] = 0;
      for (int i = 0; i < n; i++) {
        missing[i] -= !gone[i] && isMissing(map, i, worst) ? 1 : 0;
      }
    }
  }

  private static boolean isMissing(EpochMap map, int i, int j) {
    return Double.isNaN(map.values()[i][j]) || Double.isNaN(map.values()[j][i]);
  }

  /** Values with one lag, in order. */
  double[] diagonal(int lag) {
    double[] diagonal = new double[Math.max(0, size() - lag)];
    Arrays.setAll(diagonal, i -> values[i][i + lag]);
    return diagonal;
  }

  /**
   * How much the layer changes in an octave: 1 less the similarity of two epochs of which one is
   * twice the other, averaged from epoch 1 on. NaN for runs of less than an octave.
   */
  double evolutionRate() {
    return 1 - Arrays.stream(diagonal(PER_OCTAVE)).average().orElse(Double.NaN);
  }
}
