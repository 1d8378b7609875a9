package dev.kindred.study.convergence;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.network.Pooling;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What two networks of a group have in common beyond what each of them has with all others. A
 * network that is accurate, or odd, is so in all of its pairs: x<sub>ab</sub> = α<sub>a</sub> +
 * α<sub>b</sub> + r<sub>ab</sub>, by least squares, leaves that to the α, whatever it is, and
 * compares what is left.
 *
 * <p>Ten pairs of five networks leave five dimensions, in which a correlation of 0.3 is 0.27 on
 * average. In 400 simulated studies of five architectures and eighteen sets, in which half of what
 * two networks have in common is the same in all sets, the 95 % interval of the mean over
 * architectures and sets holds the truth in 95 % to 96 %; where there is nothing, 5 % of the
 * studies find something, half of them of either sign; 0.3 is found in 56 %, and 0.5 in 94 %. Where
 * sets differ (by up to 0.7 either way) and share nothing, it holds the truth in 95 %, and by the
 * error over architectures alone, all of which see the same sets, in 69 %.
 */
final class PairEffects {
  /** With three networks, the α explain their three pairs. */
  private static final int LEAST = 4;

  private PairEffects() {}

  /**
   * {@link #correlation} in the last layer, mean over the sets of stimuli, the usual one among
   * them, and over the architectures that have enough networks, which were trained on labels. Its
   * error is of other architectures and of other sets together.
   */
  static List<Supplier<Estimate>> ofLastLayers(
      ConvergenceData data, Pooling pooling, ConvergenceErrors errors) {
    List<Integer> groups =
        data.supervised().stream()
            .filter(group -> data.groups().get(group).seeds() >= LEAST)
            .toList();
    Map<Integer, double[]> overSets = new HashMap<>();
    for (int group : groups) {
      overSets.put(
          group,
          IntStream.range(0, data.sets().size())
              .mapToDouble(set -> correlation(data, pooling, group, set))
              .toArray());
    }
    boolean[] all = new boolean[data.sets().size()];
    Arrays.fill(all, true);
    return errors
        .overArchitectures(groups, Estimate.Scale.CORRELATION, kept -> mean(overSets, kept, all))
        .stream()
        .<Supplier<Estimate>>map(
            ofArchitectures ->
                () ->
                    Jackknife.together(
                        List.of(
                            ofArchitectures.get(),
                            Jackknife.of(
                                RelatedShifts.families(data.sets()),
                                Estimate.Scale.CORRELATION,
                                kept -> mean(overSets, groups, kept)))))
        .toList();
  }

  private static double mean(
      Map<Integer, double[]> overSets, List<Integer> groups, boolean[] sets) {
    return groups.stream()
        .mapToDouble(
            group ->
                IntStream.range(0, sets.length)
                    .filter(set -> sets[set])
                    .mapToDouble(set -> overSets.get(group)[set])
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Correlation over the pairs of a group of Procrustes alignment of the last layer with error
   * consistency, both less the effects of the two networks, on one set of stimuli.
   */
  private static double correlation(ConvergenceData data, Pooling pooling, int group, int set) {
    int from = data.first(group);
    int layer = data.last(group);
    int count = data.groups().get(group).seeds();
    double[][] alignment = new double[count][count];
    double[][] consistency = new double[count][count];
    for (int a = 0; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        Comparison pair =
            new Comparison(
                from + a, from + b, layer, layer, data.end(), set, pooling, Control.NONE, 0);
        alignment[a][b] = data.shifted().value(AlignmentFamily.PROCRUSTES, pair);
        consistency[a][b] = data.behaviour().errorConsistency()[set][from + a][from + b];
      }
    }
    return correlation(residuals(alignment), residuals(consistency));
  }

  private static double correlation(double[] x, double[] y) {
    boolean known = IntStream.range(0, x.length).allMatch(i -> Double.isFinite(x[i] + y[i]));
    boolean vary = known && varies(x) && varies(y);
    return vary ? Correlation.Method.PEARSON.coefficient(x, y) : Double.NaN;
  }

  private static boolean varies(double[] residuals) {
    return IntStream.range(0, residuals.length).anyMatch(i -> Math.abs(residuals[i]) > 1e-12);
  }

  /**
   * Pairs less the effects of their networks.
   *
   * @param values of pairs, the smaller number first
   */
  static double[] residuals(double[][] values) {
    int count = values.length;
    double[] sums = new double[count];
    double total = 0;
    for (int a = 0; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        sums[a] += values[a][b];
        sums[b] += values[a][b];
        total += values[a][b];
      }
    }
    double effects = total / (count - 1); // the sum of all α
    double[] residuals = new double[count * (count - 1) / 2];
    int pair = 0;
    for (int a = 0; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        residuals[pair++] = values[a][b] - (sums[a] - effects + sums[b] - effects) / (count - 2);
      }
    }
    return residuals;
  }
}
