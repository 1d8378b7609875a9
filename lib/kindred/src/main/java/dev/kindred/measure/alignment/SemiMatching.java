package dev.kindred.measure.alignment;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Semi-matching: the mean over units of their highest Pearson correlation with any unit of the
 * other representation (many-to-one matching, Li et al., ICLR 2016, section 3.2), mean of both
 * directions.
 *
 * <p>Use it for how well units are covered by the other side when several may share a partner: it
 * costs no assignment. It rises with the other side's width, chance included, so compare like with
 * like or calibrate against a null.
 */
public final class SemiMatching implements Measure {
  public static final CatalogueEntry ENTRY = CatalogueEntry.of("semi-matching", SemiMatching::new);

  private final MeasureInfo info;

  private SemiMatching(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary(
                "Mean best correlation of every unit with any unit of the other side, both"
                    + " ways.")
            .choice(
                "To ask whether every unit has its like, which several may share; not across"
                    + " widths or with few stimuli: the best of many correlations grows by chance"
                    + " alone.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .policy(
                "Constant units correlate 0 with everything, so they lower self-similarity. Every"
                    + " unit constant: error.")
            .source("Li et al. 2016, section 3.2")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return MatchedUnits.of(x, info.minimumStimuli(), true);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    MatchedUnits first = (MatchedUnits) x;
    MatchedUnits second = (MatchedUnits) y;
    int p = first.count();
    int q = second.count();
    double[] correlations = first.correlations(second);
    double[] bestOfColumn = new double[q];
    java.util.Arrays.fill(bestOfColumn, -1);
    double rows = 0;
    for (int i = 0; i < p; i++) {
      double best = -1;
      for (int j = 0; j < q; j++) {
        double correlation = correlations[i * q + j];
        best = Math.max(best, correlation);
        bestOfColumn[j] = Math.max(bestOfColumn[j], correlation);
      }
      rows += best;
    }
    double columns = 0;
    for (double best : bestOfColumn) {
      columns += best;
    }
    return (rows / p + columns / q) / 2;
  }
}
