package dev.kindred.study.convergence;

import java.util.List;

/**
 * Shifts that do nearly the same to an image: the three eidolons, which displace its places, and
 * edge, silhouette and sketch, which leave its outlines. What is known of one tells of the others,
 * so that an error over shifts leaves them out together; every other shift stands alone.
 */
final class RelatedShifts {
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

  private static List<String> family(String shift) {
    return FAMILIES.stream()
        .filter(family -> family.contains(shift))
        .findFirst()
        .orElse(List.of(shift));
  }
}
