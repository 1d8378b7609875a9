package dev.kindred.study.consistency;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.models.PairSet;

/**
 * Mean similarity of model pairs over data sets and its deviation, under a replicate's weights
 * (Figure 3).
 *
 * @param weights how often each pair counts
 * @param means mean of each pair over data sets
 * @param deviations population standard deviation of each pair over data sets
 */
record MeanAndDeviation(double[] weights, double[] means, double[] deviations) {

  static MeanAndDeviation of(Consistency replicate) {
    PairSet pairs = replicate.similarities().allPairs();
    double[] means = means(replicate, replicate.vectors(pairs));
    double[][] vectors = replicate.vectors(pairs);
    double[] squares = new double[means.length];
    double total = 0;
    for (int d = 0; d < replicate.dataSetWeights().length; d++) {
      double weight = replicate.dataSetWeights()[d];
      total += weight;
      if (weight > 0) {
        double[] values = vectors[d];
        for (int k = 0; k < means.length; k++) {
          squares[k] += weight * (values[k] - means[k]) * (values[k] - means[k]);
        }
      }
    }
    for (int k = 0; k < means.length; k++) {
      squares[k] = Math.sqrt(squares[k] / total);
    }
    return new MeanAndDeviation(replicate.weights(pairs), means, squares);
  }

  /** Mean over the pairs of a set and over data sets. */
  static double meanSimilarity(Consistency replicate, PairSet pairs) {
    double[] means = means(replicate, replicate.vectors(pairs));
    double[] weights = replicate.weights(pairs);
    double sum = 0;
    double total = 0;
    for (int k = 0; k < means.length; k++) {
      sum += weights[k] * means[k];
      total += weights[k];
    }
    return sum / total;
  }

  /** Correlation over model pairs of the mean similarities by two measures. */
  static double agreement(Consistency replicate, SimilaritySet other) {
    PairSet pairs = other.allPairs();
    return Correlation.Method.PEARSON
        .weighted(
            replicate.weights(pairs),
            means(replicate, replicate.vectors(pairs)),
            means(replicate, other.vectors(pairs)))[0][1];
  }

  /**
   * @param vectors similarities of the pairs, by data set
   */
  private static double[] means(Consistency replicate, double[][] vectors) {
    double[] means = new double[vectors[0].length];
    double total = 0;
    for (int d = 0; d < replicate.dataSetWeights().length; d++) {
      double weight = replicate.dataSetWeights()[d];
      total += weight;
      if (weight > 0) {
        double[] values = vectors[d];
        for (int k = 0; k < means.length; k++) {
          means[k] += weight * values[k];
        }
      }
    }
    for (int k = 0; k < means.length; k++) {
      means[k] /= total;
    }
    return means;
  }
}
