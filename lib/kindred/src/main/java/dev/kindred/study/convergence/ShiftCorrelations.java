package dev.kindred.study.convergence;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.Ties;
import dev.kindred.network.Pooling;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How the Procrustes alignment of a layer goes, over the shifts, with what they do. Intervals are
 * of other shifts, by leaving out each family of related ones in turn (the three eidolons are one;
 * edge, silhouette and sketch are another): they say nothing of other networks.
 */
public final class ShiftCorrelations {
  /** Means of as many right answers are equal, however they were rounded: ranks must not differ. */
  private static final double SAME_ACCURACY = 1e-9;

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
    ERROR_CONSISTENCY("error consistency", 1),
    /** The same where accuracy, which both may follow, is held: partial, of ranks. */
    ERRORS_AT_ACCURACY("error consistency at the same accuracy", 1);

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
   * @param r Pearson's, or the partial one of ranks; NaN where one side does not vary
   * @param interval 95 %, over shifts
   */
  public record Found(double r, Interval interval) {
    @Override
    public String toString() {
      return Double.isNaN(r)
          ? "undefined"
          : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", r, interval.low(), interval.high())
              .replaceAll("-(0\\.0+)(?!\\d)", "$1")
              .replace('-', '−');
    }
  }

  /** Of one layer between the networks of one group. */
  public Found of(int group, int layer, With what) {
    return mean(List.of(group), g -> layer, what);
  }

  /** Mean over groups, all of which see the same shifts. */
  public Found mean(List<Integer> groups, IntUnaryOperator layer, With what) {
    Estimate estimate =
        Jackknife.of(
            RelatedShifts.families(data.sets().subList(1, data.sets().size())),
            Estimate.Scale.CORRELATION,
            kept ->
                groups.stream()
                    .mapToDouble(
                        group ->
                            of(group, layer.applyAsInt(group), what, data.allSeeds(group), kept))
                    .average()
                    .orElse(Double.NaN));
    return new Found(
        estimate.value(), new DecisionRule.Above(0).judge(List.of(estimate)).interval());
  }

  /** Between the seeds that are kept, over the shifts that are kept and known on both sides. */
  double of(int group, int layer, With what, boolean[] seeds, boolean[] shifts) {
    double[] x = alignment(group, layer, data.end(), seeds);
    double[] y = other(group, what, seeds);
    int[] known =
        IntStream.range(0, x.length)
            .filter(i -> shifts[i] && Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .toArray();
    double[] a = Arrays.stream(known).mapToDouble(i -> what.sign * x[i]).toArray();
    double[] b = Arrays.stream(known).mapToDouble(i -> y[i]).toArray();
    if (known.length < 3 || !varies(a) || !varies(b)) {
      return Double.NaN;
    }
    if (what != With.ERRORS_AT_ACCURACY) {
      return Correlation.Method.PEARSON.coefficient(a, b);
    }
    double[] accuracy = other(group, With.ACCURACY, seeds);
    double[] held = Arrays.stream(known).mapToDouble(i -> accuracy[i]).toArray();
    return varies(held)
        ? Correlation.Method.SPEARMAN.partial(a, b, held)
        : Correlation.Method.SPEARMAN.coefficient(a, b);
  }

  private static boolean varies(double[] values) {
    return Arrays.stream(values).distinct().count() > 1;
  }

  /** Alignment of a layer on every shift. */
  public double[] alignment(int group, int layer) {
    return alignment(group, layer, data.end(), data.allSeeds(group));
  }

  private double[] alignment(int group, int layer, int moment, boolean[] seeds) {
    return overShifts(set -> aligned(group, layer, moment, set, seeds));
  }

  private double aligned(int group, int layer, int moment, int set, boolean[] seeds) {
    return data.align(
        data.shifted(),
        AlignmentFamily.PROCRUSTES,
        group,
        layer,
        moment,
        set,
        pooling,
        Control.NONE,
        0,
        seeds);
  }

  /** What alignment is compared with, on every shift. */
  public double[] other(int group, With what) {
    return other(group, what, data.allSeeds(group));
  }

  private double[] other(int group, With what, boolean[] seeds) {
    return switch (what) {
      case ACCURACY ->
          Ties.joined(
              overShifts(set -> data.accuracy(data.behaviour().accuracy(), group, set, seeds)),
              SAME_ACCURACY);
      case DISTANCE -> overShifts(set -> data.behaviour().distances()[set]);
      case ERROR_CONSISTENCY, ERRORS_AT_ACCURACY ->
          overShifts(set -> data.errorConsistency(group, set, seeds));
    };
  }

  private double[] overShifts(IntToDoubleFunction value) {
    return IntStream.range(1, data.sets().size()).mapToDouble(value).toArray();
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
    return meanLoss(group, layer, data.end());
  }

  /** The same at a moment; NaN where it was not measured. */
  public double meanLoss(int group, int layer, int moment) {
    boolean[] shifts = new boolean[data.sets().size() - 1];
    Arrays.fill(shifts, true);
    return meanLoss(group, layer, moment, data.allSeeds(group), shifts);
  }

  /** Of the seeds and over the shifts that are kept, at a moment. */
  double meanLoss(int group, int layer, int moment, boolean[] seeds, boolean[] shifts) {
    double[] shifted = alignment(group, layer, moment, seeds);
    return aligned(group, layer, moment, 0, seeds)
        - IntStream.range(0, shifted.length)
            .filter(i -> shifts[i])
            .mapToDouble(i -> shifted[i])
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
  }
}
