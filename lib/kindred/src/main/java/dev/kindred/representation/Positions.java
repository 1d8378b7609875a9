package dev.kindred.representation;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What becomes of the positions (rows and columns of a feature map, tokens, time steps) of
 * responses with more than two axes, so that one row a stimulus is left.
 */
public final class Positions {
  /** Ways to come to one row a stimulus. */
  enum Kind {
    FLATTEN,
    MEAN,
    CENTRE,
    AT
  }

  private static final Positions FLATTEN = new Positions(Kind.FLATTEN);
  private static final Positions MEAN = new Positions(Kind.MEAN);
  private static final Positions CENTRE = new Positions(Kind.CENTRE);

  private final Kind kind;
  private final int[] index;

  private Positions(Kind kind, int... index) {
    this.kind = kind;
    this.index = index;
  }

  /** Every number is a unit, in C order. */
  public static Positions flatten() {
    return FLATTEN;
  }

  /** One unit a channel: its mean over all positions, computed in float64. */
  public static Positions mean() {
    return MEAN;
  }

  /** One unit a channel: its value at the middle, index ⌊length/2⌋ along every axis. */
  public static Positions centre() {
    return CENTRE;
  }

  /**
   * One unit a channel: its value at one position; {@code at(0)} is the class token of most vision
   * transformers.
   *
   * @param index one index for each axis of positions
   */
  public static Positions at(int... index) {
    return new Positions(Kind.AT, index.clone());
  }

  Kind kind() {
    return kind;
  }

  int[] index() {
    return index.clone();
  }

  @Override
  public String toString() {
    return switch (kind) {
      case FLATTEN -> "flatten";
      case MEAN -> "mean";
      case CENTRE -> "centre";
      case AT ->
          Arrays.stream(index)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(",", "at ", ""));
    };
  }
}
