package dev.kindred.measure;

import java.util.Objects;
import java.util.Set;

/**
 * What a measure states of itself; every flag is held by a property test.
 *
 * @param specification canonical text {@code name[key=value,…]}, defaults left out
 * @param summary one sentence: what it is
 * @param choice one line: when to choose it, and when not
 * @param kind whether higher or lower values mean closer
 * @param minimum smallest value that can occur, or negative infinity
 * @param maximum largest value that can occur, or positive infinity
 * @param self value of a representation compared with itself, but for ties between neighbours, of
 *     which the policy speaks; NaN where that depends on the representation
 * @param symmetric whether compare(x, y) = compare(y, x)
 * @param invariances transformations of one representation that leave the value unchanged
 * @param minimumStimuli smallest n for which the measure is defined
 * @param float32Error what float32 responses change against float64 ones, at most, for
 *     well-conditioned responses: absolute, times max(1, |value|)
 * @param float32Condition in which conditions that bound does not hold; empty if there are none
 * @param policy what happens with constant columns, ties, rank deficiency and n &lt; p
 * @param source paper and equation
 */
public record MeasureInfo(
    String specification,
    String summary,
    String choice,
    Kind kind,
    double minimum,
    double maximum,
    double self,
    boolean symmetric,
    Set<Invariance> invariances,
    int minimumStimuli,
    double float32Error,
    String float32Condition,
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
    Objects.requireNonNull(specification);
    Objects.requireNonNull(summary);
    if (choice == null || choice.isBlank()) {
      throw new IllegalArgumentException(
          specification + ": says not when to choose it and when not");
    }
    Objects.requireNonNull(float32Condition);
    Objects.requireNonNull(policy);
    Objects.requireNonNull(source);
    invariances = Set.copyOf(invariances);
  }

  /** A symmetric similarity with self-similarity 1, to be described further. */
  public static Builder similarity(String specification, double minimum, double maximum) {
    return new Builder(specification, Kind.SIMILARITY, minimum, maximum, 1);
  }

  /** A symmetric distance from 0 to {@code maximum}, to be described further. */
  public static Builder distance(String specification, double maximum) {
    return new Builder(specification, Kind.DISTANCE, 0, maximum, 0);
  }

  /**
   * The parts of a {@link MeasureInfo} by name; all but {@link #self} and the flags are required.
   */
  public static final class Builder {
    private final String specification;
    private final Kind kind;
    private final double minimum;
    private final double maximum;
    private double self;
    private boolean symmetric = true;
    private Set<Invariance> invariances = Set.of();
    private int minimumStimuli = 2;
    private double float32Error = 1e-7;
    private String float32Condition = "";
    private String summary;
    private String choice;
    private String policy;
    private String source;

    private Builder(String specification, Kind kind, double minimum, double maximum, double self) {
      this.specification = specification;
      this.kind = kind;
      this.minimum = minimum;
      this.maximum = maximum;
      this.self = self;
    }

    public Builder summary(String text) {
      summary = text;
      return this;
    }

    /** When to choose the measure and when not, in one line. */
    public Builder choice(String text) {
      choice = text;
      return this;
    }

    public Builder asymmetric() {
      symmetric = false;
      return this;
    }

    /** Value of a representation compared with itself; NaN where that depends on it. */
    public Builder self(double value) {
      self = value;
      return this;
    }

    public Builder invariantTo(Invariance... transformations) {
      invariances = Set.of(transformations);
      return this;
    }

    public Builder invariantTo(Set<Invariance> transformations) {
      invariances = transformations;
      return this;
    }

    /** Smallest n for which the measure is defined; 2 unless said. */
    public Builder minimumStimuli(int n) {
      minimumStimuli = n;
      return this;
    }

    /** What float32 responses change at most where they are well-conditioned; 1e-7 unless said. */
    public Builder float32Error(double bound) {
      float32Error = bound;
      return this;
    }

    /** In which conditions {@link #float32Error} does not hold. */
    public Builder float32Condition(String text) {
      float32Condition = text;
      return this;
    }

    public Builder policy(String text) {
      policy = text;
      return this;
    }

    public Builder source(String text) {
      source = text;
      return this;
    }

    public MeasureInfo build() {
      return new MeasureInfo(
          specification,
          summary,
          choice,
          kind,
          minimum,
          maximum,
          self,
          symmetric,
          invariances,
          minimumStimuli,
          float32Error,
          float32Condition,
          policy,
          source);
    }
  }
}
