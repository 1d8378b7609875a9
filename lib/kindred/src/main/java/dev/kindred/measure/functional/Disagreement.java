package dev.kindred.measure.functional;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Disagreement: the share of stimuli to which two networks assign different classes (Skalak 1996;
 * Madani et al., NeurIPS 2004; survey Klabunde et al. 2023, section 4.2). Input: logits, n ×
 * classes.
 *
 * <p>Use it for how differently two networks behave. It cannot exceed the sum of both error rates,
 * so accurate networks disagree little whatever they represent: set it beside {@link CohenKappa} or
 * {@link ErrorConsistency}.
 */
public final class Disagreement implements Measure {
  public static final CatalogueEntry ENTRY = CatalogueEntry.of("disagreement", Disagreement::new);

  private final MeasureInfo info;

  private Disagreement(Arguments arguments) {
    info =
        MeasureInfo.distance(arguments.specification(), 1)
            .summary("Share of stimuli that two networks classify differently, from their logits.")
            .choice(
                "To count different decisions without labels; not across accuracies: it is"
                    + " bounded by the sum of the error rates.")
            .invariantTo(Invariance.ISOTROPIC_SCALING)
            .minimumStimuli(1)
            .float32Condition("with near ties between classes, which rounding breaks or makes")
            .policy("Both networks need the same classes. Of equal logits the first class counts.")
            .source("Klabunde et al. 2023, section 4.2")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return Decisions.of(x);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return 1 - ((Decisions) x).agreement((Decisions) y);
  }
}
