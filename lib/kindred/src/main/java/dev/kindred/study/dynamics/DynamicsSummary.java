package dev.kindred.study.dynamics;

import dev.kindred.measure.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of what the paper reads by eye, a number for each. */
public final class DynamicsSummary {
  private DynamicsSummary() {}

  /** Of each run: its threshold, its double descent, and where the first layer goes. */
  public static Table runs(List<DynamicsRun> runs, DynamicsFindings findings) {
    StringColumn name = StringColumn.create("run");
    StringColumn fit = StringColumn.create("perfect fit at epoch");
    StringColumn epochs = StringColumn.create("minimum, peak, minimum at epoch");
    StringColumn height = StringColumn.create("height of the peak");
    DoubleColumn p = DoubleColumn.create("p of double descent");
    DoubleColumn nearer = DoubleColumn.create("first layer: nearer to its start");
    DoubleColumn back = DoubleColumn.create("first layer: way back");
    for (DynamicsRun run : runs) {
      EpochwiseDescent descent = findings.descent(run);
      FirstLayerReturn first = findings.firstLayer(run);
      name.append(run.declaration().name());
      fit.append(run.perfectFit().isPresent() ? "" + run.perfectFit().getAsInt() : "never");
      epochs.append(
          Double.isNaN(descent.peak())
              ? "–"
              : format("%.0f, %.0f, %.0f", descent.minimum(), descent.peak(), descent.second()));
      Interval interval = descent.interval();
      height.append(
          Double.isNaN(descent.height())
              ? "–"
              : format("%.3f [%.3f, %.3f]", descent.height(), interval.low(), interval.high()));
      p.append(descent.p());
      nearer.append(first.nearer());
      back.append(first.back());
    }
    return Table.create("Runs", name, fit, epochs, height, p, nearer, back);
  }

  /** Of each layer of a run: similarity blocks, how fast it changes, and what regions tell. */
  public static Table layers(DynamicsRun run, DynamicsFindings findings) {
    StringColumn name = StringColumn.create("layer");
    StringColumn transitions = StringColumn.create("transitions at epoch");
    DoubleColumn p = DoubleColumn.create("p against even drift");
    DoubleColumn distance = DoubleColumn.create("octaves to the threshold");
    DoubleColumn rate = DoubleColumn.create("change in an octave");
    DoubleColumn regions = DoubleColumn.create("regions against CKA, ρ");
    DoubleColumn beyond = DoubleColumn.create("beyond drift");
    List<MapAgreement> agreements = findings.agreements(run);
    for (int i = 0; i < run.layers().size(); i++) {
      LayerDynamics layer = run.layers().get(i);
      SimilarityBlocks blocks = findings.blocks(run, layer);
      name.append(layer.layer());
      transitions.append(
          blocks.isSignificant()
              ? blocks.transitions().stream()
                  .map(epoch -> format("%.0f", epoch))
                  .collect(Collectors.joining(", "))
              : "none");
      p.append(blocks.p());
      distance.append(nearest(blocks, run.perfectFit()));
      rate.append(DynamicsFindings.rate(run, i));
      regions.append(agreements.isEmpty() ? Double.NaN : agreements.get(i).coefficient());
      beyond.append(agreements.isEmpty() ? Double.NaN : agreements.get(i).beyondDrift());
    }
    return Table.create("Layers", name, transitions, p, distance, rate, regions, beyond);
  }

  /** From the threshold to the nearest transition, below 0 where that comes before it. */
  private static double nearest(SimilarityBlocks blocks, OptionalInt fit) {
    if (!blocks.isSignificant() || fit.isEmpty() || fit.getAsInt() < 1) {
      return Double.NaN;
    }
    double threshold = OctaveMap.octaves(fit.getAsInt());
    double nearest = Double.POSITIVE_INFINITY;
    for (double epoch : blocks.transitions()) {
      double distance = OctaveMap.octaves(epoch) - threshold;
      nearest = Math.abs(distance) < Math.abs(nearest) ? distance : nearest;
    }
    return nearest;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
