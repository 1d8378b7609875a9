package dev.kindred.study.dynamics;

import dev.kindred.base.Profile;
import dev.kindred.recording.EpochGrid;
import dev.kindred.study.dynamics.RunDeclaration.Kind;
import dev.kindred.study.dynamics.RunDeclaration.Rule;
import java.util.List;

/**
 * The declared runs, the most important first.
 *
 * <p>Small runs take ten times the paper's learning rate: as many steps as its 4000 epochs of 391
 * have are out of reach. SGD without momentum takes ten times the rate of SGD with it, so that both
 * go equally far in a step.
 */
public final class DynamicsDeclarations {
  /** Wrong labels of the paper's noisy runs. */
  private static final double NOISE = 0.2;

  /** The paper does not tell its weight decay; this is what residual networks usually have. */
  private static final double DECAY = 5e-4;

  private static final String GENERATED = "scenes";
  private static final int BATCH = 128;

  private DynamicsDeclarations() {}

  private static RunDeclaration adam(String dataSet, int width, int images, int epochs) {
    return new RunDeclaration(
        Kind.RESNET_10, width, dataSet, 16, images, 0, Rule.ADAM, 1e-3, 0, BATCH, epochs, 1);
  }

  /**
   * The study that takes hours and is stored: some 20 minutes a run on one free core. The part of
   * CIFAR-10 has 965 test images; of 1000 training images, an epoch visits the 896 that fill seven
   * batches, others every time. Transformers fit wrong labels later, and are trained twice as long.
   *
   * @param dataSet natural images of ten classes, CIFAR-10 or a part of it
   */
  static List<RunDeclaration> stored(String dataSet) {
    RunDeclaration clean = adam(dataSet, 16, 1000, 640);
    RunDeclaration noisy = clean.withLabelNoise(NOISE);
    RunDeclaration transformer = clean.withNetwork(Kind.VIT, 48).withEpochs(1280);
    RunDeclaration noisyTransformer = transformer.withLabelNoise(NOISE);
    RunDeclaration generated = clean.withImages(GENERATED, clean.pixels(), clean.images());
    return List.of(
        noisy,
        noisyTransformer,
        clean,
        noisy.withSeed(2),
        clean.withSeed(2),
        noisy.withSeed(3),
        clean.withSeed(3),
        noisy.withWidth(8),
        clean.withRule(Rule.ADAM, clean.rate(), DECAY),
        transformer,
        generated.withLabelNoise(NOISE),
        generated,
        clean.withLabelNoise(0.1),
        noisy.withRule(Rule.SGD, 0.1, 0),
        noisy.withRule(Rule.MOMENTUM, 0.01, 0),
        noisyTransformer.withSeed(2),
        noisy.withWidth(32));
  }

  /** What is recorded of the stored study: every layer at about a hundred epochs. */
  static final RunPlan STORED = RunPlan.logarithmic(6, 4, 200, 32, 16, 32, 3);

  /**
   * Runs that the notebook trains. Those of the demo profile fit 300 images, wrong labels and all,
   * long before they end, in five steps an epoch.
   *
   * @param dataSet images of the real and the paper profile
   */
  public static List<RunDeclaration> live(Profile profile, String dataSet) {
    RunDeclaration small =
        profile == Profile.TEST
            ? adam(GENERATED, 4, 60, 6).withImages(GENERATED, 8, 60)
            : adam(GENERATED, 8, 300, 512).withBatch(60);
    RunDeclaration noisy = small.withLabelNoise(NOISE);
    return switch (profile) {
      case TEST -> List.of(noisy, small);
      case DEMO -> List.of(noisy, small, noisy.withSeed(2), small.withSeed(2));
      case REAL -> List.of(real(dataSet).withLabelNoise(NOISE), real(dataSet));
      case PAPER -> paper();
    };
  }

  /** All images that there are, up to the 50,000 of CIFAR-10; hours there. */
  private static RunDeclaration real(String dataSet) {
    return adam(dataSet, 16, 50_000, 192);
  }

  /** What is recorded of live runs. */
  public static RunPlan plan(Profile profile) {
    return switch (profile) {
      case TEST -> RunPlan.logarithmic(2, 2, 20, 2, 8, 8, 1);
      case DEMO -> RunPlan.logarithmic(3, 2, 200, 8, 16, 32, 3);
      case REAL -> STORED;
      case PAPER ->
          new RunPlan(
              EpochGrid.ALL,
              EpochGrid.DYNAMICS,
              EpochGrid.DYNAMICS,
              EpochGrid.logarithmic(3),
              4,
              512,
              500,
              50,
              50,
              3);
    };
  }

  /**
   * The 16 settings of the paper's table 1. It does not tell the batch (128 here, as in the study
   * of double descent that it follows) nor how large images its ViT-B/16 saw; the hours that it
   * tells are those of 32 pixels.
   */
  public static List<RunDeclaration> paper() {
    RunDeclaration clean =
        new RunDeclaration(
            Kind.RESNET_18, 64, "cifar-10", 32, 50_000, 0, Rule.ADAM, 1e-4, 0, BATCH, 4000, 1);
    RunDeclaration noisy = clean.withLabelNoise(NOISE);
    RunDeclaration tiny = clean.withImages("tiny-imagenet", 64, 100_000);
    return List.of(
        clean,
        clean.withLabelNoise(0.1),
        noisy,
        noisy.withWidth(52),
        noisy.withWidth(42),
        noisy.withWidth(32),
        noisy.withRule(Rule.MOMENTUM, 0.01, 0),
        clean.withRule(Rule.MOMENTUM, 0.01, 0),
        noisy.withRule(Rule.SGD, 0.01, 0),
        clean.withRule(Rule.ADAM, clean.rate(), DECAY),
        noisy.withNetwork(Kind.RESNET_50, 64),
        clean.withNetwork(Kind.VIT_B_16, 768),
        noisy.withNetwork(Kind.VIT_B_16, 768),
        tiny,
        tiny.withLabelNoise(NOISE),
        tiny.withLabelNoise(NOISE).withSeed(2));
  }
}
