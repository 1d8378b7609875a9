package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Permutable;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
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
  private static final int CHUNK = 50;

  private NullCalibration() {}

  /**
   * A value beside chance.
   *
   * @param value the measure's value
   * @param score where it lies between chance and its best: (value − threshold) / (best −
   *     threshold), 0 where it is no better than chance; value − threshold (for distances threshold
   *     − value) where the best is unbounded
   * @param p probability of a value as good or better under the null, by the +1 rule
   * @param threshold the null's value that chance betters with probability 1 − level
   * @param test the value and the null
   */
  public record Calibrated(
      double value, double score, double p, double threshold, PermutationTest test) {}

  /**
   * All pairs of layers of two networks beside the chance level of their best pair.
   *
   * @param values layer × layer values
   * @param scores as {@link Calibrated#score}, with the threshold of the best pair under the null
   * @param ps probability, for every pair, that the best of all pairs is as good under the null
   * @param best the best pair's value beside the null of best values
   */
  public record CalibratedLayers(
      LabelledMatrix values, LabelledMatrix scores, LabelledMatrix ps, Calibrated best) {}

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
      values = permuted(measure, a, b, y, orders, task);
    }
    return calibrate(
        measure.info(), new PermutationTest(measure.compare(a, b), values, false), level);
  }

  /**
   * Calibrates every pair of layers of two networks against the best pair: who takes the maximum
   * over layers must compare it with the maximum under the null. All layers are permuted alike.
   *
   * @param xs layers of one network
   * @param ys layers of the other
   * @param permutations number of permutations, such as 1000
   * @param level share of the null below the threshold, such as 0.95
   * @param seeds for the stream {@code null}
   */
  public static CalibratedLayers ofLayers(
      Measure measure,
      List<Representation> xs,
      List<Representation> ys,
      int permutations,
      double level,
      Seeds seeds,
      Progress progress) {
    if (xs.isEmpty() || ys.isEmpty()) {
      throw new InputException("null calibration: expected at least one layer on each side");
    }
    MeasureInfo info = measure.info();
    boolean similarity = info.kind() == MeasureInfo.Kind.SIMILARITY;
    xs.forEach(xs.get(0)::requireSameStimuli);
    ys.forEach(xs.get(0)::requireSameStimuli);
    int[][] orders = orders(xs.get(0).stimuli(), permutations, level, seeds);
    List<Prepared> a = new ArrayList<>();
    xs.forEach(x -> a.add(measure.prepare(x)));
    double[][] values = new double[xs.size()][ys.size()];
    double[] best = new double[permutations];
    Arrays.fill(best, similarity ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    double bestValue = best[0];
    try (Progress.Task task =
        progress.begin("permutations", (long) permutations * xs.size() * ys.size())) {
      for (int j = 0; j < ys.size(); j++) {
        Prepared b = measure.prepare(ys.get(j));
        for (int i = 0; i < xs.size(); i++) {
          values[i][j] = measure.compare(a.get(i), b);
          bestValue = better(similarity, bestValue, values[i][j]);
          double[] permuted = permuted(measure, a.get(i), b, ys.get(j), orders, task);
          for (int t = 0; t < permutations; t++) {
            best[t] = better(similarity, best[t], permuted[t]);
          }
        }
      }
    }
    double[][] scores = new double[xs.size()][ys.size()];
    double[][] ps = new double[xs.size()][ys.size()];
    for (int i = 0; i < xs.size(); i++) {
      for (int j = 0; j < ys.size(); j++) {
        Calibrated pair = calibrate(info, new PermutationTest(values[i][j], best, false), level);
        scores[i][j] = pair.score();
        ps[i][j] = pair.p();
      }
    }
    Provenance provenance =
        Provenance.of(
            "null calibration",
            Map.of(
                "measure",
                info.specification(),
                "permutations",
                permutations,
                "level",
                level,
                "seed",
                seeds.root()));
    return new CalibratedLayers(
        matrix(info.specification(), xs, ys, values, provenance),
        matrix(info.specification() + " above chance", xs, ys, scores, provenance),
        matrix("p of " + info.specification(), xs, ys, ps, provenance),
        calibrate(info, new PermutationTest(bestValue, best, false), level));
  }

  private static double better(boolean similarity, double a, double b) {
    return similarity ? Math.max(a, b) : Math.min(a, b);
  }

  private static LabelledMatrix matrix(
      String title,
      List<Representation> xs,
      List<Representation> ys,
      double[][] values,
      Provenance provenance) {
    return new LabelledMatrix(
        title,
        xs.stream().map(Representation::id).toList(),
        ys.stream().map(Representation::id).toList(),
        values,
        provenance);
  }

  private static Calibrated calibrate(MeasureInfo info, PermutationTest test, double level) {
    boolean similarity = info.kind() == MeasureInfo.Kind.SIMILARITY;
    double threshold = test.quantile(similarity ? level : 1 - level);
    double above = similarity ? test.observed() - threshold : threshold - test.observed();
    double room = similarity ? info.maximum() - threshold : threshold - info.minimum();
    double score = above <= 0 ? 0 : Double.isInfinite(room) ? above : above / room;
    return new Calibrated(
        test.observed(), score, similarity ? test.greaterP() : test.lessP(), threshold, test);
  }

  /** Values with y's stimuli in every order, by the cheapest way that the measure has. */
  private static double[] permuted(
      Measure measure,
      Prepared a,
      Prepared b,
      Representation y,
      int[][] orders,
      Progress.Task task) {
    double[] values = new double[orders.length];
    for (int from = 0; from < orders.length; from += CHUNK) {
      int[][] chunk = Arrays.copyOfRange(orders, from, Math.min(orders.length, from + CHUNK));
      int offset = from;
      if (measure instanceof Permutable permutable && permutable.isPermutable()) {
        double[] part = permutable.comparePermuted(a, b, chunk);
        System.arraycopy(part, 0, values, from, part.length);
      } else if (b instanceof Reorderable reorderable) {
        Parallel.forEach(
            chunk.length,
            t -> values[offset + t] = measure.compare(a, reorderable.reordered(chunk[t])));
      } else {
        for (int t = 0; t < chunk.length; t++) {
          values[offset + t] = measure.compare(a, measure.prepare(y.select(chunk[t])));
          Progress.checkCancelled();
        }
      }
      task.advance(chunk.length);
    }
    return values;
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
