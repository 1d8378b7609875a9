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
import java.util.Comparator;
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
 * One sentence of what the paper saw in each figure, and a line of what there is to see here for
 * units of each kind, computed. Numbers are of the groups that were trained on labels; in brackets
 * are intervals of 95 %, for other seeds, or for other shifts where the sentence says so.
 */
public final class ConvergenceReadings {
  /** Smaller changes at the beginning of training are not told. */
  private static final double LEAST_CHANGE = 0.001;

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
          double[] above = less(linear, procrustes);
          double[] below = less(procrustes, permutation);
          double[] nearly =
              eachGroup(
                  group ->
                      mean(layers(pooling, AlignmentFamily.PROCRUSTES, group))
                          / mean(layers(pooling, AlignmentFamily.LINEAR, group)));
          double[] falls = less(at(pooling, 0), atLast(pooling));
          return format(
              "linear regression scores higher than Procrustes in %s, by %.3f on average, and"
                  + " Procrustes higher than permutation in %s, by %.3f; the least of these differences is %s,"
                  + " in %s. Averaged over layers, Procrustes scores %.3f times as high as linear"
                  + " regression, and least in %s: %s. Permutation scores higher than after"
                  + " a rotation about the mean in %s, by %.3f on average; the least difference is"
                  + " %s, in %s. Procrustes scores higher at the first layer than at the last in %s"
                  + " (%s), by %.3f on average over all; the least difference is %s, in %s. With shuffled"
                  + " stimuli Procrustes scores at most %.2f",
              positive(above, "layers"),
              mean(above),
              positive(below, "layers"),
              mean(below),
              measured(pooling, "Linear alignment exceeds"),
              layerName(least(least(above, below))),
              mean(nearly),
              groupName(least(nearly)),
              measured(pooling, "Procrustes aligns nearly"),
              positive(less(permutation, rotated), "layers"),
              mean(less(permutation, rotated)),
              measured(pooling, "Single units correspond"),
              layerName(least(less(permutation, rotated))),
              positive(falls, "architectures"),
              where(falls),
              mean(falls),
              measured(pooling, "Alignment falls with depth"),
              groupName(least(falls)),
              Arrays.stream(shuffled).max().orElse(Double.NaN));
        });
  }

  /** Figure 2: of pairs of architectures, networks with public weights among them. */
  public Reading maps() {
    return reading(
        "layers of different architectures match best at corresponding depths",
        pooling -> {
          DoubleSummaryStatistics procrustes =
              maxima(pooling, AlignmentFamily.PROCRUSTES, Control.NONE).summaryStatistics();
          DoubleSummaryStatistics matching =
              maxima(pooling, AlignmentFamily.MATCHING, Control.NONE).summaryStatistics();
          List<Integer> compared = LayerMaps.compared(data, pooling);
          return procrustes.getCount() == 0
              ? "no two architectures were compared"
              : format(
                  "between architectures%s, the depth of a layer and that of its best match have a"
                      + " rank correlation of %s with Procrustes and of %.3f with soft matching (0 if"
                      + " depth meant nothing). Best matches score %.2f to %.2f with"
                      + " Procrustes%s, and %.2f to %.2f with soft matching%s",
                  singles(compared),
                  measured(pooling, "Layers of different architectures match"),
                  LayerMaps.depthOfBestMatch(data, pooling, AlignmentFamily.MATCHING, compared),
                  procrustes.getMin(),
                  procrustes.getMax(),
                  byChance(pooling, AlignmentFamily.PROCRUSTES),
                  matching.getMin(),
                  matching.getMax(),
                  byChance(pooling, AlignmentFamily.MATCHING));
        });
  }

  /** Who else is in a number. */
  private String singles(List<Integer> compared) {
    String names =
        compared.stream()
            .filter(group -> data.groups().get(group).seeds() == 1)
            .map(group -> data.groups().get(group).name())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " (" + names + " among them)";
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
    for (int i : LayerMaps.compared(data, pooling)) {
      for (int j : LayerMaps.compared(data, pooling)) {
        if (i < j) {
          maps.addAll(LayerMaps.maps(data, pooling, family, control, i, j));
        }
      }
    }
    return maps.stream()
        .flatMap(Arrays::stream)
        .mapToDouble(row -> Arrays.stream(row).filter(Double::isFinite).max().orElse(Double.NaN))
        .filter(Double::isFinite);
  }

  /** Figure 3; {@link dev.kindred.study.convergence.ConvergenceSummary#firstEpoch} has more. */
  public Reading training() {
    int one = data.moments().indexOf(Moment.afterEpoch(1));
    return ofSeeds(
        "nearly all alignment is there after the first epoch, long before accuracy stops rising",
        pooling -> {
          if (one < 0 || one >= data.end()) {
            return "no network was kept after the first epoch and later";
          }
          double[] before = eachGroup(group -> share(pooling, group, 0));
          double[] after = eachGroup(group -> share(pooling, group, one));
          double[] accuracy =
              eachGroup(group -> data.accuracyAt(group, one) / data.accuracy(group, 0));
          double[] gains = less(after, before);
          double[] leads = less(gains, Arrays.stream(after).map(share -> 1 - share).toArray());
          return format(
              "networks have %s of their final alignment before training, and %s after the first"
                  + " epoch, when their accuracy is %s of the final one. The first epoch should gain"
                  + " something, and more than all later ones together: the lesser of its gain and"
                  + " of its lead over theirs is %s of the final alignment in %s, where it is"
                  + " least. Within the first epoch, the alignment of a layer changes by %s, on"
                  + " average",
              range(before),
              range(after),
              range(accuracy),
              measured(pooling, "The first epoch makes the alignment"),
              groupName(least(least(gains, leads))),
              IntStream.rangeClosed(1, one)
                  .filter(moment -> moment == one || change(pooling, moment) >= LEAST_CHANGE)
                  .mapToObj(moment -> format("%.3f %s", change(pooling, moment), after(moment)))
                  .collect(Collectors.joining(", ")));
        });
  }

  /** Mean over architectures, in per cent, and where it is least and greatest. */
  private String range(double[] shares) {
    return format(
        "%.0f %% (%s %.0f %% to %s %.0f %%)",
        100 * mean(shares),
        groupName(least(shares)),
        100 * shares[least(shares)],
        groupName(greatest(shares)),
        100 * shares[greatest(shares)]);
  }

  private String after(int moment) {
    Moment at = data.moments().get(moment);
    int number = at.isWithinEpoch() ? at.batch() : at.epoch();
    return "after "
        + number
        + (at.isWithinEpoch() ? (number == 1 ? " batch" : " batches") : " epoch");
  }

  /** By how much alignment differs from that before training, mean of layers, then of groups. */
  private double change(Pooling pooling, int moment) {
    return mean(
        eachGroup(
            group ->
                mean(
                    Arrays.stream(
                            less(training(pooling, group, moment), training(pooling, group, 0)))
                        .map(Math::abs)
                        .toArray())));
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
                  + " layer (%s to %s) and %s at the last (%s to %s%s), averaged over shifts and"
                  + " architectures. The last layer loses more than the first in %s, by %.3f on average, and least in %s: %s",
              change(mean(first)),
              ofGroup(first, least(first)),
              ofGroup(first, greatest(first)),
              change(mean(last)),
              ofGroup(last, least(last)),
              ofGroup(last, greatest(last)),
              Double.isNaN(untrained) ? "" : "; before training, " + change(untrained),
              positive(less(last, first), "architectures"),
              mean(less(last, first)),
              groupName(least(less(last, first))),
              measured(pooling, "Deep layers diverge out of"));
        });
  }

  /** What one of the groups loses. */
  private String ofGroup(double[] losses, int index) {
    return groupName(index) + " " + change(losses[index]);
  }

  /** What a loss makes of a score. */
  private static String change(double loss) {
    return format("%.3f %s", Math.abs(loss), loss < 0 ? "higher" : "lower");
  }

  /** Whether layers that fill more dimensions are aligned less. */
  public Reading dimensions() {
    return new Reading(
        "its main figures do not show how many dimensions the responses of a layer fill",
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

  /**
   * What the abstract says of the shift. By the accuracy that it costs, the answer is Figure 5's
   * for the last layer: what is left and what is lost have one correlation.
   */
  public Reading severity() {
    return reading(
        "deeper layers diverge in proportion to the distribution shift",
        pooling ->
            "over the shifts, what the last layer loses of its alignment correlates with the change"
                + " of pixels at "
                + correlation(pooling, false, With.DISTANCE)
                + " (averaged over architectures; intervals for other shifts); with the loss of"
                + " accuracy at "
                + correlation(pooling, false, With.ACCURACY)
                + ", which is Figure 5's last layer again");
  }

  /** Beyond the paper. */
  public Reading errors() {
    return reading(
        "its main figures do not show whether networks that align also err on the same images",
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
                    (pooling == Pooling.POOLED ? "Pooled units: " : "Units at the centre: ")
                        + (isMeasured(pooling) ? here.apply(pooling) : "nothing was measured"))
            .collect(Collectors.joining(".\n")));
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
            paper, reading.here() + ".\n(Two seeds make one pair, which tells nothing of others)")
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

  /** Of every layer of a group, at the end of training. */
  private double[] layers(Pooling pooling, AlignmentFamily family, int group) {
    return IntStream.range(0, layers(group))
        .mapToDouble(layer -> end(pooling, family, Control.NONE, group, layer))
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

  /** One less the other. */
  private static double[] less(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] - other[i]).toArray();
  }

  /** The lesser of two. */
  private static double[] least(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> Math.min(one[i], other[i])).toArray();
  }

  /** The number of the least. */
  private static int least(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .min(Comparator.comparingDouble(i -> values[i]))
        .orElseThrow();
  }

  private static int greatest(double[] values) {
    return least(Arrays.stream(values).map(value -> -value).toArray());
  }

  private String groupName(int index) {
    return data.groups().get(groups.get(index)).name();
  }

  /** Of a layer among those of all groups. */
  private String layerName(int index) {
    return groups.stream()
        .map(data.groups()::get)
        .flatMap(group -> group.layers().stream().map(layer -> group.name() + " " + layer))
        .toList()
        .get(index);
  }

  /** Architectures where a value is above 0. */
  private String where(double[] ofGroups) {
    String names =
        IntStream.range(0, ofGroups.length)
            .filter(i -> ofGroups[i] > 0)
            .mapToObj(this::groupName)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  /** How many of them are above 0. */
  private static String positive(double[] values, String what) {
    return Arrays.stream(values).filter(value -> value > 0).count()
        + " of "
        + values.length
        + " "
        + what;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values)
        .replaceAll("(?<![\\w.])-(?=\\d)", "−")
        .replaceAll("−(0\\.0+)(?!\\d)", "$1");
  }
}
