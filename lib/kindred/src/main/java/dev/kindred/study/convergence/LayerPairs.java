package dev.kindred.study.convergence;

import dev.kindred.base.Parallel;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Pairs of layers to be aligned; a layer that is in many pairs is prepared once. */
final class LayerPairs {
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<int[]> sides = new ArrayList<>();
  private final Map<Representation, Integer> places = new IdentityHashMap<>();
  private final List<Representation> layers = new ArrayList<>();

  void add(Comparison comparison, Representation x, Representation y) {
    comparisons.add(comparison);
    sides.add(new int[] {place(x), place(y)});
  }

  private int place(Representation x) {
    return places.computeIfAbsent(
        x,
        layer -> {
          layers.add(layer);
          return layers.size() - 1;
        });
  }

  /** All scores of all pairs, by every family. */
  AlignmentTable align() {
    boolean[] varies = new boolean[layers.size()];
    Parallel.forEach(varies.length, i -> varies[i] = varies(layers.get(i)));
    Map<AlignmentFamily, double[][]> scores = new EnumMap<>(AlignmentFamily.class);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      CrossValidated measure = family.measure();
      Prepared[] prepared = new Prepared[layers.size()];
      Parallel.forEach(
          prepared.length,
          i -> {
            if (varies[i]) {
              prepared[i] = measure.prepare(layers.get(i));
            }
          });
      double[][] rows = new double[comparisons.size()][family.stored()];
      Parallel.forEach(
          rows.length,
          i -> {
            Prepared x = prepared[sides.get(i)[0]];
            Prepared y = prepared[sides.get(i)[1]];
            if (x == null || y == null) {
              Arrays.fill(rows[i], Double.NaN);
            } else {
              rows[i] = family.folds(measure.scores(x, y));
            }
          });
      scores.put(family, rows);
    }
    return new AlignmentTable(comparisons, scores);
  }

  /** Whether any unit does: a shift can leave nothing of an image, or nothing at its centre. */
  private static boolean varies(Representation x) {
    double[] first = x.row(0);
    for (int i = 1; i < x.stimuli(); i++) {
      if (!Arrays.equals(first, x.row(i))) {
        return true;
      }
    }
    return false;
  }
}
