package dev.kindred.study.convergence;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.network.Pooling;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How the Procrustes alignment of a layer goes, over the shifts, with what they do. Intervals are
 * of other shifts, by leaving out each in turn: they say nothing of other networks.
 */
public final class ShiftCorrelations {
  private final ConvergenceData data;
  private final Pooling pooling;

  public ShiftCorrelations(ConvergenceData data, Pooling pooling) {
    this.data = data;
    this.pooling = pooling;
  }

  /** What alignment, or its loss, is compared with. */
  public enum With {
    /**
     * What is left of accuracy with what is left of alignment; the two losses have the same
     * correlation.
     */
    ACCURACY("accuracy", 1),
    /** How far the shift moves the images, with what it takes of alignment. */
    DISTANCE("loss, distance of images", -1),
    /** How alike networks err. */
    ERROR_CONSISTENCY("error consistency", 1);

    private final String text;
    private final int sign;

    With(String text, int sign) {
      this.text = text;
      this.sign = sign;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A correlation over shifts.
   *
   * @param r Pearson's; NaN where one side does not vary
   * @param interval 95 %, over shifts
   */
  public record Found(double r, Interval interval) {
    @Override
    public String toString() {
      return Double.isNaN(r)
          ? "undefined"
          : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", r, interval.low(), interval.high())
              .replace('-', '−');
    }
  }

  /** Of one layer between the networks of one group. */
  public Found of(int group, int layer, With what) {
    return mean(List.of(group), g -> layer, what);
  }

  /** Mean over groups, all of which see the same shifts. */
  public Found mean(List<Integer> groups, IntUnaryOperator layer, With what) {
    double[][] x =
        groups.stream().map(g -> alignment(g, layer.applyAsInt(g), what)).toArray(double[][]::new);
    double[][] y = groups.stream().map(g -> other(g, what)).toArray(double[][]::new);
    Estimate estimate =
        Jackknife.of(
            data.sets().size() - 1,
            Estimate.Scale.CORRELATION,
            kept ->
                IntStream.range(0, x.length)
                    .mapToDouble(i -> correlation(x[i], y[i], kept))
                    .average()
                    .orElse(Double.NaN));
    return new Found(
        estimate.value(), new DecisionRule.Above(0).judge(List.of(estimate)).interval());
  }

  /** Alignment of a layer on every shift. */
  public double[] alignment(int group, int layer) {
    return overSets(
        set ->
            data.ofLayer(
                    data.shifted(),
                    AlignmentFamily.PROCRUSTES,
                    group,
                    layer,
                    data.end(),
                    set,
                    pooling,
                    Control.NONE)[0]);
  }

  private double[] alignment(int group, int layer, With what) {
    return Arrays.stream(alignment(group, layer)).map(v -> what.sign * v).toArray();
  }

  /** What alignment is compared with, on every shift. */
  public double[] other(int group, With what) {
    return overSets(
        set ->
            switch (what) {
              case ACCURACY -> data.accuracy(group, set);
              case DISTANCE -> data.behaviour().distances()[set];
              case ERROR_CONSISTENCY -> ConvergenceSummary.errorConsistency(data, group, set);
            });
  }

  private double[] overSets(java.util.function.IntToDoubleFunction value) {
    return IntStream.range(1, data.sets().size()).mapToDouble(value).toArray();
  }

  /** Over what is kept and known on both sides. */
  private static double correlation(double[] x, double[] y, boolean[] kept) {
    int[] known =
        IntStream.range(0, x.length)
            .filter(i -> kept[i] && Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .toArray();
    double[] a = Arrays.stream(known).mapToDouble(i -> x[i]).toArray();
    double[] b = Arrays.stream(known).mapToDouble(i -> y[i]).toArray();
    return known.length < 3
            || Arrays.stream(a).distinct().count() < 2
            || Arrays.stream(b).distinct().count() < 2
        ? Double.NaN
        : Correlation.Method.PEARSON.coefficient(a, b);
  }

  /** Every layer of every group with everything. */
  public Table table() {
    StringColumn networks = StringColumn.create("networks");
    StringColumn layers = StringColumn.create("layer");
    DoubleColumn lost = DoubleColumn.create("mean loss of alignment");
    StringColumn[] found =
        Arrays.stream(With.values())
            .map(what -> StringColumn.create(what.toString()))
            .toArray(StringColumn[]::new);
    for (int group : data.seeded()) {
      ConvergenceData.Group of = data.groups().get(group);
      for (int layer = 0; layer < of.layers().size(); layer++) {
        networks.append(of.name());
        layers.append(of.layers().get(layer));
        lost.append(meanLoss(group, layer));
        for (With what : With.values()) {
          found[what.ordinal()].append(of(group, layer, what).toString());
        }
      }
    }
    Table table = Table.create("Correlations over shifts", networks, layers, lost);
    return table.addColumns(found);
  }

  /** What the shifts take of a layer's alignment, on average. */
  public double meanLoss(int group, int layer) {
    double usual =
        data.ofLayer(
                data.shifted(),
                AlignmentFamily.PROCRUSTES,
                group,
                layer,
                data.end(),
                0,
                pooling,
                Control.NONE)[0];
    return usual
        - Arrays.stream(alignment(group, layer))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
  }
}
