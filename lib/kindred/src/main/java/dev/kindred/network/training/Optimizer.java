package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import dev.kindred.base.InputException;
import java.util.List;

/**
 * How weights follow their gradient. The state is kept outside, in vectors as long as the weights,
 * so that a run can be written down and taken up again. Implementations are records, whose text
 * names all settings.
 */
public sealed interface Optimizer {

  /** Number of state vectors; all start as zeros. */
  int stateVectors();

  /**
   * One step, in place.
   *
   * @param weights vector of all weights
   * @param gradient its gradient; may be overwritten
   * @param state {@link #stateVectors()} vectors as long as the weights
   * @param step number of this step, from 1
   * @param steps number of steps of the whole run
   */
  void step(NDArray weights, NDArray gradient, List<NDArray> state, long step, long steps);

  /**
   * Stochastic gradient descent: v ← μ·v + g, w ← w - rate·v.
   *
   * @param rate learning rate, constant
   * @param momentum μ, 0 for none
   */
  record Sgd(double rate, double momentum) implements Optimizer {
    public Sgd {
      requirePositive(rate);
      if (!(momentum >= 0 && momentum < 1)) {
        throw new InputException("expected a momentum in [0, 1), found " + momentum);
      }
    }

    @Override
    public int stateVectors() {
      return momentum == 0 ? 0 : 1;
    }

    @Override
    public void step(
        NDArray weights, NDArray gradient, List<NDArray> state, long step, long steps) {
      if (momentum == 0) {
        weights.subi(gradient.muli((float) rate));
        return;
      }
      NDArray velocity = state.get(0);
      velocity.muli((float) momentum).addi(gradient);
      try (NDArray change = velocity.mul((float) rate)) {
        weights.subi(change);
      }
    }
  }

  /**
   * Adam (Kingma and Ba 2014) with a constant rate, β = (0.9, 0.999), ε = 1e-8.
   *
   * @param rate learning rate
   * @param weightDecay factor of the weights that is added to the gradient (L2)
   */
  record Adam(double rate, double weightDecay) implements Optimizer {
    public Adam {
      requirePositive(rate);
      requireDecay(weightDecay);
    }

    /** Without weight decay. */
    public Adam(double rate) {
      this(rate, 0);
    }

    @Override
    public int stateVectors() {
      return 2;
    }

    @Override
    public void step(
        NDArray weights, NDArray gradient, List<NDArray> state, long step, long steps) {
      if (weightDecay > 0) {
        try (NDArray pull = weights.mul((float) weightDecay)) {
          gradient.addi(pull);
        }
      }
      adam(weights, gradient, state, step, rate);
    }
  }

  /**
   * AdamW (Loshchilov and Hutter 2017): decay apart from the gradient, w ← w - rate·decay·w, with a
   * linear warm-up and a cosine down to zero.
   *
   * @param rate largest learning rate
   * @param weightDecay decay
   * @param warmUp share of the steps in which the rate rises
   */
  record AdamW(double rate, double weightDecay, double warmUp) implements Optimizer {
    public AdamW {
      requirePositive(rate);
      requireDecay(weightDecay);
      if (!(warmUp >= 0 && warmUp < 1)) {
        throw new InputException("expected a warm-up in [0, 1), found " + warmUp);
      }
    }

    @Override
    public int stateVectors() {
      return 2;
    }

    /** The rate of a step. */
    public double rate(long step, long steps) {
      double rising = warmUp * steps;
      if (step <= rising) {
        return rate * step / rising;
      }
      double done = (step - 1 - rising) / Math.max(1, steps - rising);
      return rate * 0.5 * (1 + Math.cos(Math.PI * Math.max(0, Math.min(1, done))));
    }

    @Override
    public void step(
        NDArray weights, NDArray gradient, List<NDArray> state, long step, long steps) {
      double now = rate(step, steps);
      weights.muli((float) (1 - now * weightDecay));
      adam(weights, gradient, state, step, now);
    }
  }

  private static void adam(
      NDArray weights, NDArray gradient, List<NDArray> state, long step, double rate) {
    double beta1 = 0.9;
    double beta2 = 0.999;
    NDArray mean = state.get(0);
    NDArray square = state.get(1);
    mean.muli((float) beta1);
    try (NDArray part = gradient.mul((float) (1 - beta1))) {
      mean.addi(part);
    }
    square.muli((float) beta2);
    try (NDArray part = gradient.square()) {
      square.addi(part.muli((float) (1 - beta2)));
    }
    double correction1 = 1 - Math.pow(beta1, step);
    double correction2 = 1 - Math.pow(beta2, step);
    try (NDArray root = square.sqrt()) {
      root.muli((float) (1 / Math.sqrt(correction2))).addi(1e-8f);
      try (NDArray change = mean.div(root)) {
        weights.subi(change.muli((float) (rate / correction1)));
      }
    }
  }

  private static void requirePositive(double rate) {
    if (!(rate > 0)) {
      throw new InputException("expected a learning rate above 0, found " + rate);
    }
  }

  private static void requireDecay(double decay) {
    if (!(decay >= 0)) {
      throw new InputException("expected a weight decay of at least 0, found " + decay);
    }
  }
}
