package dev.kindred.study.dynamics;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.recording.GramDiagonals;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import java.util.Arrays;
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
    StringColumn fit = StringColumn.create("perfect fit");
    StringColumn epochs = StringColumn.create("minimum, peak, minimum");
    StringColumn height = StringColumn.create("height of the peak");
    DoubleColumn p = DoubleColumn.create("p");
    DoubleColumn nearer = DoubleColumn.create("nearer to start");
    DoubleColumn back = DoubleColumn.create("way back");
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
    StringColumn transitions = StringColumn.create("transitions");
    DoubleColumn p = DoubleColumn.create("p");
    DoubleColumn distance = DoubleColumn.create("octaves to threshold");
    DoubleColumn rate = DoubleColumn.create("change in an octave");
    DoubleColumn regions = DoubleColumn.create("regions, ρ");
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

  /**
   * Of each layer of a run: CKA as the paper has it, what it would be if images were shuffled, and
   * the unbiased value of all images at once. First and last are the first and the last recorded
   * epoch.
   */
  public static Table besideChance(DynamicsRun run) {
    StringColumn name = StringColumn.create("layer");
    DoubleColumn value = DoubleColumn.create("CKA, first and last");
    DoubleColumn mean = DoubleColumn.create("shuffled, mean");
    DoubleColumn upper = DoubleColumn.create("shuffled, 95 % below");
    DoubleColumn within = DoubleColumn.create("pairs below that");
    DoubleColumn unbiased = DoubleColumn.create("unbiased, first and last");
    DoubleColumn apart = DoubleColumn.create("CKA less unbiased");
    for (LayerDynamics layer : run.layers()) {
      int last = run.epochs().size() - 1;
      int lastWhole = layer.unbiased().epochs().size() - 1;
      GramDiagonals.Chance chance = run.chance(layer, 0, last);
      name.append(layer.layer());
      value.append(layer.similarity().values()[0][last]);
      mean.append(chance.mean());
      upper.append(chance.upper());
      within.append(withinChance(run, layer));
      unbiased.append(layer.unbiased().values()[0][lastWhole]);
      apart.append(aboveUnbiased(layer));
    }
    return Table.create("Beside chance", name, value, mean, upper, within, unbiased, apart);
  }

  /** Share of the pairs of epochs whose CKA shuffled images would reach once in twenty times. */
  private static double withinChance(DynamicsRun run, LayerDynamics layer) {
    int n = run.epochs().size();
    int within = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double upper = run.chance(layer, i, j).upper();
        if (Double.isNaN(upper)) {
          return Double.NaN;
        }
        within += layer.similarity().values()[i][j] <= upper ? 1 : 0;
      }
    }
    return within / (n * (n - 1) / 2.0);
  }

  /**
   * By how much CKA of batches exceeds that of all images without bias, mean over pairs of epochs.
   */
  public static double aboveUnbiased(LayerDynamics layer) {
    List<Integer> epochs = layer.unbiased().epochs();
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < epochs.size(); i++) {
      for (int j = 0; j < i; j++) {
        double biased = layer.similarity().get(epochs.get(i), epochs.get(j));
        double difference = biased - layer.unbiased().values()[i][j];
        if (!Double.isNaN(difference)) {
          sum += difference;
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  /**
   * How fast each layer changes with label noise and without: means over seeds, and the difference
   * with its 95 % interval over seeds.
   *
   * @param noisy runs that differ in their seed
   * @param clean the same without label noise
   */
  public static Table rates(List<DynamicsRun> noisy, List<DynamicsRun> clean) {
    StringColumn name = StringColumn.create("layer");
    DoubleColumn with = DoubleColumn.create("with label noise");
    DoubleColumn without = DoubleColumn.create("without");
    DoubleColumn difference = DoubleColumn.create("difference");
    StringColumn interval = StringColumn.create("95 % interval over seeds");
    int layers = noisy.isEmpty() || clean.isEmpty() ? 0 : noisy.get(0).layers().size();
    for (int i = 0; i < layers; i++) {
      int layer = i;
      double[] more = noisy.stream().mapToDouble(r -> DynamicsFindings.rate(r, layer)).toArray();
      double[] less = clean.stream().mapToDouble(r -> DynamicsFindings.rate(r, layer)).toArray();
      name.append(noisy.get(0).layers().get(i).layer());
      with.append(Arrays.stream(more).average().orElse(Double.NaN));
      without.append(Arrays.stream(less).average().orElse(Double.NaN));
      Estimate estimate = OverSeeds.difference(more, less);
      difference.append(estimate.value());
      Interval known = new DecisionRule.Above(0).judge(List.of(estimate)).interval();
      interval.append(
          Double.isFinite(known.low())
              ? format("[%.3f, %.3f]", known.low(), known.high())
              : "unknown");
    }
    return Table.create(
        "Change of CKA in an octave of epochs", name, with, without, difference, interval);
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
