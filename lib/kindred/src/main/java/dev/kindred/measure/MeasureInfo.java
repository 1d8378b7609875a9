package dev.kindred.measure;

import java.util.Set;

/**
 * What a measure states of itself; every flag is held by a property test.
 *
 * @param specification canonical text {@code name[key=value,…]}, defaults left out
 * @param summary one sentence
 * @param kind whether higher or lower values mean closer
 * @param minimum smallest value that can occur, or negative infinity
 * @param maximum largest value that can occur, or positive infinity
 * @param symmetric whether compare(x, y) = compare(y, x)
 * @param invariances transformations of one representation that leave the value unchanged
 * @param minimumStimuli smallest n for which the measure is defined
 * @param policy what happens with constant columns, ties, rank deficiency and n &lt; p
 * @param source paper and equation
 */
public record MeasureInfo(
    String specification,
    String summary,
    Kind kind,
    double minimum,
    double maximum,
    boolean symmetric,
    Set<Invariance> invariances,
    int minimumStimuli,
    String policy,
    String source) {

  /** Direction of a measure. */
  public enum Kind {
    /** Higher is closer. */
    SIMILARITY,
    /** Lower is closer, equal representations have 0. */
    DISTANCE
  }

  public MeasureInfo {
    invariances = Set.copyOf(invariances);
  }
}
