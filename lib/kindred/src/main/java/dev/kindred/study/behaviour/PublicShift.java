package dev.kindred.study.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A set of distorted images that people and networks have named (Geirhos et al., NeurIPS 2021).
 *
 * @param name as the public files have it
 * @param levels of the distortion, in its order; of most sets with several, the first leaves images
 *     as they are
 * @param hard how many levels at the end are too hard: people are right on a fifth of the images or
 *     less, about
 */
record PublicShift(String name, List<String> levels, int hard) {
  static final List<PublicShift> ALL =
      List.of(
          of("colour", 0, "cr", "bw"),
          of("contrast", 2, "c100", "c50", "c30", "c15", "c10", "c05", "c03", "c01"),
          of("high-pass", 3, "inf", "3", "1.5", "1", "0.7", "0.55", "0.45", "0.4"),
          of("low-pass", 2, "0", "1", "3", "5", "7", "10", "15", "40"),
          of("phase-scrambling", 2, "0", "30", "60", "90", "120", "150", "180"),
          of("power-equalisation", 0, "0", "pow"),
          of("false-colour", 0, "true", "false"),
          of("rotation", 0, "0", "90", "180", "270"),
          eidolon("eidolonI", 2, "10"),
          eidolon("eidolonII", 3, "3"),
          eidolon("eidolonIII", 4, "0"),
          of("uniform-noise", 2, "0", "0.03", "0.05", "0.1", "0.2", "0.35", "0.6", "0.9"),
          of("sketch", 0, "0"),
          of("stylized", 0, "0"),
          of("edge", 0, "0"),
          of("silhouette", 0, "0"),
          of("cue-conflict", 0, "0"));

  private static PublicShift of(String name, int hard, String... levels) {
    return new PublicShift(name, List.of(levels), hard);
  }

  /** Levels are reach, coherence and grain. */
  private static PublicShift eidolon(String name, int hard, String coherence) {
    return new PublicShift(
        name,
        Arrays.stream(new int[] {1, 2, 4, 8, 16, 32, 64, 128})
            .mapToObj(reach -> reach + "-" + coherence + "-10")
            .toList(),
        hard);
  }

  static List<String> names() {
    return ALL.stream().map(PublicShift::name).toList();
  }

  static Optional<PublicShift> named(String name) {
    return ALL.stream().filter(shift -> shift.name().equals(name)).findFirst();
  }

  /** Place of a level, however its number is written, such as 0.10; −1 if it is none. */
  int level(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return levels.indexOf(
        plain.matches("[0-9]+\\.[0-9]+") ? plain.replaceFirst("\\.?0+$", "") : plain);
  }

  /**
   * Whether a level counts in the mean of the set, as in the published benchmark: distorted, and
   * not too hard.
   */
  boolean counts(int level) {
    return levels.size() == 1 || level > 0 && level < levels.size() - hard;
  }
}
