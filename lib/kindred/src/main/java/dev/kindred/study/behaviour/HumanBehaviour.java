package dev.kindred.study.behaviour;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.files.DataFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What people and public networks named on the seventeen sets of distorted images (Geirhos et al.,
 * NeurIPS 2021).
 *
 * <p>Files are those of the public folder {@code raw-data}, {@code
 * <set>/<set>_<who>_session-N.csv}, or all in one folder; who is called {@code subject-NN} is a
 * person. A network of one's own is one file more for each set, with the same images. No response
 * is a wrong answer.
 */
public final class HumanBehaviour {
  private static final String DATA = "model-vs-human";

  private final String where;
  private final List<BehaviourSet> sets;

  private HumanBehaviour(String where, List<BehaviourSet> sets) {
    this.where = where;
    this.sets = sets;
  }

  /**
   * Reads a folder of responses.
   *
   * @throws InputException if there are none, or they do not go together
   */
  public static HumanBehaviour open(Path folder) {
    return new HumanBehaviour(folder.toString(), BehaviourFiles.read(folder));
  }

  /**
   * The responses in a folder, or those of {@link #here} if its name is blank.
   *
   * @throws InputException as {@link #open}
   */
  public static Optional<HumanBehaviour> named(String folder) {
    return folder.isBlank() ? here() : Optional.of(open(Path.of(folder)));
  }

  /** The public responses, if all of them are on this machine; downloads nothing. */
  public static Optional<HumanBehaviour> here() {
    return of(DataSets.verify(DATA));
  }

  static Optional<HumanBehaviour> of(List<DataFiles.Finding> files) {
    return files.stream().allMatch(file -> file.state() == DataFiles.State.VERIFIED)
        ? Optional.of(
            new HumanBehaviour(
                DATA,
                BehaviourFiles.read(
                    DATA, files.stream().map(file -> file.path().orElseThrow()).toList())))
        : Optional.empty();
  }

  /** How to get them, in a line. */
  public static String howToGet() {
    return "The responses of people (14 MB) are not on this machine: environment/kindred data fetch "
        + DATA
        + " downloads them.";
  }

  /** Names of the sets that are here. */
  public List<String> sets() {
    return sets.stream().map(BehaviourSet::name).toList();
  }

  /** Names of the networks of any set. */
  public List<String> networks() {
    return sets.stream()
        .flatMap(set -> set.networks().stream())
        .map(DecisionMaker::name)
        .distinct()
        .toList();
  }

  /**
   * Some sets alone.
   *
   * @throws InputException if one is not here
   */
  public HumanBehaviour onlySets(List<String> names) {
    requireKnown("set", names, sets());
    return new HumanBehaviour(
        where, sets.stream().filter(set -> names.contains(set.name())).toList());
  }

  /**
   * Some networks alone, beside the people.
   *
   * @throws InputException if one is in none of the sets
   */
  public HumanBehaviour onlyNetworks(List<String> names) {
    requireKnown("network", names, networks());
    return new HumanBehaviour(
        where,
        sets.stream()
            .map(
                set ->
                    set.with(
                        set.people(),
                        set.networks().stream()
                            .filter(network -> names.contains(network.name()))
                            .toList()))
            .toList());
  }

  private void requireKnown(String what, List<String> names, List<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new InputException(
            where
                + ": expected as "
                + what
                + " one of "
                + (known.isEmpty() ? "none" : String.join(", ", known))
                + ", found "
                + name);
      }
    }
  }

  /**
   * Accuracies and error consistencies.
   *
   * @param replicates of the bootstrap, and permutations; 1000 for intervals that are reported
   * @param seeds what they are drawn from
   */
  public BehaviourStatistics statistics(int replicates, Seeds seeds) {
    return new BehaviourStatistics(sets, replicates, seeds.child("behaviour"));
  }
}
