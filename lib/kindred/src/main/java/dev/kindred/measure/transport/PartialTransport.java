package dev.kindred.measure.transport;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.util.Arrays;

/**
 * Optimal partial transport between p points of mass 1/p and q points of mass 1/q: only a share of
 * the mass has to move, and what is left behind costs nothing.
 *
 * <p>Successive shortest paths from any point with mass left to any point with room (Dijkstra with
 * node potentials): the plan after every path is the cheapest for the mass that it moves. Masses
 * are integers as in {@link OptimalTransport}; the last path alone may carry a fraction. Time grows
 * about as p·q·(p + q).
 */
public final class PartialTransport {
  /** Parts of the smallest unit of mass that are the rounding of the mass asked for. */
  private static final double ROUNDING = 1e-6;

  private final double[] cost;
  private final int p;
  private final int q;
  private final int[] supply;
  private final int[] room;
  private final int[] flow;
  private final double[] rowPotential;
  private final double[] columnPotential;
  private final double[] rowDistance;
  private final double[] columnDistance;
  private final int[] rowFrom;
  private final int[] columnFrom;
  private final boolean[] rowDone;
  private final boolean[] columnDone;
  private double endPotential;

  private PartialTransport(double[] cost, int p, int q) {
    this.cost = cost;
    this.p = p;
    this.q = q;
    int divisor = OptimalTransport.greatestCommonDivisor(p, q);
    supply = new int[p];
    room = new int[q];
    Arrays.fill(supply, q / divisor);
    Arrays.fill(room, p / divisor);
    flow = new int[cost.length];
    rowPotential = new double[p];
    columnPotential = new double[q];
    rowDistance = new double[p];
    columnDistance = new double[q];
    rowFrom = new int[p];
    columnFrom = new int[q];
    rowDone = new boolean[p];
    columnDone = new boolean[q];
  }

  /**
   * The least cost of moving a share of the mass.
   *
   * @param cost p·q finite numbers from 0 on, row by row
   * @param p number of rows
   * @param q number of columns
   * @param mass above 0, at most 1
   * @throws InputException if a cost is negative or not finite, or their number is not p·q
   * @throws dev.kindred.base.CancelledException if the thread is interrupted
   */
  public static double minimum(double[] cost, int p, int q, double mass) {
    if (p < 1 || q < 1 || cost.length != (long) p * q || !(mass > 0 && mass <= 1)) {
      throw new InputException(
          "transport: expected "
              + p
              + " × "
              + q
              + " costs and a mass above 0, at most 1; found "
              + cost.length
              + " and "
              + mass);
    }
    for (int k = 0; k < cost.length; k++) {
      if (!(cost[k] >= 0 && cost[k] < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "transport: cost " + cost[k] + " at row " + k / q + ", column " + k % q);
      }
    }
    return new PartialTransport(cost, p, q).solve(mass);
  }

  private double solve(double mass) {
    double unit = (double) OptimalTransport.greatestCommonDivisor(p, q) / p / q;
    double left = mass / unit;
    double total = 0;
    // Potentials are the distances from any row with mass; at first all rows have.
    Arrays.fill(columnPotential, Double.POSITIVE_INFINITY);
    for (int k = 0; k < cost.length; k++) {
      columnPotential[k % q] = Math.min(columnPotential[k % q], cost[k]);
    }
    endPotential = Arrays.stream(columnPotential).min().getAsDouble();
    while (left > ROUNDING) {
      Progress.checkCancelled();
      int end = search();
      int amount = bottleneck(end);
      total += send(end, amount) * Math.min(amount, left);
      left -= amount;
    }
    return total * unit;
  }

  /** Moves mass along the path that was found, and returns the path's cost. */
  private double send(int end, int amount) {
    double length = 0;
    int j = end;
    room[end] -= amount;
    while (true) {
      int i = columnFrom[j];
      length += cost[i * q + j];
      flow[i * q + j] += amount;
      if (rowFrom[i] < 0) {
        supply[i] -= amount;
        return length;
      }
      j = rowFrom[i];
      length -= cost[i * q + j];
      flow[i * q + j] -= amount;
    }
  }

  /**
   * The column with room that is nearest to a row with mass, over the plan so far; {@link
   * #columnFrom} and {@link #rowFrom} lead back. Potentials become the true distances, as far as
   * that of the column found.
   */
  private int search() {
    Arrays.fill(columnDistance, Double.POSITIVE_INFINITY);
    Arrays.fill(rowDone, false);
    Arrays.fill(columnDone, false);
    Arrays.fill(rowFrom, -1);
    for (int i = 0; i < p; i++) {
      rowDistance[i] = supply[i] > 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    int end = -1;
    double nearest = Double.POSITIVE_INFINITY;
    while (true) {
      int row = least(rowDistance, rowDone);
      int column = least(columnDistance, columnDone);
      double toRow = row < 0 ? Double.POSITIVE_INFINITY : rowDistance[row];
      double toColumn = column < 0 ? Double.POSITIVE_INFINITY : columnDistance[column];
      if (nearest <= Math.min(toRow, toColumn)) {
        break;
      }
      if (toRow <= toColumn) {
        rowDone[row] = true;
        relaxColumns(row);
      } else {
        columnDone[column] = true;
        double whole = toColumn + columnPotential[column] - endPotential;
        if (room[column] > 0 && whole < nearest) {
          nearest = whole;
          end = column;
        }
        relaxRows(column);
      }
    }
    for (int i = 0; i < p; i++) {
      rowPotential[i] += Math.min(rowDistance[i], nearest);
    }
    for (int j = 0; j < q; j++) {
      columnPotential[j] += Math.min(columnDistance[j], nearest);
    }
    endPotential += nearest;
    return end;
  }

  private static int least(double[] distance, boolean[] done) {
    int least = -1;
    for (int k = 0; k < distance.length; k++) {
      if (!done[k]
          && distance[k] < Double.POSITIVE_INFINITY
          && (least < 0 || distance[k] < distance[least])) {
        least = k;
      }
    }
    return least;
  }

  private void relaxColumns(int row) {
    double base = rowDistance[row] + rowPotential[row];
    for (int j = 0; j < q; j++) {
      double there = Math.max(rowDistance[row], base + cost[row * q + j] - columnPotential[j]);
      if (!columnDone[j] && there < columnDistance[j]) {
        columnDistance[j] = there;
        columnFrom[j] = row;
      }
    }
  }

  /** Rows whose mass to a column can be taken back: over the potentials that costs nothing. */
  private void relaxRows(int column) {
    for (int i = 0; i < p; i++) {
      if (flow[i * q + column] > 0 && !rowDone[i] && columnDistance[column] < rowDistance[i]) {
        rowDistance[i] = columnDistance[column];
        rowFrom[i] = column;
      }
    }
  }

  /** The most that the path to a column can carry. */
  private int bottleneck(int end) {
    int amount = room[end];
    int j = end;
    while (true) {
      int i = columnFrom[j];
      if (rowFrom[i] < 0) {
        return Math.min(amount, supply[i]);
      }
      j = rowFrom[i];
      amount = Math.min(amount, flow[i * q + j]);
    }
  }
}
