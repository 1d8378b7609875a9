package dev.kindred.measure.topology;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Representation topology divergence, RTD (Barannikov, Trofimov, Balabin and Burnaev, ICML 2022,
 * section 2; as a measure of representations Klabunde et al., ReSi 2024): the total length of the
 * bars of degree 1 of the {@link CrossBarcode}, mean of both directions,
 *
 * <pre>(RTD₁(X, Y) + RTD₁(Y, X)) / 2</pre>
 *
 * on Euclidean distances divided by the 0.9-quantile of all n² of them. Long bars are clusters and
 * their connections that one representation has and the other lacks, at the same stimuli.
 *
 * <p>Of more than {@code batch} stimuli, {@code trials} samples of that many are taken, and the
 * mean of their values, as the public code does; the samples are the same for all representations
 * of n stimuli. The sum grows with the number of stimuli in a batch: compare values of one batch
 * size.
 */
public final class TopologyDivergence implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "rtd",
          TopologyDivergence::new,
          Parameter.integer("batch", "stimuli in a sample", "500", 3),
          Parameter.integer("trials", "number of samples where there are more stimuli", "10", 1),
          Parameter.integer("seed", "seed of the samples", "0", 0));

  private static final double QUANTILE = 0.9;

  private final int batch;
  private final int trials;
  private final Seeds seeds;
  private final MeasureInfo info;

  private TopologyDivergence(Arguments arguments) {
    batch = arguments.integer("batch");
    trials = arguments.integer("trials");
    seeds = new Seeds(arguments.integer("seed"));
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary(
                "Representation topology divergence: length of the bars of clusters and loops that"
                    + " one representation has and the other lacks at the same stimuli.")
            .choice(
                "For clusters that merge or split between representations; not for thousands of"
                    + " pairs, as each takes seconds, and not across batch sizes.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .minimumStimuli(3)
            .float32Error(1e-6)
            .policy(
                "Ties change no bar's length. More stimuli than a batch: the mean over samples of a"
                    + " fixed seed. A 0.9-quantile of distances that is 0 (nearly all stimuli are"
                    + " equal) is an error.")
            .source("Barannikov et al. 2022, section 2, and its public code; ReSi")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    int n = x.stimuli();
    double[][] points = Points.of(x);
    if (n < info.minimumStimuli()) {
      throw new InputException(
          x.id() + " has " + n + " stimuli; expected at least " + info.minimumStimuli());
    }
    if (n <= batch) {
      return new Clouds(new double[][][] {distances(x, points)});
    }
    double[][][] distances = new double[trials][][];
    Parallel.forEach(
        trials,
        t -> {
          int[] rows = sample(n, seeds.stream("rtd " + n + " " + batch + " " + t));
          double[][] chosen = new double[batch][];
          Arrays.setAll(chosen, i -> points[rows[i]]);
          distances[t] = distances(x, chosen);
        });
    return new Clouds(distances);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    double[][][] first = ((Clouds) x).distances;
    double[][][] second = ((Clouds) y).distances;
    double[] lengths = new double[2 * first.length];
    Parallel.forEach(
        lengths.length,
        t -> {
          double[][] a = first[t / 2];
          double[][] b = second[t / 2];
          CrossBarcode bars = t % 2 == 0 ? new CrossBarcode(a, b) : new CrossBarcode(b, a);
          lengths[t] = bars.totalLength();
        });
    return Arrays.stream(lengths).sum() / lengths.length;
  }

  /** The first {@code batch} of a random order (Fisher and Yates). */
  private int[] sample(int n, SplittableRandom random) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < batch; i++) {
      int j = i + random.nextInt(n - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return Arrays.copyOf(order, batch);
  }

  /** Distances, divided by their 0.9-quantile. */
  private static double[][] distances(Representation x, double[][] points) {
    int n = points.length;
    double[][] distances = new double[n][n];
    double[] sorted = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = Math.sqrt(Points.squaredDistance(points[i], points[j]));
        distances[j][i] = distances[i][j];
      }
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(distances[i], 0, sorted, i * n, n);
    }
    Arrays.sort(sorted);
    double place = QUANTILE * (sorted.length - 1);
    double below = sorted[(int) place];
    double above = sorted[(int) place + 1];
    double quantile = below + (place - (int) place) * (above - below);
    if (!(quantile > 0)) {
      throw new InputException(
          x.id() + ": nearly all stimuli are equal; expected distances to compare");
    }
    for (double[] row : distances) {
      for (int j = 0; j < n; j++) {
        row[j] /= quantile;
      }
    }
    return distances;
  }

  /** Distances of every sample. */
  private record Clouds(double[][][] distances) implements Prepared {
    @Override
    public long bytes() {
      return Arrays.stream(distances).mapToLong(d -> 8L * d.length * d.length).sum();
    }
  }
}
