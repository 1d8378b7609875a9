package dev.kindred.measure;

import dev.kindred.base.InputException;
import java.util.stream.IntStream;

/**
 * Which layers of two networks stand at the same depth: layer i of m, counted from 0, has the
 * relative depth i / (m − 1), 0 for the first and 1 for the last.
 */
public final class RelativeDepth {
  private RelativeDepth() {}

  /**
   * The layers of another network whose relative depth is nearest to that of a layer: one, or two
   * that are equally near, the earlier first.
   *
   * @param layer the layer, from 0
   * @param layers layers of its network, at least 2
   * @param others layers of the other network, at least 2
   */
  public static int[] nearest(int layer, int layers, int others) {
    if (layers < 2 || others < 2 || layer < 0 || layer >= layers) {
      throw new InputException(
          "expected networks of at least 2 layers and one of them, found layer "
              + layer
              + " of "
              + layers
              + " and "
              + others
              + " layers");
    }
    // In whole numbers, as 0.5 lies between 0.4 and 0.6 only up to rounding.
    int least =
        IntStream.range(0, others).map(k -> distance(layer, layers, k, others)).min().orElseThrow();
    return IntStream.range(0, others)
        .filter(k -> distance(layer, layers, k, others) == least)
        .toArray();
  }

  private static int distance(int layer, int layers, int other, int others) {
    return Math.abs(layer * (others - 1) - other * (layers - 1));
  }
}
