package dev.kindred.measure.neighbourhood;

import dev.kindred.base.InputException;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
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
 * <p>{@code estimator=biased} is the public code's other form: tr(KHLH) for HSIC, and every
 * stimulus is the first of its own k neighbours, which it is by cosine.
 *
 * <p>Use it as a CKA that looks at near stimuli only: k small is local, k = n − 1 is CKA. Sparse:
 * O(nk) numbers a representation.
 */
public final class Cknna implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "cknna",
          Cknna::new,
          Neighbours.K,
          Neighbours.ROWS,
          Parameter.choice("estimator", "HSIC₁ or tr(KHLH)", "unbiased", "biased"));

  private static final double STABILISER = 1e-6;

  private final int k;
  private final boolean unit;
  private final boolean unbiased;
  private final MeasureInfo info;

  private Cknna(Arguments arguments) {
    k = arguments.integer("k");
    if (k < 2) {
      throw new InputException("cknna: k=" + k + " is not possible; expected at least 2");
    }
    unit = arguments.is("rows", "unit");
    unbiased = arguments.is("estimator", "unbiased");
    if (!unbiased) {
      arguments.refuse("rows", "with estimator=biased");
    }
    Set<Invariance> invariances = EnumSet.of(Invariance.ORTHOGONAL, Invariance.PERMUTATION);
    if (unit) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    MeasureInfo.Builder described =
        MeasureInfo.similarity(
                arguments.specification(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            .summary("CKA over pairs of stimuli that are neighbours in both representations.")
            .choice(
                "For a CKA of near stimuli, from local (small k) to global (k = n − 1); not"
                    + " across k or n, on which it depends.")
            .self(Double.NaN)
            .invariantTo(invariances)
            .minimumStimuli(unbiased ? Math.max(4, k + 1) : k)
            .float32Condition("with near ties, which rounding breaks or makes")
            .policy(
                "Ties are broken at random, for every stimulus and in both representations"
                    + " independently: each HSIC is the exact expectation, the value their ratio."
                    + " A response that is all zero is at product 0 from all. The masks are not symmetric, so the value is bounded by"
                    + " no constant. A representation whose own HSIC is not above 0 gives 0.")
            .source("Huh et al. 2024, Eq. 12 and 13; Song et al. 2012, Eq. 5");
    // tr(KHLH) = tr(LHKH), whatever the masks; of the unbiased terms one changes.
    info = (unbiased ? described.asymmetric() : described).build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Neighbours neighbours = Neighbours.withProducts(x, unbiased ? k : k - 1, unit);
    double[] self = unbiased ? null : squaredNorms(x);
    return new Local(neighbours, self, LocalPairs.own(neighbours, self).hsic(unbiased));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Local first = (Local) x;
    Local second = (Local) y;
    if (!(first.hsic > 0) || !(second.hsic > 0)) {
      return 0;
    }
    LocalPairs pairs =
        LocalPairs.common(first.neighbours, second.neighbours, first.self, second.self);
    return pairs.hsic(unbiased) / (Math.sqrt(first.hsic) * Math.sqrt(second.hsic) + STABILISER);
  }

  /** Of rows of unit length: 1, or 0 for a response that is all zero. */
  private static double[] squaredNorms(Representation x) {
    double[] norms = new double[x.stimuli()];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Arrays.stream(x.row(i)).anyMatch(value -> value != 0) ? 1 : 0;
    }
    return norms;
  }

  private record Local(Neighbours neighbours, double[] self, double hsic) implements Reorderable {
    @Override
    public Prepared reordered(int[] order) {
      double[] moved =
          self == null ? null : Arrays.stream(order).mapToDouble(i -> self[i]).toArray();
      return new Local(neighbours.reordered(order), moved, hsic);
    }

    @Override
    public long bytes() {
      return neighbours.bytes() + (self == null ? 0 : 8L * self.length);
    }
  }
}
