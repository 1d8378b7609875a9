package dev.kindred.measure.neighbourhood;

import dev.kindred.base.InputException;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Centred kernel nearest-neighbour alignment (Huh, Cheung, Wang and Isola, ICML 2024, Eq. 12–13):
 * unbiased CKA whose Gram matrices keep only the pairs of stimuli that are neighbours in both
 * representations,
 *
 * <pre>HSIC(K∘M, L∘M) / (√(HSIC(K∘Mₓ, K∘Mₓ)·HSIC(L∘M_y, L∘M_y)) + 1e-6)</pre>
 *
 * with Mᵢⱼ = 1 if j is one of i's k nearest neighbours in both, Mₓ and M_y those of one side, and
 * the unbiased estimator HSIC (Song et al., JMLR 2012, Eq. 5). The constant 1e-6 is the public
 * code's; with it, self-similarity is a little below 1.
 *
 * <p>Use it as a CKA that looks at near stimuli only: k small is local, k = n − 1 is CKA. Sparse:
 * O(nk) numbers a representation.
 */
public final class Cknna implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("cknna", Cknna::new, Neighbours.K, Neighbours.ROWS);

  private static final double STABILISER = 1e-6;

  private final int k;
  private final boolean unit;
  private final MeasureInfo info;

  private Cknna(Arguments arguments) {
    k = arguments.integer("k");
    if (k < 2) {
      throw new InputException("cknna: k=" + k + " is not possible; expected at least 2");
    }
    unit = arguments.is("rows", "unit");
    Set<Invariance> invariances = EnumSet.of(Invariance.ORTHOGONAL, Invariance.PERMUTATION);
    if (unit) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    info =
        MeasureInfo.similarity(
                arguments.specification(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            .summary("CKA over pairs of stimuli that are neighbours in both representations.")
            .choice(
                "For a CKA of near stimuli, from local (small k) to global (k = n − 1); not"
                    + " across k or n, on which it depends.")
            .asymmetric()
            .self(Double.NaN)
            .invariantTo(invariances)
            .minimumStimuli(Math.max(4, k + 1))
            .policy(
                "Equal products in the order of the stimuli; a response that is all zero is at"
                    + " product 0 from all. The masks are not symmetric, so the value is bounded by"
                    + " no constant. A representation whose own HSIC is not above 0 gives 0.")
            .source("Huh et al. 2024, Eq. 12 and 13; Song et al. 2012, Eq. 5")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Neighbours neighbours = Neighbours.of(x, k, unit, false);
    return new Local(neighbours, hsic(neighbours, neighbours));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Local first = (Local) x;
    Local second = (Local) y;
    double norm = first.hsic * second.hsic;
    if (!(first.hsic > 0) || !(second.hsic > 0)) {
      return 0;
    }
    return hsic(first.neighbours, second.neighbours) / (Math.sqrt(norm) + STABILISER);
  }

  /** HSIC of two Gram matrices with all entries zero but those that are neighbours in both. */
  private double hsic(Neighbours x, Neighbours y) {
    int n = x.stimuli();
    int[] shared = new int[n];
    int[] column = new int[n * k];
    double[] first = new double[n * k];
    double[] second = new double[n * k];
    int[] rankOf = new int[n];
    for (int i = 0; i < n; i++) {
      x.mark(i, rankOf);
      for (int r = 0; r < k; r++) {
        int j = y.neighbour(i, r);
        if (rankOf[j] > 0) {
          int at = i * k + shared[i]++;
          column[at] = j;
          first[at] = x.productAt(i, rankOf[j] - 1);
          second[at] = y.productAt(i, r);
        }
      }
      x.unmark(i, rankOf);
    }
    // A common part of all products, such as that of a large mean response, would cancel only after
    // it has cost the digits: it is taken off first, and its own share added, which is exactly zero
    // where every stimulus is a neighbour.
    double meanOfFirst = subtractMean(first, shared);
    double meanOfSecond = subtractMean(second, shared);
    double[] ones = new double[n * k];
    Arrays.fill(ones, 1);
    return bilinear(first, second, column, shared)
        + meanOfSecond * bilinear(first, ones, column, shared)
        + meanOfFirst * bilinear(ones, second, column, shared)
        + meanOfFirst * meanOfSecond * bilinear(ones, ones, column, shared);
  }

  private double subtractMean(double[] entries, int[] shared) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < shared.length; i++) {
      for (int at = i * k; at < i * k + shared[i]; at++) {
        sum += entries[at];
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    for (int i = 0; i < shared.length; i++) {
      for (int at = i * k; at < i * k + shared[i]; at++) {
        entries[at] -= mean;
      }
    }
    return mean;
  }

  /** HSIC of two sparse matrices with the same entries: row i has {@code shared[i]} of them. */
  private double bilinear(double[] first, double[] second, int[] column, int[] shared) {
    int n = shared.length;
    double[] columnSumsOfFirst = new double[n];
    double[] rowSumsOfSecond = new double[n];
    double sumOfFirst = 0;
    double sumOfSecond = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      for (int at = i * k; at < i * k + shared[i]; at++) {
        int j = column[at];
        columnSumsOfFirst[j] += first[at];
        rowSumsOfSecond[i] += second[at];
        sumOfFirst += first[at];
        sumOfSecond += second[at];
        for (int back = j * k; back < j * k + shared[j]; back++) {
          if (column[back] == i) {
            product += first[at] * second[back];
          }
        }
      }
    }
    double cross = 0;
    for (int i = 0; i < n; i++) {
      cross += columnSumsOfFirst[i] * rowSumsOfSecond[i];
    }
    double m = n;
    // One division at the end: sums of whole numbers then cancel exactly.
    double scaled = product * (m - 1) * (m - 2) + sumOfFirst * sumOfSecond - 2 * cross * (m - 1);
    return scaled / ((m - 1) * (m - 2)) / (m * (m - 3));
  }

  private record Local(Neighbours neighbours, double hsic) implements Reorderable {
    @Override
    public Prepared reordered(int[] order) {
      return new Local(neighbours.reordered(order), hsic);
    }

    @Override
    public long bytes() {
      return neighbours.bytes();
    }
  }
}
