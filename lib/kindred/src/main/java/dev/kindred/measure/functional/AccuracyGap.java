package dev.kindred.measure.functional;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Accuracy gap: |accuracy − accuracy′| of two networks on the same stimuli (the performance gap of
 * Ciernik et al., ICML 2025, section 4; Klabunde et al. 2023, section 4.1). Input: logits, n ×
 * classes, and true labels.
 *
 * <p>The coarsest of the functional measures: networks of equal accuracy may err on different
 * stimuli. See {@link ErrorConsistency}.
 */
public final class AccuracyGap implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("accuracy-gap", AccuracyGap::new, Labelled.LABELS);

  private final int[] labels;
  private final MeasureInfo info;

  private AccuracyGap(Arguments arguments) {
    this(arguments.specification(), Labelled.labels(arguments));
  }

  /**
   * With labels at hand instead of in a file.
   *
   * @param labels true class of every stimulus, from 0
   */
  public AccuracyGap(int[] labels) {
    this(ENTRY.name(), Labelled.copy(labels));
  }

  private AccuracyGap(String specification, int[] labels) {
    this.labels = labels;
    info =
        MeasureInfo.distance(specification, 1)
            .summary("Difference of accuracies, from logits and labels.")
            .choice(
                "To say how unlike two networks perform, beside other measures; not to ask"
                    + " whether they mistake the same stimuli.")
            .invariantTo(Invariance.ISOTROPIC_SCALING)
            .minimumStimuli(1)
            .float32Condition("with near ties between classes, which rounding breaks or makes")
            .policy("Both networks need the same classes. Of equal logits the first class counts.")
            .source("Klabunde et al. 2023, section 4.1; Ciernik et al. 2025, section 4")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Measure select(int[] stimuli) {
    return labels == null
        ? this
        : new AccuracyGap(info.specification(), Labelled.select(labels, stimuli));
  }

  @Override
  public Prepared prepare(Representation x) {
    return Labelled.of(ENTRY.name(), x, labels);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Labelled first = (Labelled) x;
    Labelled second = (Labelled) y;
    first.requireSameClasses(second);
    return Math.abs(first.accuracy() - second.accuracy());
  }
}
