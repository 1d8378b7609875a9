package dev.kindred.study.convergence;

import static dev.kindred.study.convergence.AlignmentFamily.LINEAR;
import static dev.kindred.study.convergence.AlignmentFamily.MATCHING;
import static dev.kindred.study.convergence.AlignmentFamily.PROCRUSTES;

import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.study.Claim;
import dev.kindred.study.Claims;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The claims of the paper and the rules that decide them, all fixed beforehand, for units of one
 * kind: pooled or at the centre. Errors come from leaving out seeds with all of their pairs; where
 * a claim speaks of the seventeen shifts, also from leaving out these, related ones together; where
 * it speaks of architectures, from leaving out those. Two seeds give no error, so that nothing is
 * decided.
 */
public final class ConvergenceClaims {
  /** Share from which on an alignment is nearly another. */
  private static final double NEARLY = 0.9;

  private static final DecisionRule POSITIVE = new DecisionRule.Above(0);

  private final ConvergenceData data;
  private final Pooling pooling;
  private final ConvergenceErrors errors;
  private final Claims<Supplier<Estimate>> claims =
      new Claims<>(quantities -> quantities.stream().map(Supplier::get).toList());

  private ConvergenceClaims(ConvergenceData data, Pooling pooling) {
    this.data = data;
    this.pooling = pooling;
    this.errors = new ConvergenceErrors(data);
  }

  /** Decides every claim. */
  public static List<Claim> decide(ConvergenceData data, Pooling pooling) {
    ConvergenceClaims study = new ConvergenceClaims(data, pooling);
    study.families();
    study.depth();
    study.training();
    study.maps();
    new ShiftClaims(data, pooling, study.errors).define(study.claims);
    return study.claims.decide();
  }

  private void families() {
    List<Supplier<Estimate>> order = new ArrayList<>();
    List<Supplier<Estimate>> privileged = new ArrayList<>();
    List<Supplier<Estimate>> nearly = new ArrayList<>();
    for (int group : data.supervised()) {
      for (int layer = 0; layer < layers(group); layer++) {
        int at = layer;
        order.add(
            errors.overSeeds(
                group, kept -> end(LINEAR, group, at, kept) - end(PROCRUSTES, group, at, kept)));
        order.add(
            errors.overSeeds(
                group, kept -> end(PROCRUSTES, group, at, kept) - end(MATCHING, group, at, kept)));
        privileged.add(
            errors.overSeeds(
                group,
                kept ->
                    end(MATCHING, group, at, kept)
                        - depth(
                            MATCHING, group, at, data.end(), Control.ROTATED_ABOUT_MEAN, kept)));
      }
      nearly.add(
          errors.overSeeds(
              group,
              kept -> overLayers(PROCRUSTES, group, kept) / overLayers(LINEAR, group, kept)));
    }
    claims
        .define(
            "Linear alignment exceeds Procrustes, and that permutation, at every depth", "Figure 1")
        .decide("difference of scores, of every layer", POSITIVE, order);
    claims
        .define("Procrustes aligns nearly as well as linear regression", "Figure 1")
        .decide(
            "Procrustes as a share of linear, mean of layers, of every architecture",
            new DecisionRule.Above(NEARLY),
            nearly);
    claims
        .define("Single units correspond: permutation is well above chance", "Figure 1")
        .decide(
            "permutation less the same after a random rotation that keeps the mean over units, of"
                + " every layer",
            POSITIVE,
            privileged);
  }

  private void depth() {
    claims
        .define("Alignment falls with depth", "Figure 1")
        .decide(
            "Procrustes of the first layer less that of the last, of every architecture",
            POSITIVE,
            data.supervised().stream()
                .map(group -> errors.overSeeds(group, falls(group)))
                .toList());
    claims
        .define("Alignment falls with depth in self-supervised networks", "MoCo")
        .decide(
            "Procrustes of the first layer less that of the last, of every such architecture",
            POSITIVE,
            data.seeded().stream()
                .filter(group -> !data.groups().get(group).supervised())
                .map(group -> errors.overSeeds(group, falls(group)))
                .toList());
    double common = data.commonAccuracy(data.supervised());
    claims
        .define(
            "Alignment falls with depth among networks of the same accuracy",
            Claim.NOT_IN_THE_PAPER)
        .decide(
            "Procrustes of the first layer less that of the last, of every architecture at the moment"
                + " when it is as accurate as the worst one becomes",
            POSITIVE,
            data.supervised().stream()
                .map(
                    group ->
                        errors.overSeeds(
                            group,
                            kept ->
                                data.atAccuracy(common, group, 0, pooling, kept)
                                    - data.atAccuracy(
                                        common, group, data.last(group), pooling, kept)))
                .toList());
  }

  private ToDoubleFunction<boolean[]> falls(int group) {
    return kept -> end(PROCRUSTES, group, 0, kept) - end(PROCRUSTES, group, data.last(group), kept);
  }

  private void training() {
    Moment afterOne = Moment.afterEpoch(1);
    boolean isKept = data.moments().contains(afterOne) && data.moment(afterOne) < data.end();
    List<Supplier<Estimate>> share = new ArrayList<>();
    List<Supplier<Estimate>> gain = new ArrayList<>();
    List<Supplier<Estimate>> before = new ArrayList<>();
    for (int group : isKept ? data.supervised() : List.<Integer>of()) {
      int one = data.moment(afterOne);
      TrainingGains of = new TrainingGains(data, pooling, group);
      share.add(errors.overSeeds(group, kept -> of.shareOfAlignment(one, kept)));
      gain.add(errors.overSeeds(group, kept -> of.gain(0, one, kept)));
      gain.add(
          errors.overSeeds(group, kept -> of.gain(0, one, kept) - of.gain(one, data.end(), kept)));
      before.add(
          errors.overSeeds(
              group, kept -> of.accuracyToCome(one, kept) - of.alignmentToCome(one, kept)));
    }
    claims
        .define("Nearly all alignment is there after the first epoch", "Figure 3")
        .decide(
            "Procrustes after an epoch as a share of that at the end, mean of layers, of every"
                + " architecture",
            new DecisionRule.Above(NEARLY),
            share);
    claims
        .define("The first epoch makes the alignment", "Figure 3")
        .decide(
            "Procrustes as a share of that at the end, mean of layers: gain of the first epoch, and"
                + " that less the gain of all later ones together, of every architecture",
            POSITIVE,
            gain);
    claims
        .define("Alignment is there long before accuracy is", "Figure 3")
        .decide(
            "of the change in training, the share that comes after the first epoch: of accuracy,"
                + " less of Procrustes over all layers, of every architecture",
            POSITIVE,
            before);
  }

  private void maps() {
    List<Integer> groups = LayerMaps.compared(data, pooling);
    claims
        .define("Layers of different architectures match in the same order", "Figure 2")
        .decide(
            "rank correlation of a layer's depth with that of its best match, mean of maps",
            POSITIVE,
            errors.overArchitectures(
                groups,
                Estimate.Scale.CORRELATION,
                kept -> LayerMaps.depthOfBestMatch(data, pooling, PROCRUSTES, kept)));
    claims
        .define("Best matches are better than those with shuffled stimuli", Claim.NOT_IN_THE_PAPER)
        .decide(
            "greatest value of a row or column, less that with shuffled stimuli, mean of maps",
            POSITIVE,
            errors.overArchitectures(
                groups,
                Estimate.Scale.PLAIN,
                kept -> LayerMaps.aboveChance(data, pooling, PROCRUSTES, kept)));
  }

  private int layers(int group) {
    return data.groups().get(group).layers().size();
  }

  private double overLayers(AlignmentFamily family, int group, boolean[] kept) {
    return IntStream.range(0, layers(group))
        .mapToDouble(layer -> end(family, group, layer, kept))
        .average()
        .orElse(Double.NaN);
  }

  /** At the end of training, on the usual stimuli. */
  private double end(AlignmentFamily family, int group, int layer, boolean[] kept) {
    return depth(family, group, layer, data.end(), Control.NONE, kept);
  }

  private double depth(
      AlignmentFamily family, int group, int layer, int moment, Control control, boolean[] kept) {
    return data.align(data.depth(), family, group, layer, moment, 0, pooling, control, 0, kept);
  }
}
