package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Trials;
import dev.kindred.representation.Representation;
import java.util.SplittableRandom;

/**
 * The Gaussian stochastic shape metric (Duong, Zhou et al. 2023): responses to a stimulus are a
 * Gaussian with the mean and covariance over trials, and
 *
 * <pre>d² = min over rotations Q of mean over i of α‖μᵢ − νᵢQ‖² + (2−α)·B²(Σᵢ, QᵀΨᵢQ)</pre>
 *
 * with B the Bures distance. α = 1 is the 2-Wasserstein distance, α = 2 compares means only, α = 0
 * covariances only. Unequal widths are padded with zeros.
 *
 * <p>With residuals Rᵢ, Sᵢ of T trials, B² = tr Σ + tr Ψ − 2·max over T×T rotations Oᵢ of ⟨Oᵢ,
 * SᵢQRᵢᵀ⟩ /(T−1). Q and all Oᵢ are improved in turn, each step the exact maximum, until the sum
 * grows by less than 10⁻¹³ of itself. The best of several starts is taken: Q that aligns the means,
 * Oᵢ that pair trials in their order, and random Oᵢ from a fixed seed. Starts on the side of trials
 * turn with the units, so that the value does not depend on their basis.
 */
public final class StochasticShapeGaussian implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "stochastic-shape-gaussian",
          StochasticShapeGaussian::new,
          Parameter.number("alpha", "0: covariances, 1: 2-Wasserstein, up to 2: means", "1", 0),
          Parameter.integer("starts", "random starts, each in both directions", "3", 0),
          Trials.PARAMETER);

  private static final double TOLERANCE = 1e-13;

  /** Gain of a step, relative, at which starts are compared; the best is taken on from there. */
  private static final double ROUGH = 1e-7;

  /** How far a step goes on in the direction of the one before: a third of the steps are left. */
  private static final double MOMENTUM = 0.9;

  private static final int MOST_STEPS = 5000;

  private final double alpha;
  private final int starts;
  private final Trials trials;
  private final MeasureInfo info;

  private StochasticShapeGaussian(Arguments arguments) {
    alpha = arguments.number("alpha");
    if (alpha > 2) {
      throw new InputException(
          "stochastic-shape-gaussian: alpha=" + alpha + " is not possible; expected 0 to 2");
    }
    starts = arguments.integer("starts");
    trials = Trials.of(arguments);
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary(
                "Shape metric between the Gaussian response distributions of repeated"
                    + " measurements, from means and covariances.")
            .choice(
                "For noisy systems whose noise is part of the code, with more trials than a few;"
                    + " not for deterministic responses (use shape), and not where the shape of"
                    + " noise is not Gaussian (use stochastic-shape-energy).")
            .invariantTo(Invariance.ORTHOGONAL, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .float32Error(1e-5)
            .float32Condition("where two rotations are equally good")
            .policy(
                "means over everything are removed; units that differ in number are padded with"
                    + " zeros; covariances of few trials are singular and need no care; the best of"
                    + " several local optima is taken. Nothing varies: error.")
            .source("Duong, Zhou et al. 2023, equations 4 to 7; netrep, whose fit weighs by α²")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return RepeatedResponses.of(x, trials, info.specification(), info.minimumStimuli());
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    RepeatedResponses a = (RepeatedResponses) x;
    RepeatedResponses b = (RepeatedResponses) y;
    double noise = (2 - alpha) / (a.trials() - 1);
    double sizes =
        alpha * (a.means().dot(a.means()) + b.means().dot(b.means()))
            + noise * (a.deviations().dot(a.deviations()) + b.deviations().dot(b.deviations()));
    try (Matrix means = b.means().transposeTimes(a.means()).scale(alpha)) {
      Problem problem = new Problem(a, b, means, noise);
      Ascent best = problem.climb(RepeatedResponses.rotation(means), ROUGH);
      Matrix[] pairing = new Matrix[a.stimuli()];
      for (int i = 0; i < pairing.length; i++) {
        pairing[i] = Matrix.identity(a.trials());
      }
      best = best.orBetter(problem.climb(problem.start(pairing), ROUGH));
      SplittableRandom random = new Seeds(0).stream("stochastic shape starts");
      for (int s = 0; s < starts; s++) {
        Matrix[] back = new Matrix[pairing.length];
        for (int i = 0; i < pairing.length; i++) {
          pairing[i] = random(a.trials(), random);
          back[i] = pairing[i].transposed();
        }
        best = best.orBetter(problem.climb(problem.start(pairing), ROUGH));
        best = best.orBetter(problem.climb(problem.start(back), ROUGH));
      }
      double found = problem.climb(best.rotation, TOLERANCE).value;
      return Math.sqrt(Math.max(0, sizes - 2 * found) / a.stimuli());
    }
  }

  /** Where a climb ended. */
  private record Ascent(double value, Matrix rotation) {
    /** The other where it is higher by more than rough climbs differ. */
    Ascent orBetter(Ascent other) {
      return other.value > value ? other : this;
    }
  }

  /** To maximise α⟨μ, νQ⟩ + (2−α)/(T−1)·Σ⟨Oᵢ, SᵢQRᵢᵀ⟩ over Q and all Oᵢ. */
  private record Problem(RepeatedResponses a, RepeatedResponses b, Matrix means, double noise) {

    /** Improves rotations in turn, until a step gains less than {@code tolerance} of the value. */
    Ascent climb(Matrix start, double tolerance) {
      Matrix rotation = start;
      Matrix gradientBefore = null;
      double before = Double.NEGATIVE_INFINITY;
      Matrix[] pairing = new Matrix[a.stimuli()];
      for (int step = 0; ; step++) {
        Progress.checkCancelled();
        double value = pair(rotation, pairing);
        boolean plain = gradientBefore == null;
        // A step with momentum may lose; it says nothing on convergence.
        if (step == MOST_STEPS || plain && value - before <= tolerance * Math.abs(value)) {
          return new Ascent(value, rotation);
        }
        boolean gained = value - before > tolerance * Math.abs(value);
        before = value;
        Matrix gradient = gradient(pairing);
        if (gradientBefore == null || !gained) {
          rotation = RepeatedResponses.rotation(gradient);
        } else {
          try (Matrix ahead = gradient.copy().scale(1 + MOMENTUM).add(-MOMENTUM, gradientBefore)) {
            rotation = RepeatedResponses.rotation(ahead);
          }
        }
        gradientBefore = gained ? gradient : null;
      }
    }

    /** The best Oᵢ for Q, and the value with them. */
    private double pair(Matrix rotation, Matrix[] pairing) {
      double value = means.dot(rotation);
      try (Matrix turned = b.deviations().times(rotation)) {
        for (int i = 0; i < pairing.length; i++) {
          try (Matrix r = trialsOf(a, a.deviations(), i);
              Matrix s = trialsOf(a, turned, i);
              Matrix cross = s.timesTransposed(r)) {
            pairing[i] = RepeatedResponses.rotation(cross);
            value += noise * pairing[i].dot(cross);
          }
        }
      }
      return value;
    }

    /** The best Q for given Oᵢ. */
    Matrix start(Matrix[] pairing) {
      try (Matrix gradient = gradient(pairing)) {
        return RepeatedResponses.rotation(gradient);
      }
    }

    /** α νᵀμ + (2−α)/(T−1)·Σ SᵢᵀOᵢRᵢ. */
    private Matrix gradient(Matrix[] pairing) {
      int trials = a.trials();
      double[] column = new double[a.deviations().rows()];
      double[] turned = new double[column.length];
      double[][][] rows = new double[pairing.length][][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = pairing[i].toRows();
      }
      try (Matrix paired = Matrix.zeros(column.length, a.deviations().columns())) {
        for (int j = 0; j < paired.columns(); j++) {
          a.deviations().readColumn(j, column);
          for (int k = 0; k < turned.length; k++) {
            double[] row = rows[k / trials][k % trials];
            int from = k - k % trials;
            double sum = 0;
            for (int t = 0; t < trials; t++) {
              sum += row[t] * column[from + t];
            }
            turned[k] = sum;
          }
          paired.writeColumn(j, turned);
        }
        return b.deviations().transposeTimes(paired).scale(noise).add(1, means);
      }
    }
  }

  private static Matrix trialsOf(RepeatedResponses shape, Matrix rows, int stimulus) {
    return rows.block(stimulus * shape.trials(), 0, shape.trials(), rows.columns());
  }

  private static Matrix random(int size, SplittableRandom random) {
    try (Matrix gaussian = Matrix.zeros(size, size)) {
      for (int j = 0; j < size; j++) {
        for (int i = 0; i < size; i++) {
          double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
          gaussian.set(i, j, radius * Math.cos(2 * Math.PI * random.nextDouble()));
        }
      }
      return RepeatedResponses.rotation(gaussian);
    }
  }
}
