package dev.kindred.measure.transport;

import dev.kindred.base.InputException;

/**
 * How much mass goes from which row to which column: a sparse p×q matrix whose rows sum to 1/p and
 * whose columns sum to 1/q. For p = q it is a permutation matrix over p. Immutable.
 */
public final class TransportPlan {
  private final int p;
  private final int q;
  private final int[] rows;
  private final int[] columns;
  private final double[] mass;
  private final double[] rowDuals;
  private final double[] columnDuals;

  TransportPlan(
      int p,
      int q,
      int[] rows,
      int[] columns,
      double[] mass,
      double[] rowDuals,
      double[] columnDuals) {
    this.p = p;
    this.q = q;
    this.rows = rows;
    this.columns = columns;
    this.mass = mass;
    this.rowDuals = rowDuals;
    this.columnDuals = columnDuals;
  }

  /** The plan seen from the other side. */
  TransportPlan transpose() {
    return new TransportPlan(q, p, columns, rows, mass, columnDuals, rowDuals);
  }

  /**
   * The lower bound Σᵢ uᵢ/p + Σⱼ vⱼ/q on the cost of any plan, from dual variables with uᵢ + vⱼ ≤
   * costᵢⱼ; it equals this plan's cost up to rounding, which proves the plan optimal.
   */
  public double dualBound() {
    double rowSum = 0;
    for (double u : rowDuals) {
      rowSum += u;
    }
    double columnSum = 0;
    for (double v : columnDuals) {
      columnSum += v;
    }
    return rowSum / p + columnSum / q;
  }

  /** Least costᵢⱼ − uᵢ − vⱼ: not below zero but for rounding where the dual bound holds. */
  double leastReducedCost(double[] cost) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < q; j++) {
        least = Math.min(least, cost[i * q + j] - rowDuals[i] - columnDuals[j]);
      }
    }
    return least;
  }

  /** Number of points on the first side. */
  public int p() {
    return p;
  }

  /** Number of points on the second side. */
  public int q() {
    return q;
  }

  /** Number of entries with mass. */
  public int entries() {
    return mass.length;
  }

  public int row(int entry) {
    return rows[entry];
  }

  public int column(int entry) {
    return columns[entry];
  }

  public double mass(int entry) {
    return mass[entry];
  }

  /**
   * Σ mass · value over the plan.
   *
   * @param values p·q numbers, row by row
   */
  public double total(double[] values) {
    if (values.length != (long) p * q) {
      throw new InputException(
          "plan of " + p + " × " + q + " points applied to " + values.length + " values");
    }
    double sum = 0;
    for (int k = 0; k < mass.length; k++) {
      sum += mass[k] * values[rows[k] * q + columns[k]];
    }
    return sum;
  }

  /**
   * For p = q, the column of each row.
   *
   * @throws InputException if p ≠ q
   */
  public int[] permutation() {
    if (p != q) {
      throw new InputException("a plan between " + p + " and " + q + " points is no permutation");
    }
    int[] columnOf = new int[p];
    for (int k = 0; k < mass.length; k++) {
      columnOf[rows[k]] = columns[k];
    }
    return columnOf;
  }
}
