package dev.kindred.measure;

import dev.kindred.base.Progress;
import dev.kindred.representation.Representation;
import java.util.List;

/**
 * A {@link Permutable} measure that compares many representations under many orders of the stimuli
 * together, faster or in less memory than pair by pair.
 */
public interface PermutableMatrix extends Permutable {
  /**
   * As {@link #comparePermuted}, of every row with every column. The values do not depend on the
   * number of threads.
   *
   * @param rows representations whose stimuli stay in order
   * @param columns those whose stimuli are put into other orders, on the same stimuli
   * @param orders permutations of 0 … n−1
   * @param run memory budget
   * @param task advanced by one for every order of every row with every column
   * @return for every row and every column one value for each order
   */
  double[][][] comparePermuted(
      List<Representation> rows,
      List<Representation> columns,
      int[][] orders,
      Run run,
      Progress.Task task);
}
