package dev.kindred.study.convergence.report;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.study.Claim;
import dev.kindred.study.Reading;
import dev.kindred.study.convergence.AlignmentFamily;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.ConvergenceClaims;
import dev.kindred.study.convergence.ConvergenceData;
import dev.kindred.study.convergence.LayerMaps;
import dev.kindred.study.convergence.ShiftCorrelations;
import dev.kindred.study.convergence.ShiftCorrelations.With;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One sentence of what the paper saw in each figure, and one of what there is to see here,
 * computed, for units of each kind. Numbers are of the groups that were trained on labels; in
 * brackets are intervals of 95 %, for other seeds, or for other shifts where the sentence says so.
 */
public final class ConvergenceReadings {
  private final ConvergenceData data;
  private final List<Pooling> poolings;
  private final List<Integer> groups;
  private final Map<Pooling, List<Claim>> claims = new EnumMap<>(Pooling.class);

  /**
   * @param poolings kinds of units, in the order in which sentences name them
   */
  public ConvergenceReadings(ConvergenceData data, Pooling... poolings) {
    this.data = data;
    this.poolings = List.of(poolings);
    this.groups = data.supervised();
    for (Pooling pooling : poolings) {
      claims.put(pooling, ConvergenceClaims.decide(data, pooling));
    }
  }

  /** Figure 1. */
  public Reading overDepth() {
    return ofSeeds(
        "alignment falls with depth in the order linear, Procrustes, permutation; Procrustes aligns"
            + " nearly as well as linear regression, and permutation stays well above chance",
        pooling -> {
          double[] linear = ends(pooling, AlignmentFamily.LINEAR, Control.NONE);
          double[] procrustes = ends(pooling, AlignmentFamily.PROCRUSTES, Control.NONE);
          double[] permutation = ends(pooling, AlignmentFamily.MATCHING, Control.NONE);
          double[] rotated = ends(pooling, AlignmentFamily.MATCHING, Control.ROTATED_ABOUT_MEAN);
          double[] shuffled = ends(pooling, AlignmentFamily.PROCRUSTES, Control.SHUFFLED);
          return format(
              "linear regression scores higher than Procrustes in %s, and Procrustes higher than"
                  + " permutation in %s (smallest difference: %s); averaged over the layers of an"
                  + " architecture, the score of Procrustes is at least %s times that of linear"
                  + " regression; permutation scores higher than it does after a rotation about"
                  + " the mean in %s (smallest difference: %s); Procrustes scores lower at the last"
                  + " layer than at the first in %s (smallest difference: %s); with shuffled"
                  + " stimuli Procrustes scores at most %.2f",
              more(linear, procrustes, "layers"),
              more(procrustes, permutation, "layers"),
              measured(pooling, "Linear alignment exceeds"),
              measured(pooling, "Procrustes aligns nearly"),
              more(permutation, rotated, "layers"),
              measured(pooling, "Single units correspond"),
              more(at(pooling, 0), atLast(pooling), "architectures"),
              measured(pooling, "Alignment falls with depth"),
              Arrays.stream(shuffled).max().orElse(Double.NaN));
        });
  }

  /** Figure 2. */
  public Reading maps() {
    return reading(
        "layers of different architectures match best at corresponding depths",
        pooling -> {
          DoubleSummaryStatistics procrustes =
              maxima(pooling, AlignmentFamily.PROCRUSTES, Control.NONE).summaryStatistics();
          DoubleSummaryStatistics matching =
              maxima(pooling, AlignmentFamily.MATCHING, Control.NONE).summaryStatistics();
          return procrustes.getCount() == 0
              ? "no two architectures were compared"
              : format(
                  "the depth of a layer and the depth of its best match in another architecture have"
                      + " a rank correlation of %s with Procrustes and of %.2f with soft matching (0"
                      + " if depth meant nothing); best matches score %.2f to %.2f with Procrustes%s,"
                      + " and %.2f to %.2f with soft matching%s",
                  measured(pooling, "Layers of different architectures match"),
                  LayerMaps.depthOfBestMatch(data, pooling, AlignmentFamily.MATCHING, groups),
                  procrustes.getMin(),
                  procrustes.getMax(),
                  byChance(pooling, AlignmentFamily.PROCRUSTES),
                  matching.getMin(),
                  matching.getMax(),
                  byChance(pooling, AlignmentFamily.MATCHING));
        });
  }

  private String byChance(Pooling pooling, AlignmentFamily family) {
    OptionalDouble chance = maxima(pooling, family, Control.SHUFFLED).max();
    return chance.isPresent()
        ? format(" (with shuffled stimuli at most %.2f)", chance.getAsDouble())
        : "";
  }

  /** The greatest value of every row of maps between different architectures. */
  private DoubleStream maxima(Pooling pooling, AlignmentFamily family, Control control) {
    List<double[][]> maps = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        maps.addAll(LayerMaps.maps(data, pooling, family, control, groups.get(i), groups.get(j)));
      }
    }
    return maps.stream()
        .flatMap(Arrays::stream)
        .mapToDouble(row -> Arrays.stream(row).filter(Double::isFinite).max().orElse(Double.NaN))
        .filter(Double::isFinite);
  }

  /** Figure 3. */
  public Reading training() {
    int one = data.moments().indexOf(Moment.afterEpoch(1));
    return ofSeeds(
        "nearly all alignment is there after the first epoch, long before accuracy stops rising",
        pooling -> {
          if (one < 0 || one >= data.end()) {
            return "no network was kept after the first epoch and later";
          }
          return groups.stream()
                  .map(
                      group ->
                          format(
                              "%s has %.0f %% of its final alignment before training and %.0f %%"
                                  + " after the first epoch, when its accuracy is %.0f %% of the"
                                  + " final one",
                              data.groups().get(group).name(),
                              100 * share(pooling, group, 0),
                              100 * share(pooling, group, one),
                              100 * data.accuracyAt(group, one) / data.accuracy(group, 0)))
                  .collect(Collectors.joining("; "))
              + "; the gain of the first epoch and its lead over that of all later ones are at least "
              + measured(pooling, "The first epoch makes the alignment")
              + " of the final alignment";
        });
  }

  /** Of the alignment at the end, mean of layers. */
  private double share(Pooling pooling, int group, int moment) {
    return mean(training(pooling, group, moment)) / mean(training(pooling, group, data.end()));
  }

  private double[] training(Pooling pooling, int group, int moment) {
    return IntStream.range(0, layers(group))
        .mapToDouble(layer -> data.training(group, layer, moment, pooling))
        .toArray();
  }

  /** Figure 4. */
  public Reading shifts() {
    return ofSeeds(
        "early layers stay aligned out of distribution, deep ones diverge",
        pooling -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          double[] first = eachGroup(group -> shifts.meanLoss(group, 0));
          double[] last = eachGroup(group -> shifts.meanLoss(group, layers(group) - 1));
          double untrained = mean(eachGroup(group -> shifts.meanLoss(group, layers(group) - 1, 0)));
          return format(
              "compared with the usual images, alignment on the shifted ones is %s at the first"
                  + " layer and %s at the last%s, averaged over shifts and architectures; the last"
                  + " layer loses more than the first in %s (smallest difference: %s)",
              change(mean(first)),
              change(mean(last)),
              Double.isNaN(untrained) ? "" : " (before training, " + change(untrained) + ")",
              more(last, first, "architectures"),
              measured(pooling, "Deep layers diverge out of"));
        });
  }

  /** What a loss makes of a score. */
  private static String change(double loss) {
    return format("%.3f %s", Math.abs(loss), loss < 0 ? "higher" : "lower");
  }

  /** Whether layers that fill more dimensions are aligned less. */
  public Reading dimensions() {
    return new Reading(
        "it does not ask how many dimensions the responses of a layer fill",
        format(
            "pooled units of the first layer fill %.1f dimensions and those of the last %.1f, averaged"
                + " over architectures; before training %.1f and %.1f; on the shifted images %.1f and"
                + " %.1f. Dimension and Procrustes alignment have a rank correlation of %s over the"
                + " layers of an architecture, and of %s over the shifts at the last layer, averaged"
                + " over architectures",
            mean(eachGroup(group -> data.dimensionAt(group, 0, data.end()))),
            mean(eachGroup(group -> data.dimensionAt(group, layers(group) - 1, data.end()))),
            mean(eachGroup(group -> data.dimensionAt(group, 0, 0))),
            mean(eachGroup(group -> data.dimensionAt(group, layers(group) - 1, 0))),
            mean(eachGroup(group -> mean(shiftedDimensions(group, 0)))),
            mean(eachGroup(group -> mean(shiftedDimensions(group, layers(group) - 1)))),
            meanRank(
                group ->
                    IntStream.range(0, layers(group))
                        .mapToDouble(layer -> data.dimensionAt(group, layer, data.end()))
                        .toArray(),
                group -> training(Pooling.POOLED, group, data.end())),
            meanRank(
                group -> shiftedDimensions(group, layers(group) - 1),
                group ->
                    new ShiftCorrelations(data, Pooling.POOLED)
                        .alignment(group, layers(group) - 1))));
  }

  private double[] shiftedDimensions(int group, int layer) {
    return IntStream.range(1, data.sets().size())
        .mapToDouble(set -> data.dimension(group, layer, set))
        .toArray();
  }

  /** Mean over the groups in which both vary. */
  private String meanRank(IntFunction<double[]> one, IntFunction<double[]> other) {
    double mean = mean(eachGroup(group -> rank(one.apply(group), other.apply(group))));
    return Double.isNaN(mean) ? "(undefined)" : format("%.2f", mean);
  }

  /** Over what is known on both sides. */
  private static double rank(double[] one, double[] other) {
    int[] known =
        IntStream.range(0, one.length)
            .filter(i -> Double.isFinite(one[i]) && Double.isFinite(other[i]))
            .toArray();
    double[] x = Arrays.stream(known).mapToDouble(i -> one[i]).toArray();
    double[] y = Arrays.stream(known).mapToDouble(i -> other[i]).toArray();
    boolean varies =
        Arrays.stream(x).distinct().count() > 1 && Arrays.stream(y).distinct().count() > 1;
    return varies ? Correlation.Method.SPEARMAN.coefficient(x, y) : Double.NaN;
  }

  /** Figure 5. */
  public Reading accuracies() {
    return ofSeeds(
        "alignment goes with accuracy out of distribution, and the more so the deeper the layer",
        pooling ->
            "over the shifts, alignment and accuracy correlate at "
                + correlation(pooling, true, With.ACCURACY)
                + " for the first layer and at "
                + correlation(pooling, false, With.ACCURACY)
                + " for the last (averaged over architectures; intervals for other shifts); last"
                + " minus first is "
                + measured(pooling, "The correlation of alignment with accuracy"));
  }

  /** What the abstract says of the shift. */
  public Reading severity() {
    return reading(
        "deeper layers diverge in proportion to the distribution shift",
        pooling ->
            "over the shifts, what the last layer loses of its alignment correlates with the loss"
                + " of accuracy at "
                + correlation(pooling, false, With.ACCURACY)
                + " and with the change of pixels at "
                + correlation(pooling, false, With.DISTANCE)
                + " (averaged over architectures; intervals for other shifts)");
  }

  /** Beyond the paper. */
  public Reading errors() {
    return reading(
        "it does not ask whether networks that align also err on the same images",
        pooling ->
            "over the shifts, the last layer's alignment correlates with error consistency at "
                + correlation(pooling, false, With.ERROR_CONSISTENCY)
                + "; with accuracy held, the correlation of their ranks is "
                + correlation(pooling, false, With.ERRORS_AT_ACCURACY)
                + " (averaged over architectures; intervals for other shifts)");
  }

  private String correlation(Pooling pooling, boolean first, With what) {
    return new ShiftCorrelations(data, pooling)
        .mean(groups, group -> first ? 0 : layers(group) - 1, what)
        .toString();
  }

  private Reading reading(String paper, Function<Pooling, String> here) {
    return new Reading(
        paper,
        poolings.stream()
            .map(
                pooling ->
                    (pooling == Pooling.POOLED ? "pooled units, " : "units at the centre, ")
                        + (isMeasured(pooling) ? here.apply(pooling) : "nothing was measured"))
            .collect(Collectors.joining(". For ", "for ", "")));
  }

  private boolean isMeasured(Pooling pooling) {
    return groups.stream()
        .anyMatch(
            group ->
                !Double.isNaN(end(pooling, AlignmentFamily.PROCRUSTES, Control.NONE, group, 0)));
  }

  /** As {@link #reading}, of numbers whose intervals are of other seeds. */
  private Reading ofSeeds(String paper, Function<Pooling, String> here) {
    Reading reading = reading(paper, here);
    boolean pairs = groups.stream().anyMatch(group -> data.groups().get(group).seeds() < 3);
    return pairs
        ? new Reading(
            paper, reading.here() + ". (Two seeds make one pair, which tells nothing of others)")
        : reading;
  }

  /** Value of a claim's quantity, with its interval over seeds where there is one. */
  private String measured(Pooling pooling, String statement) {
    Claim claim =
        claims.get(pooling).stream()
            .filter(of -> of.statement().startsWith(statement))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no claim " + statement));
    double value = claim.evidence().value();
    Interval interval = claim.evidence().interval();
    if (Double.isNaN(value)) {
      return "undefined";
    }
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high())
        ? format("%.3f [%.3f, %.3f]", value, interval.low(), interval.high())
        : format("%.3f", value);
  }

  /** Of every layer of every group, at the end of training. */
  private double[] ends(Pooling pooling, AlignmentFamily family, Control control) {
    return groups.stream()
        .flatMapToDouble(
            group ->
                IntStream.range(0, layers(group))
                    .mapToDouble(layer -> end(pooling, family, control, group, layer)))
        .toArray();
  }

  private double[] at(Pooling pooling, int layer) {
    return eachGroup(group -> end(pooling, AlignmentFamily.PROCRUSTES, Control.NONE, group, layer));
  }

  private double[] atLast(Pooling pooling) {
    return eachGroup(
        group -> end(pooling, AlignmentFamily.PROCRUSTES, Control.NONE, group, layers(group) - 1));
  }

  private double end(
      Pooling pooling, AlignmentFamily family, Control control, int group, int layer) {
    return data.ofLayer(data.depth(), family, group, layer, data.end(), 0, pooling, control)[0];
  }

  private double[] eachGroup(java.util.function.IntToDoubleFunction value) {
    return groups.stream().mapToDouble(value::applyAsDouble).toArray();
  }

  private int layers(int group) {
    return data.groups().get(group).layers().size();
  }

  /** Of those that are known. */
  private static double mean(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /** In how many of them one is above the other. */
  private static String more(double[] one, double[] other, String what) {
    long count = IntStream.range(0, one.length).filter(i -> one[i] > other[i]).count();
    return count + " of " + one.length + (what.isEmpty() ? "" : " " + what);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values)
        .replaceAll("(?<![\\w.])-(?=\\d)", "−")
        .replaceAll("−(0\\.0+)(?!\\d)", "$1");
  }
}
