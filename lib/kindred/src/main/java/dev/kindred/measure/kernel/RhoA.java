package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.kernel.tiles.Ranks;
import dev.kindred.representation.Representation;

/**
 * Spearman's ρ of dissimilarities in expectation over random orders of ties: Σ r̃ s̃ · 12/(N³ − N)
 * with centred mean ranks r̃, s̃ of the N = n(n−1)/2 pairs (Schütt et al. 2023, ρ-a). Ties then
 * lower the value instead of being taken out.
 */
final class RhoA implements Measure {
  private final MeasureInfo info;
  private final Dissimilarities dissimilarities;

  RhoA(MeasureInfo info, Dissimilarities dissimilarities) {
    this.info = info;
    this.dissimilarities = dissimilarities;
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    double[] ranks;
    try (Matrix pairs = dissimilarities.of(x, info)) {
      ranks = Ranks.of(Ranks.upperTriangle(pairs));
    }
    double count = ranks.length;
    double mean = (count + 1) / 2;
    double factor = Math.sqrt(12 / (count * (count * count - 1)));
    boolean varies = false;
    for (int i = 0; i < ranks.length; i++) {
      varies |= ranks[i] != mean;
      ranks[i] = (ranks[i] - mean) * factor;
    }
    if (!varies) {
      throw new InputException(
          x.id() + ": all dissimilarities are equal, so " + info.specification() + " is undefined");
    }
    return new CentredRanks(ranks);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    double[] a = ((CentredRanks) x).ranks;
    double[] b = ((CentredRanks) y).ranks;
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return Math.max(-1, Math.min(1, sum));
  }

  private record CentredRanks(double[] ranks) implements Prepared {
    @Override
    public long bytes() {
      return 8L * ranks.length;
    }
  }
}
