package dev.kindred.study.behaviour;

import dev.kindred.base.InputException;
import dev.kindred.base.NaturalOrder;
import dev.kindred.study.behaviour.TrialFile.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the responses to the seventeen sets: files {@code <set>_<maker>_session-N.csv}, in a folder
 * for each set or all in one. Files of other names are left aside.
 */
final class BehaviourFiles {
  private static final String PERSON = "(?i)subject-\\d+";

  private BehaviourFiles() {}

  /**
   * The sets that have files.
   *
   * @throws InputException if there are none, or what they say does not go together
   */
  static List<BehaviourSet> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + ": expected a folder of responses, found no folder of that name");
    }
    try (Stream<Path> paths = Files.walk(folder, 2)) {
      return read(
          folder.toString(),
          paths
              .filter(path -> path.toString().endsWith(".csv") && Files.isRegularFile(path))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The sets of these files.
   *
   * @param where for messages
   */
  static List<BehaviourSet> read(String where, List<Path> paths) {
    Map<String, List<Path>> files =
        paths.stream()
            .collect(
                Collectors.groupingBy(
                    path -> path.getFileName().toString().replaceFirst("_.*", "")));
    List<BehaviourSet> sets =
        PublicShift.ALL.stream()
            .filter(shift -> files.containsKey(shift.name()))
            .map(shift -> set(where, shift, files.get(shift.name())))
            .toList();
    if (sets.isEmpty()) {
      throw new InputException(
          where
              + ": expected files such as colour/colour_subject-01_session_1.csv of one of the sets "
              + String.join(", ", PublicShift.names())
              + ", found none");
    }
    return sets;
  }

  private static BehaviourSet set(String folder, PublicShift shift, List<Path> files) {
    Map<String, Map<String, Trial>> makers = new TreeMap<>(NaturalOrder.INSTANCE);
    for (Path file : files) {
      for (Trial trial : TrialFile.read(file)) {
        Trial other =
            makers
                .computeIfAbsent(trial.maker(), maker -> new LinkedHashMap<>())
                .put(trial.image(), trial);
        if (other != null) {
          throw new InputException(
              file + ": " + trial.maker() + " answers twice to " + trial.image());
        }
      }
    }
    for (String name : makers.keySet()) {
      if (name.isBlank() || name.equals(BehaviourStatistics.PEOPLE)) {
        throw new InputException(
            folder
                + ": "
                + shift.name()
                + ": expected the name of a person or a network as subj, found “"
                + name
                + "”"
                + (name.isBlank() ? "" : ", which stands for all people together"));
      }
    }
    List<String> people = makers.keySet().stream().filter(name -> name.matches(PERSON)).toList();
    if (people.isEmpty()) {
      throw new InputException(
          folder
              + ": expected responses of people to "
              + shift.name()
              + ", such as "
              + shift.name()
              + "_subject-01_session_1.csv, found those of "
              + String.join(", ", makers.keySet()));
    }
    String where = folder + ": " + shift.name() + ": ";
    Map<String, Trial> first = makers.get(people.get(0));
    List<String> images = first.keySet().stream().sorted(NaturalOrder.INSTANCE).toList();
    int[] levels =
        images.stream().mapToInt(image -> level(where, shift, first.get(image))).toArray();
    makers.forEach((name, trials) -> requireSame(where, shift, people.get(0), first, name, trials));
    int[] present = Arrays.stream(levels).distinct().sorted().toArray();
    boolean[] counted = new boolean[present.length];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = shift.counts(present[i]);
    }
    List<String> networks =
        makers.keySet().stream().filter(name -> !people.contains(name)).toList();
    return new BehaviourSet(
        shift.name(),
        Arrays.stream(present).mapToObj(shift.levels()::get).toList(),
        counted,
        Arrays.stream(present)
            .mapToObj(
                level ->
                    IntStream.range(0, levels.length).filter(i -> levels[i] == level).toArray())
            .toArray(int[][]::new),
        people.stream().map(name -> maker(name, makers.get(name), images)).toList(),
        networks.stream().map(name -> maker(name, makers.get(name), images)).toList());
  }

  private static DecisionMaker maker(String name, Map<String, Trial> trials, List<String> images) {
    boolean[] right = new boolean[images.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = trials.get(images.get(i)).right();
    }
    return new DecisionMaker(name, right);
  }

  private static int level(String where, PublicShift shift, Trial trial) {
    int level = shift.level(trial.condition());
    if (level < 0) {
      throw new InputException(
          where
              + "expected as condition one of "
              + String.join(", ", shift.levels())
              + ", found "
              + trial.condition()
              + " in the trials of "
              + trial.maker());
    }
    return level;
  }

  /** Errors can only be compared on the same images. */
  private static void requireSame(
      String where,
      PublicShift shift,
      String person,
      Map<String, Trial> expected,
      String maker,
      Map<String, Trial> found) {
    if (!found.keySet().equals(expected.keySet())) {
      String odd =
          Stream.concat(
                  expected.keySet().stream().filter(image -> !found.containsKey(image)),
                  found.keySet().stream().filter(image -> !expected.containsKey(image)))
              .findFirst()
              .orElseThrow();
      throw new InputException(
          where
              + "expected of "
              + maker
              + " the "
              + expected.size()
              + " images of "
              + person
              + ", found "
              + found.size()
              + "; only one of them has "
              + odd);
    }
    for (Trial trial : found.values()) {
      Trial other = expected.get(trial.image());
      // Of sets with one level, networks have NaN where people have 0.
      boolean sameLevel =
          shift.levels().size() == 1
              || level(where, shift, trial) == shift.level(other.condition());
      if (!trial.category().equals(other.category()) || !sameLevel) {
        throw new InputException(
            where
                + "expected of "
                + maker
                + " for "
                + trial.image()
                + " the category and condition that "
                + person
                + " has, "
                + other.category()
                + " and "
                + other.condition()
                + ", found "
                + trial.category()
                + " and "
                + trial.condition());
      }
    }
  }
}
