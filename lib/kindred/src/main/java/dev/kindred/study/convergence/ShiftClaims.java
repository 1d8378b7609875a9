package dev.kindred.study.convergence;

import dev.kindred.network.Pooling;
import dev.kindred.study.Claim;
import dev.kindred.study.Claims;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.ConvergenceErrors.OverShifts;
import dev.kindred.study.convergence.ShiftCorrelations.With;
import java.util.List;
import java.util.function.Supplier;

/** The claims that speak of the seventeen shifts. */
final class ShiftClaims {
  /** A loss of alignment up to which layers stay aligned. */
  private static final double SMALL = 0.05;

  private static final DecisionRule POSITIVE = new DecisionRule.Above(0);

  private final ConvergenceData data;
  private final Pooling pooling;
  private final ConvergenceErrors errors;
  private final ShiftCorrelations shifts;

  ShiftClaims(ConvergenceData data, Pooling pooling, ConvergenceErrors errors) {
    this.data = data;
    this.pooling = pooling;
    this.errors = errors;
    this.shifts = new ShiftCorrelations(data, pooling);
  }

  void define(Claims<Supplier<Estimate>> claims) {
    claims
        .define("Early layers stay aligned out of distribution", "Figure 4")
        .decide(
            "Procrustes of the first layer on the shifts, less that on the usual stimuli, of every"
                + " architecture",
            new DecisionRule.Above(-SMALL),
            ofEvery((group, seeds, kept) -> -loss(group, 0, seeds, kept)));
    claims
        .define("Deep layers diverge out of distribution", "Figure 4")
        .decide(
            "what the shifts take of the last layer, less what of the first, of every architecture",
            POSITIVE,
            ofEvery(
                (group, seeds, kept) ->
                    loss(group, data.last(group), seeds, kept) - loss(group, 0, seeds, kept)));
    claims
        .define("Training makes deep layers diverge", Claim.NOT_IN_THE_PAPER)
        .decide(
            "what the shifts take of the last layer, less what they take of it before training, of"
                + " every architecture",
            POSITIVE,
            ofEvery(
                (group, seeds, kept) ->
                    loss(group, data.last(group), seeds, kept)
                        - shifts.meanLoss(group, data.last(group), 0, seeds, kept)));
    claims
        .define("Deep layers diverge in proportion to the shift", "abstract")
        .decide(
            "correlation over shifts of the last layer's loss with the loss of accuracy, mean of"
                + " architectures; Figure 5 at the last layer",
            POSITIVE,
            mean(Estimate.Scale.CORRELATION, ofLast(With.ACCURACY)));
    claims
        .define("Deep layers diverge in proportion to how far images move", "abstract")
        .decide(
            "correlation over shifts of the last layer's loss with the distance of pixels, mean of"
                + " architectures",
            POSITIVE,
            mean(Estimate.Scale.CORRELATION, ofLast(With.DISTANCE)));
    claims
        .define(
            "The correlation of alignment with accuracy out of distribution grows with depth",
            "Figure 5")
        .decide(
            "correlation over shifts, of the last layer less that of the first, mean of"
                + " architectures",
            POSITIVE,
            mean(
                Estimate.Scale.PLAIN,
                (group, seeds, kept) ->
                    ofLast(With.ACCURACY).of(group, seeds, kept)
                        - shifts.of(group, 0, With.ACCURACY, seeds, kept)));
    claims
        .define("Where networks err alike, they align better", Claim.NOT_IN_THE_PAPER)
        .decide(
            "rank correlation over shifts of the last layer's Procrustes with error consistency"
                + " where accuracy is held (partial), mean of architectures",
            POSITIVE,
            mean(Estimate.Scale.CORRELATION, ofLast(With.ERRORS_AT_ACCURACY)));
    claims
        .define(
            "On each set, pairs of networks that err alike align better", Claim.NOT_IN_THE_PAPER)
        .decide(
            "correlation over pairs of seeds of the last layer's Procrustes with error consistency,"
                + " both less what each of the two has with all others, mean of all sets, the"
                + " usual one too, and of architectures",
            POSITIVE,
            PairEffects.ofLastLayers(data, pooling, errors));
  }

  private OverShifts ofLast(With what) {
    return (group, seeds, kept) -> shifts.of(group, data.last(group), what, seeds, kept);
  }

  private double loss(int group, int layer, boolean[] seeds, boolean[] kept) {
    return shifts.meanLoss(group, layer, data.end(), seeds, kept);
  }

  private List<Supplier<Estimate>> ofEvery(OverShifts statistic) {
    return data.supervised().stream().map(group -> errors.overShifts(group, statistic)).toList();
  }

  private List<Supplier<Estimate>> mean(Estimate.Scale scale, OverShifts statistic) {
    return errors.meanOverShifts(data.supervised(), scale, statistic);
  }
}
