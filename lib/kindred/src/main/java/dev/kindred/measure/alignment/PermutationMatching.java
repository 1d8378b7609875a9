package dev.kindred.measure.alignment;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.transport.OptimalTransport;
import dev.kindred.representation.Representation;

/**
 * Permutation matching: every unit of the narrower representation gets a partner of its own in the
 * other so that the sum of Pearson correlations is greatest; the value is their mean (strict
 * one-to-one matching, Li et al., ICLR 2016, section 3.1).
 *
 * <p>Use it to ask whether single units are shared and not only the space that they span; a random
 * rotation of one side is the control. The units left over of the wider side do not count: take
 * {@code soft-matching} for a metric between unequal widths.
 */
public final class PermutationMatching implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("permutation-matching", PermutationMatching::new);

  private final MeasureInfo info;

  private PermutationMatching(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary("Mean correlation of units matched one to one.")
            .choice(
                "To ask whether single units are shared, at equal widths; not at unequal ones,"
                    + " where surplus units do not count: take soft-matching.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .policy(
                "Constant units are matched with correlation 0, so they lower self-similarity."
                    + " Exact assignment; ties change partners, not the value. Every unit"
                    + " constant: error.")
            .source("Li et al. 2016, section 3.1")
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
    MatchedUnits narrow = first.count() <= second.count() ? first : second;
    MatchedUnits wide = narrow == first ? second : first;
    double[] correlations = narrow.correlations(wide);
    int[] partner = OptimalTransport.bestAssignment(correlations, narrow.count(), wide.count());
    double sum = 0;
    for (int i = 0; i < partner.length; i++) {
      sum += correlations[i * wide.count() + partner[i]];
    }
    return sum / partner.length;
  }
}
