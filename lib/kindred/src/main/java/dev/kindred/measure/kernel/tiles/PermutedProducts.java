package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Panel;
import dev.kindred.representation.Representation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Cosines of models whose stimuli stay in order with models whose stimuli are permuted, for all of
 * them at once: a permutation costs a pass over the n²/2 entries of every model and one product,
 * whatever the number of units.
 *
 * <p>Entries are kept whole, n² of each model, row beside row of all models. A pass takes a stored
 * row of the permuted models into the first-level cache, picks its numbers in the orders of several
 * permutations, and multiplies them with the rows of the other models that they then stand beside;
 * so nothing is read from memory but in the order in which it lies there.
 */
public final class PermutedProducts implements AutoCloseable {
  /** Stored rows that a thread takes at a time; fixed, for equal bits. */
  private static final int ROWS = 32;

  /** Orders that share the reading of a stored row. */
  private static final int ORDERS = 16;

  private final int n;
  private final boolean float32;
  private final Entries still;
  private final Entries moved;
  private final Deque<Buffers> free = new ArrayDeque<>();

  /**
   * @param still models whose stimuli stay in order
   * @param moved models whose stimuli are permuted; may be the same list
   * @param embedder makes the entries
   * @param float32 precision of the entries
   */
  public PermutedProducts(
      List<Representation> still, List<Representation> moved, Embedder embedder, boolean float32) {
    this.n = still.get(0).stimuli();
    this.float32 = float32;
    this.still = new Entries(still, embedder);
    this.moved = still.equals(moved) ? this.still : new Entries(moved, embedder);
  }

  /** Bytes of one model's entries. */
  public static long bytes(int n, boolean float32) {
    return (long) n * n * (float32 ? Float.BYTES : Double.BYTES);
  }

  /** Bytes that making one model's entries takes for a while: float64, its copy and its columns. */
  public static long workspace(int n) {
    return 3L * n * n * Double.BYTES;
  }

  /** For every model that stays and every model that moves the cosine in each order. */
  public double[][][] cosines(int[][] orders, Progress.Task task) {
    double[][][] cosines = new double[still.models][moved.models][orders.length];
    for (int from = 0; from < orders.length; from += ORDERS) {
      int[][] chunk = Arrays.copyOfRange(orders, from, Math.min(orders.length, from + ORDERS));
      int[][] inverses = Arrays.stream(chunk).map(PermutedProducts::inverse).toArray(int[][]::new);
      double[][][] parts = new double[(n + ROWS - 1) / ROWS][][];
      Parallel.forEach(parts.length, part -> parts[part] = part(part * ROWS, chunk, inverses));
      for (double[][] part : parts) {
        for (int t = 0; t < chunk.length; t++) {
          for (int a = 0; a < still.models; a++) {
            for (int b = 0; b < moved.models; b++) {
              cosines[a][b][from + t] += 2 * part[t][b * still.models + a];
            }
          }
        }
      }
      task.advance((long) chunk.length * still.models * moved.models);
    }
    return cosines;
  }

  /** Half the cosines' sums over stored rows from {@code first} on. */
  private double[][] part(int first, int[][] orders, int[][] inverses) {
    double[][] sums = new double[orders.length][still.models * moved.models];
    Buffers buffers = take();
    try {
      for (int row = first; row < Math.min(n, first + ROWS); row++) {
        Progress.checkCancelled();
        buffers.read(row);
        for (int t = 0; t < orders.length; t++) {
          buffers.multiply(orders[t], inverses[t][row], sums[t]);
        }
      }
    } finally {
      give(buffers);
    }
    return sums;
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  private synchronized Buffers take() {
    Buffers buffers = free.poll();
    return buffers == null ? new Buffers() : buffers;
  }

  private synchronized void give(Buffers buffers) {
    free.push(buffers);
  }

  @Override
  public synchronized void close() {
    still.panel.close();
    moved.panel.close();
    free.forEach(Buffers::close);
    free.clear();
  }

  /** The symmetric matrices of some models, row beside row. */
  private final class Entries {
    final int models;
    final Panel panel;

    Entries(List<Representation> representations, Embedder embedder) {
      models = representations.size();
      panel = new Panel(float32, (long) n * n * models);
      double[] row = new double[n];
      for (int m = 0; m < models; m++) {
        try (Matrix block = embedder.embed(representations.get(m)).blocks().get(0)) {
          for (int i = 0; i < n; i++) {
            block.readColumn(i, row);
            panel.write(((long) i * models + m) * n, row, n);
          }
        }
        Progress.checkCancelled();
      }
    }

    long row(int i) {
      return (long) i * models * n;
    }
  }

  /** One thread's. */
  private final class Buffers implements AutoCloseable {
    private final float[][] floats = new float[float32 ? moved.models : 0][n];
    private final double[][] doubles = new double[float32 ? 0 : moved.models][n];
    private final float[] pickedFloats = new float[float32 ? n : 0];
    private final double[] pickedDoubles = new double[float32 ? 0 : n];
    private final double[] values = new double[still.models * moved.models];
    private final Panel picked = new Panel(float32, (long) n * moved.models);
    private final Panel products = new Panel(float32, values.length);

    void read(int row) {
      for (int m = 0; m < moved.models; m++) {
        long place = moved.row(row) + (long) m * n;
        if (float32) {
          moved.panel.read(place, floats[m], 0, n);
        } else {
          moved.panel.read(place, doubles[m], n);
        }
      }
    }

    /**
     * Adds the products of the stored row, which the order puts into row {@code i}, up to the
     * diagonal, half of which counts.
     */
    void multiply(int[] order, int i, double[] sums) {
      for (int m = 0; m < moved.models; m++) {
        if (float32) {
          pick(floats[m], order, i, pickedFloats);
          picked.write((long) m * n, pickedFloats, 0, i + 1);
        } else {
          pick(doubles[m], order, i, pickedDoubles);
          picked.write((long) m * n, pickedDoubles, i + 1);
        }
      }
      Panel.multiply(
          still.panel.block(still.row(i), n),
          picked.block(0, n),
          still.models,
          moved.models,
          i + 1,
          0,
          products.block(0, still.models));
      products.read(0, values, values.length);
      for (int k = 0; k < values.length; k++) {
        sums[k] += values[k];
      }
    }

    private static void pick(float[] row, int[] order, int i, float[] target) {
      for (int j = 0; j < i; j++) {
        target[j] = row[order[j]];
      }
      target[i] = row[order[i]] / 2;
    }

    private static void pick(double[] row, int[] order, int i, double[] target) {
      for (int j = 0; j < i; j++) {
        target[j] = row[order[j]];
      }
      target[i] = row[order[i]] / 2;
    }

    @Override
    public void close() {
      picked.close();
      products.close();
    }
  }
}
