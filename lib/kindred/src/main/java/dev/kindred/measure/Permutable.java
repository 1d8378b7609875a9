package dev.kindred.measure;

/**
 * A measure whose prepared form serves for every order of the stimuli, so that a permutation test
 * costs two preparations and not two for each permutation.
 */
public interface Permutable extends Measure {
  /**
   * Whether prepared forms of this measure can be reordered; where not (mini-batches), permute the
   * representation and prepare it again.
   */
  boolean isPermutable();

  /**
   * The measure between x and y with y's stimuli in other orders: its row {@code order[i]} stands
   * beside row i of x. Orders are computed in parallel; the values do not depend on the number of
   * threads.
   *
   * @param x prepared by this measure
   * @param y prepared by this measure
   * @param orders permutations of 0 … n−1
   * @return one value for each order
   */
  double[] comparePermuted(Prepared x, Prepared y, int[][] orders);
}
