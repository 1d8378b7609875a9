package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import java.util.List;
import java.util.Map;

/**
 * Similarity against performance gap: for one data set, Pearson's correlation over model pairs of
 * their similarity and the absolute difference of their accuracies (section 4.7, Figures 8 and 15).
 */
public final class PerformanceGap {
  private final SimilaritySet similarities;
  private final double[][] accuracies;

  /**
   * @param similarities the data
   * @param accuracies data set name → accuracy of every model, in the order of the models
   */
  public PerformanceGap(SimilaritySet similarities, Map<String, double[]> accuracies) {
    this.similarities = similarities;
    List<DataSet> dataSets = similarities.dataSets();
    this.accuracies = new double[dataSets.size()][];
    for (int d = 0; d < dataSets.size(); d++) {
      double[] values = accuracies.get(dataSets.get(d).name());
      if (values == null || values.length != similarities.models().size()) {
        throw new InputException(
            "accuracies on "
                + dataSets.get(d).name()
                + ": expected one for each of "
                + similarities.models().size()
                + " models, found "
                + (values == null ? "none" : values.length));
      }
      this.accuracies[d] = values.clone();
    }
  }

  /** The absolute difference of two models' accuracies on a data set. */
  public double gap(int dataSet, int first, int second) {
    return Math.abs(accuracies[dataSet][first] - accuracies[dataSet][second]);
  }

  /** The better one of two models' accuracies, the colour of Figure 8. */
  public double better(int dataSet, int first, int second) {
    return Math.max(accuracies[dataSet][first], accuracies[dataSet][second]);
  }

  /** The correlation on one data set; NaN where all gaps or all similarities are equal. */
  public double correlation(int dataSet) {
    return correlation(new Consistency(similarities), dataSet);
  }

  /** The correlation under the weights of a bootstrap replicate. */
  double correlation(Consistency replicate, int dataSet) {
    PairSet pairs = similarities.allPairs();
    double total = 0;
    double[] means = new double[2];
    for (int k = 0; k < pairs.size(); k++) {
      double weight = weight(replicate, pairs, k);
      total += weight;
      means[0] += weight * similarity(dataSet, pairs, k);
      means[1] += weight * gap(dataSet, pairs.first(k), pairs.second(k));
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int k = 0; k < pairs.size(); k++) {
      double weight = weight(replicate, pairs, k);
      double x = similarity(dataSet, pairs, k) - means[0] / total;
      double y = gap(dataSet, pairs.first(k), pairs.second(k)) - means[1] / total;
      xx += weight * x * x;
      yy += weight * y * y;
      xy += weight * x * y;
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
  }

  private double similarity(int dataSet, PairSet pairs, int k) {
    return similarities.value(dataSet, pairs.first(k), pairs.second(k));
  }

  private static double weight(Consistency replicate, PairSet pairs, int k) {
    return replicate.modelWeight(pairs.first(k)) * replicate.modelWeight(pairs.second(k));
  }
}
