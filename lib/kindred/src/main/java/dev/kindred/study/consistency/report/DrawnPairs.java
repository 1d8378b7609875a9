package dev.kindred.study.consistency.report;

import dev.kindred.base.Seeds;
import dev.kindred.study.models.PairSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Those of many pairs of models that are drawn as points: all, or so many by lot that a page still
 * opens. Numbers are always of all pairs.
 */
final class DrawnPairs {
  /** The paper's 2016 pairs are all drawn. */
  private static final int ALL = 2100;

  /** Of more, so many are. */
  private static final int SOME = 1200;

  /** Of each of several groups in one figure, so many at most: none hides the others. */
  private static final int SHARE = 300;

  private final int[] drawn;
  private final int all;

  private DrawnPairs(int all, int most, int some) {
    this.all = all;
    int[] order = new int[all];
    Arrays.setAll(order, k -> k);
    if (all > most) {
      SplittableRandom random = new Seeds(0).stream("pairs that are drawn");
      for (int k = 0; k < some; k++) {
        int other = k + random.nextInt(all - k);
        int taken = order[other];
        order[other] = order[k];
        order[k] = taken;
      }
      order = Arrays.copyOf(order, some);
      Arrays.sort(order);
    }
    drawn = order;
  }

  static DrawnPairs of(int pairs) {
    return new DrawnPairs(pairs, ALL, SOME);
  }

  static DrawnPairs of(PairSet pairs) {
    return of(pairs.size());
  }

  /** Of a group of the pairs of one figure. */
  static DrawnPairs share(PairSet pairs, PairSet ofAll) {
    return ofAll.size() > ALL ? new DrawnPairs(pairs.size(), SHARE, SHARE) : of(pairs);
  }

  double[] of(double[] values) {
    return Arrays.stream(drawn).mapToDouble(k -> values[k]).toArray();
  }

  List<String> of(List<String> names) {
    return Arrays.stream(drawn).mapToObj(names::get).toList();
  }

  /** What a caption adds; nothing where all are drawn. */
  String note() {
    return drawn.length == all
        ? ""
        : String.format(
            Locale.ROOT, "; of %,d pairs, %,d are drawn, chosen by lot", all, drawn.length);
  }

  /** The same where groups are drawn, too. */
  String noteWithShares() {
    return drawn.length == all ? "" : note() + ", and of each group " + SHARE + " at most";
  }
}
