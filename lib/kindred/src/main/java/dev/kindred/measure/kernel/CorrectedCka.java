package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Linear CKA of two populations of units of which some were sampled, on sampled stimuli (Chun,
 * Canatar, Chung and Lee 2025): HSIC₁(X, Y) / √(H(X)·H(Y)) per pair of units, where
 *
 * <pre>H(X) = Σ_{α≠β} HSIC₁(x_α, x_β) / (p(p−1))</pre>
 *
 * pairs every unit with the other units only. A unit with itself would add its own noise and
 * selectivity, which two different samples of one population do not share; this lowers CKA of few
 * units. Each of the three terms is without bias over stimuli and units, so that the ratio of two
 * samples of one population tends to 1.
 *
 * <p>For centred columns n(n−3)·HSIC₁ of one unit with itself is (Σx²)² − n/(n−2)·Σx⁴ +
 * (Σx²)²/((n−1)(n−2)), which is what is taken out.
 */
public final class CorrectedCka implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY = CatalogueEntry.of("corrected-cka", CorrectedCka::new);

  private final MeasureInfo info;

  private CorrectedCka(Arguments arguments) {
    info =
        MeasureInfo.similarity(
                arguments.specification(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            .summary(
                "Linear CKA of the populations that stimuli and units were sampled from: unbiased"
                    + " terms over both.")
            .choice(
                "For recordings of few of many units, as in neuroscience, where plain CKA sinks as"
                    + " units get fewer; not for the units of a whole layer, nor for one set of"
                    + " units twice.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(4)
            .float32Error(1e-5)
            .float32Condition("where units share so little that the corrected term is near zero")
            .policy(
                "constant units count as sampled; the value may exceed 1, and does for one"
                    + " representation with itself, whose units are no second sample; units that"
                    + " share no variation (a term that is not positive) are an error")
            .source("Chun et al. 2025; Song et al. 2012, eq. 5")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    if (x.units() < 2) {
      throw new InputException(
          x.id() + " has 1 unit; " + info.specification() + " expects at least 2, to pair them");
    }
    Matrix features = Features.matrix(x, info).centreColumns();
    double norm = features.frobeniusNorm();
    if (norm == 0) {
      throw new InputException(
          x.id() + ": all stimuli are equal, so " + info.specification() + " is undefined");
    }
    features.scale(1 / norm);
    double n = features.rows();
    double p = features.columns();
    double[] squares = new double[features.rows()];
    double[] column = new double[features.rows()];
    double alone = 0;
    for (int j = 0; j < features.columns(); j++) {
      features.readColumn(j, column);
      double second = 0;
      double fourth = 0;
      for (int i = 0; i < column.length; i++) {
        double square = column[i] * column[i];
        squares[i] += square;
        second += square;
        fourth += square * square;
      }
      alone += hsic(n, second * second, fourth, second, second);
    }
    double self;
    try (Matrix products = gram(features)) {
      self = hsic(n, products.dot(products), dot(squares, squares), sum(squares), sum(squares));
    }
    double others = (self - alone) / (p * (p - 1));
    if (!(others > 0)) {
      throw new InputException(
          x.id()
              + ": its units share no variation over the stimuli, so "
              + info.specification()
              + " is undefined");
    }
    return new Side(features, squares, others);
  }

  private static Matrix gram(Matrix features) {
    return features.columns() < features.rows() ? features.scatter() : features.gram();
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Side) x).features;
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    Side a = (Side) x;
    Side b = (Side) y;
    double shared =
        hsic(
            a.squares.length,
            cross.dot(cross),
            dot(a.squares, b.squares),
            sum(a.squares),
            sum(b.squares));
    double pairs = (double) a.features.columns() * b.features.columns();
    return shared / pairs / (Math.sqrt(a.others) * Math.sqrt(b.others));
  }

  /** n(n−3)·HSIC₁ of centred columns, from ⟨K,L⟩, Σ kᵢᵢlᵢᵢ and the traces. */
  private static double hsic(
      double n, double products, double diagonals, double traceK, double traceL) {
    return products - n / (n - 2) * diagonals + traceK * traceL / ((n - 1) * (n - 2));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * @param features centred responses of Frobenius norm 1
   * @param squares squared norms of their rows
   * @param others H(X), without 1/(n(n−3))
   */
  private record Side(Matrix features, double[] squares, double others) implements Prepared {
    @Override
    public long bytes() {
      return features.bytes() + 8L * squares.length;
    }
  }
}
