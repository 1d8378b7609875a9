package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.BottleneckResNet;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A training run of the study, with everything that its weights depend on.
 *
 * @param kind the architecture
 * @param width k of a residual network, whose stages have k, 2k, 4k and 8k channels (ResNet-50:
 *     four times as many); units of a token of a transformer
 * @param dataSet name of a public data set, or of a generated one
 * @param pixels width and height of the images
 * @param images most training images
 * @param labelNoise share of wrong training labels, from 0 to 1
 * @param rule how weights follow the gradient
 * @param rate learning rate, constant
 * @param weightDecay factor of the weights that is added to the gradient; for Adam only
 * @param batch images of a step
 * @param epochs visits of the training images
 * @param seed of weights, orders, augmentation and wrong labels
 */
public record RunDeclaration(
    Kind kind,
    int width,
    String dataSet,
    int pixels,
    int images,
    double labelNoise,
    Rule rule,
    double rate,
    double weightDecay,
    int batch,
    int epochs,
    long seed) {

  /** What is trained. */
  public enum Kind {
    /** Pre-activation, one residual block in each of four stages. */
    RESNET_10,
    /** Pre-activation, two in each: paper 2's. */
    RESNET_18,
    /** Of bottlenecks; its width is 64. */
    RESNET_50,
    /** A small transformer: six encoder blocks, patches of 4 pixels after a convolutional stem. */
    VIT,
    /** ViT-B/16; its width is 768. */
    VIT_B_16;

    /** As it stands in tables and file names, such as {@code resnet-18}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How weights follow the gradient. */
  public enum Rule {
    ADAM,
    SGD,
    /** SGD with momentum 0.9; the paper does not say which. */
    MOMENTUM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int VIT_DEPTH = 6;
  private static final int VIT_PATCH = 4;
  private static final int VIT_B_DEPTH = 12;
  private static final double MOMENTUM = 0.9;

  public RunDeclaration {
    if (!dataSet.matches("[A-Za-z0-9._-]+")) {
      throw new InputException(
          "a run of training dynamics: expected the name of a data set, found " + dataSet);
    }
    if (pixels < 1 || images < 1 || epochs < 1) {
      throw new InputException(
          "a run on "
              + dataSet
              + ": expected at least 1 pixel, 1 image and 1 epoch, found "
              + pixels
              + ", "
              + images
              + " and "
              + epochs);
    }
    if (rule != Rule.ADAM && weightDecay != 0) {
      throw new InputException(
          "a run on " + dataSet + ": weight decay goes with adam, found " + rule);
    }
    requireOwnWidth(kind, width, Kind.RESNET_50, 64);
    requireOwnWidth(kind, width, Kind.VIT_B_16, 768);
  }

  private static void requireOwnWidth(Kind kind, int width, Kind fixed, int own) {
    if (kind == fixed && width != own) {
      throw new InputException(kind + " has the width " + own + ", found " + width);
    }
  }

  /** Another run that differs in the share of wrong labels. */
  public RunDeclaration withLabelNoise(double share) {
    return new RunDeclaration(
        kind, width, dataSet, pixels, images, share, rule, rate, weightDecay, batch, epochs, seed);
  }

  /** Another run that differs in the width. */
  public RunDeclaration withWidth(int other) {
    return new RunDeclaration(
        kind,
        other,
        dataSet,
        pixels,
        images,
        labelNoise,
        rule,
        rate,
        weightDecay,
        batch,
        epochs,
        seed);
  }

  /** Another run that differs in the seed. */
  public RunDeclaration withSeed(long other) {
    return new RunDeclaration(
        kind,
        width,
        dataSet,
        pixels,
        images,
        labelNoise,
        rule,
        rate,
        weightDecay,
        batch,
        epochs,
        other);
  }

  /** Another run that differs in how weights follow the gradient. */
  public RunDeclaration withRule(Rule other, double otherRate, double decay) {
    return new RunDeclaration(
        kind,
        width,
        dataSet,
        pixels,
        images,
        labelNoise,
        other,
        otherRate,
        decay,
        batch,
        epochs,
        seed);
  }

  /** Another run that differs in the network. */
  public RunDeclaration withNetwork(Kind other, int otherWidth) {
    return new RunDeclaration(
        other,
        otherWidth,
        dataSet,
        pixels,
        images,
        labelNoise,
        rule,
        rate,
        weightDecay,
        batch,
        epochs,
        seed);
  }

  /** Another run that differs in its images. */
  public RunDeclaration withImages(String name, int size, int count) {
    return new RunDeclaration(
        kind, width, name, size, count, labelNoise, rule, rate, weightDecay, batch, epochs, seed);
  }

  /** Another run that differs in the images of a step. */
  public RunDeclaration withBatch(int count) {
    return new RunDeclaration(
        kind,
        width,
        dataSet,
        pixels,
        images,
        labelNoise,
        rule,
        rate,
        weightDecay,
        count,
        epochs,
        seed);
  }

  /** Another run that differs in its length. */
  public RunDeclaration withEpochs(int count) {
    return new RunDeclaration(
        kind,
        width,
        dataSet,
        pixels,
        images,
        labelNoise,
        rule,
        rate,
        weightDecay,
        batch,
        count,
        seed);
  }

  /** Tells runs of a study apart; also a file name. */
  public String name() {
    StringBuilder name = new StringBuilder();
    name.append(dataSet).append('-').append(kind).append("-k").append(width);
    name.append('-').append(rule);
    if (weightDecay > 0) {
      name.append("-decay-").append(text(weightDecay));
    }
    name.append("-noise-").append(text(100 * labelNoise));
    return name.append("-seed-").append(seed).toString();
  }

  /** Without an exponent or trailing zeros. */
  private static String text(double value) {
    return new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** Whether it is a transformer, whose layers are encoder blocks. */
  public boolean isTransformer() {
    return kind == Kind.VIT || kind == Kind.VIT_B_16;
  }

  Architecture architecture() {
    return switch (kind) {
      case RESNET_10 -> new PreActivationResNet(width, List.of(1, 1, 1, 1));
      case RESNET_18 -> PreActivationResNet.resNet18(width);
      case RESNET_50 -> BottleneckResNet.resNet50();
      case VIT -> VisionTransformer.small(width, VIT_DEPTH, VIT_PATCH);
      case VIT_B_16 -> VisionTransformer.b16();
    };
  }

  /**
   * The layers that are compared: the first convolution, the four blocks and the last layer; of a
   * transformer its encoder blocks.
   */
  public List<String> layers() {
    return switch (kind) {
      case VIT -> blocks(VIT_DEPTH);
      case VIT_B_16 -> blocks(VIT_B_DEPTH);
      default -> {
        List<String> layers = new ArrayList<>(List.of("stem"));
        layers.addAll(blocks(4));
        layers.add(dev.kindred.network.Network.LOGITS);
        yield layers;
      }
    };
  }

  private static List<String> blocks(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(b -> "block" + b).toList();
  }

  private Optimizer optimizer() {
    return switch (rule) {
      case ADAM -> new Optimizer.Adam(rate, weightDecay);
      case SGD -> new Optimizer.Sgd(rate, 0);
      case MOMENTUM -> new Optimizer.Sgd(rate, MOMENTUM);
    };
  }

  /**
   * Crop and flip, as the paper: a shift by an eighth of the image at most, which is 4 pixels of
   * 32.
   */
  Augmentation augmentation() {
    return Augmentation.CROP_FLIP.withShift(Math.max(1, pixels / 8));
  }

  TrainingPlan plan() {
    return new TrainingPlan(
        name(),
        architecture(),
        new Supervised(labelNoise, augmentation()),
        optimizer(),
        batch,
        epochs,
        seed);
  }
}
