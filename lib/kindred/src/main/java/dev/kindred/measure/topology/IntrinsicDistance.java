package dev.kindred.measure.topology;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;
import java.util.Arrays;

/**
 * Multi-scale intrinsic distance, IMD (Tsitsulin et al., ICLR 2020, section 3; as a measure of
 * representations Klabunde et al., ReSi 2024): the heat that stays where it was on the graph of
 * nearest neighbours, compared at all times,
 *
 * <pre>max_t exp(−2(t + 1/t))·|hₓ(t) − h_y(t)|,   h(t) = 10⁶/n · tr exp(−tL),   t = 10⁻¹ … 10¹
 * </pre>
 *
 * with the normalised Laplacian L of the graph that joins every stimulus with its k nearest ones by
 * Euclidean distance, in either direction; 256 times, evenly spaced by their logarithm.
 *
 * <p>The public code estimates the trace with random vectors, and ReSi takes 8000 of them five
 * times. Here it is exact, by Chebyshev polynomials of L over all n unit vectors ({@link
 * HeatTrace}): no parameter, no seed, O(n²k) operations.
 *
 * <p>It compares shapes only, and does not know which stimulus is which: representations of
 * different stimuli with graphs of equal spectra are at distance 0, and permuting stimuli is no
 * null.
 */
public final class IntrinsicDistance implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "imd",
          IntrinsicDistance::new,
          Parameter.integer("k", "number of neighbours in the graph", "5", 1));

  private static final double UNIT = 1e6;
  private static final double[] TIMES = times();

  private final int k;
  private final MeasureInfo info;

  private IntrinsicDistance(Arguments arguments) {
    k = arguments.integer("k");
    info =
        MeasureInfo.distance(arguments.specification(), UNIT * Math.exp(-4))
            .summary(
                "Multi-scale intrinsic distance: how differently heat spreads on the two graphs of"
                    + " nearest neighbours.")
            .choice(
                "For the shape of the cloud at all scales, where stimuli need not correspond; not"
                    + " to ask whether the same stimuli are near each other.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties between neighbours, which rounding breaks or makes")
            .policy(
                "Stimuli as far as the k-th neighbour, to nine digits, are neighbours too, so that"
                    + " the order of stimuli decides nothing. k must be below n.")
            .source("Tsitsulin et al. 2020, section 3, with the exact heat trace; ReSi")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    NeighbourGraph graph = NeighbourGraph.of(x, k);
    double[] heat = new HeatTrace(graph).at(TIMES);
    for (int t = 0; t < heat.length; t++) {
      heat[t] *= UNIT / graph.size() * Math.exp(-2 * (TIMES[t] + 1 / TIMES[t]));
    }
    return new Heat(heat);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    double[] first = ((Heat) x).values;
    double[] second = ((Heat) y).values;
    double largest = 0;
    for (int t = 0; t < first.length; t++) {
      largest = Math.max(largest, Math.abs(first[t] - second[t]));
    }
    return largest;
  }

  private static double[] times() {
    double[] times = new double[256];
    Arrays.setAll(times, i -> Math.pow(10, -1 + 2.0 * i / (times.length - 1)));
    return times;
  }

  /** Weighted heat at every time. */
  private record Heat(double[] values) implements Reorderable {
    /** The spectrum of a graph does not depend on the order of its vertices. */
    @Override
    public Prepared reordered(int[] order) {
      return this;
    }

    @Override
    public long bytes() {
      return (long) values.length * Double.BYTES;
    }
  }
}
