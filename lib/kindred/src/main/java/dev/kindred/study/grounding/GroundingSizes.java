package dev.kindred.study.grounding;

import dev.kindred.base.Profile;
import dev.kindred.network.architecture.Architecture;
import java.util.List;

/**
 * How much of everything.
 *
 * @param architectures names of {@link Population#architecture}
 * @param seeds networks of subtasks (a), (b) and (c) in a population
 * @param references networks that (a) and (b) may take as reference: those of the best accuracy, as
 *     permutations need all of them, all where time allows
 * @param pretrainings networks that (d) begins from
 * @param fineTunings fine-tuned networks from each of these
 * @param shown networks of the layer × layer maps and of the sensitivity test
 * @param trainImages images that networks are trained on
 * @param transformerImages generated images that transformers are trained on, which learn little
 *     from as few as do for convolutional networks; photographs are the same for all
 * @param probeImages of these, those that linear probes are trained on
 * @param testImages images that they are judged by
 * @param fineImages images that they are fine-tuned on, before those of other classes are left out
 * @param stimuli test images on which representations are compared
 * @param epochs visits of the training images
 * @param fineEpochs visits of the images of the fine-tuning
 * @param kept numbers of principal components that are left in (b), after all of them
 * @param step by which ever fewer are left in the test of sensitivity, as long as there are many
 */
record GroundingSizes(
    List<String> architectures,
    int seeds,
    int references,
    int pretrainings,
    int fineTunings,
    int shown,
    int trainImages,
    int transformerImages,
    int probeImages,
    int testImages,
    int fineImages,
    int stimuli,
    int epochs,
    int fineEpochs,
    List<Integer> kept,
    int step) {

  private static final List<Integer> KEPT = List.of(24, 12, 6, 5, 4, 3, 2, 1);

  static GroundingSizes of(Profile profile) {
    return switch (profile) {
      case TEST ->
          new GroundingSizes(
              List.of("cnn"), 4, 2, 2, 2, 2, 320, 640, 160, 160, 160, 60, 1, 1, List.of(12), 8);
      case DEMO ->
          new GroundingSizes(
              List.of("cnn"), 10, 4, 3, 4, 4, 2000, 2000, 1000, 600, 1600, 300, 8, 4, KEPT, 4);
      case REAL ->
          new GroundingSizes(
              List.of("cnn", "vit"),
              20,
              20,
              5,
              4,
              20,
              2000,
              10_000,
              1000,
              1000,
              2000,
              400,
              8,
              6,
              KEPT,
              1);
      case PAPER ->
          new GroundingSizes(
              List.of("cnn", "vit"),
              100,
              10,
              10,
              10,
              10,
              50_000,
              50_000,
              5000,
              5000,
              10_000,
              2000,
              30,
              10,
              KEPT,
              1);
    };
  }

  /** Generated images that networks of a family are trained on. */
  int drawn(Architecture.Family family) {
    return family == Architecture.Family.TRANSFORMER ? transformerImages : trainImages;
  }

  /** Networks of one population, those of (d) that (c) has too counted once. */
  int networks() {
    return seeds + fineTuned();
  }

  int fineTuned() {
    return seeds + (pretrainings - 1) * fineTunings;
  }
}
