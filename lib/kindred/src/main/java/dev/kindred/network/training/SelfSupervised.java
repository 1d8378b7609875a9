package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.architecture.Layers;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Torch;
import dev.kindred.stimuli.ImageSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Objectives that need no labels. All but rotation compare two random views of every image, through
 * a projector that is thrown away after training.
 */
public sealed interface SelfSupervised extends Objective {

  @Override
  default Kind kind() {
    return Kind.SELF_SUPERVISED;
  }

  /**
   * SimCLR (Chen et al. 2020, A simple framework for contrastive learning): the two views of an
   * image must find each other among all views of the batch.
   *
   * @param augmentation how views are made
   * @param temperature of the softmax, 0.5 or less
   * @param width units of the projector
   */
  record SimClr(Augmentation augmentation, double temperature, int width)
      implements SelfSupervised {
    public SimClr {
      requirePositive("temperature", temperature);
    }

    @Override
    public String name() {
      return "simclr";
    }

    @Override
    public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
      Block projector = head(Layers.projector(width, width), network.featureWidth(), owner);
      return new TwoViews(augmentation, projector) {
        @Override
        NDArray compare(NDArray a, NDArray b) {
          return Losses.contrast(a, b, temperature);
        }
      };
    }
  }

  /**
   * VICReg (Bardes et al. 2021): the two views of an image get the same code (invariance), every
   * unit of the code varies over the batch (variance), and no two units say the same (covariance).
   *
   * @param augmentation how views are made
   * @param width units of the projector
   */
  record VicReg(Augmentation augmentation, int width) implements SelfSupervised {
    private static final float INVARIANCE = 25;
    private static final float VARIANCE = 25;

    @Override
    public String name() {
      return "vicreg";
    }

    @Override
    public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
      Block projector = head(Layers.projector(width, width), network.featureWidth(), owner);
      return new TwoViews(augmentation, projector) {
        @Override
        NDArray compare(NDArray a, NDArray b) {
          NDArray invariance = Torch.times(a.sub(b).square().mean(), INVARIANCE);
          return invariance.add(spread(a)).add(spread(b));
        }
      };
    }

    private static NDArray spread(NDArray codes) {
      long n = codes.getShape().get(0);
      long units = codes.getShape().get(1);
      NDArray centred = codes.sub(codes.mean(new int[] {0}, true));
      NDArray deviation =
          Torch.times(centred.square().sum(new int[] {0}), 1.0 / (n - 1)).add(1e-4f).sqrt();
      NDArray variance = Torch.times(Activation.relu(deviation.neg().add(1f)).mean(), VARIANCE / 2);
      NDArray covariance = Torch.times(centred.transpose().matMul(centred), 1.0 / (n - 1));
      NDArray others =
          codes.getManager().eye((int) units, (int) units, 0, DataType.FLOAT32).mul(-1f).add(1f);
      return variance.add(Torch.times(covariance.mul(others).square().sum(), 1.0 / units));
    }
  }

  /**
   * MoCo (He et al. 2019, Momentum contrast; projector as in version 2): a view must find the code
   * that a slowly following teacher gives the other view, among the codes of earlier batches.
   *
   * @param augmentation how views are made
   * @param temperature of the softmax
   * @param momentum share of its old weights that the teacher keeps at a step
   * @param queue number of earlier codes
   * @param width units of the projector
   */
  record MoCo(Augmentation augmentation, double temperature, double momentum, int queue, int width)
      implements SelfSupervised {
    public MoCo {
      requirePositive("temperature", temperature);
      requireShare("momentum", momentum);
      requirePositive("queue", queue);
    }

    @Override
    public String name() {
      return "moco";
    }

    @Override
    public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
      Block projector = head(Layers.projector(width, width), network.featureWidth(), owner);
      return new MomentumContrast(this, projector, seeds, owner);
    }
  }

  /**
   * BYOL (Grill et al. 2020, Bootstrap your own latent): a predictor guesses the code that a slowly
   * following teacher gives the other view; nothing is contrasted.
   *
   * @param augmentation how views are made
   * @param momentum share of its old weights that the teacher keeps at a step
   * @param width units of projector and predictor
   */
  record Byol(Augmentation augmentation, double momentum, int width) implements SelfSupervised {
    public Byol {
      requireShare("momentum", momentum);
    }

    @Override
    public String name() {
      return "byol";
    }

    @Override
    public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
      Block projector = head(Layers.projector(width, width), network.featureWidth(), owner);
      Block predictor = head(Layers.projector(width, width), width, owner);
      return new Teacher.Led(momentum) {
        @Override
        public Map<String, Block> heads() {
          Map<String, Block> heads = new LinkedHashMap<>();
          heads.put("projector", projector);
          heads.put("predictor", predictor);
          return heads;
        }

        @Override
        public NDArray loss(Step step) {
          NDArray a = step.view("a", augmentation);
          NDArray b = step.view("b", augmentation);
          NDArray both = a.concat(b, 0);
          NDArray target = Losses.unitRows(teacher().code(step, projector, b.concat(a, 0)));
          NDArray code = step.run(projector, step.features(both));
          NDArray guess = Losses.unitRows(step.run(predictor, code));
          return Torch.times(guess.mul(target).sum(new int[] {1}).mean(), -2).add(2f);
        }
      };
    }
  }

  /**
   * DINO (Caron et al. 2021): the student's distribution over prototypes for one view follows the
   * sharpened and centred one of a slowly following teacher for the other view. Two views of one
   * kind; the many small crops of the paper are left out.
   *
   * @param augmentation how views are made
   * @param momentum share of its old weights that the teacher keeps at a step
   * @param width units of the projector
   * @param prototypes number of prototypes
   */
  record Dino(Augmentation augmentation, double momentum, int width, int prototypes)
      implements SelfSupervised {
    static final double STUDENT_TEMPERATURE = 0.1;
    static final double TEACHER_TEMPERATURE = 0.04;
    static final float CENTRE_KEPT = 0.9f;

    public Dino {
      requireShare("momentum", momentum);
      requirePositive("prototypes", prototypes);
    }

    @Override
    public String name() {
      return "dino";
    }

    @Override
    public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
      Block projector = head(Layers.projector(width, width), network.featureWidth(), owner);
      Block heads = head(Layers.linear(prototypes), width, owner);
      return new SelfDistillation(this, projector, heads, owner);
    }
  }

  /**
   * Rotation prediction (Gidaris et al. 2018): a quarter each of the batch is turned by 0, 90, 180
   * and 270 degrees, and a linear layer on the features must say by how much.
   *
   * @param augmentation how images are changed before they are turned
   */
  record Rotation(Augmentation augmentation) implements SelfSupervised {
    private static final int TURNS = 4;

    @Override
    public String name() {
      return "rotation";
    }

    @Override
    public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
      if (data.width() != data.height()) {
        throw new InputException(
            data.name()
                + ": rotation prediction needs square images, found "
                + data.height()
                + "×"
                + data.width());
      }
      Block classifier = head(Layers.linear(TURNS), network.featureWidth(), owner);
      return new Learning() {
        @Override
        public Map<String, Block> heads() {
          return Map.of("turns", classifier);
        }

        @Override
        public NDArray loss(Step step) {
          NDArray images = step.view("image", augmentation);
          int[] turns = new int[step.size()];
          NDArray turned = null;
          for (int turn = 0; turn < TURNS; turn++) {
            int from = turn * step.size() / TURNS;
            int to = (turn + 1) * step.size() / TURNS;
            if (from == to) {
              continue;
            }
            Arrays.fill(turns, from, to, turn);
            NDArray part = images.get(from + ":" + to).rotate90(turn, new int[] {2, 3});
            turned = turned == null ? part : turned.concat(part, 0);
          }
          return Losses.crossEntropy(step.run(classifier, step.features(turned)), turns);
        }
      };
    }
  }

  private static Block head(Block block, int inputs, NDManager owner) {
    ParameterLayout.initialize(block, owner, new Shape(2, inputs));
    return block;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new InputException("expected a " + name + " above 0, found " + value);
    }
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InputException("expected a " + name + " from 0 to 1, found " + value);
    }
  }

  /** Two views through one network and projector. */
  abstract class TwoViews implements Learning {
    private final Augmentation augmentation;
    private final Block projector;

    TwoViews(Augmentation augmentation, Block projector) {
      this.augmentation = augmentation;
      this.projector = projector;
    }

    abstract NDArray compare(NDArray a, NDArray b);

    @Override
    public Map<String, Block> heads() {
      return Map.of("projector", projector);
    }

    @Override
    public NDArray loss(Step step) {
      NDArray both = step.view("a", augmentation).concat(step.view("b", augmentation), 0);
      NDArray codes = step.run(projector, step.features(both));
      int n = step.size();
      return compare(codes.get(":" + n), codes.get(n + ":"));
    }
  }
}
