package dev.kindred.measure.functional;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Cohen's kappa of the assigned classes (Cohen 1960): agreement above what two networks with these
 * shares of classes reach by chance, (observed − expected) / (1 − expected). Input: logits, n ×
 * classes.
 *
 * <p>Use it for {@link Disagreement} corrected for chance; it still grows with accuracy, which
 * {@link ErrorConsistency} corrects.
 */
public final class CohenKappa implements Measure {
  public static final CatalogueEntry ENTRY = CatalogueEntry.of("cohen-kappa", CohenKappa::new);

  private final MeasureInfo info;

  private CohenKappa(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary("Agreement of assigned classes above chance, from logits.")
            .choice(
                "For agreement of decisions without labels; not across accuracies, with which"
                    + " it grows: take error-consistency.")
            .invariantTo(Invariance.ISOTROPIC_SCALING)
            .minimumStimuli(1)
            .float32Condition("with near ties between classes, which rounding breaks or makes")
            .policy(
                "Both networks need the same classes. Of equal logits the first class counts. Both networks assign one class throughout,"
                    + " the same: 1.")
            .source("Cohen 1960")
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
    Decisions first = (Decisions) x;
    Decisions second = (Decisions) y;
    double observed = first.agreement(second);
    int classes = first.count();
    long[] a = new long[classes];
    long[] b = new long[classes];
    int n = first.classes().length;
    for (int i = 0; i < n; i++) {
      a[first.classes()[i]]++;
      b[second.classes()[i]]++;
    }
    double expected = 0;
    for (int c = 0; c < classes; c++) {
      expected += a[c] / (double) n * (b[c] / (double) n);
    }
    return Decisions.kappa(observed, expected);
  }
}
