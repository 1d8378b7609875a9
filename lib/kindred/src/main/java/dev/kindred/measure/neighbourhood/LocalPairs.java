package dev.kindred.measure.neighbourhood;

import java.util.Arrays;

/**
 * Two Gram matrices on the pairs of stimuli that a random mask keeps: neighbours in both
 * representations, ties broken at random. Row by row, one entry for every pair that may be kept.
 */
final class LocalPairs {
  private final int n;

  /** Where the entries of every row begin, and behind the last. */
  private final int[] begin;

  private int[] column;
  private double[] first;
  private double[] second;

  /** Probability that an entry is kept. */
  private double[] share;

  /** Whether an entry is random in x (1), in y (2), in both (3). */
  private byte[] kind;

  /** See {@link #pair}: of every row, in x and in y. */
  private final double[] pairX;

  private final double[] pairY;
  private final boolean random;
  private int size;

  private LocalPairs(Neighbours x, boolean random) {
    n = x.stimuli();
    begin = new int[n + 1];
    pairX = new double[n];
    pairY = new double[n];
    this.random = random;
    int expected = Math.multiplyExact(n, x.k());
    column = new int[expected];
    first = new double[expected];
    second = new double[expected];
    share = new double[expected];
    kind = new byte[expected];
  }

  /**
   * Both Gram matrices on pairs that are neighbours in both, ties broken independently.
   *
   * @param selfX products of the stimuli with themselves, which are then kept too, or null
   * @param selfY the same of y
   */
  static LocalPairs common(Neighbours x, Neighbours y, double[] selfX, double[] selfY) {
    LocalPairs pairs = new LocalPairs(x, x.hasTies() || y.hasTies());
    int[] candidateOf = new int[pairs.n];
    for (int i = 0; i < pairs.n; i++) {
      x.mark(i, candidateOf);
      int candidates = y.candidates(i);
      for (int c = 0; c < candidates; c++) {
        int j = y.candidate(i, c);
        int other = candidateOf[j] - 1;
        if (other >= 0) {
          double shareX = x.share(i, x.start(i, other));
          double shareY = y.share(i, y.start(i, c));
          pairs.add(j, x.productAt(i, other), y.productAt(i, c), shareX, shareY);
        }
      }
      x.unmark(i, candidateOf);
      if (selfX != null) {
        pairs.add(i, selfX[i], selfY[i], 1, 1);
      }
      pairs.endRow(i, pair(x, i), pair(y, i));
    }
    return pairs;
  }

  /** One Gram matrix, twice, on its own neighbours; {@code self} as in {@link #common}. */
  static LocalPairs own(Neighbours x, double[] self) {
    LocalPairs pairs = new LocalPairs(x, x.hasTies());
    for (int i = 0; i < pairs.n; i++) {
      int candidates = x.candidates(i);
      for (int c = 0; c < candidates; c++) {
        double product = x.productAt(i, c);
        pairs.add(x.candidate(i, c), product, product, x.share(i, x.start(i, c)), 1);
      }
      if (self != null) {
        pairs.add(i, self[i], self[i], 1, 1);
      }
      pairs.endRow(i, pair(x, i), 1);
    }
    return pairs;
  }

  /**
   * Two members of the last run of {@code i}: probability that both are neighbours, by the product
   * of their probabilities.
   */
  private static double pair(Neighbours neighbours, int i) {
    int start = neighbours.start(i, neighbours.k() - 1);
    double drawn = neighbours.k() - start;
    double members = neighbours.runLength(i, start);
    return members > 1 ? members / drawn * ((drawn - 1) / (members - 1)) : 1;
  }

  private void add(int j, double a, double b, double shareX, double shareY) {
    if (a == 0 && b == 0) {
      // Kept or not, it changes nothing: silent stimuli would fill the memory with such.
      return;
    }
    if (size == column.length) {
      int larger = Math.addExact(size, size / 2 + 16);
      column = Arrays.copyOf(column, larger);
      first = Arrays.copyOf(first, larger);
      second = Arrays.copyOf(second, larger);
      share = Arrays.copyOf(share, larger);
      kind = Arrays.copyOf(kind, larger);
    }
    column[size] = j;
    first[size] = a;
    second[size] = b;
    share[size] = shareX * shareY;
    kind[size++] = (byte) ((shareX < 1 ? 1 : 0) + (shareY < 1 ? 2 : 0));
  }

  private void endRow(int i, double x, double y) {
    begin[i + 1] = size;
    pairX[i] = x;
    pairY[i] = y;
  }

  /**
   * Expectation of the HSIC of the two masked matrices: unbiased (Song et al., JMLR 2012, Eq. 5),
   * or tr(KHLH) without a factor. Destroys the entries.
   */
  double hsic(boolean unbiased) {
    // A common part of all products, such as that of a large mean response, would cancel only after
    // it has cost the digits: it is taken off first, and its own share added, which is exactly zero
    // where every stimulus is a neighbour.
    double meanOfFirst = subtractMean(first);
    double meanOfSecond = subtractMean(second);
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return bilinear(first, second, unbiased)
        + meanOfSecond * bilinear(first, ones, unbiased)
        + meanOfFirst * bilinear(ones, second, unbiased)
        + meanOfFirst * meanOfSecond * bilinear(ones, ones, unbiased);
  }

  private double subtractMean(double[] entries) {
    double sum = 0;
    for (int at = 0; at < size; at++) {
      sum += entries[at];
    }
    double mean = size == 0 ? 0 : sum / size;
    for (int at = 0; at < size; at++) {
      entries[at] -= mean;
    }
    return mean;
  }

  /** Expectation of the HSIC of two matrices under this mask; rows are independent. */
  private double bilinear(double[] a, double[] b, boolean unbiased) {
    double[] columnSumsOfA = new double[n];
    double[] rowSumsOfA = new double[n];
    double[] columnSumsOfB = new double[n];
    double[] rowSumsOfB = new double[n];
    double sumOfA = 0;
    double sumOfB = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      for (int at = begin[i]; at < begin[i + 1]; at++) {
        int j = column[at];
        columnSumsOfA[j] += share[at] * a[at];
        rowSumsOfA[i] += share[at] * a[at];
        columnSumsOfB[j] += share[at] * b[at];
        rowSumsOfB[i] += share[at] * b[at];
        sumOfA += share[at] * a[at];
        sumOfB += share[at] * b[at];
        for (int back = begin[j]; back < begin[j + 1]; back++) {
          if (column[back] == i) {
            product += share[at] * a[at] * (share[back] * b[back]);
          }
        }
      }
    }
    double cross = 0;
    double crossBack = 0;
    for (int i = 0; i < n; i++) {
      cross += columnSumsOfA[i] * rowSumsOfB[i];
      crossBack += columnSumsOfB[i] * rowSumsOfA[i];
    }
    double sums = sumOfA * sumOfB + (random ? covariance(a, b) : 0);
    double m = n;
    if (!unbiased) {
      return product - (cross + crossBack) / m + sums / (m * m);
    }
    // One division at the end: sums of whole numbers then cancel exactly.
    double scaled = product * (m - 1) * (m - 2) + sums - 2 * cross * (m - 1);
    return scaled / ((m - 1) * (m - 2)) / (m * (m - 3));
  }

  /**
   * Covariance of the sums of all entries of both: of every row's sums, as rows are independent.
   */
  private double covariance(double[] a, double[] b) {
    double covariance = 0;
    for (int i = 0; i < n; i++) {
      double[] sumsOfA = new double[4];
      double[] sumsOfB = new double[4];
      double[] products = new double[4];
      double[] shares = new double[4];
      for (int at = begin[i]; at < begin[i + 1]; at++) {
        int of = kind[at];
        sumsOfA[of] += a[at];
        sumsOfB[of] += b[at];
        products[of] += a[at] * b[at];
        shares[of] = share[at];
      }
      for (int s = 0; s < 4; s++) {
        covariance += products[s] * (shares[s] - shares[s] * shares[s]);
        for (int t = 0; t < 4; t++) {
          double different = sumsOfA[s] * sumsOfB[t] - (s == t ? products[s] : 0);
          covariance += different * covariance(i, s, t, shares[s] * shares[t]);
        }
      }
    }
    return covariance;
  }

  /** Covariance of keeping two entries of a row, of these kinds. */
  private double covariance(int i, int s, int t, double shares) {
    double togetherX = (s & t & 1) != 0 ? pairX[i] : 1;
    double togetherY = (s & t & 2) != 0 ? pairY[i] : 1;
    return shares * (togetherX * togetherY - 1);
  }
}
