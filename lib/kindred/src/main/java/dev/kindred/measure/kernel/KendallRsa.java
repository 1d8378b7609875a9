package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.kernel.tiles.Ranks;
import dev.kindred.representation.Representation;

/** Kendall's τ between the dissimilarities of two representations. */
final class KendallRsa implements Measure {
  private final MeasureInfo info;
  private final Dissimilarities dissimilarities;
  private final boolean tauB;

  /**
   * @param info what the measure states of itself
   * @param dissimilarities of stimuli
   * @param tauB whether ties are taken out of the denominator (τ-b) or not (τ-a)
   */
  KendallRsa(MeasureInfo info, Dissimilarities dissimilarities, boolean tauB) {
    this.info = info;
    this.dissimilarities = dissimilarities;
    this.tauB = tauB;
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    double[] values;
    try (Matrix pairs = dissimilarities.of(x, info)) {
      // Ranks are equal where the dissimilarities are but for rounding.
      values = Ranks.of(Ranks.upperTriangle(pairs));
    }
    int[] order = Ranks.order(values);
    int[] ranks = new int[values.length];
    long tied = 0;
    int rank = 0;
    int run = 0;
    for (int i = 0; i < order.length; i++) {
      if (i > 0 && values[order[i]] == values[order[i - 1]]) {
        run++;
      } else {
        rank = i;
        run = 0;
      }
      tied += run;
      ranks[order[i]] = rank;
    }
    if (tied == (long) order.length * (order.length - 1) / 2) {
      throw new InputException(
          x.id() + ": all dissimilarities are equal, so " + info.specification() + " is undefined");
    }
    return new RankedPairs(order, ranks, tied);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    RankedPairs a = (RankedPairs) x;
    RankedPairs b = (RankedPairs) y;
    long pairs = (long) a.order.length * (a.order.length - 1) / 2;
    long[] counts = KendallTau.discordantAndTied(a.order, a.ranks, b.ranks);
    // concordant − discordant = pairs − tied in x − tied in y + tied in both − 2·discordant
    double difference = (double) pairs - a.tied - b.tied + counts[1] - 2.0 * counts[0];
    double denominator =
        tauB ? Math.sqrt(pairs - a.tied) * Math.sqrt(pairs - b.tied) : (double) pairs;
    return Math.max(-1, Math.min(1, difference / denominator));
  }

  /** Dissimilarities by rank: positions in ascending order, equal ranks for ties. */
  private record RankedPairs(int[] order, int[] ranks, long tied) implements Prepared {
    @Override
    public long bytes() {
      return 8L * order.length;
    }
  }
}
