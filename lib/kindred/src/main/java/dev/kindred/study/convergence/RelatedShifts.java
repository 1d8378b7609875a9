package dev.kindred.study.convergence;

import dev.kindred.study.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shifts that do nearly the same to an image: the three eidolons, which displace its places, and
 * edge, silhouette and sketch, which leave its outlines. What is known of one tells of the others,
 * so that an error over shifts leaves them out together; every other shift stands alone.
 */
public final class RelatedShifts {
  private static final List<List<String>> FAMILIES =
      List.of(
          List.of("eidolon-1", "eidolon-2", "eidolon-3"), List.of("edge", "silhouette", "sketch"));

  private RelatedShifts() {}

  /**
   * The family of every shift.
   *
   * @return numbers from 0, in the order in which families first occur
   */
  static int[] families(List<String> shifts) {
    List<List<String>> all = shifts.stream().map(RelatedShifts::family).toList();
    List<List<String>> distinct = all.stream().distinct().toList();
    return all.stream().mapToInt(distinct::indexOf).toArray();
  }

  /**
   * The mean over shifts and its standard error, of those whose value is known.
   *
   * @param values a number of every shift, NaN where it is not known
   */
  public static Estimate mean(List<String> shifts, double[] values) {
    int[] known =
        IntStream.range(0, values.length).filter(i -> Double.isFinite(values[i])).toArray();
    return Jackknife.of(
        families(Arrays.stream(known).mapToObj(shifts::get).toList()),
        Estimate.Scale.PLAIN,
        kept ->
            IntStream.range(0, known.length)
                .filter(i -> kept[i])
                .mapToDouble(i -> values[known[i]])
                .average()
                .orElse(Double.NaN));
  }

  private static List<String> family(String shift) {
    return FAMILIES.stream()
        .filter(family -> family.contains(shift))
        .findFirst()
        .orElse(List.of(shift));
  }
}
