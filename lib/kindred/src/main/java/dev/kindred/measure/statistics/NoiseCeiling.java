package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * How well any model could agree with dissimilarity matrices that were measured several times (of
 * subjects, seeds or halves of trials), given how much these differ among themselves: the true
 * model's mean correlation with them lies between both ceilings (Nili et al., PLoS Computational
 * Biology 10, e1003553, 2014).
 *
 * <p>The matrices are made comparable and averaged: for Pearson each with mean 0 and standard
 * deviation 1, for Spearman and Kendall as ranks, ties at their mean rank. For Pearson and Spearman
 * no matrix agrees better with all of them than this average; for Kendall it is close to that, and
 * is what rsatoolbox takes.
 *
 * @param lower mean correlation of every matrix with the average of the others
 * @param upper mean correlation of every matrix with the average of all, itself included
 */
public record NoiseCeiling(double lower, double upper) {

  /**
   * Ceilings from the dissimilarities above the diagonal.
   *
   * @param method of correlation; Kendall's is τ-b
   * @param matrices at least two, square and symmetric, over the same at least three items
   * @throws InputException if all dissimilarities of a matrix are equal
   */
  public static NoiseCeiling of(Correlation.Method method, List<LabelledMatrix> matrices) {
    if (matrices.size() < 2) {
      throw new InputException(
          "noise ceiling of " + matrices.size() + " dissimilarity matrices; expected at least 2");
    }
    matrices.forEach(matrix -> SymmetricPairs.requireSameItems(matrices.get(0), matrix));
    double[][] pairs =
        matrices.stream()
            .map(matrix -> SymmetricPairs.upper(matrix.values(), matrix.title()))
            .toArray(double[][]::new);
    for (int k = 0; k < pairs.length; k++) {
      if (!Correlation.varies(pairs[k])) {
        throw new InputException(
            "noise ceiling: all dissimilarities of "
                + matrices.get(k).title()
                + " are equal; expected them to differ");
      }
    }
    double[][] comparable =
        Arrays.stream(pairs)
            .map(
                p ->
                    method == Correlation.Method.PEARSON
                        ? Correlation.centredUnit(p)
                        : Correlation.ranks(p))
            .toArray(double[][]::new);
    double[] sum = new double[pairs[0].length];
    for (double[] one : comparable) {
      add(one, 1, sum);
    }
    double lower = 0;
    double upper = 0;
    for (int k = 0; k < pairs.length; k++) {
      double[] others = sum.clone();
      add(comparable[k], -1, others);
      lower += method.coefficient(others, pairs[k]) / pairs.length;
      upper += method.coefficient(sum, pairs[k]) / pairs.length;
    }
    return new NoiseCeiling(lower, upper);
  }

  private static void add(double[] one, double factor, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * one[i];
    }
  }
}
