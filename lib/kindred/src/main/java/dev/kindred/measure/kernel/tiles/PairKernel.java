package dev.kindred.measure.kernel.tiles;

/**
 * A symmetric function of two stimuli, computed from the inner product of their feature vectors:
 * the entries of a kernel or dissimilarity matrix.
 *
 * @param form the function
 * @param rows what happens to each stimulus's features before
 * @param scale how the width of {@link Form#RBF} is chosen
 * @param sigma the width where it is absolute
 */
public record PairKernel(Form form, Rows rows, Scale scale, double sigma) {
  /** Roundings from here on are those of float32 products. */
  private static final double FLOAT32_DIGITS = 1e-9;

  /** What happens to each stimulus's feature vector before inner products are taken. */
  public enum Rows {
    RAW,
    /** Divided by its Euclidean norm; a zero vector stays zero. */
    UNIT,
    /**
     * Its mean subtracted, then divided by its norm, so that inner products are Pearson
     * correlations; a constant vector becomes zero, its correlations 0.
     */
    STANDARDISED
  }

  /** How the width of a Gaussian is chosen. */
  public enum Scale {
    NONE,
    /** σ is a number. */
    ABSOLUTE,
    /** σ² is the median of the non-zero squared distances between stimuli. */
    MEDIAN,
    /** 2σ² is the mean of all n² squared distances, zeros included. */
    MEAN
  }

  /** The function of an inner product g and the squared norms a, b of the two vectors. */
  public enum Form {
    /** g */
    INNER(false),
    /** 1 − g */
    ONE_MINUS_INNER(false),
    /** d² = a + b − 2g */
    SQUARED_DISTANCE(true),
    /** d */
    DISTANCE(true),
    /** exp(−d²/2σ²) */
    RBF(true),
    /** 1 − exp(−d²/2σ²) */
    ONE_MINUS_RBF(true);

    private final boolean ofDistance;

    Form(boolean ofDistance) {
      this.ofDistance = ofDistance;
    }

    /** True if the function depends on distances alone, so that centring changes nothing. */
    boolean ofDistance() {
      return ofDistance;
    }
  }

  /** A kernel without a length, so none of the Gaussian ones. */
  public static PairKernel of(Form form, Rows rows) {
    return new PairKernel(form, rows, Scale.NONE, Double.NaN);
  }

  /**
   * True if columns are to be centred before inner products are taken: distances do not change, and
   * float32 keeps the digits that a large common mean would take.
   */
  boolean centreColumns() {
    return form.ofDistance();
  }

  /**
   * Replaces inner products of stimuli {@code first} … {@code first + count − 1} with stimulus
   * {@code other} by the kernel's entries.
   *
   * @param values inner products, replaced
   * @param count how many
   * @param squaredNorms of all stimuli
   * @param first stimulus of {@code values[0]}
   * @param other the other stimulus
   * @param twoSigmaSquared 2σ² for Gaussians
   * @param rounding relative rounding: what lies below it is zero, so that equal stimuli have
   *     distance 0 and not the root of a rounding error
   */
  void apply(
      double[] values,
      int count,
      double[] squaredNorms,
      int first,
      int other,
      double twoSigmaSquared,
      double rounding) {
    if (form.ofDistance()) {
      squaredDistances(values, count, squaredNorms, first, squaredNorms[other]);
    }
    switch (form) {
      case INNER -> {}
      case ONE_MINUS_INNER -> {
        for (int i = 0; i < count; i++) {
          double difference = 1 - values[i];
          // Parallel and opposite vectors tie at exactly 0 and 2.
          values[i] = difference < rounding ? 0 : difference > 2 - rounding ? 2 : difference;
        }
      }
      case SQUARED_DISTANCE, DISTANCE -> {
        for (int i = 0; i < count; i++) {
          if (values[i] <= rounding * (squaredNorms[first + i] + squaredNorms[other])) {
            values[i] = 0;
          }
        }
        if (form == Form.DISTANCE) {
          for (int i = 0; i < count; i++) {
            values[i] = Math.sqrt(values[i]);
          }
        }
      }
      case RBF, ONE_MINUS_RBF -> {
        // A width of 0 has equal stimuli only: all distances are 0, and the kernel is 1.
        double factor = twoSigmaSquared > 0 ? -1 / twoSigmaSquared : 0;
        if (rounding < FLOAT32_DIGITS) {
          exponentials(values, count, factor);
        } else {
          shortExponentials(values, count, factor);
        }
        if (form == Form.ONE_MINUS_RBF) {
          for (int i = 0; i < count; i++) {
            values[i] = 1 - values[i];
          }
        }
      }
    }
  }

  private static void squaredDistances(
      double[] values, int count, double[] squaredNorms, int first, double otherNorm) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(0, squaredNorms[first + i] + otherNorm - 2 * values[i]);
    }
  }

  /**
   * Replaces x ≥ 0 by exp(factor·x), factor ≤ 0: the Taylor polynomial of the exponent divided by
   * 4096, squared twelve times. Unlike {@link Math#exp} this is plain arithmetic, which the
   * compiler turns into vector instructions (a loop of squarings it would not), three times as
   * fast; the relative error is below 1e-11 down to results of 1e-100, and what would be smaller
   * than 1e-307 stays there.
   */
  static void exponentials(double[] values, int count, double factor) {
    double small = factor / 4096;
    for (int i = 0; i < count; i++) {
      double y = Math.max(values[i] * small, -707.0 / 4096);
      double e = 1 + y * (1.0 / 7 + y * (1.0 / 56));
      e = 1 + y * (1.0 / 5) * (1 + y * (1.0 / 6) * e);
      e = 1 + y * (1.0 / 3) * (1 + y * (1.0 / 4) * e);
      e = 1 + y * (1 + y * (1.0 / 2) * e);
      values[i] = power16(power16(power16(e)));
    }
  }

  /**
   * As {@link #exponentials}, for inner products that have the digits of float32: a shorter
   * polynomial of the exponent divided by 1024. The relative error is below 1e-9 down to results of
   * 1e-13; what is smaller is off by less than 1e-18.
   */
  static void shortExponentials(double[] values, int count, double factor) {
    double small = factor / 1024;
    for (int i = 0; i < count; i++) {
      double y = Math.max(values[i] * small, -707.0 / 1024);
      double e = 1.0 / 24 + y * (1.0 / 120);
      e = 1 + y * (1 + y * (1.0 / 2 + y * (1.0 / 6 + y * e)));
      values[i] = power4(power16(power16(e)));
    }
  }

  private static double power4(double x) {
    double square = x * x;
    return square * square;
  }

  private static double power16(double x) {
    return power4(power4(x));
  }

  /** The entry of a stimulus with itself. */
  double diagonal(double squaredNorm) {
    return switch (form) {
      case INNER -> squaredNorm;
      case RBF -> 1;
      case ONE_MINUS_INNER, SQUARED_DISTANCE, DISTANCE, ONE_MINUS_RBF -> 0;
    };
  }
}
