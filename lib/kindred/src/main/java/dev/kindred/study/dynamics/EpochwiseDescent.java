package dev.kindred.study.dynamics;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.study.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whether an error curve falls, rises and falls again: epoch-wise double descent (Nakkiran et al.
 * 2019).
 *
 * <p>The height is the least of the three steps of the smoothed curve, for the minimum, peak and
 * second minimum that make it largest. Any noisy curve has some height. Its significance is that
 * among curves that fall and then rise only, fitted by least squares (isotonic regression), with
 * the observed noise: residuals of the best curve of three monotone pieces, of which neighbours
 * change sign together (a wild bootstrap in blocks; Wu 1986).
 *
 * <p>The largest of many heights is too large. So that of the estimate is sought on every other
 * epoch and read off those between, and the reverse; its error is that of such heights of the curve
 * of three pieces with the same noise. Smoothing and the search make small heights too small: on
 * planted curves a true height of 0.01 is read as about 0.004, one of 0.02 as 0.012 and one of 0.03
 * as 0.022. What they take from the known height of the curve of three pieces tells about how much,
 * but rather too much. So half of it is given back, and counts as an error, too.
 *
 * @param minimum epoch of the first minimum
 * @param peak epoch of the peak
 * @param second epoch of the second minimum
 * @param height of the peak, as a share of test images; about 0 or below where there is none
 * @param error standard error of the height
 * @param degrees degrees of freedom of the error; 0 where the curve has too few epochs
 * @param test the height beside those of curves without a second descent
 */
public record EpochwiseDescent(
    double minimum,
    double peak,
    double second,
    double height,
    double error,
    int degrees,
    PermutationTest test) {
  /** Height from which on there is a double descent that matters: a point of test error. */
  public static final double LEAST = 0.01;

  /** Nearer epochs than that are averaged, by which curves of thousands stay quick. */
  private static final int PER_OCTAVE = 24;

  private static final int WINDOW = 5;
  private static final int BLOCK = 4;
  private static final int FEWEST = 3 * WINDOW;

  /** A monotone fit of few points takes up much of the noise; more than this is not made of it. */
  private static final double MOST_INFLATION = 2;

  /** Degrees of freedom of a level of a monotone fit (Meyer and Woodroofe 2000). */
  private static final double PER_LEVEL = 1.5;

  private static final EpochwiseDescent UNKNOWN =
      new EpochwiseDescent(
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          0,
          new PermutationTest(Double.NaN, new double[0], false));

  /**
   * Tests a curve.
   *
   * @param epochs rising
   * @param errors from 0 to 1; NaN where missing
   * @param replicates curves that are drawn for each of both purposes, such as 199
   * @param seeds random stream {@code epoch-wise double descent}
   */
  public static EpochwiseDescent of(
      List<Integer> epochs, double[] errors, int replicates, Seeds seeds) {
    List<double[]> points = averaged(epochs, errors);
    int n = points.size();
    if (n < FEWEST) {
      return UNKNOWN;
    }
    double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
    Pieces pieces = new Pieces(y);
    double[] two = pieces.fallAndRise();
    double[] three = pieces.fallRiseAndFall();
    double[] noise = noise(y, three);
    SplittableRandom random = seeds.stream("epoch-wise double descent");
    double[] withoutSecond = new double[replicates];
    double[] again = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      withoutSecond[r] = Height.of(Height.smoothed(with(two, noise, random))).value;
      again[r] = Height.crossed(with(three, noise, random));
    }
    Height found = Height.of(Height.smoothed(y));
    double mean = Arrays.stream(again).average().orElseThrow();
    double squares = Arrays.stream(again).map(v -> (v - mean) * (v - mean)).sum();
    double half = Math.max(0, Height.crossed(three) - mean) / 2;
    return new EpochwiseDescent(
        points.get(found.minimum)[0],
        points.get(found.peak)[0],
        points.get(found.second)[0],
        Height.crossed(y) + half,
        Math.hypot(Math.sqrt(squares / (replicates - 1)), half),
        n / BLOCK - 1,
        new PermutationTest(found.value, withoutSecond, false));
  }

  /** Probability of such a height without a second descent; 1 where too little is known. */
  public double p() {
    return degrees == 0 ? 1 : test.greaterP();
  }

  /** The height with its error within this run. */
  public Estimate estimate() {
    return estimate(height);
  }

  /** By how much the height exceeds the {@link #LEAST} that matters. */
  Estimate above() {
    return estimate(height - LEAST);
  }

  /** By how much the height falls short of the {@link #LEAST} that matters. */
  Estimate below() {
    return estimate(LEAST - height);
  }

  private Estimate estimate(double value) {
    return new Estimate(value, error, degrees, Estimate.Scale.PLAIN, Optional.empty());
  }

  /** The central 95 % of the height. */
  public Interval interval() {
    if (degrees == 0) {
      return Interval.UNKNOWN;
    }
    double reach =
        error
            * new org.apache.commons.math3.distribution.TDistribution(null, degrees)
                .inverseCumulativeProbability(0.975);
    return new Interval(height - reach, height + reach);
  }

  private static List<double[]> averaged(List<Integer> epochs, double[] errors) {
    List<double[]> points = new ArrayList<>();
    long last = Long.MIN_VALUE;
    int count = 0;
    for (int i = 0; i < errors.length; i++) {
      if (Double.isNaN(errors[i])) {
        continue;
      }
      int epoch = epochs.get(i);
      long cell = epoch == 0 ? -1 : (long) Math.floor(PER_OCTAVE * OctaveMap.octaves(epoch));
      if (cell == last) {
        double[] point = points.get(points.size() - 1);
        count++;
        point[0] += (epoch - point[0]) / count;
        point[1] += (errors[i] - point[1]) / count;
      } else {
        points.add(new double[] {epoch, errors[i]});
        count = 1;
      }
      last = cell;
    }
    return points;
  }

  /** Residuals, larger by what the fit took up. */
  private static double[] noise(double[] y, double[] fit) {
    int levels = 1;
    for (int i = 1; i < fit.length; i++) {
      levels += fit[i] != fit[i - 1] ? 1 : 0;
    }
    int n = y.length;
    double left = n - PER_LEVEL * levels;
    double inflation = left > 0 ? Math.min(MOST_INFLATION, Math.sqrt(n / left)) : MOST_INFLATION;
    double[] noise = new double[n];
    Arrays.setAll(noise, i -> inflation * (y[i] - fit[i]));
    return noise;
  }

  private static double[] with(double[] curve, double[] noise, SplittableRandom random) {
    double[] drawn = new double[curve.length];
    int offset = random.nextInt(BLOCK);
    int sign = 1;
    for (int i = 0; i < drawn.length; i++) {
      if (i == 0 || (i + offset) % BLOCK == 0) {
        sign = random.nextBoolean() ? 1 : -1;
      }
      drawn[i] = curve[i] + sign * noise[i];
    }
    return drawn;
  }

  /** The height of a smooth curve, and where. */
  private record Height(int minimum, int peak, int second, double value) {
    static Height of(double[] smooth) {
      int n = smooth.length;
      int[] after = new int[n];
      after[n - 1] = n - 1;
      for (int i = n - 2; i >= 0; i--) {
        after[i] = smooth[i] <= smooth[after[i + 1]] ? i : after[i + 1];
      }
      Height best = new Height(0, 0, 0, 0);
      double start = smooth[0];
      int least = 0;
      for (int i = 0; i < n; i++) {
        if (smooth[i] < smooth[least]) {
          least = i;
        }
        double first = start - smooth[least];
        double height =
            Math.min(first, Math.min(smooth[i] - smooth[least], smooth[i] - smooth[after[i]]));
        if (height > best.value) {
          best = new Height(least, i, after[i], height);
        }
      }
      return best;
    }

    /** Sought on every other point, read off the others, and the reverse. */
    static double crossed(double[] curve) {
      double[][] halves = new double[2][];
      for (int h = 0; h < 2; h++) {
        int half = h;
        halves[h] =
            IntStream.range(0, curve.length / 2).mapToDouble(i -> curve[2 * i + half]).toArray();
      }
      double sum = 0;
      for (int h = 0; h < 2; h++) {
        Height found = of(smoothed(halves[h]));
        double[] read = smoothed(halves[1 - h]);
        sum +=
            Math.min(read[found.peak] - read[found.minimum], read[found.peak] - read[found.second])
                / 2;
      }
      return sum;
    }

    private static double[] smoothed(double[] curve) {
      int reach = WINDOW / 2;
      double[] smooth = new double[curve.length];
      for (int i = 0; i < smooth.length; i++) {
        int near = Math.min(reach, Math.min(i, smooth.length - 1 - i));
        double sum = 0;
        for (int j = i - near; j <= i + near; j++) {
          sum += curve[j];
        }
        smooth[i] = sum / (2 * near + 1);
      }
      return smooth;
    }
  }

  /** Least squares by monotone pieces. */
  private static final class Pieces {
    private final double[] y;
    private final int n;

    /** Squares that are left by the best falling fit of the first i, of the last n − i. */
    private final double[] fallingBefore;

    private final double[] fallingAfter;
    private final double[] risingAfter;

    Pieces(double[] y) {
      this.y = y;
      this.n = y.length;
      fallingBefore = rising(negative(y), 0);
      fallingAfter = reversed(rising(backwards(y), 0));
      risingAfter = reversed(rising(negative(backwards(y)), 0));
    }

    double[] fallAndRise() {
      int cut = 0;
      for (int i = 0; i <= n; i++) {
        if (fallingBefore[i] + risingAfter[i] < fallingBefore[cut] + risingAfter[cut]) {
          cut = i;
        }
      }
      double[] fit = new double[n];
      fit(fit, 0, cut, -1);
      fit(fit, cut, n, 1);
      return fit;
    }

    double[] fallRiseAndFall() {
      double least = Double.POSITIVE_INFINITY;
      int first = 0;
      int second = 0;
      for (int a = 0; a <= n; a++) {
        double[] left = rising(y, a);
        for (int b = a; b <= n; b++) {
          double sum = fallingBefore[a] + left[b - a] + fallingAfter[b];
          if (sum < least) {
            least = sum;
            first = a;
            second = b;
          }
        }
      }
      double[] fit = new double[n];
      fit(fit, 0, first, -1);
      fit(fit, first, second, 1);
      fit(fit, second, n, -1);
      return fit;
    }

    private void fit(double[] fit, int from, int to, int sign) {
      double[] part = Arrays.copyOfRange(sign > 0 ? y : negative(y), from, to);
      double[] pool = new double[part.length + 1];
      int[] counts = new int[part.length + 1];
      int pools = 0;
      for (double value : part) {
        pool[pools] = value;
        counts[pools++] = 1;
        pools = merged(pool, counts, pools);
      }
      for (int k = 0, i = from; k < pools; k++) {
        for (int c = 0; c < counts[k]; c++) {
          fit[i++] = sign * pool[k];
        }
      }
    }

    /** Squares left by the best rising fit of so many numbers from a place on. */
    private static double[] rising(double[] y, int from) {
      int n = y.length - from;
      double[] left = new double[n + 1];
      double[] pool = new double[n + 1];
      int[] counts = new int[n + 1];
      int pools = 0;
      double raw = 0;
      // Σ y² less Σ count·mean² of the pools
      double[] explained = new double[n + 2];
      for (int i = 0; i < n; i++) {
        double value = y[from + i];
        raw += value * value;
        pool[pools] = value;
        counts[pools++] = 1;
        pools = merged(pool, counts, pools);
        explained[pools] =
            explained[pools - 1] + counts[pools - 1] * pool[pools - 1] * pool[pools - 1];
        left[i + 1] = Math.max(0, raw - explained[pools]);
      }
      return left;
    }

    private static int merged(double[] pool, int[] counts, int pools) {
      int count = pools;
      while (count > 1 && pool[count - 2] >= pool[count - 1]) {
        int both = counts[count - 2] + counts[count - 1];
        pool[count - 2] =
            (pool[count - 2] * counts[count - 2] + pool[count - 1] * counts[count - 1]) / both;
        counts[count - 2] = both;
        count--;
      }
      return count;
    }

    private static double[] negative(double[] y) {
      return Arrays.stream(y).map(v -> -v).toArray();
    }

    private static double[] backwards(double[] y) {
      double[] backwards = new double[y.length];
      Arrays.setAll(backwards, i -> y[y.length - 1 - i]);
      return backwards;
    }

    private static double[] reversed(double[] prefixes) {
      return backwards(prefixes);
    }
  }
}
