package dev.kindred.measure.statistics;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.measure.MeasureInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A measure's values for many pairs of representations beside chance, each pair against its own
 * null, with p-values of each pair by itself and over all pairs together.
 *
 * <p>Pairs that are no test (a representation with itself, in a matrix of all pairs) are NaN in all
 * matrices but {@link #values}.
 *
 * @param values the measure's values, as {@link dev.kindred.measure.AllPairs} has them
 * @param nullMeans what chance gives on average
 * @param thresholds what chance betters with probability 1 − level
 * @param scores as {@link NullCalibration.Calibrated#score}: 0 at the pair's threshold, 1 at the
 *     measure's best
 * @param ps probability of a value as good or better by chance, for a pair that was chosen without
 *     looking at the others
 * @param adjustedPs the same where all pairs are looked at: if those with an adjusted p of at most
 *     α are taken as found, one or more of them is chance with a probability of at most α
 *     (step-down minP, Westfall and Young 1993)
 * @param best the pair that is furthest from its own null
 * @param level of the thresholds
 */
public record CalibratedMatrix(
    LabelledMatrix values,
    LabelledMatrix nullMeans,
    LabelledMatrix thresholds,
    LabelledMatrix scores,
    LabelledMatrix ps,
    LabelledMatrix adjustedPs,
    Best best,
    double level) {

  /**
   * The pair that is furthest from its own null, which need not be the one with the best value.
   *
   * @param row index of its row
   * @param column index of its column
   * @param value the measure's value
   * @param score beside its own null
   * @param p probability that any pair is as far from its null as this one by chance
   */
  public record Best(int row, int column, double value, double score, double p) {}

  /** Which cells chance explains: their adjusted p is above 1 − level. A heat map hatches them. */
  public boolean[][] chance() {
    double[][] ps = adjustedPs.values();
    boolean[][] chance = new boolean[ps.length][];
    for (int i = 0; i < ps.length; i++) {
      chance[i] = new boolean[ps[i].length];
      for (int j = 0; j < ps[i].length; j++) {
        // 1 − 0.95 is a little more than 0.05.
        chance[i][j] = ps[i][j] > 1 - level + 1e-9;
      }
    }
    return chance;
  }

  /** What hatched cells mean, for a legend. */
  public String chanceMeaning() {
    String alpha = String.format(Locale.ROOT, "%.6f", 1 - level).replaceFirst("0+$", "");
    return "chance explains it (adjusted p > " + alpha.substring(1) + ")";
  }

  /**
   * @param values of all pairs
   * @param arrangements values of tested pairs, as they are and in every order; null for others
   * @param mirrored whether a pair stands for the one in the opposite order, too
   */
  static CalibratedMatrix of(
      MeasureInfo info,
      LabelledMatrix values,
      double[][][] arrangements,
      double level,
      boolean mirrored,
      Provenance provenance) {
    List<int[]> cells = new ArrayList<>();
    for (int i = 0; i < arrangements.length; i++) {
      for (int j = 0; j < arrangements[i].length; j++) {
        if (arrangements[i][j] != null) {
          cells.add(new int[] {i, j});
        }
      }
    }
    double[][][] results = new double[5][arrangements.length][arrangements[0].length];
    for (double[][] result : results) {
      for (double[] row : result) {
        Arrays.fill(row, Double.NaN);
      }
    }
    double[] observed = new double[cells.size()];
    double[][] permuted = new double[cells.size()][];
    for (int k = 0; k < permuted.length; k++) {
      int[] cell = cells.get(k);
      double[] all = arrangements[cell[0]][cell[1]];
      observed[k] = all[0];
      permuted[k] = Arrays.copyOfRange(all, 1, all.length);
    }
    StepDown test = StepDown.of(observed, permuted, info.kind() == MeasureInfo.Kind.SIMILARITY);
    Best best = null;
    for (int k = 0; k < permuted.length; k++) {
      int i = cells.get(k)[0];
      int j = cells.get(k)[1];
      double threshold = NullCalibration.threshold(info, permuted[k], level);
      double[] numbers = {
        Arrays.stream(permuted[k]).average().orElse(Double.NaN),
        threshold,
        NullCalibration.score(info, values.get(i, j), threshold),
        test.p()[k],
        test.adjusted()[k]
      };
      for (int r = 0; r < numbers.length; r++) {
        results[r][i][j] = numbers[r];
        if (mirrored) {
          results[r][j][i] = numbers[r];
        }
      }
      if (k == test.most()) {
        best = new Best(i, j, values.get(i, j), numbers[2], numbers[4]);
      }
    }
    String name = info.specification();
    return new CalibratedMatrix(
        values,
        matrix(name + " by chance", values, results[0], provenance),
        matrix("threshold of " + name, values, results[1], provenance),
        matrix(name + " above chance", values, results[2], provenance),
        matrix("p of " + name, values, results[3], provenance),
        matrix("adjusted p of " + name, values, results[4], provenance),
        best,
        level);
  }

  private static LabelledMatrix matrix(
      String title, LabelledMatrix like, double[][] values, Provenance provenance) {
    return new LabelledMatrix(title, like.rows(), like.columns(), values, provenance);
  }
}
