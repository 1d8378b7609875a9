package dev.kindred.study.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decision regions of a layer's probes plane by plane, at every probed epoch: how far two of them
 * would agree by chance, and how much planes differ.
 *
 * @param counts points of each plane that got each class, epochs × planes × classes
 * @param withStart share of the points of each plane that have the label of the first probed epoch,
 *     epochs × planes
 */
public record PlaneRegions(int[][][] counts, double[][] withStart) {

  /**
   * Counts labels.
   *
   * @param labels for every epoch those of all points, one plane after another
   * @param classes number of classes
   */
  static PlaneRegions of(List<int[]> labels, int planes, int classes) {
    int[][][] counts = new int[labels.size()][planes][classes];
    double[][] withStart = new double[labels.size()][planes];
    for (int e = 0; e < counts.length; e++) {
      int[] now = labels.get(e);
      int points = now.length / planes;
      for (int i = 0; i < now.length; i++) {
        counts[e][i / points][now[i]]++;
        withStart[e][i / points] += now[i] == labels.get(0)[i] ? 1.0 / points : 0;
      }
    }
    return new PlaneRegions(counts, withStart);
  }

  /**
   * Decision-region similarity by chance: the share of points that would have the same label at two
   * epochs if the labels of one were put to its points in any order within each plane, as in
   * Cohen's kappa (1960); mean over planes, NaN without points.
   *
   * @param row number of one epoch among the probed ones
   * @param other number of the other
   */
  public double chance(int row, int other) {
    return IntStream.range(0, counts[row].length)
        .mapToDouble(plane -> same(counts[row][plane], counts[other][plane]))
        .average()
        .orElse(Double.NaN);
  }

  private static double same(int[] labels, int[] others) {
    double points = Arrays.stream(labels).sum();
    return IntStream.range(0, labels.length)
        .mapToDouble(c -> labels[c] / points * (others[c] / points))
        .sum();
  }
}
