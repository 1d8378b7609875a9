package dev.kindred.study.convergence;

import dev.kindred.base.Profile;
import dev.kindred.network.training.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of everything.
 *
 * @param groups names of {@link NetworkGroup}
 * @param seeds networks of a group
 * @param trainImages images that networks are trained on, at most
 * @param stimuli test images on which layers are aligned, at most
 * @param epochs visits of the training images
 * @param steps batches of the first epoch after which networks are kept
 * @param maps pairs of seeds whose layers are all compared, for every two groups
 */
record ConvergenceSizes(
    List<String> groups,
    int seeds,
    int trainImages,
    int stimuli,
    int epochs,
    List<Integer> steps,
    int maps) {
  static final int SIDE = 32;

  /** Classes that no data set is cut below, and images that a class should have to be learnt. */
  private static final int FEW_CLASSES = 20;

  private static final int IMAGES_OF_A_CLASS = 200;

  static ConvergenceSizes of(Profile profile) {
    return switch (profile) {
      case TEST -> new ConvergenceSizes(List.of("cnn-8", "vit"), 3, 128, 40, 2, List.of(1), 1);
      case DEMO ->
          new ConvergenceSizes(
              List.of("resnet", "vgg", "cnn", "vit"), 2, 2000, 500, 10, List.of(1, 4, 12), 1);
      case REAL ->
          new ConvergenceSizes(
              List.of("resnet", "bottleneck", "vgg", "cnn", "vit", "resnet-simclr"),
              5,
              4000,
              1000,
              10,
              List.of(1, 2, 4, 8, 16),
              5);
      case PAPER ->
          new ConvergenceSizes(
              List.of("resnet-18", "resnet-50", "vgg-16", "vit-b", "resnet-18-moco"),
              5,
              50_000,
              5000,
              100,
              List.of(1, 4, 16, 64, 256),
              5);
    };
  }

  /**
   * The most classes: of a data set with more, so many are drawn. Small networks learn little of a
   * hundred classes from few images, and where accuracy is near chance, errors tell nothing.
   */
  int classes() {
    return Math.max(FEW_CLASSES, trainImages / IMAGES_OF_A_CLASS);
  }

  /**
   * The moments at which networks are kept: steps of the first epoch, then epochs up to 10.
   *
   * @param images that they are trained on: the groups have the same moments, so a step is left out
   *     where it is beyond the first epoch of any
   */
  List<Moment> moments(int images) {
    int batches =
        groups.stream()
            .map(group -> TrainedGroup.of(group).plan(group, epochs, 0))
            .mapToInt(plan -> plan.batchesPerEpoch(images))
            .min()
            .orElse(0);
    List<Moment> moments = new ArrayList<>();
    moments.add(Moment.afterEpoch(0));
    steps.stream().filter(step -> step < batches).map(Moment::afterBatches).forEach(moments::add);
    for (int epoch = 1; epoch <= Math.min(10, epochs); epoch++) {
      moments.add(Moment.afterEpoch(epoch));
    }
    if (epochs > 10) {
      moments.add(Moment.afterEpoch(epochs));
    }
    return moments;
  }
}
