package dev.kindred.study.grounding;

import dev.kindred.measure.statistics.Bootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A column of the table: a subtask on one population of networks.
 *
 * @param subtask which of the four
 * @param name what tells it from others, such as "(d) textures"
 * @param networks which networks it is about: tasks of the same are drawn together
 * @param strata its depths; correlations are means over them
 */
record GroundedTask(Subtask subtask, String name, Networks networks, List<Stratum> strata) {
  /** The four subtasks of the text. */
  enum Subtask {
    LAYERS("(a) layers"),
    COMPONENTS("(b) components"),
    DISTORTIONS("(c) distortions"),
    STRESS("(d) stress tests");

    private final String title;

    Subtask(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * Networks that are drawn together.
   *
   * @param name of their random stream
   * @param families pre-trainings; networks of one are drawn in two stages, first the pre-training;
   *     1 where there is but one
   * @param size networks of each
   */
  record Networks(String name, int families, int size) {
    int count() {
      return families * size;
    }

    /** How often each network is drawn. */
    double[] counts(SplittableRandom random) {
      if (families == 1) {
        return Bootstrap.counts(size, random);
      }
      double[] counts = new double[count()];
      double[] drawn = Bootstrap.counts(families, random);
      for (int family = 0; family < families; family++) {
        // A family that is drawn twice has its networks drawn twice, each time anew.
        for (int copy = 0; copy < drawn[family]; copy++) {
          double[] own = Bootstrap.counts(size, random);
          for (int i = 0; i < size; i++) {
            counts[family * size + i] += own[i];
          }
        }
      }
      return counts;
    }

    /** Degrees of freedom of an error over them. */
    int degrees() {
      return (families == 1 ? size : families) - 1;
    }
  }

  /**
   * An order in which the references stay and all other networks change places: pre-trainings as
   * wholes, but for those of references, and networks within their pre-training.
   */
  int[] shuffled(SplittableRandom random) {
    int size = networks.size();
    boolean[] stays = new boolean[networks.count()];
    strata.forEach(stratum -> stays[stratum.reference()] = true);
    int[] families =
        shuffled(
            networks.families(),
            family -> IntStream.range(family * size, (family + 1) * size).noneMatch(i -> stays[i]),
            random);
    int[] order = new int[networks.count()];
    for (int family = 0; family < families.length; family++) {
      int first = family * size;
      int[] within = shuffled(size, i -> !stays[first + i], random);
      for (int i = 0; i < size; i++) {
        order[first + i] = families[family] * size + within[i];
      }
    }
    return order;
  }

  /** The numbers from 0, of which those that may move change places. */
  private static int[] shuffled(int count, IntPredicate moves, SplittableRandom random) {
    int[] order = IntStream.range(0, count).toArray();
    int[] moving = Arrays.stream(order).filter(moves).toArray();
    for (int i = moving.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[moving[i]];
      order[moving[i]] = order[moving[j]];
      order[moving[j]] = kept;
    }
    return order;
  }
}
