package dev.kindred.measure.functional;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Jensen–Shannon divergence of predicted probabilities (Lin, IEEE Trans. Inf. Theory 37, 1991): for
 * every stimulus
 *
 * <pre>½ KL(P ‖ M) + ½ KL(Q ‖ M),   M = (P + Q)/2,</pre>
 *
 * P and Q the softmax of the two networks' logits, to base 2 (bits, 0 to 1); mean over stimuli. The
 * divergence, not its square root, which is what SciPy returns.
 *
 * <p>Use it where confidence matters and not only the class. Calibration changes it: networks that
 * agree on every class may be far apart.
 */
public final class JensenShannon implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("jensen-shannon", JensenShannon::new);

  private final MeasureInfo info;

  private JensenShannon(Arguments arguments) {
    info =
        MeasureInfo.distance(arguments.specification(), 1)
            .summary(
                "Mean Jensen-Shannon divergence (bits) of predicted probabilities, from logits.")
            .choice(
                "Where confidence matters and not the top class alone; not where only decisions"
                    + " do: it sees calibration, too.")
            .minimumStimuli(1)
            .policy("Both networks need the same classes. Probabilities that underflow count 0.")
            .source("Lin 1991")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Matrix probabilities = Features.transposed(x, info);
    double[] row = new double[probabilities.rows()];
    for (int i = 0; i < probabilities.columns(); i++) {
      probabilities.readColumn(i, row);
      softmax(row);
      probabilities.writeColumn(i, row);
    }
    return new Probabilities(x.id(), probabilities);
  }

  private static void softmax(double[] logits) {
    double largest = logits[Decisions.largest(logits)];
    double sum = 0;
    for (int j = 0; j < logits.length; j++) {
      logits[j] = Math.exp(logits[j] - largest);
      sum += logits[j];
    }
    for (int j = 0; j < logits.length; j++) {
      logits[j] /= sum;
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Probabilities first = (Probabilities) x;
    Probabilities second = (Probabilities) y;
    int classes = first.byStimulus.rows();
    Decisions.requireSameClasses(first.id, classes, second.id, second.byStimulus.rows());
    int n = first.byStimulus.columns();
    double[] p = new double[classes];
    double[] q = new double[classes];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      first.byStimulus.readColumn(i, p);
      second.byStimulus.readColumn(i, q);
      double divergence = 0;
      for (int j = 0; j < classes; j++) {
        double middle = (p[j] + q[j]) / 2;
        divergence += term(p[j], middle) + term(q[j], middle);
      }
      sum += Math.max(0, Math.min(1, divergence / (2 * Math.log(2))));
    }
    return sum / n;
  }

  private static double term(double p, double middle) {
    return p > 0 ? p * Math.log(p / middle) : 0;
  }

  private record Probabilities(String id, Matrix byStimulus) implements Prepared {
    @Override
    public long bytes() {
      return byStimulus.bytes();
    }
  }
}
