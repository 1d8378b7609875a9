package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Aligned cosine similarity (Hamilton, Leskovec and Jurafsky, ACL 2016, section 3): the mean over
 * stimuli of the cosine between a response and the rotated response of the other representation,
 *
 * <pre>1/n Σᵢ cos(xᵢQ, yᵢ),   Q = argmax ⟨XQ, Y⟩ over rotations</pre>
 *
 * without centring; the narrower side is padded with zeros.
 *
 * <p>Use it where the direction of each response matters and its length does not, and every
 * stimulus should count alike. A common mean of all responses raises it; centre first where that is
 * unwanted.
 */
public final class AlignedCosine implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("aligned-cosine", AlignedCosine::new);

  private final MeasureInfo info;

  private AlignedCosine(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary("Mean cosine between responses after the best rotation, every stimulus alike.")
            .choice(
                "Where the direction of each response counts and its length does not, as for"
                    + " word embeddings; not with a common mean of all responses, which raises it:"
                    + " centre first.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(1)
            .policy(
                "A response that is all zero counts as cosine 0, so it lowers self-similarity."
                    + " Arbitrary where rank(XᵀY) is below both ranks. Every response zero: error.")
            .self(Double.NaN)
            .source("Hamilton et al. 2016, section 3")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    // Scaling to norm 1 changes no cosine and keeps products in range.
    return Configuration.normalised(x, info.minimumStimuli(), false);
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Configuration) x).points();
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    Matrix first = ((Configuration) x).points();
    Matrix second = ((Configuration) y).points();
    int n = first.rows();
    try (Svd svd = Svd.of(cross);
        Matrix rotatedFirst = first.times(svd.u());
        Matrix rotatedSecond = second.timesTransposed(svd.vt())) {
      double[] products = new double[n];
      double[] a = new double[n];
      double[] b = new double[n];
      for (int j = 0; j < rotatedFirst.columns(); j++) {
        rotatedFirst.readColumn(j, a);
        rotatedSecond.readColumn(j, b);
        for (int i = 0; i < n; i++) {
          products[i] += a[i] * b[i];
        }
      }
      double[] firstNorms = rowNorms(first);
      double[] secondNorms = rowNorms(second);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double norms = firstNorms[i] * secondNorms[i];
        sum += norms == 0 ? 0 : Math.max(-1, Math.min(1, products[i] / norms));
      }
      return sum / n;
    }
  }

  private static double[] rowNorms(Matrix points) {
    double[] norms = new double[points.rows()];
    double[] column = new double[points.rows()];
    for (int j = 0; j < points.columns(); j++) {
      points.readColumn(j, column);
      for (int i = 0; i < norms.length; i++) {
        norms[i] += column[i] * column[i];
      }
    }
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Math.sqrt(norms[i]);
    }
    return norms;
  }
}
