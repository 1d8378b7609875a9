package dev.kindred.measure.alignment;

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
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The energy stochastic shape metric (Duong, Zhou et al. 2023): the energy distance between the
 * response distributions of every stimulus, under the best rotation,
 *
 * <pre>d² = min over Q of mean ‖xᵢˢ − yᵢᵗQ‖ − ½ (mean over s≠t of ‖xᵢˢ − xᵢᵗ‖ + same of y)</pre>
 *
 * over stimuli i and all pairs of trials; as netrep, d² below 0, which few trials can give, is 0.
 * Unequal widths are padded with zeros.
 *
 * <p>Q is found by iteratively reweighted least squares: a Procrustes problem with weights 1/‖xᵢˢ −
 * yᵢᵗQ‖ (residuals below 10⁻⁸ of the responses' size count as that), until the mean falls by less
 * than 10⁻¹² of itself. The best of several starts is taken: equal weights, and random weights from
 * a fixed seed. Weights of pairs turn with the units, so that the value does not depend on their
 * basis.
 */
public final class StochasticShapeEnergy implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "stochastic-shape-energy",
          StochasticShapeEnergy::new,
          Parameter.integer("starts", "random starts, each in both directions", "3", 0),
          Trials.PARAMETER);

  private static final double TOLERANCE = 1e-12;

  /** Fall of a step, relative, at which starts are compared; the best is taken on from there. */
  private static final double ROUGH = 1e-7;

  private static final double SMALLEST_RESIDUAL = 1e-8;
  private static final int MOST_STEPS = 5000;

  private final int starts;
  private final Trials trials;
  private final MeasureInfo info;

  private StochasticShapeEnergy(Arguments arguments) {
    starts = arguments.integer("starts");
    trials = Trials.of(arguments);
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary(
                "Shape metric between the response distributions of repeated measurements, by"
                    + " energy distances: no assumption on their form.")
            .choice(
                "For noisy systems whose noise is not Gaussian; not for few trials, where the"
                    + " estimate is noisy and cut at 0, nor for many, as time grows with the square"
                    + " of trials.")
            .invariantTo(Invariance.ORTHOGONAL, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .float32Error(1e-5)
            .float32Condition(
                "near 0, where the root magnifies roundings, or with two best rotations")
            .policy(
                "means over everything are removed; units that differ in number are padded with"
                    + " zeros; a negative estimate of d² is 0; the best of several local optima is"
                    + " taken. Nothing varies: error.")
            .source("Duong, Zhou et al. 2023, equations 8 to 10; netrep")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    RepeatedResponses shape =
        RepeatedResponses.of(x, trials, info.specification(), info.minimumStimuli());
    Matrix responses = shape.responses();
    int n = shape.stimuli();
    int count = shape.trials();
    double sum = 0;
    for (double[] row : distances(responses, responses, new double[n * count], count)) {
      for (double distance : row) {
        sum += distance;
      }
    }
    return new Sample(responses, count, sum / ((double) n * count * (count - 1)));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Sample a = (Sample) x;
    Sample b = (Sample) y;
    int pairs = a.trials * a.trials;
    double[][] weights = new double[a.stimuli()][pairs];
    for (double[] row : weights) {
      Arrays.fill(row, 1);
    }
    Descent best = descend(a, b, weights, ROUGH);
    SplittableRandom random = new Seeds(0).stream("stochastic shape starts");
    for (int s = 0; s < starts; s++) {
      double[][] there = new double[weights.length][pairs];
      double[][] back = new double[weights.length][pairs];
      for (int i = 0; i < weights.length; i++) {
        for (int k = 0; k < pairs; k++) {
          // Heavy tails, so that starts differ.
          double weight = -Math.log(1 - random.nextDouble());
          there[i][k] = weight * weight;
          back[i][k % a.trials * a.trials + k / a.trials] = there[i][k];
        }
      }
      best = best.orBetter(descend(a, b, there, ROUGH)).orBetter(descend(a, b, back, ROUGH));
    }
    double found = descend(a, b, best.weights, TOLERANCE).mean;
    return Math.sqrt(Math.max(0, found - (a.within + b.within) / 2));
  }

  /** Where a descent ended. */
  private record Descent(double mean, double[][] weights) {
    Descent orBetter(Descent other) {
      return other.mean < mean ? other : this;
    }
  }

  /** Reweights until the mean distance falls by less than {@code tolerance} of itself. */
  private static Descent descend(Sample a, Sample b, double[][] start, double tolerance) {
    double[][] weights = start;
    double floor =
        SMALLEST_RESIDUAL
            * (a.responses.frobeniusNorm() + b.responses.frobeniusNorm())
            / Math.sqrt(a.responses.rows());
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; ; step++) {
      Progress.checkCancelled();
      double[][] distances;
      try (Matrix weighted = weighted(a, weights);
          Matrix c = b.responses.transposeTimes(weighted);
          Matrix rotation = RepeatedResponses.rotation(c);
          Matrix turned = b.responses.times(rotation)) {
        distances = distances(a.responses, turned, lost(b.responses, turned), a.trials);
      }
      double sum = 0;
      for (double[] row : distances) {
        for (int k = 0; k < row.length; k++) {
          sum += row[k];
          row[k] = 1 / Math.max(row[k], floor);
        }
      }
      double mean = sum / ((double) distances.length * a.trials * a.trials);
      if (!(before - mean > tolerance * mean) || step == MOST_STEPS) {
        return new Descent(mean, distances);
      }
      before = mean;
      weights = distances;
    }
  }

  /** Row t of stimulus i: Σₛ wᵢₛₜ xᵢˢ. */
  private static Matrix weighted(Sample a, double[][] weights) {
    int count = a.trials;
    Matrix weighted = Matrix.zeros(a.responses.rows(), a.responses.columns());
    double[] column = new double[weighted.rows()];
    double[] sums = new double[weighted.rows()];
    for (int j = 0; j < weighted.columns(); j++) {
      a.responses.readColumn(j, column);
      for (int i = 0; i < weights.length; i++) {
        for (int t = 0; t < count; t++) {
          double sum = 0;
          for (int s = 0; s < count; s++) {
            sum += weights[i][s * count + t] * column[i * count + s];
          }
          sums[i * count + t] = sum;
        }
      }
      weighted.writeColumn(j, sums);
    }
    return weighted;
  }

  /** Squared length that each row loses in the rotation to fewer units. */
  private static double[] lost(Matrix rows, Matrix turned) {
    double[] lost = new double[rows.rows()];
    double[] column = new double[rows.rows()];
    for (int part = 0; part < 2; part++) {
      Matrix matrix = part == 0 ? rows : turned;
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.readColumn(j, column);
        for (int i = 0; i < lost.length; i++) {
          lost[i] += (part == 0 ? 1 : -1) * column[i] * column[i];
        }
      }
    }
    for (int i = 0; i < lost.length; i++) {
      lost[i] = Math.max(0, lost[i]);
    }
    return lost;
  }

  /**
   * T·T distances between the trials of every stimulus, row by row.
   *
   * @param lost squared lengths of {@code b}'s rows outside of its columns
   */
  private static double[][] distances(Matrix a, Matrix b, double[] lost, int count) {
    double[][] distances = new double[a.rows() / count][count * count];
    double[] first = new double[a.rows()];
    double[] second = new double[a.rows()];
    for (int j = 0; j < a.columns(); j++) {
      a.readColumn(j, first);
      b.readColumn(j, second);
      for (int i = 0; i < distances.length; i++) {
        double[] squares = distances[i];
        for (int s = 0; s < count; s++) {
          for (int t = 0; t < count; t++) {
            double difference = first[i * count + s] - second[i * count + t];
            squares[s * count + t] += difference * difference;
          }
        }
      }
    }
    for (int i = 0; i < distances.length; i++) {
      for (int k = 0; k < count * count; k++) {
        distances[i][k] = Math.sqrt(distances[i][k] + lost[i * count + k % count]);
      }
    }
    return distances;
  }

  /**
   * @param responses n·T×p, the trials of a stimulus below each other
   * @param trials T
   * @param within mean distance of different trials of a stimulus
   */
  private record Sample(Matrix responses, int trials, double within) implements Prepared {
    int stimuli() {
      return responses.rows() / trials;
    }

    @Override
    public long bytes() {
      return responses.bytes();
    }
  }
}
