package dev.kindred.network.training;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import java.util.SplittableRandom;

/** Wrong labels on purpose. */
public final class LabelNoise {
  private LabelNoise() {}

  /**
   * Symmetric noise: exactly {@code round(share·n)} labels become one of the other classes, each
   * with the same probability (Nakkiran et al. 2019, Deep double descent).
   *
   * @param labels true labels; left as they are
   * @param classes number of classes, at least 2
   * @param share share of wrong labels, from 0 to 1
   * @param seeds the wrong labels depend on these alone
   */
  public static int[] symmetric(int[] labels, int classes, double share, Seeds seeds) {
    if (!(share >= 0 && share <= 1) || classes < 2) {
      throw new InputException(
          "expected a share of wrong labels from 0 to 1 and at least 2 classes, found "
              + share
              + " and "
              + classes);
    }
    int[] noisy = labels.clone();
    SplittableRandom random = seeds.stream("label noise");
    int[] order = Shuffle.order(labels.length, random);
    long wrong = Math.round(share * labels.length);
    for (int i = 0; i < wrong; i++) {
      noisy[order[i]] = (labels[order[i]] + 1 + random.nextInt(classes - 1)) % classes;
    }
    return noisy;
  }
}
