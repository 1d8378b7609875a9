package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Second-order cosine similarity (Hamilton, Leskovec and Jurafsky, EMNLP 2016; ReSi): for every
 * stimulus the cosine between the two vectors of its cosine distances to the union of its k nearest
 * neighbours in either representation; mean over stimuli.
 *
 * <p>The distances are not centred, so values lie near 1 and small differences matter; report it
 * beside {@link MutualKnn}.
 */
public final class SecondOrderCosine implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("second-order-cosine", SecondOrderCosine::new, Neighbours.K);

  private final int k;
  private final MeasureInfo info;

  private SecondOrderCosine(Arguments arguments) {
    k = arguments.integer("k");

    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("Cosine of the distances to the union of both neighbourhoods.")
            .choice(
                "To ask whether stimuli keep their distances to their neighbours, as for word"
                    + " embeddings over time; not to read its size: values lie near 1, and small"
                    + " differences matter.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties, which rounding breaks or makes")
            .policy(
                "Ties are broken at random, independently in both representations: every squared distance and product of distances counts with the probability that its stimulus is in the union (a ratio of expectations). A response that is all zero is at cosine 0 from all. k must be below n. Distances that are all zero: cosine 1 if they are in both, else 0.")
            .source("Hamilton et al. 2016; ReSi")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return Neighbours.of(x, k, true, true);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Neighbours first = (Neighbours) x;
    Neighbours second = (Neighbours) y;
    int[] candidateOf = new int[first.stimuli()];
    double sum = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      double[] a = first.features(i);
      double[] b = second.features(i);
      Sums sums = new Sums();
      second.mark(i, candidateOf);
      int ofFirst = first.candidates(i);
      for (int c = 0; c < ofFirst; c++) {
        int j = first.candidate(i, c);
        double share = first.share(i, first.start(i, c));
        if (candidateOf[j] > 0) {
          double other = second.share(i, second.start(i, candidateOf[j] - 1));
          share = share + other - share * other;
          candidateOf[j] = 0;
        }
        sums.add(share, 1 - first.productAt(i, c), 1 - dot(b, second.features(j)));
      }
      int ofSecond = second.candidates(i);
      for (int c = 0; c < ofSecond; c++) {
        int j = second.candidate(i, c);
        if (candidateOf[j] > 0) {
          double share = second.share(i, second.start(i, c));
          sums.add(share, 1 - dot(a, first.features(j)), 1 - second.productAt(i, c));
          candidateOf[j] = 0;
        }
      }
      sum += sums.cosine();
    }
    return sum / first.stimuli();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static final class Sums {
    private double aa;
    private double bb;
    private double ab;

    /** Distances between responses of length 1 are not negative but for rounding. */
    void add(double weight, double a, double b) {
      double first = a < ROUNDING ? 0 : a;
      double second = b < ROUNDING ? 0 : b;
      aa += weight * first * first;
      bb += weight * second * second;
      ab += weight * first * second;
    }

    double cosine() {
      if (aa == 0 || bb == 0) {
        return aa == bb ? 1 : 0;
      }
      return Math.min(1, ab / Math.sqrt(aa * bb));
    }
  }

  /** A cosine distance below this is zero: identical responses differ by rounding only. */
  private static final double ROUNDING = 1e-14;
}
