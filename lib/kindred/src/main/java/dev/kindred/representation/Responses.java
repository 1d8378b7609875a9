package dev.kindred.representation;

import dev.kindred.base.Provenance;
import dev.kindred.base.matrix.Matrix;
import java.nio.DoubleBuffer;

/** Responses as a matrix, and a changed matrix as responses to the same stimuli. */
final class Responses {
  private Responses() {}

  /** The n×p responses in float64. */
  static Matrix matrix(Representation x) {
    Matrix features = Matrix.zeros(x.stimuli(), x.units());
    DoubleBuffer row = DoubleBuffer.allocate(x.units());
    for (int i = 0; i < x.stimuli(); i++) {
      x.read(i, i + 1, row.clear());
      for (int j = 0; j < x.units(); j++) {
        features.set(i, j, row.get(j));
      }
    }
    return features;
  }

  /**
   * Other responses to the stimuli of {@code source}, which cannot be known better than its own.
   *
   * @param responses n rows, any number of units
   * @param means added to the units
   */
  static Representation changed(
      Representation source, Matrix responses, double[] means, Provenance provenance) {
    int n = responses.rows();
    int p = responses.columns();
    double[] values = new double[Math.multiplyExact(n, p)];
    for (int j = 0; j < p; j++) {
      double[] column = responses.column(j);
      for (int i = 0; i < n; i++) {
        values[i * p + j] = column[i] + means[j];
      }
    }
    Representation result =
        Representation.of(source.id(), n, p, values)
            .withRounding(source.rounding())
            .withProvenance(provenance);
    return source.stimulusIds().map(result::withStimulusIds).orElse(result);
  }
}
