package dev.kindred.study.dynamics;

import java.util.List;

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
}
