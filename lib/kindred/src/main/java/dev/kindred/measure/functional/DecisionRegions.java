package dev.kindred.measure.functional;

import dev.kindred.base.InputException;
import java.util.Arrays;

/**
 * The classes that a network assigns to the points of a plane's grid, as {@link Plane#grid} orders
 * them. Immutable.
 */
public final class DecisionRegions {
  private final int rows;
  private final int columns;
  private final int[] classes;

  /**
   * @param rows points along the first axis
   * @param columns points along the second, which runs fastest
   * @param classes rows·columns classes; copied
   */
  public DecisionRegions(int rows, int columns, int[] classes) {
    if (rows < 1 || columns < 1 || classes.length != (long) rows * columns) {
      throw new InputException(
          "decision regions: expected "
              + rows
              + " × "
              + columns
              + " classes, found "
              + classes.length);
    }
    this.rows = rows;
    this.columns = columns;
    this.classes = classes.clone();
  }

  /** Share of points with equal classes (decision-region similarity). */
  public double agreement(DecisionRegions other) {
    if (rows != other.rows || columns != other.columns) {
      throw new InputException(
          "decision regions of "
              + rows
              + " × "
              + columns
              + " and "
              + other.rows
              + " × "
              + other.columns
              + " points: both need the same grid");
    }
    return agreement(classes, other.classes);
  }

  /** Share of equal entries of two lists of classes, any number of planes one after the other. */
  public static double agreement(int[] first, int[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new InputException(
          "decision regions of "
              + first.length
              + " and "
              + second.length
              + " points: both need the same, at least one");
    }
    int same = 0;
    for (int i = 0; i < first.length; i++) {
      same += first[i] == second[i] ? 1 : 0;
    }
    return same / (double) first.length;
  }

  /**
   * Fragmentation (Somepalli et al. 2022, section 5): the number of connected regions of one class,
   * where a point touches its eight neighbours.
   */
  public int fragmentation() {
    boolean[] seen = new boolean[classes.length];
    int[] stack = new int[classes.length];
    int regions = 0;
    for (int start = 0; start < classes.length; start++) {
      if (!seen[start]) {
        regions++;
        seen[start] = true;
        int height = 0;
        stack[height++] = start;
        while (height > 0) {
          height = visitNeighbours(stack[--height], seen, stack, height);
        }
      }
    }
    return regions;
  }

  private int visitNeighbours(int point, boolean[] seen, int[] stack, int height) {
    int row = point / columns;
    int column = point % columns;
    int top = height;
    for (int i = Math.max(0, row - 1); i <= Math.min(rows - 1, row + 1); i++) {
      for (int j = Math.max(0, column - 1); j <= Math.min(columns - 1, column + 1); j++) {
        int other = i * columns + j;
        if (!seen[other] && classes[other] == classes[point]) {
          seen[other] = true;
          stack[top++] = other;
        }
      }
    }
    return top;
  }

  /** A copy of the classes. */
  public int[] classes() {
    return Arrays.copyOf(classes, classes.length);
  }
}
