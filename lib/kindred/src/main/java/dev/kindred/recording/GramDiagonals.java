package dev.kindred.recording;

import dev.kindred.measure.kernel.tiles.RecordedVectors;

/**
 * Of centred Gram matrices K, each divided by its Frobenius norm, what the permutation distribution
 * of linear CKA takes beside the number of images n. If the images of one of two epochs were
 * shuffled within a batch, the mean of the batch's CKA would be tr(K)·tr(L)/(n − 1); its variance
 * takes the squared diagonals, too (Kazi-Aoual et al. 1995).
 *
 * @param trace tr(K)/‖K‖, epochs × batches
 * @param squares Σ kᵢᵢ²/‖K‖², epochs × batches
 */
public record GramDiagonals(double[][] trace, double[][] squares) {
  /** The variance of a permutation has this many factors in its denominator. */
  private static final int FEWEST_IMAGES = 4;

  /**
   * Linear CKA by chance, averaged over batches.
   *
   * @param mean over all orders of the images
   * @param deviation standard deviation over these
   */
  public record Chance(double mean, double deviation) {
    private static final double QUANTILE = 1.6449;

    /** What 95 % of the orders stay below, by the normal distribution. */
    public double upper() {
      return mean + QUANTILE * deviation;
    }
  }

  /**
   * Biased linear CKA of two epochs, averaged over batches, if the images of one were shuffled
   * within each batch: exact mean and variance over all orders.
   *
   * @param row number of one epoch among the recorded ones
   * @param other number of the other
   * @param images of a batch; NaN for fewer than four
   */
  public Chance chance(int row, int other, int images) {
    int batches = trace[row].length;
    if (images < FEWEST_IMAGES || batches == 0) {
      return new Chance(Double.NaN, Double.NaN);
    }
    double n = images;
    double mean = 0;
    double variance = 0;
    for (int b = 0; b < batches; b++) {
      double t = trace[row][b];
      double u = trace[other][b];
      mean += t * u / (n - 1) / batches;
      double traces =
          2 * (n - 1 - t * t) * (n - 1 - u * u) / ((n - 1) * (n - 1) * (n + 1) * (n - 2));
      double diagonals =
          fourth(n, t, squares[row][b])
              * fourth(n, u, squares[other][b])
              / ((n + 1) * n * (n - 1) * (n - 2) * (n - 3));
      variance += (traces + diagonals) / (batches * batches);
    }
    return new Chance(mean, Math.sqrt(Math.max(0, variance)));
  }

  private static double fourth(double n, double trace, double squares) {
    return n * (n + 1) * squares - (n - 1) * (trace * trace + 2);
  }

  static GramDiagonals of(RecordedLayer layer, RecordingInfo info) {
    int epochs = layer.names().size();
    int n = info.batchSize();
    double[][] trace = new double[epochs][info.batches()];
    double[][] squares = new double[epochs][info.batches()];
    float[] column = new float[1];
    double scale = Math.sqrt(info.batches()) / Recording.STORED_SCALE;
    RecordedVectors.Reader reader = layer.reader();
    for (int e = 0; e < epochs; e++) {
      for (int b = 0; b < info.batches(); b++) {
        int at = b * GramEmbedding.length(n);
        for (int j = 0; j < n; j++) {
          reader.read(e, at, 1, column);
          double entry = column[0] * scale;
          trace[e][b] += entry;
          squares[e][b] += entry * entry;
          at += n - j;
        }
      }
    }
    return new GramDiagonals(trace, squares);
  }
}
