package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.base.array.PlainPickle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Accuracies as the authors' files have them: dictionaries in dictionaries, lists, arrays. */
final class PublishedScores {
  private final Path file;
  private final Object root;

  private PublishedScores(Path file, Object root) {
    this.file = file;
    this.root = root;
  }

  static PublishedScores read(Path file) {
    return new PublishedScores(file, PlainPickle.read(file));
  }

  /** The keys of the outermost dictionary. */
  List<String> tasks() {
    return root instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  /**
   * The mean of all numbers at a place.
   *
   * @param path keys of dictionaries or places in lists, from the outermost in
   */
  double mean(Object... path) {
    double[] sum = {0, 0};
    add(at(path), sum, path);
    if (sum[1] == 0) {
      throw fault(path, "numbers", "none");
    }
    return sum[0] / sum[1];
  }

  private void add(Object value, double[] sum, Object[] path) {
    if (value instanceof Number number) {
      sum[0] += number.doubleValue();
      sum[1]++;
    } else if (value instanceof Boolean truth) {
      sum[0] += truth ? 1 : 0;
      sum[1]++;
    } else if (value instanceof PlainPickle.Numbers numbers) {
      sum[0] += Arrays.stream(numbers.values()).sum();
      sum[1] += numbers.values().length;
    } else if (value instanceof List<?> list) {
      list.forEach(item -> add(item, sum, path));
    } else {
      throw fault(path, "numbers", describe(value));
    }
  }

  private Object at(Object... path) {
    Object value = root;
    for (Object key : path) {
      Object inner = step(value, key);
      if (inner == null) {
        throw fault(path, "an entry", "none for " + key);
      }
      value = inner;
    }
    return value;
  }

  private static Object step(Object value, Object key) {
    if (value instanceof Map<?, ?> map) {
      return map.get(String.valueOf(key));
    }
    if (!(key instanceof Integer index) || index < 0) {
      return null;
    }
    if (value instanceof List<?> list) {
      return index < list.size() ? list.get(index) : null;
    }
    if (value instanceof PlainPickle.Numbers numbers
        && numbers.shape().length > 0
        && index < numbers.shape()[0]) {
      int rows = Math.toIntExact(numbers.shape()[0]);
      int size = numbers.values().length / rows;
      return new PlainPickle.Numbers(
          Arrays.copyOfRange(numbers.shape(), 1, numbers.shape().length),
          Arrays.copyOfRange(numbers.values(), index * size, (index + 1) * size));
    }
    return null;
  }

  private boolean has(Object... path) {
    Object value = root;
    for (Object key : path) {
      value = value == null ? null : step(value, key);
    }
    return value != null;
  }

  private InputException fault(Object[] path, String expected, String found) {
    return new InputException(
        file + " at " + Arrays.toString(path) + ": expected " + expected + ", found " + found);
  }

  private static String describe(Object value) {
    return value == null ? "None" : value.getClass().getSimpleName();
  }

  /**
   * Accuracies of the stress tests: the file holds which examples each network gets right, by the
   * seeds of pre-training and fine-tuning counted from 1, and what the examples are. A test set is
   * what stands before the first hyphen of an example's id; {@code lex_nonent} are those of HANS
   * with lexical overlap and without entailment.
   *
   * @return test set → pre-training × fine-tuning, both counted from 0
   */
  Map<String, double[][]> stressTests() {
    Object[] examplesPath = {1};
    if (!(at(examplesPath) instanceof List<?> examples)) {
      throw fault(examplesPath, "a list of examples", describe(at(examplesPath)));
    }
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      if (!(examples.get(i) instanceof Map<?, ?> example)
          || !(example.get("guid") instanceof String guid)) {
        throw fault(new Object[] {1, i}, "an example with a guid", describe(examples.get(i)));
      }
      members.computeIfAbsent(guid.split("-", -1)[0], set -> new ArrayList<>()).add(i);
      if (guid.contains("HANS")
          && "lexical_overlap".equals(example.get("heuristic"))
          && "non-entailment".equals(example.get("label"))) {
        members.computeIfAbsent("lex_nonent", set -> new ArrayList<>()).add(i);
      }
    }
    int pretrainings = seeds(0);
    int fineTunings = seeds(0, 1);
    Map<String, double[][]> accuracies = new LinkedHashMap<>();
    members.keySet().forEach(set -> accuracies.put(set, new double[pretrainings][fineTunings]));
    for (int pre = 1; pre <= pretrainings; pre++) {
      for (int fine = 1; fine <= fineTunings; fine++) {
        Object[] path = {0, pre, fine};
        double[] right = numbers(path);
        if (right.length < examples.size()) {
          throw fault(path, examples.size() + " answers", String.valueOf(right.length));
        }
        for (Map.Entry<String, List<Integer>> set : members.entrySet()) {
          accuracies.get(set.getKey())[pre - 1][fine - 1] =
              set.getValue().stream().mapToDouble(i -> right[i]).average().orElseThrow();
        }
      }
    }
    return accuracies;
  }

  /** Seeds from 1 on, at a place. */
  private int seeds(Object... path) {
    int count = 0;
    Object[] next = Arrays.copyOf(path, path.length + 1);
    do {
      next[path.length] = ++count;
    } while (has(next));
    if (count == 1) {
      throw fault(path, "an entry for seed 1", "none");
    }
    return count - 1;
  }

  private double[] numbers(Object[] path) {
    Object value = at(path);
    if (value instanceof PlainPickle.Numbers numbers) {
      return numbers.values();
    }
    if (value instanceof List<?> list) {
      double[] numbers = new double[list.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            list.get(i) instanceof Boolean truth
                ? (truth ? 1 : 0)
                : list.get(i) instanceof Number number ? number.doubleValue() : Double.NaN;
      }
      return numbers;
    }
    throw fault(path, "a list of answers", describe(value));
  }

  /** Whether any seed from 1 on has accuracies of a task at a depth. */
  boolean knows(String task, int seeds, int depthIndex) {
    return IntStream.rangeClosed(1, seeds).anyMatch(seed -> has(task, seed, depthIndex));
  }

  /** The seeds among those wanted for which a task has accuracies at a depth. */
  List<Integer> seedsOf(String task, int from, int to, int depthIndex) {
    TreeSet<Integer> seeds = new TreeSet<>();
    for (int seed = from; seed <= to; seed++) {
      if (has(task, seed, depthIndex)) {
        seeds.add(seed);
      }
    }
    if (seeds.isEmpty()) {
      throw fault(
          new Object[] {task},
          "seeds from " + from + " to " + to + " with depth index " + depthIndex,
          "none");
    }
    return List.copyOf(seeds);
  }
}
