package dev.kindred.representation;

import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import java.util.Arrays;
import java.util.List;
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
    try (Matrix rotation = rotation(x.units(), seeds.stream("rotation"));
        Matrix responses = Responses.matrix(x);
        Matrix rotated = responses.times(rotation)) {
      return changed(x, rotated, "random rotation", seeds);
    }
  }

  /**
   * The units rotated at random about their mean: that of every stimulus stays, and so do distances
   * and angles between stimuli, but single units do not. Responses behind a rectifier go up and
   * down together; {@link #rotated} hands what they share to units with random signs and weights,
   * so that a matching of units falls although no single unit was special. What falls here falls
   * for the axes alone.
   *
   * @param seeds the rotation is uniform among all orthogonal p×p matrices that map the vector of
   *     ones to itself, the same for the same seeds and p
   */
  public static Representation rotatedAboutMean(Representation x, Seeds seeds) {
    int p = x.units();
    if (p == 1) {
      return x;
    }
    try (Matrix mirror = onesToFirstAxis(p);
        Matrix rotation = rotation(p - 1, seeds.stream("rotation about the mean"));
        Matrix responses = Responses.matrix(x);
        Matrix mirrored = responses.times(mirror);
        Matrix mean = mirrored.columns(0, 1);
        Matrix others = mirrored.columns(1, p);
        Matrix turned = others.times(rotation);
        Matrix both = Matrix.beside(List.of(mean, turned));
        Matrix rotated = both.times(mirror)) {
      return changed(x, rotated, "random rotation about the mean", seeds);
    }
  }

  private static Representation changed(
      Representation x, Matrix responses, String how, Seeds seeds) {
    return Responses.changed(
        x,
        responses,
        new double[responses.columns()],
        Provenance.of(how, Map.of("seed", seeds.root()), x.provenance()));
  }

  /** The Householder reflection that maps (1, …, 1)/√p and the first axis to each other. */
  private static Matrix onesToFirstAxis(int p) {
    double each = 1 / Math.sqrt(p);
    double[] normal = new double[p];
    Arrays.fill(normal, each);
    normal[0] -= 1;
    double factor = -1 / (1 - each); // −2/‖normal‖²
    Matrix mirror = Matrix.identity(p);
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        mirror.set(i, j, mirror.get(i, j) + factor * normal[i] * normal[j]);
      }
    }
    return mirror;
  }

  /** Uniform among all orthogonal p×p matrices. */
  private static Matrix rotation(int p, SplittableRandom random) {
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
      return Qr.orthonormal(gaussian).scaleColumns(signs);
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
