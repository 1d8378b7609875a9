package dev.kindred.study.consistency;

import dev.kindred.study.models.PairSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * First and second moments of similarities over the model pairs of every two declarations. Where
 * models have copies, which are drawn together, correlations under any weights follow from them
 * without a look at a single pair: of three copies each, from a ninth of the numbers.
 */
final class PairMoments {
  /**
   * Least share of the variance in the mean square about the centre of all pairs. Below, too many
   * digits cancel, and the pairs themselves are asked.
   */
  private static final double CONDITIONED = 1e-4;

  /** Declarations with fewer copies on average gain nothing. */
  private static final int LEAST_COPIES = 2;

  private final int dataSets;
  private final int[] declared;

  /** One block for every two declarations, each also with itself: number of pairs that count. */
  private final int[] pairs;

  /** Sums over a block's pairs: of every data set, then of the products of every two. */
  private final double[][] sums;

  private PairMoments(SimilaritySet similarities, int[] declared, int declarations) {
    this.dataSets = similarities.dataSets().size();
    this.declared = declared;
    this.pairs = new int[declarations * (declarations + 1) / 2];
    this.sums = new double[pairs.length][];
    PairSet all = similarities.allPairs();
    double[][] centred =
        Arrays.stream(similarities.vectors(all))
            .map(
                vector -> {
                  double mean = Arrays.stream(vector).average().orElse(0);
                  return Arrays.stream(vector).map(value -> value - mean).toArray();
                })
            .toArray(double[][]::new);
    double[] block = all.values(this::block);
    for (int k = 0; k < block.length; k++) {
      int b = (int) block[k];
      if (b >= 0) {
        pairs[b]++;
        add(k, centred, sums[b] == null ? (sums[b] = new double[width()]) : sums[b]);
      }
    }
  }

  /** Empty where most models have no copies. */
  static Optional<PairMoments> of(SimilaritySet similarities, int[] declared) {
    int declarations = Arrays.stream(declared).max().orElse(-1) + 1;
    return declared.length < LEAST_COPIES * declarations
        ? Optional.empty()
        : Optional.of(new PairMoments(similarities, declared, declarations));
  }

  private int width() {
    return dataSets + dataSets * (dataSets + 1) / 2;
  }

  private void add(int pair, double[][] vectors, double[] to) {
    int next = dataSets;
    for (int a = 0; a < dataSets; a++) {
      to[a] += vectors[a][pair];
      for (int b = a; b < dataSets; b++) {
        to[next++] += vectors[a][pair] * vectors[b][pair];
      }
    }
  }

  /** The block of a pair of models; −1 for copies of each other, which count nothing. */
  private int block(int first, int second) {
    int high = Math.max(declared[first], declared[second]);
    int low = Math.min(declared[first], declared[second]);
    return low == high ? -1 : high * (high + 1) / 2 + low;
  }

  /** The blocks that a set of pairs is made of; empty where it has some pairs of a block only. */
  Optional<int[]> blocks(PairSet set) {
    int[] found = new int[pairs.length];
    for (double block : set.values(this::block)) {
      if (block >= 0) {
        found[(int) block]++;
      }
    }
    int[] blocks = IntStream.range(0, found.length).filter(b -> found[b] > 0).toArray();
    return Arrays.stream(blocks).allMatch(b -> found[b] == pairs[b])
        ? Optional.of(blocks)
        : Optional.empty();
  }

  /**
   * Pearson's correlation of every two data sets over the pairs of some blocks, 1 on the diagonal;
   * empty where copies differ in weight, or where a similarity varies too little to tell so.
   *
   * @param weights of the models
   */
  Optional<double[][]> correlations(int[] blocks, double[] weights) {
    double[] ofDeclaration = new double[declared.length];
    for (int model = declared.length - 1; model >= 0; model--) {
      ofDeclaration[declared[model]] = weights[model];
    }
    for (int model = 0; model < declared.length; model++) {
      if (ofDeclaration[declared[model]] != weights[model]) {
        return Optional.empty();
      }
    }
    double total = 0;
    double[] sum = new double[width()];
    for (int b : blocks) {
      int high = (int) ((Math.sqrt(8.0 * b + 1) - 1) / 2);
      double weight = ofDeclaration[high] * ofDeclaration[b - high * (high + 1) / 2];
      if (weight > 0) {
        total += weight * pairs[b];
        double[] block = sums[b];
        for (int k = 0; k < sum.length; k++) {
          sum[k] += weight * block[k];
        }
      }
    }
    return total > 0 ? correlations(total, sum) : Optional.empty();
  }

  private Optional<double[][]> correlations(double total, double[] sum) {
    double[] deviations = new double[dataSets];
    for (int a = 0, next = dataSets; a < dataSets; next += dataSets - a++) {
      double variance = sum[next] - sum[a] * sum[a] / total;
      if (!(variance > CONDITIONED * sum[next])) {
        return Optional.empty();
      }
      deviations[a] = Math.sqrt(variance);
    }
    double[][] correlations = new double[dataSets][dataSets];
    for (int a = 0, next = dataSets; a < dataSets; a++) {
      correlations[a][a] = 1;
      next++;
      for (int b = a + 1; b < dataSets; b++) {
        double r = (sum[next++] - sum[a] * sum[b] / total) / (deviations[a] * deviations[b]);
        correlations[a][b] = Math.max(-1, Math.min(1, r));
        correlations[b][a] = correlations[a][b];
      }
    }
    return Optional.of(correlations);
  }
}
