package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a similarity would be by chance: the null in which the stimuli of one side are permuted, so
 * that both geometries stay as they are and only their correspondence is lost. Similarities of wide
 * representations on few stimuli are high by chance alone; this says by how much.
 *
 * <p>Both sides are prepared once; where the measure's prepared form can be permuted, a permutation
 * costs a fraction of a comparison.
 */
public final class NullCalibration {
  private NullCalibration() {}

  /**
   * A value beside chance.
   *
   * @param value the measure's value
   * @param score where it lies between chance and its best: (value − threshold) / (best −
   *     threshold), 0 where it is no better than chance; value − threshold (for distances threshold
   *     − value) where the best is unbounded
   * @param nullMean mean of the null: what chance gives
   * @param p probability of a value as good or better under the null, by the +1 rule
   * @param threshold the null's value that chance betters with probability 1 − level
   * @param test the value and the null
   */
  public record Calibrated(
      double value,
      double score,
      double nullMean,
      double p,
      double threshold,
      PermutationTest test) {}

  /**
   * Calibrates one value.
   *
   * @param permutations number of permutations, such as 1000
   * @param level share of the null below the threshold, such as 0.95
   * @param seeds for the stream {@code null}
   */
  public static Calibrated of(
      Measure measure,
      Representation x,
      Representation y,
      int permutations,
      double level,
      Seeds seeds,
      Progress progress) {
    x.requireSameStimuli(y);
    int[][] orders = orders(x.stimuli(), permutations, level, seeds);
    Prepared a = measure.prepare(x);
    Prepared b = measure.prepare(y);
    double[] values;
    try (Progress.Task task = progress.begin("permutations", permutations)) {
      values = PermutedPairs.values(measure, a, b, y, orders, task);
    }
    return calibrate(
        measure.info(), new PermutationTest(measure.compare(a, b), values, false), level);
  }

  /**
   * Calibrates every pair of layers of two networks: who takes the best pair must ask how good the
   * best pair is by chance. The family of tests are all pairs; see {@link CalibratedMatrix}.
   *
   * @param xs layers of one network; their stimuli stay in order
   * @param ys layers of the other; all are permuted alike
   * @param permutations number of permutations, such as 1000
   * @param level share of a null below the threshold, such as 0.95
   * @param seeds for the stream {@code null}
   * @param run memory budget and display
   */
  public static CalibratedMatrix ofLayers(
      Measure measure,
      List<Representation> xs,
      List<Representation> ys,
      int permutations,
      double level,
      Seeds seeds,
      Run run) {
    if (xs.isEmpty() || ys.isEmpty()) {
      throw new InputException("null calibration: expected at least one layer on each side");
    }
    return matrix(measure, xs, ys, (i, j) -> true, false, permutations, level, seeds, run);
  }

  /**
   * Calibrates the matrix of all pairs of representations. The family of tests are the pairs of
   * different representations, of a symmetric measure each pair once.
   *
   * @param representations at least two, on the same stimuli; where a pair is compared, the one
   *     that comes later is permuted, all alike
   * @param permutations number of permutations, such as 1000
   * @param level share of a null below the threshold, such as 0.95
   * @param seeds for the stream {@code null}
   * @param run memory budget and display
   */
  public static CalibratedMatrix ofMatrix(
      Measure measure,
      List<Representation> representations,
      int permutations,
      double level,
      Seeds seeds,
      Run run) {
    if (representations.size() < 2) {
      throw new InputException(
          "null calibration of a matrix of "
              + representations.size()
              + " representations; expected at least 2");
    }
    boolean symmetric = measure.info().symmetric();
    return matrix(
        measure,
        representations,
        representations,
        (i, j) -> symmetric ? i < j : i != j,
        symmetric,
        permutations,
        level,
        seeds,
        run);
  }

  private static CalibratedMatrix matrix(
      Measure measure,
      List<Representation> xs,
      List<Representation> ys,
      PermutedPairs.Wanted wanted,
      boolean mirrored,
      int permutations,
      double level,
      Seeds seeds,
      Run run) {
    xs.forEach(xs.get(0)::requireSameStimuli);
    ys.forEach(xs.get(0)::requireSameStimuli);
    int n = xs.get(0).stimuli();
    int[][] drawn = orders(n, permutations, level, seeds);
    int[][] orders = new int[permutations + 1][];
    // The order as it is goes the same way, so that equal arrangements have equal values.
    orders[0] = Permutations.identity(n);
    System.arraycopy(drawn, 0, orders, 1, permutations);
    double[][][] values = new PermutedPairs(measure, xs, ys, wanted, run).values(orders);
    LabelledMatrix plain =
        new AllPairs(measure).budget(run.budget()).progress(Progress.NONE).matrix(xs, ys);
    Provenance provenance =
        Provenance.of(
            "null calibration",
            Map.of("permutations", permutations, "level", level, "seed", seeds.root()),
            plain.provenance());
    return CalibratedMatrix.of(measure.info(), plain, values, level, mirrored, provenance);
  }

  private static Calibrated calibrate(MeasureInfo info, PermutationTest test, double level) {
    boolean similarity = info.kind() == MeasureInfo.Kind.SIMILARITY;
    double threshold = threshold(info, test.permuted(), level);
    return new Calibrated(
        test.observed(),
        score(info, test.observed(), threshold),
        Arrays.stream(test.permuted()).average().orElse(Double.NaN),
        similarity ? test.greaterP() : test.lessP(),
        threshold,
        test);
  }

  /** The value that chance betters with probability 1 − level. */
  static double threshold(MeasureInfo info, double[] permuted, double level) {
    boolean similarity = info.kind() == MeasureInfo.Kind.SIMILARITY;
    return Quantile.of(permuted, similarity ? level : 1 - level);
  }

  /** Where a value lies between the threshold and the measure's best. */
  static double score(MeasureInfo info, double value, double threshold) {
    boolean similarity = info.kind() == MeasureInfo.Kind.SIMILARITY;
    double above = similarity ? value - threshold : threshold - value;
    double room = similarity ? info.maximum() - threshold : threshold - info.minimum();
    return above <= 0 ? 0 : Double.isInfinite(room) ? above : above / room;
  }

  private static int[][] orders(int n, int permutations, double level, Seeds seeds) {
    if (permutations < 1 || !(level > 0 && level < 1)) {
      throw new InputException(
          "null calibration: "
              + permutations
              + " permutations at level "
              + level
              + "; expected at least 1, and a level between 0 and 1");
    }
    SplittableRandom random = seeds.stream("null");
    int[][] orders = new int[permutations][];
    for (int t = 0; t < permutations; t++) {
      orders[t] = Permutations.random(n, random);
    }
    return orders;
  }
}
