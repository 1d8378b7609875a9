package dev.kindred.study.models;

import dev.kindred.base.LabelledMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The unordered pairs of two different models, one from each of two model sets: the domain of a
 * similarity vector s(X, Θ, Φ) of the paper.
 */
public final class PairSet {
  private final String name;
  private final boolean within;
  private final int smaller;
  private final int[] first;
  private final int[] second;

  private PairSet(String name, boolean within, int smaller, List<int[]> pairs) {
    this.name = name;
    this.within = within;
    this.smaller = smaller;
    this.first = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    this.second = pairs.stream().mapToInt(pair -> pair[1]).toArray();
  }

  /** Pairs with one model in each set; a pair counts once even where the sets overlap. */
  public static PairSet between(String name, int[] theta, int[] phi) {
    boolean same = Arrays.equals(theta, phi);
    Set<Integer> ofTheta = Arrays.stream(theta).boxed().collect(Collectors.toSet());
    boolean overlap = !same && Arrays.stream(phi).anyMatch(ofTheta::contains);
    Set<Long> known = new HashSet<>();
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < theta.length; i++) {
      for (int j = same ? i + 1 : 0; j < phi.length; j++) {
        int low = Math.min(theta[i], phi[j]);
        int high = Math.max(theta[i], phi[j]);
        if (low != high && (!overlap || known.add(((long) low << 32) | high))) {
          pairs.add(new int[] {low, high});
        }
      }
    }
    return new PairSet(name, same, Math.min(theta.length, phi.length), pairs);
  }

  /** All pairs of {@code models} models. */
  public static PairSet all(int models) {
    int[] everyone = java.util.stream.IntStream.range(0, models).toArray();
    return between("all", everyone, everyone);
  }

  /**
   * Every pair of sets that an attribute makes, within and between, named {@code Θ–Φ}. Set pairs
   * with fewer than two model pairs are left out: a correlation needs two.
   */
  public static Map<String, PairSet> of(ModelTable models, String attribute) {
    Map<String, int[]> sets = models.sets(attribute);
    List<String> names = List.copyOf(sets.keySet());
    Map<String, PairSet> pairs = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i; j < names.size(); j++) {
        String name = name(names.get(i), names.get(j));
        PairSet set = between(name, sets.get(names.get(i)), sets.get(names.get(j)));
        if (set.size() >= 2) {
          pairs.put(name, set);
        }
      }
    }
    return pairs;
  }

  /** Name of a pair of sets. */
  public static String name(String theta, String phi) {
    return theta + "–" + phi;
  }

  /** A condition on a pair of models. */
  @FunctionalInterface
  public interface Choice {
    boolean takes(int first, int second);
  }

  /** The pairs that a condition takes, under another name. */
  public PairSet where(String newName, Choice choice) {
    List<int[]> taken = new ArrayList<>();
    for (int k = 0; k < first.length; k++) {
      if (choice.takes(first[k], second[k])) {
        taken.add(new int[] {first[k], second[k]});
      }
    }
    return new PairSet(newName, within, smaller, taken);
  }

  public String name() {
    return name;
  }

  /** True if both models come from one set. */
  public boolean isWithin() {
    return within;
  }

  public int size() {
    return first.length;
  }

  /** Number of models in the smaller one of the two sets. */
  public int smallerSet() {
    return smaller;
  }

  /** Both models of every pair, in the order of the pairs. */
  public List<String> names(List<String> models) {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < first.length; k++) {
      names.add(models.get(first[k]) + " – " + models.get(second[k]));
    }
    return names;
  }

  /** A value of every pair. */
  @FunctionalInterface
  public interface OfPair {
    double value(int first, int second);
  }

  /** The value of every pair, in the order of the pairs. */
  public double[] values(OfPair of) {
    double[] values = new double[first.length];
    Arrays.setAll(values, k -> of.value(first[k], second[k]));
    return values;
  }

  /** The entry of a model × model matrix for every pair, the similarity vector s(X, Θ, Φ). */
  public double[] values(LabelledMatrix matrix) {
    return values((i, j) -> matrix.get(i, j));
  }
}
