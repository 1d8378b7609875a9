package dev.kindred.figure;

import dev.kindred.base.LabelledMatrix;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Paints a {@link HeatMapLayout}. */
final class HeatMapPainter {
  /** Distance of hatching lines along an edge. */
  private static final double HATCH_STEP = 7;

  private final HeatMapLayout layout;
  private final LabelledMatrix matrix;
  private final Graphics2D graphics;

  HeatMapPainter(HeatMapLayout layout, Graphics2D graphics) {
    this.layout = layout;
    this.matrix = layout.matrix;
    this.graphics = graphics;
  }

  void paint() {
    Look.title(graphics, layout.texts.title(), layout.width);
    cells();
    hatches();
    annotations();
    groups();
    frame();
    outlines();
    names();
    axisTitles();
    if (layout.margins.bar) {
      bar();
    }
    hatchLegend();
    new HeatMapMarginPainter(layout, graphics).paint();
  }

  private void cells() {
    BufferedImage image = cellImage();
    AffineTransform place = AffineTransform.getTranslateInstance(layout.plotX, layout.plotY);
    place.scale(layout.plotWidth / image.getWidth(), layout.plotHeight / image.getHeight());
    graphics.drawImage(image, place, null);
  }

  /** The coloured part alone. */
  static byte[] cellsAsPng(HeatMapLayout layout) {
    return Export.png(new HeatMapPainter(layout, null).cellImage());
  }

  private BufferedImage cellImage() {
    int width = (int) Math.round(layout.plotWidth * Figure.DENSITY);
    int height = (int) Math.round(layout.plotHeight * Figure.DENSITY);
    int[][] columnsOf = cellsOfPixels(layout.columnEdges, width);
    int[][] rowsOf = cellsOfPixels(layout.rowEdges, height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] line = new int[width];
    for (int y = 0; y < height; y++) {
      boolean sameRows =
          y > 0 && rowsOf[0][y] == rowsOf[0][y - 1] && rowsOf[1][y] == rowsOf[1][y - 1];
      for (int x = 0; !sameRows && x < width; x++) {
        double value = mean(rowsOf[0][y], rowsOf[1][y], columnsOf[0][x], columnsOf[1][x]);
        line[x] = layout.scale.map().rgb(layout.scale.at(value));
      }
      image.setRGB(0, y, width, 1, line, 0, width);
    }
    return image;
  }

  /** First and last cell under every pixel: the one at its centre, or all with a centre in it. */
  private static int[][] cellsOfPixels(double[] edges, int pixels) {
    int cells = edges.length - 1;
    int[][] range = new int[2][pixels];
    int cell = 0;
    int next = 0;
    for (int x = 0; x < pixels; x++) {
      double centre = (x + 0.5) / pixels;
      double end = (x + 1.0) / pixels;
      while (cell < cells - 1 && edges[cell + 1] <= centre) {
        cell++;
      }
      int first = next;
      while (next < cells && (edges[next] + edges[next + 1]) / 2 <= end) {
        next++;
      }
      boolean several = next - first > 1;
      range[0][x] = several ? first : cell;
      range[1][x] = several ? next - 1 : cell;
    }
    return range;
  }

  private double mean(int row, int lastRow, int column, int lastColumn) {
    double sum = 0;
    int count = 0;
    for (int i = row; i <= lastRow; i++) {
      for (int j = column; j <= lastColumn; j++) {
        double value = matrix.get(i, j);
        if (!Double.isNaN(value)) {
          sum += value;
          count++;
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /**
   * Lines from the lower left to the upper right, on one grid for all cells so that they run on
   * from cell to cell. Their ink is that of a text on the cell, half transparent: the colour below
   * is still read.
   */
  private void hatches() {
    for (int i = 0; i < matrix.rows().size(); i++) {
      for (int j = 0; j < matrix.columns().size(); j++) {
        if (isHatched(i, j)) {
          double x = columnEdge(j);
          double y = rowEdge(i);
          Color ink = layout.scale.map().inkOn(layout.scale.at(matrix.get(i, j)));
          // Half a line's width inside, so that nothing is drawn on the neighbours.
          hatch(
              new Rectangle2D.Double(
                  x + 0.5, y + 0.5, columnEdge(j + 1) - x - 1, rowEdge(i + 1) - y - 1),
              new Color(ink.getRed(), ink.getGreen(), ink.getBlue(), 150));
        }
      }
    }
  }

  private void hatch(Rectangle2D box, Color ink) {
    graphics.setColor(ink);
    graphics.setStroke(new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    double from = Math.ceil((box.getMinX() + box.getMinY()) / HATCH_STEP) * HATCH_STEP;
    // A line has one sum x + y; it is cut where it leaves the cell.
    for (double sum = from; sum <= box.getMaxX() + box.getMaxY(); sum += HATCH_STEP) {
      double left = Math.max(box.getMinX(), sum - box.getMaxY());
      double right = Math.min(box.getMaxX(), sum - box.getMinY());
      if (right > left) {
        graphics.draw(new Line2D.Double(left, sum - left, right, sum - right));
      }
    }
  }

  private boolean isHatched(int row, int column) {
    return layout.marks.hatch().isDrawn() && layout.marks.hatch().cells()[row][column];
  }

  /** Clears the hatching behind a number. */
  private void patch(String text, double x, double y, Color color) {
    double width = Look.width(text, Look.SMALL) + 6;
    double height = Look.lineHeight(Look.SMALL);
    graphics.setColor(color);
    graphics.fill(new Rectangle2D.Double(x - width / 2, y - height / 2, width, height));
  }

  private void hatchLegend() {
    if (layout.hatchLines.isEmpty()) {
      return;
    }
    double line = Look.lineHeight(Look.TICK);
    double baseline = layout.hatchY + Look.ascent(Look.TICK);
    Rectangle2D sign =
        new Rectangle2D.Double(
            Look.MARGIN + 0.5, layout.hatchY + 1, HeatMapLayout.HATCH_SWATCH, line - 2);
    hatch(sign, Look.SOFT_INK);
    graphics.setColor(Look.RULE);
    graphics.draw(sign);
    graphics.setColor(Look.INK);
    for (String text : layout.hatchLines) {
      double x = Look.MARGIN + HeatMapLayout.HATCH_SWATCH + Look.GAP;
      Look.text(graphics, text, Look.TICK, x, baseline, 0);
      baseline += line + 2;
    }
  }

  private void annotations() {
    if (layout.marks.inCells() == null) {
      return;
    }
    double line = Look.lineHeight(Look.SMALL);
    double drop = Look.ascent(Look.SMALL) - line / 2;
    for (int i = 0; i < matrix.rows().size(); i++) {
      double y = rowEdge(i);
      double height = rowEdge(i + 1) - y;
      for (int j = 0; height >= line && j < matrix.columns().size(); j++) {
        double x = columnEdge(j);
        double width = columnEdge(j + 1) - x;
        String text = layout.marks.inCells().text(i, j);
        if (Look.width(text, Look.SMALL) <= width - 2) {
          double at = layout.scale.at(matrix.get(i, j));
          if (isHatched(i, j)) {
            patch(text, x + width / 2, y + height / 2, new Color(layout.scale.map().rgb(at)));
          }
          graphics.setColor(layout.scale.map().inkOn(at));
          Look.text(graphics, text, Look.SMALL, x + width / 2, y + height / 2 + drop, 0.5);
        }
      }
    }
  }

  private void frame() {
    graphics.setColor(Look.RULE);
    graphics.setStroke(new BasicStroke(1f));
    graphics.draw(
        new Rectangle2D.Double(
            layout.plotX - 0.5, layout.plotY - 0.5, layout.plotWidth + 1, layout.plotHeight + 1));
  }

  private void groups() {
    double left = layout.plotX - layout.margins.left() - layout.rowNamesWidth - Look.GAP;
    for (int[] run : HeatMapLayout.runs(layout.marks.rowGroups())) {
      double from = rowEdge(run[0]);
      double to = rowEdge(run[1]);
      if (run[0] > 0) {
        rule(left - Look.lineHeight(Look.LABEL), from, layout.plotX, from, false);
        rule(layout.plotX, from, layout.plotX + layout.plotWidth, from, true);
      }
      String name = Look.fit(layout.marks.rowGroups().get(run[0]), Look.LABEL, to - from - 2);
      graphics.setColor(Look.SOFT_INK);
      Look.turned(graphics, name, Look.LABEL, left, (from + to) / 2, 0.5, -Math.PI / 2);
    }
    double top = layout.plotY + layout.plotHeight + layout.columnNamesHeight;
    for (int[] run : HeatMapLayout.runs(layout.marks.columnGroups())) {
      double from = columnEdge(run[0]);
      double to = columnEdge(run[1]);
      if (run[0] > 0) {
        rule(from, layout.plotY, from, layout.plotY + layout.plotHeight, true);
        if (layout.columnNames.isEmpty() || !layout.columnsTurned) {
          double bottom = layout.plotY + layout.plotHeight;
          rule(from, bottom, from, top + Look.GAP + Look.lineHeight(Look.LABEL), false);
        }
      }
      String name = Look.fit(layout.marks.columnGroups().get(run[0]), Look.LABEL, to - from - 2);
      graphics.setColor(Look.SOFT_INK);
      double baseline = top + Look.GAP + Look.ascent(Look.LABEL);
      Look.text(graphics, name, Look.LABEL, (from + to) / 2, baseline, 0.5);
    }
  }

  private void rule(double x1, double y1, double x2, double y2, boolean inPlot) {
    Line2D line = new Line2D.Double(x1, y1, x2, y2);
    if (inPlot) {
      // A dark core in a light casing shows on every colour.
      graphics.setColor(Color.WHITE);
      graphics.setStroke(new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
      graphics.draw(line);
    }
    graphics.setColor(inPlot ? Look.INK : Look.RULE);
    graphics.setStroke(new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(line);
  }

  private void outlines() {
    for (HeatMapLayout.Outline outline : layout.marks.outlines()) {
      double x = columnEdge(outline.column());
      double y = rowEdge(outline.row());
      Rectangle2D box =
          new Rectangle2D.Double(
              x + 1,
              y + 1,
              columnEdge(outline.endColumn()) - x - 2,
              rowEdge(outline.endRow()) - y - 2);
      graphics.setColor(outline.casing());
      graphics.setStroke(new BasicStroke(4f));
      graphics.draw(box);
      graphics.setColor(outline.color());
      graphics.setStroke(new BasicStroke(2f));
      graphics.draw(box);
    }
  }

  private void names() {
    graphics.setColor(Look.INK);
    double line = Look.lineHeight(layout.nameFont);
    double drop = Look.ascent(layout.nameFont) - line / 2;
    for (HeatMapLayout.Name name : layout.rowNames) {
      double y = layout.plotY + name.at() * layout.plotHeight;
      double right = layout.plotX - layout.margins.left() - Look.GAP + 2;
      Look.text(graphics, name.text(), layout.nameFont, right, y + drop, 1);
    }
    double bottom = layout.plotY + layout.plotHeight + Look.GAP - 2;
    for (HeatMapLayout.Name name : layout.columnNames) {
      double x = layout.plotX + name.at() * layout.plotWidth;
      if (layout.columnsTurned) {
        Look.turned(
            graphics,
            name.text(),
            layout.nameFont,
            x + drop,
            bottom + drop + 2,
            1,
            HeatMapLayout.COLUMN_TURN);
      } else {
        Look.text(
            graphics, name.text(), layout.nameFont, x, bottom + Look.ascent(layout.nameFont), 0.5);
      }
    }
  }

  private void axisTitles() {
    graphics.setColor(Look.INK);
    if (!layout.texts.rows().isBlank()) {
      String text = Look.fit(layout.texts.rows(), Look.LABEL, layout.height - 2.0 * Look.MARGIN);
      double x = Look.MARGIN + Look.ascent(Look.LABEL);
      Look.turned(graphics, text, Look.LABEL, x, centred(text), 0.5, -Math.PI / 2);
    }
    if (!layout.texts.columns().isBlank()) {
      String text = Look.fit(layout.texts.columns(), Look.LABEL, layout.width - 2.0 * Look.MARGIN);
      double half = Look.width(text, Look.LABEL) / 2;
      double x = layout.plotX + layout.plotWidth / 2;
      x = Math.max(Look.MARGIN + half, Math.min(layout.width - Look.MARGIN - half, x));
      double baseline =
          layout.plotY
              + layout.plotHeight
              + layout.columnNamesHeight
              + HeatMapLayout.band(layout.marks.columnGroups())
              + Look.GAP
              + Look.ascent(Look.LABEL);
      Look.text(graphics, text, Look.LABEL, x, baseline, 0.5);
    }
  }

  /** The plot's middle, moved so that a turned text stays inside the figure. */
  private double centred(String text) {
    double half = Look.width(text, Look.LABEL) / 2;
    double middle = layout.plotY + layout.plotHeight / 2;
    return Math.max(Look.MARGIN + half, Math.min(layout.height - Look.MARGIN - half, middle));
  }

  private void bar() {
    HeatMapLayout.Scale scale = layout.scale;
    double x = layout.plotX + layout.plotWidth + layout.margins.right() + 2.5 * Look.GAP;
    int steps = (int) Math.round(layout.barHeight * Figure.DENSITY);
    BufferedImage image = new BufferedImage(1, steps, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < steps; y++) {
      image.setRGB(0, y, scale.map().rgb(1 - y / (steps - 1.0)));
    }
    AffineTransform place = AffineTransform.getTranslateInstance(x, layout.plotY);
    place.scale(HeatMapLayout.BAR_WIDTH, layout.barHeight / steps);
    graphics.drawImage(image, place, null);
    graphics.setColor(Look.RULE);
    graphics.setStroke(new BasicStroke(1f));
    graphics.draw(
        new Rectangle2D.Double(
            x - 0.5, layout.plotY - 0.5, HeatMapLayout.BAR_WIDTH + 1, layout.barHeight + 1));

    double drop = Look.ascent(Look.TICK) - Look.lineHeight(Look.TICK) / 2;
    double right = x + HeatMapLayout.BAR_WIDTH;
    for (int i = 0; i < layout.barTicks.size(); i++) {
      double y = layout.plotY + (1 - scale.at(layout.barTicks.get(i))) * layout.barHeight;
      graphics.setColor(Look.RULE);
      graphics.draw(new Line2D.Double(right + 1, y, right + 4, y));
      graphics.setColor(Look.INK);
      Look.text(graphics, layout.barLabels.get(i), Look.TICK, right + Look.GAP, y + drop, 0);
    }
    if (!layout.texts.values().isBlank()) {
      String text = Look.fit(layout.texts.values(), Look.LABEL, layout.height - 2.0 * Look.MARGIN);
      double at = right + 1.5 * Look.GAP + layout.barLabelsWidth + Look.ascent(Look.LABEL);
      double half = Look.width(text, Look.LABEL) / 2;
      double middle = layout.plotY + layout.barHeight / 2;
      middle = Math.max(Look.MARGIN + half, Math.min(layout.height - Look.MARGIN - half, middle));
      Look.turned(graphics, text, Look.LABEL, at, middle, 0.5, -Math.PI / 2);
    }
  }

  private double rowEdge(int row) {
    return layout.plotY + layout.rowEdges[row] * layout.plotHeight;
  }

  private double columnEdge(int column) {
    return layout.plotX + layout.columnEdges[column] * layout.plotWidth;
  }
}
