package dev.kindred.study.consistency;

import dev.kindred.measure.statistics.Quantile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The two-lines test of an inverse U (Simonsohn, Advances in Methods and Practices in Psychological
 * Science 1, 2018) for the deviation of model pairs over their mean: a line that rises up to a
 * break and one that falls after it. A quadratic coefficient does not tell an inverse U from a
 * curve that rises ever more slowly.
 *
 * <p>The break is set by the Robin Hood procedure: near the top of a smooth curve, shifted so that
 * the line with the weaker evidence gets more points. Model pairs share models, so every standard
 * error here is that of the bootstrap over models and data sets, where the paper has those of least
 * squares. The break is kept as a share of the pairs, because resampled data sets move all means.
 */
final class TwoLines {
  /**
   * Shares of pairs at which the smooth curve is looked at. The outer fifths take no break
   * (Simonsohn: the outer tenths), because the pairs there come from few models.
   */
  private static final double[] SHARES =
      IntStream.rangeClosed(0, 60).mapToDouble(i -> 0.2 + 0.01 * i).toArray();

  /** Harrell's places for the five knots of a restricted cubic spline. */
  private static final double[] KNOTS = {0.05, 0.275, 0.5, 0.725, 0.95};

  private final double[] weights;
  private final double[] x;
  private final double[] y;
  private final double total;

  /** Pairs by their mean; mean and deviation in units of their spread over the pairs. */
  private TwoLines(MeanAndDeviation pairs) {
    int[] order =
        IntStream.range(0, pairs.means().length)
            .filter(k -> pairs.weights()[k] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> pairs.means()[k]))
            .mapToInt(k -> k)
            .toArray();
    weights = Arrays.stream(order).mapToDouble(k -> pairs.weights()[k]).toArray();
    total = Arrays.stream(weights).sum();
    x = standardised(Arrays.stream(order).mapToDouble(k -> pairs.means()[k]).toArray());
    y = standardised(Arrays.stream(order).mapToDouble(k -> pairs.deviations()[k]).toArray());
  }

  /**
   * The two slopes that an inverse U needs to be positive: before the break, and minus after it.
   */
  static List<Part> parts(Consistency observed, ConsistencyBootstrap bootstrap) {
    double share = breakAt(observed, bootstrap);
    OfReplicate<double[]> slopes = new OfReplicate<>(replicate -> slopes(replicate, share));
    return List.of(
        Part.difference(replicate -> slopes.in(replicate)[0], observed.similarities()),
        Part.difference(replicate -> -slopes.in(replicate)[1], observed.similarities()));
  }

  /** Share of pairs before the break, by the Robin Hood procedure. */
  static double breakAt(Consistency observed, ConsistencyBootstrap bootstrap) {
    double[] curve = new TwoLines(MeanAndDeviation.of(observed)).curve();
    int top =
        IntStream.range(0, curve.length)
            .boxed()
            .max(Comparator.comparingDouble(i -> curve[i]))
            .orElseThrow();
    double[][] drops =
        bootstrap.values(
            replicate -> {
              double[] drawn = new TwoLines(MeanAndDeviation.of(replicate)).curve();
              return Arrays.stream(drawn).map(height -> drawn[top] - height).toArray();
            });
    // What is within a standard error of the top is as good a top.
    double[] flat =
        IntStream.range(0, curve.length)
            .filter(i -> i == top || curve[top] - curve[i] <= error(drops, i))
            .mapToDouble(i -> SHARES[i])
            .toArray();
    double middle = Quantile.of(flat, 0.5);
    double[] slopes = slopes(observed, middle);
    double[][] drawn = bootstrap.values(replicate -> slopes(replicate, middle));
    double[] z = new double[2];
    for (int s = 0; s < 2; s++) {
      z[s] = Math.abs(slopes[s]) / error(drawn, s);
    }
    double richer = z[1] / (z[0] + z[1]);
    return Double.isNaN(richer) ? middle : Quantile.of(flat, richer);
  }

  /**
   * Slopes of the lines before and after the break, in standard deviations of the deviation for one
   * of the mean; NaN where a side has no spread.
   *
   * @param share share of pairs before the break
   */
  static double[] slopes(Consistency replicate, double share) {
    TwoLines pairs = new TwoLines(MeanAndDeviation.of(replicate));
    int split = pairs.place(share);
    return new double[] {pairs.slope(0, split), pairs.slope(split, pairs.x.length)};
  }

  private static double error(double[][] values, int quantity) {
    return ConsistencyBootstrap.error(
        ConsistencyBootstrap.column(values, quantity), DoubleUnaryOperator.identity());
  }

  private double[] standardised(double[] values) {
    double mean = 0;
    for (int k = 0; k < values.length; k++) {
      mean += weights[k] * values[k] / total;
    }
    double variance = 0;
    for (int k = 0; k < values.length; k++) {
      variance += weights[k] * (values[k] - mean) * (values[k] - mean) / total;
    }
    double centre = mean;
    double deviation = Math.sqrt(variance);
    return Arrays.stream(values).map(value -> (value - centre) / deviation).toArray();
  }

  /** Number of the first pair behind a share of the pairs. */
  private int place(double share) {
    double before = 0;
    int k = 0;
    while (k < x.length && before + 0.5 * weights[k] < share * total) {
      before += weights[k++];
    }
    return Math.min(k, x.length - 1);
  }

  /** Slope of the least-squares line through a range of pairs. */
  private double slope(int from, int to) {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int k = from; k < to; k++) {
      sum += weights[k];
      sumX += weights[k] * x[k];
      sumY += weights[k] * y[k];
    }
    double xx = 0;
    double xy = 0;
    for (int k = from; k < to; k++) {
      double dx = x[k] - sumX / sum;
      xx += weights[k] * dx * dx;
      xy += weights[k] * dx * (y[k] - sumY / sum);
    }
    return xy / xx;
  }

  /** Heights of a restricted cubic spline, fitted by least squares, at the {@link #SHARES}. */
  private double[] curve() {
    double[] knots = Arrays.stream(KNOTS).map(share -> x[place(share)]).toArray();
    double[][] normal = new double[KNOTS.length][KNOTS.length];
    double[] right = new double[KNOTS.length];
    for (int k = 0; k < x.length; k++) {
      double[] terms = terms(x[k], knots);
      for (int a = 0; a < terms.length; a++) {
        right[a] += weights[k] * terms[a] * y[k];
        for (int b = 0; b < terms.length; b++) {
          normal[a][b] += weights[k] * terms[a] * terms[b];
        }
      }
    }
    double[] coefficients =
        new SingularValueDecomposition(new Array2DRowRealMatrix(normal, false))
            .getSolver()
            .solve(new ArrayRealVector(right, false))
            .toArray();
    return Arrays.stream(SHARES)
        .map(
            share -> {
              double[] terms = terms(x[place(share)], knots);
              return IntStream.range(0, terms.length)
                  .mapToDouble(a -> coefficients[a] * terms[a])
                  .sum();
            })
        .toArray();
  }

  /** 1, x, and the truncated cubes that are straight beyond the outer knots. */
  private static double[] terms(double x, double[] knots) {
    int last = knots.length - 1;
    double width = Math.max(knots[last] - knots[last - 1], 1e-9);
    double[] terms = new double[knots.length];
    terms[0] = 1;
    terms[1] = x;
    for (int j = 0; j < last - 1; j++) {
      terms[j + 2] =
          cube(x - knots[j])
              - cube(x - knots[last - 1]) * (knots[last] - knots[j]) / width
              + cube(x - knots[last]) * (knots[last - 1] - knots[j]) / width;
    }
    return terms;
  }

  private static double cube(double x) {
    return x > 0 ? x * x * x : 0;
  }
}
