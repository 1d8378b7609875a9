package dev.kindred.measure;

/**
 * A prepared form whose stimuli can be put into another order without preparing again: permutation
 * tests and null calibration then cost one preparation of each side.
 */
public interface Reorderable extends Prepared {
  /**
   * The prepared form of the representation whose row i is this one's row {@code order[i]}.
   *
   * @param order a permutation of 0 … n−1
   */
  Prepared reordered(int[] order);
}
