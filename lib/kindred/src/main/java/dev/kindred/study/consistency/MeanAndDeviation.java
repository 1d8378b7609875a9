package dev.kindred.study.consistency;

import dev.kindred.measure.statistics.Correlation;
import java.util.Arrays;

/**
 * Mean similarity of model pairs over data sets and its deviation, under a replicate's weights
 * (Figure 3).
 */
final class MeanAndDeviation {
  private MeanAndDeviation() {}

  /** Mean over the pairs of a set and over data sets. */
  static double meanSimilarity(Consistency replicate, PairSet pairs) {
    return mean(means(replicate, replicate.similarities(), pairs), replicate.weights(pairs));
  }

  /**
   * Curvature of the deviation as a function of the mean: the coefficient of z² in the
   * least-squares parabola of the standardised deviation on the standardised mean z, over model
   * pairs. Negative for an inverse U.
   */
  static double curvature(Consistency replicate) {
    PairSet pairs = replicate.similarities().allPairs();
    double[] weights = replicate.weights(pairs);
    double[] means = means(replicate, replicate.similarities(), pairs);
    double[] squares = squares(means, mean(means, weights));
    double[] deviations =
        pairs.values(
            (i, j) -> {
              double[] values = replicate.similarities().values(i, j);
              double mean = mean(values, replicate.dataSetWeights());
              return Math.sqrt(mean(squares(values, mean), replicate.dataSetWeights()));
            });
    // Two-predictor regression in closed form, z and z² standardised.
    double[][] r = Correlation.Method.PEARSON.weighted(weights, means, squares, deviations);
    return (r[1][2] - r[0][2] * r[0][1]) / (1 - r[0][1] * r[0][1]);
  }

  /** Correlation over model pairs of the mean similarities by two measures. */
  static double agreement(Consistency replicate, SimilaritySet other) {
    PairSet pairs = other.allPairs();
    return Correlation.Method.PEARSON
        .weighted(
            replicate.weights(pairs),
            means(replicate, replicate.similarities(), pairs),
            means(replicate, other, pairs))[0][1];
  }

  private static double[] means(Consistency replicate, SimilaritySet similarities, PairSet pairs) {
    return pairs.values((i, j) -> mean(similarities.values(i, j), replicate.dataSetWeights()));
  }

  private static double[] squares(double[] values, double centre) {
    return Arrays.stream(values).map(value -> (value - centre) * (value - centre)).toArray();
  }

  private static double mean(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int k = 0; k < values.length; k++) {
      sum += weights[k] * values[k];
      total += weights[k];
    }
    return sum / total;
  }
}
