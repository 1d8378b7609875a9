package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import java.util.Arrays;
import java.util.Map;

/**
 * The principal components of a representation, to take the weakest away: the sensitivity test of
 * Ding, Denain and Steinhardt (NeurIPS 2021) asks from how many on a measure notices. Decomposed
 * once, in O(n·p·min(n, p)), for any number of deletions; the singular vectors lie outside the Java
 * heap until {@link #close}.
 */
public final class PrincipalComponents implements AutoCloseable {
  private final Representation source;
  private final double[] means;
  private final Svd svd;

  private PrincipalComponents(Representation source, double[] means, Svd svd) {
    this.source = source;
    this.means = means;
    this.svd = svd;
  }

  /**
   * Decomposes the responses, less the mean of every unit.
   *
   * @throws InputException if there are NaN or infinite numbers
   */
  public static PrincipalComponents of(Representation x) {
    x.requireFinite();
    try (Matrix features = Responses.matrix(x)) {
      double[] means = features.columnMeans();
      return new PrincipalComponents(x, means, Svd.of(features.centreColumns()));
    }
  }

  /** Number of components, min(n, p); the last may carry nothing. */
  public int count() {
    return svd.values().length;
  }

  /**
   * Share of the variance that each component carries, the strongest first; NaN where there is
   * none.
   */
  public double[] varianceShares() {
    double[] shares = svd.values().clone();
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] *= shares[k];
      sum += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  /**
   * The responses with the strongest components only, in the same units and about the same means.
   *
   * @param kept number of components, from 1
   * @return n×p responses of at most that rank about their means, named as the source
   */
  public Representation keep(int kept) {
    if (kept < 1 || kept > count()) {
      throw new InputException(
          source.id() + ": expected 1 to " + count() + " components to keep, found " + kept);
    }
    double[] strengths = Arrays.copyOf(svd.values(), kept);
    Provenance provenance =
        Provenance.of("principal components", Map.of("kept", kept), source.provenance());
    try (Matrix left = svd.u().columns(0, kept).scaleColumns(strengths);
        Matrix right = svd.vt().transposed();
        Matrix axes = right.columns(0, kept);
        Matrix responses = left.timesTransposed(axes)) {
      return Responses.changed(source, responses, means, provenance);
    }
  }

  /** The responses without the weakest components. */
  public Representation delete(int deleted) {
    return keep(count() - deleted);
  }

  @Override
  public void close() {
    svd.close();
  }
}
