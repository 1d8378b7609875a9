package dev.kindred.network.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.Shuffle;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Trains many linear probes on the same features at once: their weights stand side by side, so the
 * scores of all are one matrix product and so are their gradients, which need no tape. Features are
 * read batch by batch from where they lie, in memory or on disk.
 *
 * <p>Each probe is one linear layer (weights and bias first uniform in ±1/√p, as PyTorch has them,
 * or zero), trained by AdamW (β 0.9 and 0.999, ε 1e-8; the decay takes the bias too) on the mean
 * cross-entropy of a batch. An epoch visits every row once: the last batch holds what is left, and
 * its loss is the mean over its own rows.
 *
 * @param epochs visits of the data
 * @param batch rows per step; the last step of an epoch may have fewer
 * @param cosine whether the rate falls to zero along a cosine, or stays
 * @param scale what is done to features, in training and by the probes that are returned
 */
public record ProbeTraining(int epochs, int batch, boolean cosine, FeatureScale scale) {

  /**
   * Paper 1, appendix B: 20 epochs of AdamW with a cosine schedule on rows of length 1. The batch
   * of 1024 is that of its public code.
   */
  public static final ProbeTraining CONSISTENCY =
      new ProbeTraining(20, 1024, true, FeatureScale.UNIT_ROWS);

  /**
   * Paper 2, appendix F.3: 10 epochs of Adam with the constant rate 1e-4 on the layer as it is. The
   * paper does not tell its batch; 128 is taken.
   */
  public static final ProbeTraining DYNAMICS = new ProbeTraining(10, 128, false, FeatureScale.RAW);

  /** The rate of paper 2. */
  public static final double DYNAMICS_RATE = 1e-4;

  public ProbeTraining {
    if (epochs < 1 || batch < 1) {
      throw new InputException(
          "expected at least 1 epoch and 1 row per step, found " + epochs + " and " + batch);
    }
  }

  /** Steps of the optimiser for so many rows: ⌈n / batch⌉ an epoch. */
  public long steps(int stimuli) {
    return (long) epochs * batches(stimuli);
  }

  private int batches(int stimuli) {
    return (stimuli - 1) / batch + 1;
  }

  /** The settings of one probe: its learning rate and its decoupled weight decay (AdamW). */
  public record Setting(double rate, double weightDecay) {}

  /** One probe as paper 2 trains it. */
  public static LinearProbe dynamics(Representation x, int[] labels, int classes, Seeds seeds) {
    return DYNAMICS.train(x, labels, classes, List.of(new Setting(DYNAMICS_RATE, 0)), seeds).get(0);
  }

  /**
   * Trains one probe per setting.
   *
   * @param x n×p features
   * @param labels n classes
   * @param classes number of classes
   * @param settings of the probes
   * @param seeds for initial weights (the same for every probe) and the order of rows
   * @return the probes in the order of the settings
   */
  public List<LinearProbe> train(
      Representation x, int[] labels, int classes, List<Setting> settings, Seeds seeds) {
    return train(x, labels, classes, settings, seeds, 1 / Math.sqrt(x.units()));
  }

  /**
   * Trains a probe whose weights and bias begin at zero. Its loss is convex, so nothing is lost by
   * it; after a few steps no label hangs on random weights.
   */
  public LinearProbe trainFromZero(
      Representation x, int[] labels, int classes, Setting setting, Seeds seeds) {
    return train(x, labels, classes, List.of(setting), seeds, 0).get(0);
  }

  private List<LinearProbe> train(
      Representation x,
      int[] labels,
      int classes,
      List<Setting> settings,
      Seeds seeds,
      double bound) {
    requireLabels(x, labels, classes);
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      Scaling scaling = scale == FeatureScale.STANDARD_UNITS ? Scaling.of(x, manager) : null;
      State state = new State(manager, x.units(), classes, settings, seeds, bound);
      int n = labels.length;
      int size = Math.min(batch, n);
      NDArray full = manager.create(new Shape(size, x.units()), DataType.FLOAT32);
      NDArray rest =
          n % size == 0 ? null : manager.create(new Shape(n % size, x.units()), DataType.FLOAT32);
      long steps = steps(n);
      long step = 0;
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = Shuffle.order(n, seeds.stream("order " + epoch));
        for (int from = 0; from < n; from += size) {
          Progress.checkCancelled();
          double factor = cosine ? 0.5 * (1 + Math.cos(Math.PI * step / steps)) : 1;
          step++;
          int[] chosen = Arrays.copyOfRange(order, from, Math.min(n, from + size));
          NDArray rows = chosen.length == size ? full : rest;
          Torch.writeFloats(rows, numbers -> x.read(chosen, numbers));
          scale.apply(rows);
          if (scaling != null) {
            rows.subi(scaling.mean).divi(scaling.deviation);
          }
          try (NDManager part = manager.newSubManager()) {
            state.step(rows, labels, chosen, step, factor, part);
          }
        }
      }
      return scaling == null
          ? state.probes(state.weights, state.bias, scale)
          : state.probes(scaling);
    }
  }

  private static void requireLabels(Representation x, int[] labels, int classes) {
    if (labels.length != x.stimuli() || labels.length == 0) {
      throw new InputException(
          x.id() + " has " + x.stimuli() + " rows, but there are " + labels.length + " labels");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new InputException(
            x.id()
                + ": row "
                + i
                + " has label "
                + labels[i]
                + "; expected one of "
                + classes
                + " classes");
      }
    }
  }

  /** Mean and deviation per unit, (1, p); constant units keep their scale. */
  private record Scaling(NDArray mean, NDArray deviation) {
    /** Numbers up to which all rows are taken at once; 256 MiB. */
    private static final long NUMBERS_AT_ONCE = 1L << 26;

    /** Scaling of rows that stay in memory or on disk; the tensors belong to {@code owner}. */
    static Scaling of(Representation x, NDManager owner) {
      try (NDManager part = owner.newSubManager()) {
        int atOnce =
            (int) Math.max(1, Math.min(x.stimuli(), NUMBERS_AT_ONCE / Math.max(1, x.units())));
        NDArray mean = mean(x, atOnce, part, rows -> rows);
        NDArray deviation = mean(x, atOnce, part, rows -> rows.sub(mean).square()).sqrt();
        NDArray constant = deviation.lt(1e-12f).toType(DataType.FLOAT32, false);
        NDArray scale = deviation.add(constant);
        mean.attach(owner);
        scale.attach(owner);
        return new Scaling(mean, scale);
      }
    }

    /** The mean over the rows of what is made of them, part by part. */
    private static NDArray mean(
        Representation x, int atOnce, NDManager owner, UnaryOperator<NDArray> of) {
      NDArray mean = owner.zeros(new Shape(1, x.units()));
      for (int from = 0; from < x.stimuli(); from += atOnce) {
        int to = Math.min(x.stimuli(), from + atOnce);
        try (NDManager part = owner.newSubManager()) {
          NDArray rows = part.create(new Shape(to - from, x.units()), DataType.FLOAT32);
          int first = from;
          Torch.writeFloats(rows, numbers -> x.read(first, to, numbers));
          NDArray mine = of.apply(rows).mean(new int[] {0}, true);
          double share = (double) (to - from) / x.stimuli();
          mean.addi(share == 1 ? mine : mine.mul((float) share));
        }
      }
      return mean;
    }
  }

  /** The weights of all probes side by side, (p, probes·classes), and Adam's moments. */
  private static final class State {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final int units;
    private final int classes;
    private final int probes;
    private final NDArray weights;
    private final NDArray bias;
    private final NDArray rates;
    private final NDArray decays;
    private final NDArray[] moments = new NDArray[4];

    State(
        NDManager manager,
        int units,
        int classes,
        List<Setting> settings,
        Seeds seeds,
        double bound) {
      this.units = units;
      this.classes = classes;
      this.probes = settings.size();
      int columns = probes * classes;
      SplittableRandom random = seeds.stream("probe weights");
      weights = repeated(manager, first(random, units, bound), units);
      bias = repeated(manager, first(random, 1, bound), 1);
      float[] rate = new float[columns];
      float[] decay = new float[columns];
      for (int i = 0; i < columns; i++) {
        Setting setting = settings.get(i / classes);
        rate[i] = (float) setting.rate;
        decay[i] = (float) (setting.rate * setting.weightDecay);
      }
      rates = Torch.tensor(manager, rate, 1, columns);
      decays = Torch.tensor(manager, decay, 1, columns);
      for (int i = 0; i < 4; i++) {
        moments[i] = manager.zeros(i < 2 ? weights.getShape() : bias.getShape());
      }
    }

    /** Numbers of one probe, uniform in ± a bound. */
    private float[] first(SplittableRandom random, int rows, double bound) {
      float[] first = new float[rows * classes];
      for (int i = 0; i < first.length; i++) {
        first[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
      return first;
    }

    /** The same for every probe. */
    private NDArray repeated(NDManager manager, float[] first, int rows) {
      return Torch.tensor(manager, first, rows, classes).tile(new long[] {1, probes});
    }

    /**
     * One step of AdamW.
     *
     * @param x the chosen rows
     */
    void step(NDArray x, int[] labels, int[] chosen, long step, double factor, NDManager part) {
      int n = chosen.length;
      float[] wanted = new float[n * classes];
      for (int i = 0; i < n; i++) {
        wanted[i * classes + labels[chosen[i]]] = 1;
      }
      NDArray scores = own(x.matMul(weights), part).add(bias).reshape(n, probes, classes);
      NDArray gradient =
          scores
              .softmax(2)
              .sub(Torch.tensor(part, wanted, n, 1, classes))
              .div((float) n)
              .reshape(n, (long) probes * classes);
      NDArray rate = own(rates.mul((float) factor), part);
      NDArray kept = own(decays.mul((float) -factor), part).add(1f);
      weights.muli(kept);
      bias.muli(kept);
      NDArray transposed = own(x.transpose(), part);
      update(weights, own(transposed.matMul(gradient), part), 0, rate, step, part);
      update(bias, gradient.sum(new int[] {0}, true), 2, rate, step, part);
    }

    private void update(
        NDArray target, NDArray gradient, int moment, NDArray rate, long step, NDManager part) {
      moments[moment].muli(BETA1).addi(gradient.mul(1 - BETA1));
      moments[moment + 1].muli(BETA2).addi(gradient.square().muli(1 - BETA2));
      double correction1 = 1 - Math.pow(BETA1, step);
      double correction2 = 1 - Math.pow(BETA2, step);
      NDArray root = own(moments[moment + 1].sqrt(), part);
      root.muli((float) (1 / Math.sqrt(correction2))).addi(EPSILON);
      NDArray change = own(moments[moment].div(root), part);
      target.subi(change.muli((float) (1 / correction1)).muli(rate));
    }

    private static NDArray own(NDArray array, NDManager part) {
      array.attach(part);
      return array;
    }

    /** Probes that read raw units, from weights for scaled ones. */
    List<LinearProbe> probes(Scaling scaling) {
      NDArray raw = weights.div(scaling.deviation.transpose());
      return probes(raw, bias.sub(scaling.mean.matMul(raw)), FeatureScale.RAW);
    }

    List<LinearProbe> probes(NDArray weights, NDArray bias, FeatureScale scale) {
      float[] all = weights.toFloatArray();
      float[] offsets = bias.toFloatArray();
      List<LinearProbe> result = new ArrayList<>();
      int columns = probes * classes;
      for (int q = 0; q < probes; q++) {
        float[] own = new float[units * classes];
        for (int u = 0; u < units; u++) {
          System.arraycopy(all, u * columns + q * classes, own, u * classes, classes);
        }
        result.add(
            new LinearProbe(
                units,
                classes,
                own,
                Arrays.copyOfRange(offsets, q * classes, (q + 1) * classes),
                scale));
      }
      return result;
    }
  }
}
