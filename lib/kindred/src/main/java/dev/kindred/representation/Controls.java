package dev.kindred.representation;

import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a representation is set beside to learn what a similarity rests on: the same responses with
 * the axes of single units taken away, or without their stimuli.
 */
public final class Controls {
  private Controls() {}

  /**
   * The units rotated at random: distances and angles between stimuli stay, single units do not. A
   * measure that falls under it sees privileged axes (Khosla and Williams 2024; Kapoor et al.
   * 2025).
   *
   * @param seeds the rotation is uniform among all orthogonal p×p matrices, the same for the same
   *     seeds and p
   */
  public static Representation rotated(Representation x, Seeds seeds) {
    int p = x.units();
    SplittableRandom random = seeds.stream("rotation");
    double[] signs = new double[p];
    try (Matrix gaussian = Matrix.zeros(p, p)) {
      double[] column = new double[p];
      for (int j = 0; j < p; j++) {
        for (int i = 0; i < p; i++) {
          column[i] = random.nextGaussian();
        }
        gaussian.writeColumn(j, column);
        // LAPACK's choice of signs would favour some rotations.
        signs[j] = random.nextBoolean() ? 1 : -1;
      }
      try (Matrix rotation = Qr.orthonormal(gaussian).scaleColumns(signs);
          Matrix responses = Responses.matrix(x);
          Matrix rotated = responses.times(rotation)) {
        return Responses.changed(
            x,
            rotated,
            new double[p],
            Provenance.of("random rotation", Map.of("seed", seeds.root()), x.provenance()));
      }
    }
  }

  /**
   * The responses shuffled among the stimuli: what is left of a similarity is chance.
   *
   * @param seeds the same order for the same seeds and number of stimuli
   */
  public static Representation shuffled(Representation x, Seeds seeds) {
    SplittableRandom random = seeds.stream("stimuli");
    int[] order = new int[x.stimuli()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    Representation shuffled = x.select(order);
    return x.stimulusIds().map(shuffled::withStimulusIds).orElse(shuffled);
  }
}
