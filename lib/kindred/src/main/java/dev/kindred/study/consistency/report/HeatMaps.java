package dev.kindred.study.consistency.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.Panels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Heat maps of similarities, and of how many points lie where. */
final class HeatMaps {
  /** Side of a cell that counts points. */
  private static final double BIN = 0.05;

  private static final int SIDE = 265;

  private HeatMaps() {}

  /** Maps in a grid, on one sequential scale from the least value, rounded down, to 1. */
  static Panels onOneScale(int columns, List<HeatMap> maps) {
    double least = 1;
    for (HeatMap map : maps) {
      for (double[] row : map.matrix().values()) {
        for (double value : row) {
          least = Double.isNaN(value) ? least : Math.min(least, value);
        }
      }
    }
    double low = Math.min(0.9, Math.floor(10 * least) / 10);
    maps.forEach(map -> map.colors(ColorMap.VIRIDIS).range(low, 1));
    return Panels.maps(columns, maps);
  }

  /** How many points lie where, both axes on one scale; grey where there are none. */
  static HeatMap density(double[] x, double[] y, String title, String xTitle, String yTitle) {
    double least = 1;
    double greatest = -1;
    for (int k = 0; k < x.length; k++) {
      least = Math.min(least, Math.min(x[k], y[k]));
      greatest = Math.max(greatest, Math.max(x[k], y[k]));
    }
    int first = (int) Math.floor(least / BIN);
    int bins = Math.max(1, (int) Math.floor(greatest / BIN) - first + 1);
    double[][] counts = new double[bins][bins];
    for (int k = 0; k < x.length; k++) {
      int column = (int) Math.floor(x[k] / BIN) - first;
      int row = bins - 1 - ((int) Math.floor(y[k] / BIN) - first);
      counts[row][column]++;
    }
    for (double[] row : counts) {
      for (int j = 0; j < bins; j++) {
        row[j] = row[j] == 0 ? Double.NaN : row[j];
      }
    }
    List<String> ascending = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      ascending.add(
          String.format(Locale.ROOT, "%.2f", (first + bin) * BIN + 0.0)
              .replace("-0.00", "0.00")
              .replace('-', '−'));
    }
    List<String> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    return HeatMap.of(
            new LabelledMatrix(
                "number", descending, ascending, counts, Provenance.of("points counted")))
        .title(title)
        .rows(yTitle)
        .columns(xTitle)
        .colors(ColorMap.VIRIDIS)
        .plotSize(SIDE, SIDE);
  }
}
