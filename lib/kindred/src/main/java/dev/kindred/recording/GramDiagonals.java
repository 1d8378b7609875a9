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
