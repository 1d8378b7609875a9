package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;

/**
 * How much of a Gram embedding is kept where the whole is too large, or takes too long: two random
 * projections from one seed, the same at every epoch, so a run that is taken up again goes on with
 * them.
 *
 * <p><b>Numbers.</b> The embedding v of a layer at an epoch, of length 1, is stored as S·v, where S
 * adds up the entries of v, each with a random sign, in as many sums as there are numbers (count
 * sketch: Charikar, Chen and Farach-Colton, ICALP 2002; Weinberger et al., Feature hashing, ICML
 * 2009). The entries are dealt out evenly, so two of them meet with a probability of at most
 * 1/numbers. As lengths are known, CKA is read as 1 − ‖S·v − S·w‖²/2. It has no bias, is 1 for an
 * epoch with itself, and its standard error is at most <b>(1 − CKA)·√(2/numbers)</b>: a share of
 * the dissimilarity, 1.1 % at 16384 numbers, so small differences between late epochs are not lost.
 *
 * <p><b>Units.</b> A layer of more units than this is reduced to it before its Gram matrix K is
 * taken, in the same manner; that costs one addition for each response in place of n products. Then
 * the expected ‖K′ − K‖² is at most ((tr K)² + ‖K‖²)/units, which is (r + 1)/units of ‖K‖² where r
 * is the participation ratio (tr K)²/‖K‖² of the layer. CKA is then slightly biased.
 *
 * <p>What both do to the run at hand is measured: at the first recorded epoch from every power of
 * two on, exact embeddings are kept too, and {@link Recording#sketchError} compares.
 *
 * @param numbers stored for a layer at an epoch
 * @param units of a layer at most, or 0 for all
 * @param seed of the projections
 */
public record Sketch(int numbers, int units, long seed) {
  /**
   * 786 MB for paper 2's 4000 epochs of six layers in float16; any layer costs what 2048 units do.
   */
  public static final Sketch SMALL = new Sketch(16_384, 2048, 0);

  public Sketch {
    if (numbers < 2 || units < 0) {
      throw new InputException(
          "expected a sketch of at least 2 numbers, and of 0 (all) or more units, found "
              + numbers
              + " and "
              + units);
    }
  }

  /** The same, without reducing the units of layers. */
  public Sketch ofAllUnits() {
    return new Sketch(numbers, 0, seed);
  }

  /** At most this is the standard error of a similarity, as far as the numbers go. */
  public double standardError(double similarity) {
    return (1 - similarity) * Math.sqrt(2.0 / numbers);
  }

  /** Whether a layer's units are reduced. */
  boolean folds(int layer) {
    return units > 0 && layer > units;
  }

  Seeds seeds() {
    return new Seeds(seed).child("sketch");
  }
}
