package dev.kindred.study.consistency;

/**
 * Mean similarity of model pairs over data sets and its deviation, under a replicate's weights
 * (Figure 3).
 */
final class MeanAndDeviation {
  private MeanAndDeviation() {}

  /** Mean over the pairs of a set and over data sets. */
  static double meanSimilarity(Consistency replicate, PairSet pairs) {
    double sum = 0;
    double total = 0;
    for (int k = 0; k < pairs.size(); k++) {
      double weight = weight(replicate, pairs, k);
      if (weight > 0) {
        sum += weight * mean(replicate, replicate.similarities(), pairs, k);
        total += weight;
      }
    }
    return sum / total;
  }

  /**
   * Curvature of the deviation as a function of the mean: the coefficient of z² in the
   * least-squares parabola of the standardised deviation on the standardised mean z, over model
   * pairs. Negative for an inverse U.
   */
  static double curvature(Consistency replicate) {
    SimilaritySet similarities = replicate.similarities();
    PairSet pairs = similarities.allPairs();
    double[] weights = new double[pairs.size()];
    double[] means = new double[pairs.size()];
    double[] deviations = new double[pairs.size()];
    for (int k = 0; k < pairs.size(); k++) {
      weights[k] = weight(replicate, pairs, k);
      means[k] = mean(replicate, similarities, pairs, k);
      deviations[k] = deviation(replicate, similarities, pairs, k, means[k]);
    }
    standardise(means, weights);
    standardise(deviations, weights);
    double[] squares = new double[means.length];
    java.util.Arrays.setAll(squares, k -> means[k] * means[k]);
    standardise(squares, weights);
    // With z and z² standardised: two-predictor regression in closed form, back on the scale of z².
    double r1 = correlation(means, deviations, weights);
    double r2 = correlation(squares, deviations, weights);
    double r12 = correlation(means, squares, weights);
    return (r2 - r1 * r12) / (1 - r12 * r12);
  }

  /** Correlation over model pairs of the mean similarities by two measures. */
  static double agreement(Consistency replicate, SimilaritySet other) {
    PairSet pairs = other.allPairs();
    double[] weights = new double[pairs.size()];
    double[] x = new double[pairs.size()];
    double[] y = new double[pairs.size()];
    for (int k = 0; k < pairs.size(); k++) {
      weights[k] = weight(replicate, pairs, k);
      x[k] = mean(replicate, replicate.similarities(), pairs, k);
      y[k] = mean(replicate, other, pairs, k);
    }
    standardise(x, weights);
    standardise(y, weights);
    return correlation(x, y, weights);
  }

  private static double weight(Consistency replicate, PairSet pairs, int k) {
    return replicate.modelWeight(pairs.first(k)) * replicate.modelWeight(pairs.second(k));
  }

  private static double mean(
      Consistency replicate, SimilaritySet similarities, PairSet pairs, int k) {
    double sum = 0;
    double total = 0;
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      double weight = replicate.dataSetWeight(d);
      sum += weight * similarities.value(d, pairs.first(k), pairs.second(k));
      total += weight;
    }
    return sum / total;
  }

  private static double deviation(
      Consistency replicate, SimilaritySet similarities, PairSet pairs, int k, double mean) {
    double sum = 0;
    double total = 0;
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      double weight = replicate.dataSetWeight(d);
      double difference = similarities.value(d, pairs.first(k), pairs.second(k)) - mean;
      sum += weight * difference * difference;
      total += weight;
    }
    return Math.sqrt(sum / total);
  }

  private static void standardise(double[] values, double[] weights) {
    double total = 0;
    double mean = 0;
    for (int k = 0; k < values.length; k++) {
      total += weights[k];
      mean += weights[k] * values[k];
    }
    mean /= total;
    double squares = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] -= mean;
      squares += weights[k] * values[k] * values[k];
    }
    double deviation = Math.sqrt(squares / total);
    for (int k = 0; k < values.length; k++) {
      values[k] = deviation > 0 ? values[k] / deviation : Double.NaN;
    }
  }

  private static double correlation(double[] x, double[] y, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int k = 0; k < x.length; k++) {
      if (weights[k] > 0) {
        sum += weights[k] * x[k] * y[k];
        total += weights[k];
      }
    }
    return sum / total;
  }
}
