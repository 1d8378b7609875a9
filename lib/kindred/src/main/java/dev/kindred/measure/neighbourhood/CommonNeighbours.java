package dev.kindred.measure.neighbourhood;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The neighbours of a stimulus that two representations have in common, with all ties broken at
 * random, independently in both: exact expectations over that, at a cost that without ties is that
 * of counting. One instance visits the stimuli one after the other.
 *
 * <p>Common candidates count by the pair of runs they are in. What is random of their number C: of
 * either side's last run, which of its members are neighbours. Given those of x, the number is a
 * constant and a hypergeometric number; those of x are multivariate hypergeometric.
 */
final class CommonNeighbours {
  private final Neighbours x;
  private final Neighbours y;
  private final int k;
  private final int[] candidateOf;

  /** Common candidates by the first places of their runs: how many there are of each pair. */
  private final int[] startX;

  private final int[] startY;
  private final int[] count;
  private int pairs;

  /** Place + 1 in the above of every run of x, for one run of y. */
  private final int[] pairOf;

  private int stimulus;

  CommonNeighbours(Neighbours x, Neighbours y) {
    this.x = x;
    this.y = y;
    this.k = x.k();
    candidateOf = new int[x.stimuli()];
    int most = (int) Math.min((long) k * k, x.stimuli());
    startX = new int[most];
    startY = new int[most];
    count = new int[most];
    pairOf = new int[k];
  }

  /** Goes to a stimulus. */
  CommonNeighbours at(int i) {
    stimulus = i;
    pairs = 0;
    x.mark(i, candidateOf);
    int candidates = y.candidates(i);
    int firstOfRun = 0;
    for (int c = 0; c < candidates; c++) {
      int sy = y.start(i, c);
      if (firstOfRun < pairs && sy != startY[firstOfRun]) {
        firstOfRun = closeRun(firstOfRun);
      }
      int other = candidateOf[y.candidate(i, c)];
      if (other > 0) {
        int sx = x.start(i, other - 1);
        if (pairOf[sx] == 0) {
          startX[pairs] = sx;
          startY[pairs] = sy;
          count[pairs++] = 0;
          pairOf[sx] = pairs;
        }
        count[pairOf[sx] - 1]++;
      }
    }
    closeRun(firstOfRun);
    x.unmark(i, candidateOf);
    return this;
  }

  private int closeRun(int first) {
    for (int p = first; p < pairs; p++) {
      pairOf[startX[p]] = 0;
    }
    return pairs;
  }

  /** E[C]. */
  double mean() {
    double sum = 0;
    for (int p = 0; p < pairs; p++) {
      int sx = startX[p];
      int sy = startY[p];
      sum += count[p] * x.share(stimulus, sx) * y.share(stimulus, sy);
    }
    return sum;
  }

  /** E[f(C)] for a function of 0 … k. */
  double expected(IntToDoubleFunction f) {
    return new Draws().expected(f);
  }

  /**
   * E[f(C)·Σ s(r, r′)] over the common neighbours with their places r and r′ from 1.
   *
   * @param score function s of both places
   * @param f function of the number of common neighbours, 1 … k
   */
  double expectedScore(PlaceScore score, IntToDoubleFunction f) {
    // Given that a stimulus is a common neighbour, its places do not depend on who the others are.
    double[] sums = new double[4];
    for (int p = 0; p < pairs; p++) {
      int sx = startX[p];
      int sy = startY[p];
      double shareX = x.share(stimulus, sx);
      double shareY = y.share(stimulus, sy);
      sums[(shareX < 1 ? 1 : 0) + (shareY < 1 ? 2 : 0)] +=
          count[p] * shareX * shareY * meanScore(score, sx, sy);
    }
    double sum = 0;
    for (int kind = 0; kind < 4; kind++) {
      if (sums[kind] != 0) {
        Draws others = new Draws();
        others.fix((kind & 1) != 0, (kind & 2) != 0);
        sum += sums[kind] * others.expected(f);
      }
    }
    return sum;
  }

  /**
   * Probability that place r of x and place s of y hold the same stimulus, k×k: a permutation
   * matrix with rows left out where there are no ties.
   */
  double[][] matches() {
    double[][] matches = new double[k][k];
    for (int p = 0; p < pairs; p++) {
      int sx = startX[p];
      int sy = startY[p];
      int lengthX = x.runLength(stimulus, sx);
      int lengthY = y.runLength(stimulus, sy);
      double probability = count[p] / ((double) lengthX * lengthY);
      for (int r = sx; r < Math.min(k, sx + lengthX); r++) {
        Arrays.fill(matches[r], sy, Math.min(k, sy + lengthY), probability);
      }
    }
    return matches;
  }

  /** A function of a common neighbour's places from 1, the nearest, in both representations. */
  interface PlaceScore {
    double of(int x, int y);
  }

  private double meanScore(PlaceScore score, int sx, int sy) {
    int endX = Math.min(k, sx + x.runLength(stimulus, sx));
    int endY = Math.min(k, sy + y.runLength(stimulus, sy));
    double sum = 0;
    for (int r = sx + 1; r <= endX; r++) {
      for (int s = sy + 1; s <= endY; s++) {
        sum += score.of(r, s);
      }
    }
    return sum / ((endX - sx) * (double) (endY - sy));
  }

  /** How many of the common candidates of a stimulus are common neighbours. */
  private final class Draws {
    /** Common candidates that are neighbours in both for certain. */
    private int certain;

    /** In the last run of x and neighbours in y for certain; and the reverse. */
    private int lastOfX;

    private int lastOfY;

    /** In the last runs of both. */
    private int lastOfBoth;

    private int runX;
    private int drawnX;
    private int runY;
    private int drawnY;

    Draws() {
      for (int p = 0; p < pairs; p++) {
        int sx = startX[p];
        int sy = startY[p];
        boolean randomX = x.share(stimulus, sx) < 1;
        boolean randomY = y.share(stimulus, sy) < 1;
        if (randomX) {
          runX = x.runLength(stimulus, sx);
          drawnX = k - sx;
        }
        if (randomY) {
          runY = y.runLength(stimulus, sy);
          drawnY = k - sy;
        }
        if (randomX && randomY) {
          lastOfBoth += count[p];
        } else if (randomX) {
          lastOfX += count[p];
        } else if (randomY) {
          lastOfY += count[p];
        } else {
          certain += count[p];
        }
      }
    }

    /** Takes one common neighbour as given, which was random in x, in y, in both or in none. */
    void fix(boolean randomX, boolean randomY) {
      if (randomX) {
        runX--;
        drawnX--;
      }
      if (randomY) {
        runY--;
        drawnY--;
      }
      if (randomX && randomY) {
        lastOfBoth--;
      } else if (randomX) {
        lastOfX--;
      } else if (randomY) {
        lastOfY--;
      } else {
        certain--;
      }
      certain++;
    }

    double expected(IntToDoubleFunction f) {
      if (drawnX == 0 && drawnY == 0) {
        return f.applyAsDouble(certain);
      }
      double sum = 0;
      double[] ofX = Hypergeometric.probabilities(runX, lastOfX, drawnX);
      for (int a = 0; a < ofX.length; a++) {
        if (ofX[a] == 0) {
          continue;
        }
        double[] ofBoth = Hypergeometric.probabilities(runX - lastOfX, lastOfBoth, drawnX - a);
        for (int b = 0; b < ofBoth.length; b++) {
          if (ofBoth[b] == 0) {
            continue;
          }
          double[] ofY = Hypergeometric.probabilities(runY, lastOfY + b, drawnY);
          for (int c = 0; c < ofY.length; c++) {
            if (ofY[c] > 0) {
              sum += ofX[a] * ofBoth[b] * ofY[c] * f.applyAsDouble(certain + a + c);
            }
          }
        }
      }
      return sum;
    }
  }
}
