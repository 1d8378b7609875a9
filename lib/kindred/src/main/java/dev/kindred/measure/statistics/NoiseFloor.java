package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far the similarities of models differ between two halves of the same stimuli: the noise that
 * a difference between data sets, epochs or models must exceed to mean anything, and, by {@link
 * #ceiling}, the most that a consistency between data sets can reach.
 *
 * @param differences mean |similarity on one half − on the other| for every pair of models
 * @param floor the mean of that over pairs of different models
 * @param halves Pearson correlation of both halves' similarities over pairs of models, mean over
 *     splits; NaN with fewer than three models, or where all similarities are equal
 * @param reliability what that correlation would be between two samples of all stimuli, twice as
 *     many as a half has: 2r/(1 + r) (Spearman 1910, Brown 1910)
 * @param splits number of random splits
 */
public record NoiseFloor(
    LabelledMatrix differences, double floor, double halves, double reliability, int splits) {

  /**
   * The greatest correlation over pairs of models that similarities on two data sets can be
   * expected to have, were the true ones in perfect agreement: √(reliability · reliability of the
   * other) (Spearman, American Journal of Psychology 15, 1904). 0 where one of them is no better
   * than noise; NaN where one is unknown.
   *
   * @param other the same measure and models on the other data set
   */
  public double ceiling(NoiseFloor other) {
    if (Double.isNaN(reliability) || Double.isNaN(other.reliability)) {
      return Double.NaN;
    }
    return Math.sqrt(Math.max(0, reliability) * Math.max(0, other.reliability));
  }

  /**
   * Splits the stimuli at random, {@code splits} times.
   *
   * @param models at least two, on the same stimuli
   * @param seeds for the stream {@code halves}
   */
  public static NoiseFloor of(
      Measure measure, List<Representation> models, int splits, Seeds seeds, Progress progress) {
    if (models.size() < 2 || splits < 1) {
      throw new InputException(
          "noise floor of "
              + models.size()
              + " models over "
              + splits
              + " splits; expected at least 2 and 1");
    }
    models.forEach(models.get(0)::requireSameStimuli);
    int n = models.get(0).stimuli();
    int m = models.size();
    SplittableRandom random = seeds.stream("halves");
    double[][] sums = new double[m][m];
    double halves = 0;
    try (Progress.Task task = progress.begin("split halves", splits)) {
      for (int s = 0; s < splits; s++) {
        int[] order = Permutations.random(n, random);
        double[][] first = half(measure, models, Arrays.copyOf(order, n / 2));
        double[][] second = half(measure, models, Arrays.copyOfRange(order, n / 2, 2 * (n / 2)));
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < m; j++) {
            sums[i][j] += Math.abs(first[i][j] - second[i][j]) / splits;
          }
        }
        halves += correlation(first, second) / splits;
        task.advance(1);
      }
    }
    double floor = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        floor += i == j ? 0 : sums[i][j] / (m * (m - 1.0));
      }
    }
    List<String> names = models.stream().map(Representation::id).toList();
    LabelledMatrix differences =
        new LabelledMatrix(
            "noise of " + measure.info().specification(),
            names,
            names,
            sums,
            Provenance.of(
                "noise floor",
                Map.of(
                    "measure", measure.info().specification(),
                    "splits", splits,
                    "seed", seeds.root())));
    return new NoiseFloor(differences, floor, halves, 2 * halves / (1 + halves), splits);
  }

  private static double[][] half(Measure measure, List<Representation> models, int[] rows) {
    Arrays.sort(rows);
    List<Representation> some = models.stream().map(model -> model.select(rows)).toList();
    return new AllPairs(measure.select(rows)).progress(Progress.NONE).matrix(some).values();
  }

  /** Over ordered pairs, so that asymmetric measures count both ways. */
  private static double correlation(double[][] first, double[][] second) {
    int m = first.length;
    double[] x = new double[m * (m - 1)];
    double[] y = new double[m * (m - 1)];
    int at = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        if (i != j) {
          x[at] = first[i][j];
          y[at++] = second[i][j];
        }
      }
    }
    boolean defined = m > 2 && Correlation.varies(x) && Correlation.varies(y);
    return defined ? Correlation.Method.PEARSON.coefficient(x, y) : Double.NaN;
  }
}
