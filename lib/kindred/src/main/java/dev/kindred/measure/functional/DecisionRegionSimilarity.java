package dev.kindred.measure.functional;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Decision-region similarity: the share of points of planes through three inputs to which two
 * networks, or two epochs of one, assign the same class (Somepalli et al., CVPR 2022, section 3.2,
 * where public code calls it IoU). Input: logits at the points of {@link Plane}s, all planes one
 * below the other.
 *
 * <p>Use it where agreement on test images saturates: the planes reach where no data lie.
 */
public final class DecisionRegionSimilarity implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("decision-region-similarity", DecisionRegionSimilarity::new);

  private final MeasureInfo info;

  private DecisionRegionSimilarity(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Share of points of planes of inputs that two networks classify alike, from"
                    + " their logits there.")
            .choice(
                "Where agreement on test images saturates, to see decisions where no data lie;"
                    + " not from few planes, which differ much among themselves.")
            .invariantTo(Invariance.ISOTROPIC_SCALING)
            .minimumStimuli(1)
            .float32Condition("with near ties between classes, which rounding breaks or makes")
            .policy("Both networks need the same classes. Of equal logits the first class counts.")
            .source("Somepalli et al. 2022, section 3.2")
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
    return ((Decisions) x).agreement((Decisions) y);
  }
}
