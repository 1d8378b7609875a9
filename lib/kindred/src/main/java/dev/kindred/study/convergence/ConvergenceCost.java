package dev.kindred.study.convergence;

import dev.kindred.stimuli.shift.Shifts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a study on one kind of images takes, in processor seconds. The times of networks stand with
 * their groups; they and those below were measured on a machine that was busy with other work.
 */
final class ConvergenceCost {
  /** To prepare a layer of some fifty units for all families, a thousand stimuli. */
  private static final double PREPARED = 0.018;

  /** To compare two prepared layers by all families. */
  private static final double COMPARED = 0.012;

  /** For the responses of a network with public weights to a stimulus. */
  private static final double PUBLIC_ANSWERED = 2e-3;

  /** All stimuli of a set, and both halves of them. */
  private static final int SIZES_OF_A_SET = 2;

  private static final int POOLINGS = ConvergenceNetworks.POOLINGS.size();

  private final ConvergenceSizes sizes;
  private final int moments;
  private final int sets;
  private final int single;
  private long comparisons;
  private double seconds;

  /**
   * @param single networks with public weights
   */
  ConvergenceCost(ConvergenceSizes sizes, int single) {
    this.sizes = sizes;
    this.moments = sizes.moments(sizes.trainImages()).size();
    this.sets = 1 + Shifts.moderate(ConvergenceSizes.SIDE).size();
    this.single = single;
    int publicLayers = PublicNetwork.STAGES.size();
    List<int[]> groups = new ArrayList<>();
    for (String name : sizes.groups()) {
      TrainedGroup group = TrainedGroup.of(name);
      train(group);
      int[] shape = {sizes.seeds(), group.layers().size()};
      int pairs = shape[0] * (shape[0] - 1) / 2;
      align(POOLINGS, shape[0], shape[1], pairs, 2, moments);
      // The untrained on every set.
      compare((long) pairs * shape[1] * sets, (double) shape[0] * shape[1] * sets);
      groups.add(shape);
    }
    for (int i = 0; i < single; i++) {
      seconds += respond(PUBLIC_ANSWERED, 1, sets);
      align(1, single - i, publicLayers, single - i - 1, 1, 0);
      groups.add(new int[] {1, publicLayers});
    }
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        map(groups.get(i), groups.get(j), i == j);
      }
    }
  }

  private void train(TrainedGroup group) {
    double each =
        group.secondsShown() * sizes.epochs() * sizes.trainImages()
            + respond(group.secondsAnswered(), POOLINGS, moments + sets - 1)
            // The untrained, pooled.
            + respond(group.secondsAnswered(), 1, sets - 1)
            // Accuracy at every moment, and the probe of those that were told no classes.
            + moments
                * group.secondsAnswered()
                * (group.isSupervised() ? sizes.stimuli() : sizes.trainImages());
    seconds += sizes.seeds() * each;
  }

  private double respond(double answered, int poolings, int times) {
    return (double) poolings * times * sizes.stimuli() * answered;
  }

  /** Layer by layer: over depth with controls, over training, on every set and its halves. */
  private void align(int poolings, int networks, int layers, int pairs, int ends, int trained) {
    if (pairs == 0) {
      return;
    }
    int controls = Comparison.Control.values().length;
    double whole = controls * ends + trained + SIZES_OF_A_SET * sets;
    comparisons += (long) poolings * pairs * layers * (controls * ends + trained + 3L * sets);
    seconds += poolings * whole * layers * (networks * PREPARED + pairs * COMPARED) * thousands();
  }

  private void map(int[] rows, int[] columns, boolean same) {
    int most = Math.max(rows[0], columns[0]);
    int maps = same && most == 1 ? 0 : Math.min(sizes.maps(), most);
    if (maps == 0) {
      return;
    }
    boolean trained = Math.min(rows[0], columns[0]) > 1;
    int poolings = trained ? POOLINGS : 1;
    // As they are and shuffled; and before training, pooled.
    int untrained = trained ? 1 : 0;
    compare(
        (2L * poolings + untrained) * maps * rows[1] * columns[1],
        (double) (poolings + untrained) * rows[0] * rows[1]
            + (2.0 * poolings + untrained) * columns[0] * columns[1]);
  }

  /** Comparisons of layers on all stimuli. */
  private void compare(long compared, double prepared) {
    comparisons += compared;
    seconds += (prepared * PREPARED + compared * COMPARED) * thousands();
  }

  private double thousands() {
    return sizes.stimuli() / 1000.0;
  }

  long comparisons() {
    return comparisons;
  }

  /** A line for a study on several kinds of images. */
  String told(int kinds) {
    return String.format(
        Locale.ROOT,
        "%d networks trained on each of %d kinds of images, %s, %d comparisons each, about %.1f"
            + " processor hours from the start where a kind has %d training images",
        sizes.groups().size() * sizes.seeds(),
        kinds,
        single == 0 ? "none with public weights" : single + " with public weights",
        comparisons,
        kinds * seconds / 3600,
        sizes.trainImages());
  }
}
