package dev.kindred.measure.transport;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.util.Arrays;

/**
 * Exact optimal transport between p points of mass 1/p and q points of mass 1/q; for p = q the
 * assignment problem.
 *
 * <p>Masses are scaled to integers (q/g units a row, p/g a column, g the greatest common divisor),
 * so that flows are exact. The method is successive shortest augmenting paths with dual variables
 * (Jonker and Volgenant, Computing 38, 1987; Crouse, IEEE TAES 52, 2016 for the path search),
 * extended from one partner a column to a column's list of partners. For p = q, augmenting row
 * reduction (Jonker and Volgenant's auction) places most rows before the first path is searched;
 * for p ≠ q the mass is sent in lots of Euclid's remainders, which keeps flows whole and paths
 * short. Time grows about as p·q·(p + q), memory as p·q.
 */
public final class OptimalTransport {
  /** Rows between two looks at the interrupt flag: about ten milliseconds of searching. */
  private static final int ROWS_PER_CHECK = 16;

  private final double[] cost;
  private final int p;
  private final int q;
  private final double[] u;
  private final double[] v;
  private final int[] supply;
  private final int[] capacity;
  private final int[][] partner;
  private final int[][] flow;
  private final int[] partners;
  private int sinkCapacity;
  private int sinks;

  private final double[] distance;
  private final int[] reachedFrom;
  private final int[] open;
  private final int[] closed;
  private final double[] rowDistance;
  private final int[] rowColumn;
  private final int[] rowSlot;
  private final int[] reachedRows;

  private OptimalTransport(double[] cost, int p, int q) {
    this.cost = cost;
    this.p = p;
    this.q = q;
    int divisor = greatestCommonDivisor(p, q);
    u = new double[p];
    v = new double[q];
    supply = new int[p];
    capacity = new int[q];
    Arrays.fill(supply, q / divisor);
    Arrays.fill(capacity, p / divisor);
    partner = new int[q][2];
    flow = new int[q][2];
    partners = new int[q];
    distance = new double[q];
    reachedFrom = new int[q];
    open = new int[q];
    closed = new int[q];
    rowDistance = new double[p];
    rowColumn = new int[p];
    rowSlot = new int[p];
    reachedRows = new int[p];
  }

  /**
   * The plan of least total cost.
   *
   * @param cost p·q finite numbers, row by row
   * @param p number of rows
   * @param q number of columns
   * @throws InputException if a cost is not finite, or their number is not p·q
   * @throws dev.kindred.base.CancelledException if the thread is interrupted
   */
  public static TransportPlan minimum(double[] cost, int p, int q) {
    requireCosts(cost, p, q);
    if (p >= q) {
      return new OptimalTransport(cost, p, q).solve();
    }
    // More rows than columns: a path search then scans short rows and meets a free column sooner.
    double[] transposed = new double[cost.length];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < q; j++) {
        transposed[j * p + i] = cost[i * q + j];
      }
    }
    return new OptimalTransport(transposed, q, p).solve().transpose();
  }

  /** The plan of greatest total gain; as {@link #minimum} on the negated gains. */
  public static TransportPlan maximum(double[] gain, int p, int q) {
    double[] cost = new double[gain.length];
    for (int k = 0; k < cost.length; k++) {
      cost[k] = -gain[k];
    }
    return minimum(cost, p, q);
  }

  /**
   * The assignment of greatest total gain: every one of p rows gets a column of its own out of q ≥
   * p; q − p columns stay free.
   *
   * @param gain p·q finite numbers, row by row
   * @return the column of each row
   */
  public static int[] bestAssignment(double[] gain, int p, int q) {
    if (p > q) {
      throw new InputException("assignment: " + p + " rows cannot each have one of " + q);
    }
    double[] cost = new double[gain.length];
    for (int k = 0; k < cost.length; k++) {
      cost[k] = -gain[k];
    }
    requireCosts(cost, p, q);
    OptimalTransport search = new OptimalTransport(cost, p, q);
    Arrays.fill(search.supply, 1);
    Arrays.fill(search.capacity, 1);
    // Free columns need dual 0 and the others at most that: column reduction would break it.
    search.reduceRows();
    search.reduceRows();
    search.sendLots(1);
    int[] columnOf = new int[p];
    for (int j = 0; j < q; j++) {
      if (search.partners[j] > 0) {
        columnOf[search.partner[j][0]] = j;
      }
    }
    return columnOf;
  }

  private static void requireCosts(double[] cost, int p, int q) {
    if (p < 1 || q < 1 || cost.length != (long) p * q) {
      throw new InputException(
          "transport: expected " + p + " × " + q + " costs, found " + cost.length);
    }
    for (int k = 0; k < cost.length; k++) {
      if (!Double.isFinite(cost[k])) {
        throw new InputException(
            "transport: cost " + cost[k] + " at row " + k / q + ", column " + k % q);
      }
    }
  }

  private TransportPlan solve() {
    reduceColumns();
    if (p == q) {
      reduceRows();
      reduceRows();
    }
    // Whole rows first, then Euclid's remainders: small lots sent early would break up the flow and
    // make every later path long.
    int larger = Math.max(p, q);
    int lot = Math.min(p, q);
    int unit = greatestCommonDivisor(p, q);
    while (lot > 0) {
      sendLots(lot / unit);
      int remainder = larger % lot;
      larger = lot;
      lot = remainder;
    }
    return plan();
  }

  private void sendLots(int lot) {
    sinkCapacity = lot;
    sinks = 0;
    for (int j = 0; j < q; j++) {
      sinks += capacity[j] >= lot ? 1 : 0;
    }
    for (int i = 0; i < p; i++) {
      if (i % ROWS_PER_CHECK == 0) {
        Progress.checkCancelled();
      }
      while (supply[i] >= lot && sinks > 0) {
        augment(i);
      }
    }
  }

  /** Starts the duals: v at each column's smallest cost, u at each row's smallest remainder. */
  private void reduceColumns() {
    Arrays.fill(v, Double.POSITIVE_INFINITY);
    for (int i = 0; i < p; i++) {
      int row = i * q;
      for (int j = 0; j < q; j++) {
        v[j] = Math.min(v[j], cost[row + j]);
      }
    }
    for (int i = 0; i < p; i++) {
      int row = i * q;
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < q; j++) {
        least = Math.min(least, cost[row + j] - v[j]);
      }
      u[i] = least;
    }
  }

  /**
   * Augmenting row reduction: every free row takes its cheapest column, lowers that column's dual
   * to the level of its second choice, and drives out the row that was there. Prices of columns
   * with several partners must not fall so, hence only for assignment.
   */
  private void reduceRows() {
    int[] free = new int[p];
    int freeCount = 0;
    for (int i = 0; i < p; i++) {
      if (supply[i] > 0) {
        free[freeCount++] = i;
      }
    }
    // An upper bound on the bids keeps rounding from turning near ties into a long price war.
    long bids = 32L * p;
    for (int at = 0; at < freeCount && bids > 0; bids--) {
      int i = free[at++];
      int row = i * q;
      double least = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      int column = -1;
      int other = -1;
      for (int j = 0; j < q; j++) {
        double reduced = cost[row + j] - v[j];
        if (reduced < second) {
          if (reduced < least) {
            second = least;
            other = column;
            least = reduced;
            column = j;
          } else {
            second = reduced;
            other = j;
          }
        }
      }
      double lowered = other < 0 ? v[column] : v[column] - (second - least);
      boolean cheaper = lowered < v[column];
      if (cheaper) {
        v[column] = lowered;
      } else if (partners[column] > 0 && other >= 0) {
        column = other;
      }
      u[i] = cost[row + column] - v[column];
      supply[i] = 0;
      if (partners[column] == 0) {
        capacity[column] = 0;
        partners[column] = 1;
        flow[column][0] = 1;
      } else {
        int displaced = partner[column][0];
        supply[displaced] = 1;
        if (cheaper) {
          free[--at] = displaced;
        }
      }
      partner[column][0] = i;
    }
  }

  /** Sends as much of row {@code start}'s supply as one shortest path to a free column carries. */
  private void augment(int start) {
    for (int j = 0; j < q; j++) {
      open[j] = j;
    }
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    Arrays.fill(rowColumn, -1);
    int opened = q;
    int closedCount = 0;
    int rows = 0;
    reachedRows[rows++] = start;
    rowDistance[start] = 0;
    int scannedRows = 0;
    int sink = -1;
    double length = 0;
    while (sink < 0) {
      int nearest = -1;
      for (; scannedRows < rows; scannedRows++) {
        nearest = scan(reachedRows[scannedRows], length, opened);
      }
      if (nearest < 0) {
        nearest = nearest(opened);
      }
      int column = open[nearest];
      length = distance[column];
      open[nearest] = open[--opened];
      closed[closedCount++] = column;
      if (capacity[column] >= sinkCapacity) {
        sink = column;
      } else {
        for (int k = 0; k < partners[column]; k++) {
          int row = partner[column][k];
          if (row != start && rowColumn[row] < 0) {
            rowColumn[row] = column;
            rowSlot[row] = k;
            rowDistance[row] = length;
            reachedRows[rows++] = row;
          }
        }
      }
    }
    for (int k = 0; k < rows; k++) {
      int row = reachedRows[k];
      u[row] += length - rowDistance[row];
    }
    for (int k = 0; k < closedCount; k++) {
      int column = closed[k];
      v[column] -= length - distance[column];
    }
    send(start, sink);
  }

  /** Relaxes the open columns from {@code row}; position in {@code open} of the nearest. */
  private int scan(int row, double length, int opened) {
    int base = row * q;
    double offset = length - u[row];
    double best = Double.POSITIVE_INFINITY;
    int nearest = -1;
    for (int k = 0; k < opened; k++) {
      int j = open[k];
      double candidate = cost[base + j] + offset - v[j];
      if (candidate < distance[j]) {
        distance[j] = candidate;
        reachedFrom[j] = row;
      }
      double d = distance[j];
      if (d < best || (d == best && capacity[j] >= sinkCapacity)) {
        best = d;
        nearest = k;
      }
    }
    return nearest;
  }

  private int nearest(int opened) {
    double best = Double.POSITIVE_INFINITY;
    int nearest = -1;
    for (int k = 0; k < opened; k++) {
      double d = distance[open[k]];
      if (d < best || (d == best && capacity[open[k]] >= sinkCapacity)) {
        best = d;
        nearest = k;
      }
    }
    return nearest;
  }

  private void send(int start, int sink) {
    int amount = Math.min(supply[start], capacity[sink]);
    for (int row = reachedFrom[sink]; row != start; row = reachedFrom[rowColumn[row]]) {
      amount = Math.min(amount, flow[rowColumn[row]][rowSlot[row]]);
    }
    supply[start] -= amount;
    capacity[sink] -= amount;
    if (capacity[sink] < sinkCapacity) {
      sinks--;
    }
    int column = sink;
    while (true) {
      int row = reachedFrom[column];
      add(row, column, amount);
      if (row == start) {
        return;
      }
      column = rowColumn[row];
      withdraw(column, rowSlot[row], amount);
    }
  }

  private void add(int row, int column, int amount) {
    int count = partners[column];
    for (int k = 0; k < count; k++) {
      if (partner[column][k] == row) {
        flow[column][k] += amount;
        return;
      }
    }
    if (count == partner[column].length) {
      partner[column] = Arrays.copyOf(partner[column], 2 * count);
      flow[column] = Arrays.copyOf(flow[column], 2 * count);
    }
    partner[column][count] = row;
    flow[column][count] = amount;
    partners[column]++;
  }

  private void withdraw(int column, int slot, int amount) {
    flow[column][slot] -= amount;
    if (flow[column][slot] == 0) {
      int last = --partners[column];
      partner[column][slot] = partner[column][last];
      flow[column][slot] = flow[column][last];
    }
  }

  private TransportPlan plan() {
    int entries = Arrays.stream(partners).sum();
    int[] rows = new int[entries];
    int[] columns = new int[entries];
    double[] mass = new double[entries];
    double unit = (double) greatestCommonDivisor(p, q) / ((double) p * q);
    int at = 0;
    for (int j = 0; j < q; j++) {
      for (int k = 0; k < partners[j]; k++) {
        rows[at] = partner[j][k];
        columns[at] = j;
        mass[at++] = flow[j][k] * unit;
      }
    }
    return new TransportPlan(p, q, rows, columns, mass, u, v);
  }

  static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
