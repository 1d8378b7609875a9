package dev.kindred.network;

import dev.kindred.base.InputException;
import java.util.stream.IntStream;

/**
 * Which stages of two networks stand at the same depth: stage i of m, counted from 0, has the
 * relative depth i / (m − 1), 0 for the first and 1 for the last.
 */
public final class RelativeDepth {
  private RelativeDepth() {}

  /**
   * The stages of another network whose relative depth is nearest to that of a stage: one, or two
   * that are equally near, the earlier first.
   *
   * @param stage the stage, from 0
   * @param stages stages of its network, at least 2
   * @param others stages of the other network, at least 2
   */
  public static int[] nearest(int stage, int stages, int others) {
    if (stages < 2 || others < 2 || stage < 0 || stage >= stages) {
      throw new InputException(
          "expected networks of at least 2 stages and one of them, found stage "
              + stage
              + " of "
              + stages
              + " and "
              + others
              + " stages");
    }
    // In whole numbers, as 0.5 lies between 0.4 and 0.6 only up to rounding.
    int least =
        IntStream.range(0, others).map(k -> distance(stage, stages, k, others)).min().orElseThrow();
    return IntStream.range(0, others)
        .filter(k -> distance(stage, stages, k, others) == least)
        .toArray();
  }

  private static int distance(int stage, int stages, int other, int others) {
    return Math.abs(stage * (others - 1) - other * (stages - 1));
  }
}
