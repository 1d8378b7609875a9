package dev.kindred.figure;

import dev.kindred.base.AverageLinkage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Paints what stands around the plot of a heat map, and the lines of thresholds across it. */
final class HeatMapMarginPainter {
  private static final float[] DASH = {5, 4};

  private final HeatMapLayout layout;
  private final HeatMapMargins margins;
  private final Graphics2D graphics;

  HeatMapMarginPainter(HeatMapLayout layout, Graphics2D graphics) {
    this.layout = layout;
    this.margins = layout.margins;
    this.graphics = graphics;
  }

  void paint() {
    thresholds();
    strips();
    if (margins.tree != null) {
      tree();
    }
    if (margins.sides != null) {
      sides();
    }
    legend();
  }

  private double x(double at) {
    return layout.plotX + at * layout.plotWidth;
  }

  private double y(double at) {
    return layout.plotY + at * layout.plotHeight;
  }

  private void thresholds() {
    for (int i = 0; i < margins.thresholds.size(); i++) {
      double x = x(layout.thresholdColumns[i]);
      double y = y(layout.thresholdRows[i]);
      dashed(new Line2D.Double(x, layout.plotY, x, layout.plotY + layout.plotHeight));
      dashed(new Line2D.Double(layout.plotX, y, layout.plotX + layout.plotWidth, y));
      String label = margins.thresholds.get(i).label();
      if (!label.isBlank()) {
        graphics.setColor(Look.SOFT_INK);
        double half = Look.width(label, Look.SMALL) / 2;
        double middle =
            Math.max(Look.MARGIN + half, Math.min(layout.width - Look.MARGIN - half, x));
        Look.text(
            graphics, label, Look.SMALL, middle, layout.plotY - margins.stripsHeight() - 3, 0.5);
      }
    }
  }

  /** Light under dark, so that it shows on every colour. */
  private void dashed(Line2D line) {
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(2.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(line);
    graphics.setColor(Look.INK);
    graphics.setStroke(
        new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASH, 0));
    graphics.draw(line);
  }

  private void strips() {
    for (int s = 0; s < margins.strips.size(); s++) {
      HeatMapMargins.Strip strip = margins.strips.get(s);
      double outwards = 3 + (margins.strips.size() - s) * HeatMapMargins.STRIP;
      for (int i = 0; i < strip.values().size(); i++) {
        graphics.setColor(strip.colors().get(strip.values().get(i)));
        double from = layout.rowEdges[i];
        double to = layout.rowEdges[i + 1];
        graphics.fill(
            new Rectangle2D.Double(
                layout.plotX - outwards, y(from), HeatMapMargins.STRIP - 1, y(to) - y(from)));
        if (margins.stripsAbove) {
          graphics.fill(
              new Rectangle2D.Double(
                  x(from), layout.plotY - outwards, x(to) - x(from), HeatMapMargins.STRIP - 1));
        }
      }
    }
  }

  private void tree() {
    List<AverageLinkage.Branch> branches = margins.tree.branches();
    double highest = branches.stream().mapToDouble(AverageLinkage.Branch::height).max().orElse(1);
    double base = layout.plotY - margins.stripsHeight() - 3;
    double scale = highest > 0 ? HeatMapMargins.TREE / highest : 0;
    graphics.setColor(Look.SOFT_INK);
    graphics.setStroke(new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    int leaves = branches.size() + 1;
    for (AverageLinkage.Branch branch : branches) {
      Path2D path = new Path2D.Double();
      path.moveTo(x((branch.left() + 0.5) / leaves), base - scale * branch.leftHeight());
      path.lineTo(x((branch.left() + 0.5) / leaves), base - scale * branch.height());
      path.lineTo(x((branch.right() + 0.5) / leaves), base - scale * branch.height());
      path.lineTo(x((branch.right() + 0.5) / leaves), base - scale * branch.rightHeight());
      graphics.draw(path);
    }
  }

  private void sides() {
    HeatMapSides sides = margins.sides;
    double left = layout.plotX + layout.plotWidth + Look.GAP;
    double bottom = layout.plotY - margins.top() + HeatMapMargins.SIDE;
    graphics.setStroke(new BasicStroke(1f));
    graphics.setColor(Look.GRID);
    graphics.draw(
        new Rectangle2D.Double(left, layout.plotY, HeatMapMargins.SIDE, layout.plotHeight));
    graphics.draw(
        new Rectangle2D.Double(
            layout.plotX, bottom - HeatMapMargins.SIDE, layout.plotWidth, HeatMapMargins.SIDE));
    double low = sides.scale().get(0);
    double unit = HeatMapMargins.SIDE / (sides.scale().get(1) - low);
    for (HeatMapSides.Line line : sides.ofRows()) {
      Path2D path = new Path2D.Double();
      for (int i = 0; i < line.values().length; i++) {
        double y = y(middle(layout.rowEdges, line.from() + i));
        add(path, left + (line.values()[i] - low) * unit, y);
      }
      draw(path, line.own());
    }
    for (HeatMapSides.Line line : sides.ofColumns()) {
      Path2D path = new Path2D.Double();
      for (int j = 0; j < line.values().length; j++) {
        double x = x(middle(layout.columnEdges, line.from() + j));
        add(path, x, bottom - (line.values()[j] - low) * unit);
      }
      draw(path, line.own());
    }
    List<String> scale = Ticks.labels(sides.scale());
    graphics.setColor(Look.SOFT_INK);
    double below = layout.plotY + layout.plotHeight + Look.ascent(Look.SMALL) + 3;
    Look.text(graphics, scale.get(0), Look.SMALL, left, below, 0);
    Look.text(graphics, scale.get(1), Look.SMALL, left + HeatMapMargins.SIDE, below, 1);
    double drop = Look.ascent(Look.SMALL);
    double right = layout.plotX + layout.plotWidth + 3;
    Look.text(graphics, scale.get(1), Look.SMALL, right, bottom - HeatMapMargins.SIDE + drop, 0);
    Look.text(graphics, scale.get(0), Look.SMALL, right, bottom, 0);
    double name =
        Math.max(Look.width(scale.get(0), Look.SMALL), Look.width(scale.get(1), Look.SMALL))
            + Look.GAP;
    String what = Look.fit(HeatMapSides.WHAT, Look.SMALL, layout.width - right - name - 2);
    Look.text(graphics, what, Look.SMALL, right + name, bottom - HeatMapMargins.SIDE + drop, 0);
  }

  private void draw(Path2D path, boolean own) {
    graphics.setColor(own ? Look.seriesColor(0) : Look.OTHERS);
    graphics.setStroke(
        new BasicStroke(own ? 2f : 1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }

  /** A point alone is a dot. */
  private static void add(Path2D path, double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return;
    }
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    }
    path.lineTo(x, y);
  }

  private static double middle(double[] edges, int i) {
    return (edges[i] + edges[i + 1]) / 2;
  }

  private void legend() {
    double line = Look.lineHeight(Look.TICK);
    double baseline = layout.stripLegendY + Look.ascent(Look.TICK);
    for (List<HeatMapLayout.Entry> entries : layout.stripLegend) {
      double x = Look.MARGIN;
      for (HeatMapLayout.Entry entry : entries) {
        double text = x;
        if (entry.color() != null) {
          graphics.setColor(entry.color());
          graphics.fill(new Rectangle2D.Double(x, baseline - 10, 11, 11));
          text += 15;
        }
        graphics.setColor(entry.color() == null ? Look.SOFT_INK : Look.INK);
        Look.text(graphics, entry.text(), Look.TICK, text, baseline, 0);
        x += entry.width();
      }
      baseline += line + 2;
    }
  }
}
