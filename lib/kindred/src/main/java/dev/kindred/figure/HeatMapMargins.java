package dev.kindred.figure;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What stands around the plot of a heat map, and how much room it takes in logical pixels: from the
 * plot outwards, strips of attributes, a tree above, lines on the right and above.
 */
final class HeatMapMargins {
  static final double STRIP = 9;
  static final double TREE = 46;
  static final double SIDE = 58;

  /** A dashed line on both axes, whose numbers are those of the names. */
  record Threshold(double[] rows, double[] columns, double number, String label) {
    /** Its place in [0, 1] on an axis of cells of one size. */
    static double even(double[] numbers, double number) {
      int n = numbers.length;
      int after = 0;
      while (after < n && numbers[after] < number) {
        after++;
      }
      if (after == 0 || after == n) {
        return after == 0 ? 0 : 1;
      }
      double share = (number - numbers[after - 1]) / (numbers[after] - numbers[after - 1]);
      return (after - 0.5 + share) / n;
    }
  }

  /** An attribute's strip: the value of every row, and a colour for every value. */
  record Strip(String attribute, List<String> values, Map<String, Color> colors) {}

  final List<Threshold> thresholds;
  final List<Strip> strips;
  final boolean stripLegend;
  final AverageLinkage tree;
  final HeatMapSides sides;
  final boolean bar;
  final boolean stripsAbove;
  final Map<Double, String> meanings;

  HeatMapMargins(
      LabelledMatrix matrix,
      List<Threshold> thresholds,
      Map<String, List<String>> strips,
      boolean stripLegend,
      AverageLinkage tree,
      HeatMapSides sides,
      boolean bar,
      Map<Double, String> meanings) {
    this.thresholds = List.copyOf(thresholds);
    this.strips = colored(strips);
    this.stripLegend = stripLegend;
    this.tree = tree;
    this.sides = sides;
    this.bar = bar && meanings.isEmpty();
    this.meanings = new LinkedHashMap<>(meanings);
    this.stripsAbove = matrix.isSquare();
  }

  /**
   * Colours go on from strip to strip, so that none means two things; where they are too few for
   * that, every strip begins anew, so that at least its own are told apart.
   */
  private static List<Strip> colored(Map<String, List<String>> strips) {
    List<Strip> colored = new ArrayList<>();
    long values = strips.values().stream().mapToLong(of -> of.stream().distinct().count()).sum();
    int next = 0;
    for (Map.Entry<String, List<String>> strip : strips.entrySet()) {
      next = values > Look.SERIES_COLORS ? 0 : next;
      Map<String, Color> colors = new LinkedHashMap<>();
      for (String value : new LinkedHashSet<>(strip.getValue())) {
        Color color = Look.seriesColor(next);
        // The second round of colours is paler.
        colors.put(value, next / Look.SERIES_COLORS % 2 == 0 ? color : Look.faint(color, 0.5));
        next++;
      }
      colored.add(new Strip(strip.getKey(), strip.getValue(), colors));
    }
    return colored;
  }

  double left() {
    return strips.isEmpty() ? 0 : strips.size() * STRIP + 3;
  }

  double stripsHeight() {
    return stripsAbove ? left() : 0;
  }

  double top() {
    boolean labelled = thresholds.stream().anyMatch(line -> !line.label().isBlank());
    return stripsHeight()
        + (tree == null ? 0 : TREE + 3)
        + (sides == null ? 0 : SIDE + Look.GAP)
        + (labelled ? Look.lineHeight(Look.SMALL) + 2 : 0);
  }

  double right() {
    return sides == null ? 0 : SIDE + Look.GAP;
  }

  /** Names as numbers, for a line among them. */
  static double[] numbers(List<String> names) {
    double[] numbers = new double[names.size()];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(names.get(i).strip());
      } catch (NumberFormatException e) {
        throw new InputException(
            "a threshold needs numbers as names, and “" + names.get(i) + "” is none", e);
      }
      if (i > 0 && !(numbers[i] > numbers[i - 1])) {
        throw new InputException(
            "a threshold needs ascending numbers as names; found "
                + names.get(i - 1)
                + " before "
                + names.get(i));
      }
    }
    return numbers;
  }
}
