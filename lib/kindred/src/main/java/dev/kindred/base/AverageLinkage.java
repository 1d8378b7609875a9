package dev.kindred.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.UPGMALinkage;

/**
 * The tree of average linkage over distances (UPGMA; Sokal and Michener 1958): alike things stand
 * together among its leaves.
 */
public final class AverageLinkage {
  private final int[] order;
  private final List<Branch> branches;

  /** First leaf and the one after the last of every joint, in the order of the joints. */
  private final int[][] joined;

  /**
   * Two parts of the tree that are joined. Places count leaves in their order, from 0.
   *
   * @param left place of the first part
   * @param right place of the second part
   * @param leftHeight distance at which the first part was joined, 0 for a leaf
   * @param rightHeight the same of the second part
   * @param height average distance of the two
   */
  public record Branch(
      double left, double right, double leftHeight, double rightHeight, double height) {}

  private AverageLinkage(int[] order, List<Branch> branches, int[][] joined) {
    this.order = order;
    this.branches = branches;
    this.joined = joined;
  }

  /**
   * The tree of n things.
   *
   * @param distances n×n, symmetric and finite
   */
  public static AverageLinkage of(double[][] distances) {
    int n = distances.length;
    for (double[] row : distances) {
      if (row.length != n || !Arrays.stream(row).allMatch(Double::isFinite)) {
        throw new InputException("a tree needs a square matrix of finite distances");
      }
    }
    if (n < 2) {
      return new AverageLinkage(IntStream.range(0, n).toArray(), List.of(), new int[0][]);
    }
    // By its constructor: UPGMALinkage.of takes rows for points and measures distances between
    // them.
    double[][] below = new double[n][];
    for (int i = 0; i < n; i++) {
      below[i] = Arrays.copyOf(distances[i], i + 1);
    }
    HierarchicalClustering tree = HierarchicalClustering.fit(new UPGMALinkage(below));
    int[][] merges = tree.getTree();
    // Of two parts the one with the smaller first leaf comes first.
    int[][] leaves = new int[n + merges.length][];
    for (int i = 0; i < n; i++) {
      leaves[i] = new int[] {i};
    }
    for (int step = 0; step < merges.length; step++) {
      int[] first = leaves[merges[step][0]];
      int[] second = leaves[merges[step][1]];
      leaves[n + step] = first[0] < second[0] ? join(first, second) : join(second, first);
    }
    int[] order = leaves[leaves.length - 1];
    int[] place = new int[n];
    for (int i = 0; i < n; i++) {
      place[order[i]] = i;
    }
    int[][] joined = new int[merges.length][];
    for (int step = 0; step < merges.length; step++) {
      int first = place[leaves[n + step][0]];
      joined[step] = new int[] {first, first + leaves[n + step].length};
    }
    return new AverageLinkage(order, branches(order, merges, tree.getHeight()), joined);
  }

  private static int[] join(int[] first, int[] second) {
    int[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static List<Branch> branches(int[] order, int[][] merges, double[] heights) {
    int n = order.length;
    double[] place = new double[n + merges.length];
    for (int i = 0; i < n; i++) {
      place[order[i]] = i;
    }
    List<Branch> branches = new ArrayList<>();
    for (int step = 0; step < merges.length; step++) {
      int a = merges[step][0];
      int b = merges[step][1];
      int left = place[a] < place[b] ? a : b;
      int right = left == a ? b : a;
      place[n + step] = (place[a] + place[b]) / 2;
      branches.add(
          new Branch(
              place[left],
              place[right],
              left < n ? 0 : heights[left - n],
              right < n ? 0 : heights[right - n],
              heights[step]));
    }
    return List.copyOf(branches);
  }

  /** Indices of the things in the order of the leaves. */
  public int[] order() {
    return order.clone();
  }

  /**
   * The tree cut where that many parts are left: first place and the place after the last of each,
   * in the order of the leaves.
   *
   * @param count from 1 to the number of leaves
   */
  public List<int[]> parts(int count) {
    if (count < 1 || count > order.length) {
      throw new InputException("a tree of " + order.length + " leaves has no " + count + " parts");
    }
    boolean[] begins = new boolean[order.length];
    Arrays.fill(begins, true);
    for (int[] range : Arrays.copyOf(joined, order.length - count)) {
      Arrays.fill(begins, range[0] + 1, range[1], false);
    }
    List<int[]> parts = new ArrayList<>();
    for (int place = 0; place < order.length; ) {
      int end = place + 1;
      while (end < order.length && !begins[end]) {
        end++;
      }
      parts.add(new int[] {place, end});
      place = end;
    }
    return parts;
  }

  /** Every joint, the nearest parts first. */
  public List<Branch> branches() {
    return branches;
  }
}
