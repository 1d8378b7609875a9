package dev.kindred.study.grounding;

import dev.kindred.measure.statistics.Reliability;
import dev.kindred.study.grounding.GroundingStudy.Part;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What networks do on a task, and how far it tells them apart. In (a) and (b) it is what probes
 * read at the deepest depth from all components.
 *
 * @param lowest accuracy of a network
 * @param highest likewise
 * @param chance the accuracy of one who always says the most frequent class
 * @param reliability of the accuracies, over test images; where (c) and (d) ask for several, over
 *     images that the same distortions were made of
 */
record TaskAccuracy(double lowest, double highest, double chance, Reliability reliability) {

  static TaskAccuracy of(GroundedPopulation population, GroundedTask task) {
    return switch (task.subtask()) {
      case LAYERS, COMPONENTS -> {
        Map<String, double[][]> arrays = population.arrays(Part.LAYERS);
        int depths = population.depths().size();
        double[][] seen = arrays.get(Subtasks.SEEN + Subtasks.USUAL);
        double[][] deepest =
            IntStream.rangeClosed(1, task.networks().count())
                .mapToObj(network -> seen[network * depths - 1])
                .toArray(double[][]::new);
        yield of(task, List.of(new TestSet(deepest, labels(arrays, Subtasks.USUAL))));
      }
      case DISTORTIONS -> of(task, unusual(population.arrays(Part.DISTORTIONS)));
      case STRESS -> {
        List<GroundedTask> tests =
            population.tasks().stream().filter(one -> one.subtask() == task.subtask()).toList();
        yield of(task, List.of(unusual(population.arrays(Part.STRESS)).get(tests.indexOf(task))));
      }
    };
  }

  /** Every set but the usual one, in their order. */
  private static List<TestSet> unusual(Map<String, double[][]> arrays) {
    return arrays.keySet().stream()
        .filter(name -> name.startsWith(Subtasks.SEEN))
        .map(name -> name.substring(Subtasks.SEEN.length()))
        .filter(set -> !set.equals(Subtasks.USUAL))
        .map(set -> new TestSet(arrays.get(Subtasks.SEEN + set), labels(arrays, set)))
        .toList();
  }

  private static double[] labels(Map<String, double[][]> arrays, String set) {
    return arrays.get(Subtasks.LABELS + set)[0];
  }

  /**
   * @param sets as many images in each, one made of the other
   */
  private static TaskAccuracy of(GroundedTask task, List<TestSet> sets) {
    double[][] right = new double[task.networks().count()][sets.get(0).labels.length];
    for (TestSet set : sets) {
      for (int i = 0; i < right.length; i++) {
        for (int j = 0; j < right[i].length; j++) {
          right[i][j] += set.seen[i][j] == set.labels[j] ? 1.0 / sets.size() : 0;
        }
      }
    }
    DoubleSummaryStatistics accuracies =
        Arrays.stream(right)
            .mapToDouble(network -> Arrays.stream(network).average().orElseThrow())
            .summaryStatistics();
    return new TaskAccuracy(
        accuracies.getMin(),
        accuracies.getMax(),
        sets.stream().mapToDouble(TestSet::chance).average().orElseThrow(),
        Reliability.of(right, task.networks().degrees()));
  }

  /**
   * Images with what networks see in them.
   *
   * @param seen network × image
   */
  private record TestSet(double[][] seen, double[] labels) {
    private double chance() {
      double most = 0;
      for (double label : labels) {
        most = Math.max(most, Arrays.stream(labels).filter(other -> other == label).count());
      }
      return most / labels.length;
    }
  }
}
