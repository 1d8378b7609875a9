package dev.kindred.measure.functional;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decision-region similarity of every two of many labellings of the same points: the share of
 * points with equal labels (Somepalli et al. 2022).
 *
 * <p>Points are read a stretch at a time, so memory holds a stretch of every labelling and the
 * result. There, bit k of all labels is a row of bits; points differ where one of these rows does,
 * so a comparison of 32 points is a few operations on whole words.
 */
public final class RegionSimilarity {
  private static final int STRETCH = 1 << 16;

  /** Words of each row that two blocks of labellings have in the cache while they are compared. */
  private static final int PIECE = 512;

  private static final int BLOCK = 32;
  private static final int POINTS_OF_WORD = Integer.SIZE;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private RegionSimilarity() {}

  /** Labels from 0 to 255 as bytes; read by several threads at once. */
  public interface Labels {
    /** Number of labellings. */
    int count();

    /** Points of each. */
    long points();

    /** Puts the labels of points {@code from} and following to the beginning of {@code target}. */
    void read(int labelling, long from, int points, byte[] target);
  }

  /**
   * @param labels at least one point
   * @param progress told of every stretch of points
   * @return a symmetric matrix of shares, 1 on its diagonal
   */
  public static double[][] matrix(Labels labels, Progress progress) {
    int m = labels.count();
    long points = labels.points();
    long[][] differing = new long[m][];
    for (int i = 0; i < m; i++) {
      differing[i] = new long[i];
    }
    int stretch = (int) Math.min(STRETCH, points);
    byte[][] bytes = new byte[m][whole(stretch)];
    int[][][] rows = new int[m][][];
    long stretches = (points + stretch - 1) / stretch;
    try (Progress.Task task = progress.begin("decision-region similarity", stretches)) {
      for (long from = 0; from < points; from += stretch) {
        Progress.checkCancelled();
        int count = (int) Math.min(stretch, points - from);
        int bits = read(labels, from, count, bytes);
        int planes = bits <= 4 ? 4 : 8;
        Parallel.forEach(m, i -> rows[i] = rows(bytes[i], count, bits, planes, rows[i]));
        compare(rows, (count + POINTS_OF_WORD - 1) / POINTS_OF_WORD, differing);
        task.advance(1);
      }
    }
    double[][] values = new double[m][m];
    for (int i = 0; i < m; i++) {
      values[i][i] = 1;
      for (int j = 0; j < i; j++) {
        values[i][j] = (points - differing[i][j]) / (double) points;
        values[j][i] = values[i][j];
      }
    }
    return values;
  }

  private static int whole(int points) {
    return (points + POINTS_OF_WORD - 1) / POINTS_OF_WORD * POINTS_OF_WORD;
  }

  /** Reads a stretch of all labellings; the number of bits that the largest label needs. */
  private static int read(Labels labels, long from, int count, byte[][] bytes) {
    int[] largest = new int[bytes.length];
    Parallel.forEach(
        bytes.length,
        i -> {
          labels.read(i, from, count, bytes[i]);
          // the same in all labellings behind the last point
          java.util.Arrays.fill(bytes[i], count, whole(count), (byte) 0);
          long or = 0;
          for (int p = 0; p < whole(count); p += Long.BYTES) {
            or |= (long) EIGHT.get(bytes[i], p);
          }
          for (; or != 0; or >>>= Byte.SIZE) {
            largest[i] |= (int) (or & 0xff);
          }
        });
    int all = 0;
    for (int one : largest) {
      all |= one;
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(all);
  }

  /**
   * The bits of labels: row k has bit k of 32 labels in every word.
   *
   * @param reused rows of an earlier stretch, or null
   */
  private static int[][] rows(byte[] labels, int count, int bits, int planes, int[][] reused) {
    int[][] rows =
        reused != null && reused.length == planes
            ? reused
            : new int[planes][labels.length / POINTS_OF_WORD];
    int words = whole(count) / POINTS_OF_WORD;
    for (int k = 0; k < planes; k++) {
      if (k >= bits) {
        java.util.Arrays.fill(rows[k], 0);
        continue;
      }
      for (int w = 0; w < words; w++) {
        int word = 0;
        for (int part = 0; part < POINTS_OF_WORD / Long.BYTES; part++) {
          long eight = (long) EIGHT.get(labels, w * POINTS_OF_WORD + part * Long.BYTES);
          // gathers one bit of each of eight bytes in the highest byte
          long gathered = (eight >>> k & 0x0101010101010101L) * 0x0102040810204080L >>> 56;
          word |= (int) gathered << part * Byte.SIZE;
        }
        rows[k][w] = word;
      }
    }
    return rows;
  }

  private static void compare(int[][][] rows, int words, long[][] differing) {
    int blocks = (rows.length + BLOCK - 1) / BLOCK;
    Parallel.forEach(
        blocks * (blocks + 1) / 2,
        t -> {
          int a = (int) ((Math.sqrt(8.0 * t + 1) - 1) / 2);
          int b = t - a * (a + 1) / 2;
          for (int from = 0; from < words; from += PIECE) {
            int to = Math.min(words, from + PIECE);
            for (int i = a * BLOCK; i < Math.min(rows.length, (a + 1) * BLOCK); i++) {
              for (int j = b * BLOCK; j < Math.min(i, (b + 1) * BLOCK); j++) {
                differing[i][j] += differing(rows[i], rows[j], from, to);
              }
            }
          }
        });
  }

  private static int differing(int[][] left, int[][] right, int from, int to) {
    return left.length == 4
        ? ofFour(
            left[0], left[1], left[2], left[3], right[0], right[1], right[2], right[3], from, to)
        : ofEight(left, right, from, to);
  }

  /** All arrays as parameters: only then does the compiler use vector instructions. */
  private static int ofFour(
      int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int from, int to) {
    int sum = 0;
    for (int w = from; w < to; w++) {
      sum += Integer.bitCount(a[w] ^ e[w] | b[w] ^ f[w] | c[w] ^ g[w] | d[w] ^ h[w]);
    }
    return sum;
  }

  private static int ofEight(int[][] left, int[][] right, int from, int to) {
    int sum = 0;
    for (int w = from; w < to; w++) {
      int differs = 0;
      for (int k = 0; k < left.length; k++) {
        differs |= left[k][w] ^ right[k][w];
      }
      sum += Integer.bitCount(differs);
    }
    return sum;
  }
}
