package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.BottleneckResNet;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Objective;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.SelfSupervised;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import java.util.List;

/**
 * Networks that differ in their seeds alone.
 *
 * @param name of the group
 * @param architecture their kind and sizes
 * @param objective what they are trained to do
 * @param optimizer how weights follow the gradient
 * @param batch images per step
 * @param secondsShown processor seconds that training takes for an image once shown, as measured on
 *     a busy machine
 * @param secondsAnswered the same for the responses of all layers to an image
 */
record TrainedGroup(
    String name,
    Architecture architecture,
    Objective objective,
    Optimizer optimizer,
    int batch,
    double secondsShown,
    double secondsAnswered)
    implements NetworkGroup {
  private static final Objective SUPERVISED = new Supervised(0, Augmentation.NONE.withShift(2));
  private static final Optimizer SMALL = new Optimizer.AdamW(3e-3, 0.01, 0.1);
  private static final Optimizer LARGE = new Optimizer.AdamW(1e-3, 0.05, 0.05);

  static TrainedGroup of(String name) {
    return switch (name) {
      case "resnet" -> small(name, PreActivationResNet.small(16), 2.3e-3, 0.6e-3);
      case "bottleneck" -> small(name, new BottleneckResNet(8, List.of(1, 1, 1)), 4.2e-3, 0.7e-3);
      case "vgg" -> small(name, PlainCnn.vggLike(16), 1.7e-3, 0.5e-3);
      case "cnn" -> small(name, new PlainCnn(24, List.of(1, 1, 1, 1), 96, 2), 0.6e-3, 0.2e-3);
      case "cnn-8" -> small(name, new PlainCnn(8, List.of(1, 1, 1), 32, 2), 0.2e-3, 0.1e-3);
      case "vit" -> small(name, VisionTransformer.small(48, 4, 8), 0.7e-3, 0.2e-3);
      case "resnet-simclr" ->
          new TrainedGroup(
              name,
              PreActivationResNet.small(16),
              new SelfSupervised.SimClr(Augmentation.CONTRASTIVE, 0.2, 64),
              SMALL,
              128,
              4.3e-3,
              0.6e-3);
      case "resnet-18" -> large(name, PreActivationResNet.resNet18(64), 0.044, 0.014);
      case "resnet-50" -> large(name, BottleneckResNet.resNet50(), 0.28, 0.1);
      case "vgg-16" -> large(name, PlainCnn.vgg16(), 0.03, 0.01);
      case "vit-b" -> large(name, VisionTransformer.b4(), 0.5, 0.13);
      case "resnet-18-moco" ->
          new TrainedGroup(
              name,
              PreActivationResNet.resNet18(64),
              new SelfSupervised.MoCo(Augmentation.CONTRASTIVE, 0.2, 0.99, 4096, 128),
              LARGE,
              256,
              0.1,
              0.014);
      default -> throw new InputException("convergence: there is no group of networks " + name);
    };
  }

  private static TrainedGroup small(
      String name, Architecture architecture, double shown, double answered) {
    return new TrainedGroup(name, architecture, SUPERVISED, SMALL, 64, shown, answered);
  }

  private static TrainedGroup large(
      String name, Architecture architecture, double shown, double answered) {
    return new TrainedGroup(
        name, architecture, new Supervised(0, Augmentation.CROP_FLIP), LARGE, 128, shown, answered);
  }

  TrainingPlan plan(String network, int epochs, long seed) {
    return new TrainingPlan(network, architecture, objective, optimizer, batch, epochs, seed);
  }

  @Override
  public boolean isSupervised() {
    return objective.kind() == Objective.Kind.SUPERVISED;
  }

  /**
   * The layers from the input to the output: all stages but the last, which adds nothing to the one
   * before it once places are pooled.
   */
  @Override
  public List<String> layers() {
    return architecture.newEncoder().layers().stream()
        .filter(layer -> !layer.equals(Encoder.FEATURES))
        .toList();
  }
}
