package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Similarity against performance gap: for one data set, Pearson's correlation over model pairs of
 * their similarity and the absolute difference of their accuracies (section 4.7, Figures 8 and 15).
 */
public final class PerformanceGap {
  private final SimilaritySet similarities;
  private final double[][] accuracies;

  /** Of all pairs, by data set; null where accuracies are not known. */
  private final double[][] gaps;

  /**
   * @param similarities the data
   * @param accuracies data set name → accuracy of every model, in the order of the models; there
   *     may be data sets without
   */
  public PerformanceGap(SimilaritySet similarities, Map<String, double[]> accuracies) {
    this.similarities = similarities;
    List<DataSet> dataSets = similarities.dataSets();
    this.accuracies = new double[dataSets.size()][];
    this.gaps = new double[dataSets.size()][];
    for (int d = 0; d < dataSets.size(); d++) {
      double[] values = accuracies.get(dataSets.get(d).name());
      if (values != null && values.length != similarities.models().size()) {
        throw new InputException(
            "accuracies on "
                + dataSets.get(d).name()
                + ": expected one for each of "
                + similarities.models().size()
                + " models, found "
                + values.length);
      }
      if (values != null) {
        this.accuracies[d] = values.clone();
        int dataSet = d;
        this.gaps[d] = similarities.allPairs().values((i, j) -> gap(dataSet, i, j));
      }
    }
    List<String> names = dataSets.stream().map(DataSet::name).toList();
    for (String name : accuracies.keySet()) {
      if (!names.contains(name)) {
        throw new InputException(
            "accuracies: no data set is named " + name + "; there are " + String.join(", ", names));
      }
    }
  }

  /** The same for some of the models on some of the data sets. */
  PerformanceGap of(SimilaritySet chosen) {
    Map<String, double[]> values = new LinkedHashMap<>();
    List<String> models = similarities.models();
    for (DataSet dataSet : chosen.dataSets()) {
      double[] known = accuracies[similarities.dataSets().indexOf(dataSet)];
      if (known != null) {
        values.put(
            dataSet.name(),
            chosen.models().stream().mapToDouble(model -> known[models.indexOf(model)]).toArray());
      }
    }
    return new PerformanceGap(chosen, values);
  }

  /** Whether accuracies on a data set are known. */
  public boolean isKnown(int dataSet) {
    return accuracies[dataSet] != null;
  }

  /** The accuracy of a model on a data set. */
  double accuracy(int dataSet, int model) {
    return accuracies[dataSet][model];
  }

  /** The absolute difference of two models' accuracies on a data set. */
  public double gap(int dataSet, int first, int second) {
    return Math.abs(accuracies[dataSet][first] - accuracies[dataSet][second]);
  }

  /** The better one of two models' accuracies, the colour of Figure 8. */
  public double better(int dataSet, int first, int second) {
    return Math.max(accuracies[dataSet][first], accuracies[dataSet][second]);
  }

  /**
   * The correlation on one data set; NaN where accuracies are not known, or all gaps or all
   * similarities are equal.
   */
  public double correlation(int dataSet) {
    return correlation(new Consistency(similarities), dataSet);
  }

  /**
   * 95 % intervals of the correlation on every data set, over models; unknown where accuracies are
   * not known.
   *
   * @param replicates number of replicates, such as 1000
   */
  public List<Interval> intervals(int replicates, Seeds seeds) {
    OfReplicate<double[]> all = new OfReplicate<>(this::correlations);
    List<Part> correlations = new ArrayList<>();
    for (int d = 0; d < accuracies.length; d++) {
      int dataSet = d;
      correlations.add(Part.correlation(replicate -> all.in(replicate)[dataSet], 1, similarities));
    }
    return new ConsistencyBootstrap(
            similarities, ConsistencyBootstrap.Over.MODELS, replicates, seeds)
        .intervals(correlations);
  }

  /** The correlation under the weights of a bootstrap replicate. */
  double correlation(Consistency replicate, int dataSet) {
    return correlation(replicate.weights(similarities.allPairs()), dataSet);
  }

  /**
   * The correlations on every data set under the weights of a bootstrap replicate; NaN where there
   * is none, and where the data set weighs nothing.
   */
  double[] correlations(Consistency replicate) {
    double[] weights = replicate.weights(similarities.allPairs());
    double[] correlations = new double[accuracies.length];
    Arrays.setAll(
        correlations,
        d -> replicate.dataSetWeights()[d] > 0 ? correlation(weights, d) : Double.NaN);
    return correlations;
  }

  private double correlation(double[] weights, int dataSet) {
    if (!isKnown(dataSet)) {
      return Double.NaN;
    }
    PairSet pairs = similarities.allPairs();
    return Correlation.Method.PEARSON
        .weighted(weights, similarities.vectors(pairs)[dataSet], gaps[dataSet])[0][1];
  }
}
