package dev.kindred.measure.functional;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.stream.IntStream;

/**
 * Error consistency (Geirhos, Meding and Wichmann, NeurIPS 2020, Eq. 1–3): Cohen's kappa of being
 * right or wrong. With accuracies a and b, both are right or both wrong by chance with probability
 * ab + (1−a)(1−b); the value is the agreement above that. Input: logits, n × classes, and true
 * labels.
 *
 * <p>Use it to ask whether two networks fail on the same stimuli beyond what their accuracies
 * explain.
 */
public final class ErrorConsistency implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("error-consistency", ErrorConsistency::new, Labelled.LABELS);

  private final int[] labels;
  private final MeasureInfo info;

  private ErrorConsistency(Arguments arguments) {
    this(arguments.specification(), Labelled.labels(arguments));
  }

  /**
   * With labels at hand instead of in a file.
   *
   * @param labels true class of every stimulus, from 0
   */
  public ErrorConsistency(int[] labels) {
    this(ENTRY.name(), Labelled.copy(labels));
  }

  private ErrorConsistency(String specification, int[] labels) {
    this.labels = labels;
    info =
        MeasureInfo.similarity(specification, -1, 1)
            .summary(
                "Agreement of two networks on which stimuli they fail, above what their"
                    + " accuracies explain, from logits and labels.")
            .choice(
                "To ask whether two networks fail on the same stimuli; not with accuracies near"
                    + " 0 or 1, where few stimuli decide.")
            .invariantTo(Invariance.ISOTROPIC_SCALING)
            .minimumStimuli(1)
            .float32Condition("with near ties between classes, which rounding breaks or makes")
            .policy(
                "Both networks need the same classes. Of equal logits the first class counts. Both always right, or both always wrong:"
                    + " 1.")
            .source("Geirhos et al. 2020, Eq. 1 to 3")
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
        : new ErrorConsistency(info.specification(), Labelled.select(labels, stimuli));
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
    int[] all = IntStream.range(0, first.correct().length).toArray();
    return ErrorOverlap.of(first.correct(), second.correct(), all).kappa();
  }
}
