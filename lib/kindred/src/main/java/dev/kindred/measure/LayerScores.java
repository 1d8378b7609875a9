package dev.kindred.measure;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A measure between every layer of one network and every layer of another. */
public final class LayerScores {
  private final LabelledMatrix values;

  /** By row, column and fold; null for a measure without folds. */
  private final double[][][] folds;

  private LayerScores(LabelledMatrix values, double[][][] folds) {
    this.values = values;
    this.folds = folds;
  }

  /**
   * Compares all layers.
   *
   * @param rows layers of one network, from the input to the output
   * @param columns layers of the other, which respond to the same stimuli
   * @param pairs the measure with its budget and progress
   */
  public static LayerScores of(
      AllPairs pairs, List<Representation> rows, List<Representation> columns) {
    if (!(pairs.measure() instanceof CrossValidated folded) || !folded.hasFolds()) {
      return new LayerScores(pairs.matrix(rows, columns), null);
    }
    HeldOutScores[][] scores = pairs.scores(rows, columns);
    double[][] values = new double[rows.size()][columns.size()];
    double[][][] folds = new double[rows.size()][columns.size()][];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = folded.value(scores[i][j]);
        folds[i][j] = folded.folds(scores[i][j]);
      }
    }
    return new LayerScores(pairs.labelled(values, rows, columns), folds);
  }

  /** Layer × layer values. */
  public LabelledMatrix values() {
    return values;
  }

  /** Standard deviations of the values over folds (divided by k − 1), where there are folds. */
  public Optional<LabelledMatrix> deviations() {
    if (folds == null) {
      return Optional.empty();
    }
    double[][] deviations = new double[folds.length][];
    for (int i = 0; i < folds.length; i++) {
      deviations[i] = new double[folds[i].length];
      for (int j = 0; j < folds[i].length; j++) {
        deviations[i][j] = HeldOutScores.standardDeviation(folds[i][j]);
      }
    }
    return Optional.of(
        new LabelledMatrix(
            values.title() + ", standard deviation over folds",
            values.rows(),
            values.columns(),
            deviations,
            values.provenance()));
  }

  /**
   * A layer of the first network with what stands at the same depth of the second.
   *
   * @param partners columns at the nearest relative depth: one, or two that are equally near
   * @param value the value, the mean of both where there are two
   * @param deviation standard deviation of that over folds; NaN without folds
   */
  public record AtDepth(int[] partners, double value, double deviation) {}

  /** The values over the depth of the first network, a place for every row. */
  public List<AtDepth> overDepth() {
    int rows = values.rows().size();
    int columns = values.columns().size();
    return IntStream.range(0, rows)
        .mapToObj(
            row -> {
              int[] partners =
                  rows == columns ? new int[] {row} : RelativeDepth.nearest(row, rows, columns);
              double value = 0;
              double[] ofFolds = new double[folds == null ? 0 : folds[row][0].length];
              for (int column : partners) {
                value += values.get(row, column) / partners.length;
                for (int f = 0; f < ofFolds.length; f++) {
                  ofFolds[f] += folds[row][column][f] / partners.length;
                }
              }
              double deviation =
                  folds == null ? Double.NaN : HeldOutScores.standardDeviation(ofFolds);
              return new AtDepth(partners, value, deviation);
            })
        .toList();
  }
}
