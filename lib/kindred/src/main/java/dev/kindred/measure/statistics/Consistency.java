package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Consistency of similarities between two data sets (Ciernik et al., ICML 2025, section 3.3): the
 * correlation, over pairs of models, of how similar they are on one data set and on the other.
 *
 * <p>Pairs are unordered, one model from each of two sets Θ and Φ; a model is never paired with
 * itself, and a pair counts once where both sets hold both models. For Θ = Φ = all models this is
 * the Mantel statistic.
 */
public final class Consistency {
  private final double[][] first;
  private final double[][] second;
  private final List<String> models;

  /**
   * @param first similarities of models on one data set, symmetric
   * @param second similarities of the same models, in the same order, on another
   */
  public Consistency(LabelledMatrix first, LabelledMatrix second) {
    SymmetricPairs.requireSameItems(first, second);
    this.first = first.values();
    this.second = second.values();
    this.models = first.rows();
    SymmetricPairs.upper(this.first, first.title());
    SymmetricPairs.upper(this.second, second.title());
  }

  /** Over all pairs of models. */
  public OptionalDouble ofAll(Correlation.Method method) {
    return of(models, models, method);
  }

  /**
   * Over the pairs with one model in {@code theta} and the other in {@code phi}.
   *
   * @return empty where there are fewer than two pairs, or all similarities are equal
   */
  public OptionalDouble of(
      Collection<String> theta, Collection<String> phi, Correlation.Method method) {
    return correlate(pairs(theta, phi), method);
  }

  /** Over the pairs of {@code anchor} with every other model. */
  public OptionalDouble ofAnchor(String anchor, Correlation.Method method) {
    return of(List.of(anchor), models, method);
  }

  /**
   * As {@link #of}, for models drawn with repetition: a pair counts as often as it was drawn, and
   * pairs of a model with its own copy are left out, for they are similar on both data sets by
   * construction and would raise the correlation. For {@link Bootstrap#interval}.
   *
   * @param draw positions of models in the matrices
   */
  public OptionalDouble ofDraw(
      int[] draw, Collection<String> theta, Collection<String> phi, Correlation.Method method) {
    Set<Integer> inTheta = positions(theta);
    Set<Integer> inPhi = positions(phi);
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < draw.length; a++) {
      for (int b = a + 1; b < draw.length; b++) {
        int i = draw[a];
        int j = draw[b];
        boolean wanted =
            (inTheta.contains(i) && inPhi.contains(j))
                || (inTheta.contains(j) && inPhi.contains(i));
        if (i != j && wanted) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    return correlate(pairs, method);
  }

  private List<int[]> pairs(Collection<String> theta, Collection<String> phi) {
    Set<Integer> inTheta = positions(theta);
    Set<Integer> inPhi = positions(phi);
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int j = i + 1; j < models.size(); j++) {
        if ((inTheta.contains(i) && inPhi.contains(j))
            || (inTheta.contains(j) && inPhi.contains(i))) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    return pairs;
  }

  private OptionalDouble correlate(List<int[]> pairs, Correlation.Method method) {
    double[] x = new double[pairs.size()];
    double[] y = new double[pairs.size()];
    for (int k = 0; k < x.length; k++) {
      x[k] = first[pairs.get(k)[0]][pairs.get(k)[1]];
      y[k] = second[pairs.get(k)[0]][pairs.get(k)[1]];
    }
    if (x.length < 2 || !Correlation.varies(x) || !Correlation.varies(y)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(method.coefficient(x, y));
  }

  private Set<Integer> positions(Collection<String> names) {
    Set<Integer> positions = new LinkedHashSet<>();
    for (String name : names) {
      int position = models.indexOf(name);
      if (position < 0) {
        throw new InputException("no model is named " + name + "; there are " + models);
      }
      positions.add(position);
    }
    return positions;
  }
}
