package dev.kindred.measure;

import dev.kindred.representation.Representation;
import java.util.List;

/**
 * A symmetric measure that computes all pairs of many representations together, faster or in less
 * memory than pair by pair.
 */
public interface WholeMatrix extends Measure {
  /**
   * The square symmetric matrix of all pairs.
   *
   * @param representations responses to the same stimuli
   * @param run memory budget, display, checkpoints
   */
  double[][] matrix(List<Representation> representations, Run run);
}
