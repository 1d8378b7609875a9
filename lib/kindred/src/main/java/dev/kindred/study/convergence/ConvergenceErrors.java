package dev.kindred.study.convergence;

import dev.kindred.study.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Errors of quantities, by what is left out: networks of a group, with all of their pairs; the
 * families of {@link RelatedShifts}; architectures, with all of their maps.
 */
final class ConvergenceErrors {
  private final ConvergenceData data;
  private final int[] families;

  ConvergenceErrors(ConvergenceData data) {
    this.data = data;
    this.families = RelatedShifts.families(data.sets().subList(1, data.sets().size()));
  }

  /** A statistic of a group, of the seeds and of the shifts that are kept. */
  @FunctionalInterface
  interface OverShifts {
    double of(int group, boolean[] seeds, boolean[] shifts);
  }

  Supplier<Estimate> overSeeds(int group, ToDoubleFunction<boolean[]> statistic) {
    return () -> Jackknife.of(data.groups().get(group).seeds(), Estimate.Scale.PLAIN, statistic);
  }

  /**
   * Over architectures.
   *
   * @param statistic of the groups of those that are kept
   * @return nothing where all groups are of one architecture
   */
  List<Supplier<Estimate>> overArchitectures(
      List<Integer> groups, Estimate.Scale scale, ToDoubleFunction<List<Integer>> statistic) {
    List<List<Integer>> architectures = data.architectures(groups);
    return architectures.size() < 2
        ? List.of()
        : List.of(
            () ->
                Jackknife.of(
                    architectures.size(),
                    scale,
                    kept ->
                        statistic.applyAsDouble(
                            IntStream.range(0, kept.length)
                                .filter(i -> kept[i])
                                .mapToObj(architectures::get)
                                .flatMap(List::stream)
                                .toList())));
  }

  /** Over shifts and over seeds. */
  Supplier<Estimate> overShifts(int group, OverShifts statistic) {
    return () -> mean(List.of(group), Estimate.Scale.PLAIN, statistic);
  }

  /**
   * The mean of groups over shifts, which all of them see, and over seeds, which each has of its
   * own.
   *
   * @return nothing where there are no groups
   */
  List<Supplier<Estimate>> meanOverShifts(
      List<Integer> groups, Estimate.Scale scale, OverShifts statistic) {
    return groups.isEmpty() ? List.of() : List.of(() -> mean(groups, scale, statistic));
  }

  private Estimate mean(List<Integer> groups, Estimate.Scale scale, OverShifts statistic) {
    List<Estimate> errors = new ArrayList<>();
    errors.add(
        Jackknife.of(
            families,
            scale,
            kept ->
                groups.stream()
                    .mapToDouble(group -> statistic.of(group, data.allSeeds(group), kept))
                    .average()
                    .orElseThrow()));
    boolean[] shifts = new boolean[families.length];
    Arrays.fill(shifts, true);
    double[] values =
        groups.stream()
            .mapToDouble(group -> statistic.of(group, data.allSeeds(group), shifts))
            .toArray();
    double sum = Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      int group = groups.get(i);
      double others = sum - values[i];
      errors.add(
          Jackknife.of(
              data.groups().get(group).seeds(),
              scale,
              kept -> (others + statistic.of(group, kept, shifts)) / values.length));
    }
    return Jackknife.together(errors);
  }
}
