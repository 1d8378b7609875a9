package dev.kindred.study.convergence.report;

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
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One sentence of what the paper saw in each figure, and one of what there is to see here,
 * computed, for units of each kind. Numbers are of the groups that were trained on labels;
 * intervals in brackets are of 95 %, of other seeds, or of other shifts where the sentence says so.
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
    this.groups =
        data.seeded().stream().filter(group -> data.groups().get(group).supervised()).toList();
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
          double[] rotated = ends(pooling, AlignmentFamily.MATCHING, Control.ROTATED);
          double[] shuffled = ends(pooling, AlignmentFamily.PROCRUSTES, Control.SHUFFLED);
          return format(
              "linear exceeds Procrustes in %s, Procrustes permutation in %s (least difference %s);"
                  + " Procrustes is at least %s of linear, mean of layers; permutation exceeds"
                  + " that after a rotation in %s (least difference %s); from the first layer to"
                  + " the last Procrustes falls in %s (least fall %s); with shuffled stimuli it is"
                  + " at most %.2f",
              more(linear, procrustes, "layers"),
              more(procrustes, permutation, ""),
              measured(pooling, "Linear alignment exceeds"),
              measured(pooling, "Procrustes aligns nearly"),
              more(permutation, rotated, ""),
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
        pooling ->
            Arrays.stream(
                    new AlignmentFamily[] {AlignmentFamily.PROCRUSTES, AlignmentFamily.MATCHING})
                .map(family -> maps(pooling, family))
                .collect(Collectors.joining("; ")));
  }

  private String maps(Pooling pooling, AlignmentFamily family) {
    double depth = LayerMaps.depthOfBestMatch(data, pooling, family, groups);
    String overArchitectures =
        family == AlignmentFamily.PROCRUSTES
            ? measured(pooling, "Across architectures, layers match best")
            : format("%.2f", depth);
    DoubleSummaryStatistics greatest = maxima(pooling, family, Control.NONE).summaryStatistics();
    OptionalDouble chance = maxima(pooling, family, Control.SHUFFLED).max();
    return greatest.getCount() == 0
        ? "no two architectures were compared"
        : format(
                "by %s the depth of a layer and that of its best match correlate at %s (0 for"
                    + " layers in a random order), and the greatest values of rows are %.2f to"
                    + " %.2f",
                family, overArchitectures, greatest.getMin(), greatest.getMax())
            + (chance.isPresent()
                ? format(", with shuffled stimuli at most %.2f", chance.getAsDouble())
                : "");
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
                                  + " after the first epoch, then with %.0f %% of its final"
                                  + " accuracy",
                              data.groups().get(group).name(),
                              100 * share(pooling, group, 0),
                              100 * share(pooling, group, one),
                              100 * data.accuracyAt(group, one) / data.accuracy(group, 0)))
                  .collect(Collectors.joining("; "))
              + "; the first epoch adds a share of at least "
              + measured(pooling, "It is the first epoch");
        });
  }

  /** Of the alignment at the end, mean of layers. */
  private double share(Pooling pooling, int group, int moment) {
    return mean(training(pooling, group, moment)) / mean(training(pooling, group, data.end()));
  }

  private double[] training(Pooling pooling, int group, int moment) {
    return IntStream.range(0, layers(group))
        .mapToDouble(
            layer ->
                data.ofLayer(
                        data.training(),
                        AlignmentFamily.PROCRUSTES,
                        group,
                        layer,
                        moment,
                        0,
                        pooling,
                        Control.NONE)[0])
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
          return format(
              "the shifts take %.3f of the first layer's alignment and %.3f of the last one's, mean"
                  + " of architectures; more of the last than of the first in %s (least difference"
                  + " %s)",
              mean(first),
              mean(last),
              more(last, first, "architectures"),
              measured(pooling, "Deep layers diverge"));
        });
  }

  /** Figure 5. */
  public Reading accuracies() {
    return ofSeeds(
        "alignment goes with accuracy out of distribution, and the more so the deeper the layer",
        pooling ->
            "correlation over shifts, mean of architectures: first layer "
                + correlation(pooling, true, With.ACCURACY)
                + ", last layer "
                + correlation(pooling, false, With.ACCURACY)
                + " (intervals of other shifts); last less first "
                + measured(pooling, "The correlation of alignment with accuracy"));
  }

  /** What the abstract says of the shift. */
  public Reading severity() {
    return reading(
        "deeper layers diverge in proportion to the distribution shift",
        pooling ->
            "the loss of the last layer's alignment correlates over shifts with the loss of"
                + " accuracy at "
                + correlation(pooling, false, With.ACCURACY)
                + ", with the change of pixels at "
                + correlation(pooling, false, With.DISTANCE)
                + " (intervals of other shifts)");
  }

  /** Beyond the paper. */
  public Reading errors() {
    return reading(
        "whether networks that align also err on the same images is not asked",
        pooling ->
            "the last layer's alignment correlates over shifts with error consistency at "
                + correlation(pooling, false, With.ERROR_CONSISTENCY)
                + " (interval of other shifts)");
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
                    (pooling == Pooling.POOLED ? "pooled units: " : "units at the centre: ")
                        + (isMeasured(pooling) ? here.apply(pooling) : "not measured"))
            .collect(Collectors.joining(". And ")));
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
            paper, reading.here() + ". (Two seeds are one pair: it gives no interval of others)")
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

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
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
