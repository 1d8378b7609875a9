package dev.kindred.study.dynamics;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.PermutationTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Similarity blocks of an epoch × epoch map and the transitions between them.
 *
 * <p>A similarity such as CKA is an inner product, so that the mean squared distance of the epochs
 * of a block from their mean can be read off the map; the blocks are those, two or three and of at
 * least an octave, with the least sum of squares (kernel change-point detection: Harchaoui and
 * Cappé 2007; Arlot, Celisse and Harchaoui, JMLR 20, 2019).
 *
 * <p>A layer that drifts at an even rate can be cut, too. So the share of the squares that is left
 * within blocks is compared with that of Gaussian paths whose similarity depends on the distance of
 * the (logarithmic) epochs alone: for each distance it is the mean over the map, and the paths have
 * so many dimensions that their steps vary as much as those observed, by a robust measure that a
 * few large steps do not change. Steady slowing or speeding along the axis counts as such variation
 * too, so that paths of deep layers vary more than they should and transitions there are seldom
 * found: none found does not show that there is none.
 *
 * @param transitions the epochs between blocks, by the more conspicuous of both numbers of blocks,
 *     significant or not; none where the run has too few octaves, or fewer than two epochs in each
 * @param test how conspicuous they are, beside stationary drift
 * @param places places of the even logarithmic axis on which they were sought
 */
public record SimilarityBlocks(List<Double> transitions, PermutationTest test, int places) {
  /** Level of a significant transition. */
  public static final double LEVEL = 0.05;

  private static final int SHORTEST = OctaveMap.PER_OCTAVE;
  private static final int MOST_BLOCKS = 3;
  private static final int FEWEST_DIMENSIONS = 3;
  private static final int MOST_DIMENSIONS = 300;

  /** The standard deviation of normal numbers is so many times their median deviation. */
  private static final double OF_NORMAL = 1.4826;

  public SimilarityBlocks {
    transitions = List.copyOf(transitions);
  }

  /**
   * Finds the blocks of a layer.
   *
   * @param map a similarity that is an inner product, 1 on the diagonal
   * @param paths random paths that drift evenly, such as 199
   * @param seeds random stream {@code stationary drift}
   */
  public static SimilarityBlocks of(EpochMap map, int paths, Seeds seeds) {
    double[][] values = OctaveMap.of(map).values();
    if (values.length < MOST_BLOCKS * SHORTEST || !OctaveMap.isDense(map)) {
      return new SimilarityBlocks(
          List.of(), new PermutationTest(Double.NaN, new double[0], false), values.length);
    }
    double[][] shares = new double[paths][];
    Drift drift = Drift.like(values);
    SplittableRandom random = seeds.stream("stationary drift");
    for (int path = 0; path < paths; path++) {
      shares[path] = Cuts.of(drift.map(random)).shares();
    }
    Cuts cuts = Cuts.of(values);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < cuts.shares().length; k++) {
      double z = standard(cuts.shares()[k], shares, k);
      if (z > most) {
        most = z;
        best = k;
      }
    }
    double[] null_ = new double[paths];
    for (int path = 0; path < paths; path++) {
      double[] own = shares[path];
      null_[path] =
          IntStream.range(0, own.length)
              .mapToDouble(k -> standard(own[k], shares, k))
              .max()
              .orElseThrow();
    }
    return new SimilarityBlocks(
        Arrays.stream(cuts.places()[best]).mapToObj(p -> OctaveMap.epoch(p - 0.5)).toList(),
        new PermutationTest(most, null_, false),
        values.length);
  }

  /** At how many places a block can begin: from an octave after the start to one before the end. */
  int possible() {
    return Math.max(0, places - 2 * SHORTEST + 1);
  }

  /**
   * The transitions, all moved by so many places along those where they can be found, round the
   * ends.
   *
   * @return their epochs, rising; empty where two would be less than an octave apart, as none are
   */
  Optional<List<Double>> moved(int by) {
    int[] begins =
        transitions.stream()
            .mapToInt(epoch -> (int) Math.round(OctaveMap.place(epoch) + 0.5))
            .map(begin -> SHORTEST + Math.floorMod(begin - SHORTEST + by, possible()))
            .sorted()
            .toArray();
    for (int i = 1; i < begins.length; i++) {
      if (begins[i] - begins[i - 1] < SHORTEST) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Arrays.stream(begins).mapToObj(begin -> OctaveMap.epoch(begin - 0.5)).toList());
  }

  /** Probability of blocks as clear as these under stationary drift; 1 where there are none. */
  public double p() {
    return transitions.isEmpty() ? 1 : test.greaterP();
  }

  /** Whether the transitions are more than stationary drift. */
  public boolean isSignificant() {
    return p() <= LEVEL;
  }

  /** By how many standard deviations a share lies below its mean under drift. */
  private static double standard(double share, double[][] all, int k) {
    double mean = Arrays.stream(all).mapToDouble(row -> row[k]).average().orElseThrow();
    double squares = Arrays.stream(all).mapToDouble(row -> Math.pow(row[k] - mean, 2)).sum();
    return squares == 0 ? 0 : (mean - share) / Math.sqrt(squares / (all.length - 1));
  }

  /**
   * The best cuts into two and into three blocks.
   *
   * @param shares of the squares that are left within blocks
   * @param places first places of all blocks but the first
   */
  private record Cuts(double[] shares, int[][] places) {
    static Cuts of(double[][] values) {
      int n = values.length;
      double[][] sums = new double[n + 1][n + 1];
      double[] diagonal = new double[n + 1];
      for (int i = 0; i < n; i++) {
        diagonal[i + 1] = diagonal[i] + values[i][i];
        for (int j = 0; j < n; j++) {
          sums[i + 1][j + 1] = values[i][j] + sums[i][j + 1] + sums[i + 1][j] - sums[i][j];
        }
      }
      double[] best = new double[MOST_BLOCKS - 1];
      Arrays.fill(best, Double.POSITIVE_INFINITY);
      int[][] places = new int[MOST_BLOCKS - 1][];
      for (int a = SHORTEST; a <= n - SHORTEST; a++) {
        double first = squares(0, a, sums, diagonal);
        double two = first + squares(a, n, sums, diagonal);
        if (two < best[0]) {
          best[0] = two;
          places[0] = new int[] {a};
        }
        for (int b = a + SHORTEST; b <= n - SHORTEST; b++) {
          double three = first + squares(a, b, sums, diagonal) + squares(b, n, sums, diagonal);
          if (three < best[1]) {
            best[1] = three;
            places[1] = new int[] {a, b};
          }
        }
      }
      double all = squares(0, n, sums, diagonal);
      return new Cuts(Arrays.stream(best).map(left -> all > 0 ? left / all : 1).toArray(), places);
    }

    /** Squared distances of the places from, … , to − 1 from their mean. */
    private static double squares(int from, int to, double[][] sums, double[] diagonal) {
      double inner = sums[to][to] - sums[from][to] - sums[to][from] + sums[from][from];
      return diagonal[to] - diagonal[from] - inner / (to - from);
    }
  }

  /**
   * Gaussian paths with a stationary similarity.
   *
   * @param root of their covariance
   * @param dimensions in how many they wander
   */
  private record Drift(double[][] root, int dimensions) {
    static Drift like(double[][] values) {
      int n = values.length;
      double[] byLag = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          byLag[Math.abs(i - j)] +=
              values[i][j] / Math.sqrt(values[i][i] * values[j][j]) / (2 * (n - Math.abs(i - j)));
        }
      }
      byLag[0] *= 2; // the diagonal was met once
      double[][] covariance = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i][j] = byLag[Math.abs(i - j)];
        }
      }
      EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
      double[][] root = new double[n][n];
      for (int k = 0; k < n; k++) {
        double scale = Math.sqrt(Math.max(0, eigen.getRealEigenvalue(k)));
        for (int i = 0; i < n; i++) {
          root[i][k] = scale * eigen.getEigenvector(k).getEntry(i);
        }
      }
      return new Drift(root, dimensions(values));
    }

    /** The squared length of a step in d dimensions varies by a share of √(2/d). */
    private static int dimensions(double[][] values) {
      double[] steps = new double[values.length - 1];
      for (int i = 0; i < steps.length; i++) {
        double squared = values[i][i] + values[i + 1][i + 1] - 2 * values[i][i + 1];
        steps[i] = Math.log(Math.max(squared, 1e-12));
      }
      double middle = median(steps);
      double deviation =
          OF_NORMAL * median(Arrays.stream(steps).map(s -> Math.abs(s - middle)).toArray());
      double dimensions = 2 / (deviation * deviation);
      return (int) Math.max(FEWEST_DIMENSIONS, Math.min(MOST_DIMENSIONS, Math.round(dimensions)));
    }

    private static double median(double[] values) {
      return dev.kindred.measure.statistics.Quantile.of(values, 0.5);
    }

    double[][] map(SplittableRandom random) {
      int n = root.length;
      double[][] map = new double[n][n];
      double[] normal = new double[n];
      double[] point = new double[n];
      for (int d = 0; d < dimensions; d++) {
        Arrays.setAll(normal, i -> random.nextGaussian());
        for (int i = 0; i < n; i++) {
          point[i] = 0;
          for (int k = 0; k < n; k++) {
            point[i] += root[i][k] * normal[k];
          }
        }
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            map[i][j] += point[i] * point[j];
          }
        }
      }
      double[] norms = new double[n];
      Arrays.setAll(norms, i -> Math.sqrt(map[i][i]));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          map[i][j] /= norms[i] * norms[j];
        }
      }
      return map;
    }
  }
}
