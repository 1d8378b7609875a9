package dev.kindred.study.behaviour;

import dev.kindred.measure.functional.ErrorOverlap;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Accuracy and error consistency on one set, under a draw of images and people.
 *
 * @param set what was answered
 * @param images of every level; one that stands there twice counts twice
 * @param weights how often each person was drawn
 */
record BehaviourSample(BehaviourSet set, int[][] images, int[] weights) {

  /**
   * Statistics of a sample. Columns are levels, then the mean of those that count.
   *
   * @param kappa error consistency of people among themselves, then of every network with people;
   *     NaN where it is undefined
   * @param accuracy the mean of people, then that of every person and every network
   */
  record Values(double[][] kappa, double[][] accuracy) {}

  /** Everything once. */
  static BehaviourSample whole(BehaviourSet set) {
    int[] once = new int[set.people().size()];
    Arrays.fill(once, 1);
    return new BehaviourSample(set, set.images(), once);
  }

  /**
   * Images drawn with replacement within every level, and people: at least two different ones, as
   * one has nobody to agree with.
   */
  static BehaviourSample drawn(BehaviourSet set, SplittableRandom random) {
    int[] weights = new int[set.people().size()];
    do {
      Arrays.fill(weights, 0);
      for (int draw = 0; draw < weights.length; draw++) {
        weights[random.nextInt(weights.length)]++;
      }
    } while (Arrays.stream(weights).max().orElseThrow() == weights.length);
    int[][] images =
        Arrays.stream(set.images())
            .map(
                level ->
                    IntStream.generate(() -> level[random.nextInt(level.length)])
                        .limit(level.length)
                        .toArray())
            .toArray(int[][]::new);
    return new BehaviourSample(set, images, weights);
  }

  /**
   * Kappas by chance, rows and columns as {@link Values#kappa}: which images of a level a network
   * is right on is permuted, and for people among themselves what each person is right on.
   */
  static double[][] chance(BehaviourSet set, SplittableRandom random) {
    List<DecisionMaker> networks = permuted(set.networks(), set, random);
    List<DecisionMaker> people = permuted(set.people(), set, random);
    double[][] kappa = whole(set.with(set.people(), networks)).values().kappa();
    kappa[0] = whole(set.with(people, List.of())).values().kappa()[0];
    return kappa;
  }

  private static List<DecisionMaker> permuted(
      List<DecisionMaker> makers, BehaviourSet set, SplittableRandom random) {
    return makers.stream()
        .map(
            maker -> {
              boolean[] right = maker.right().clone();
              for (int[] level : set.images()) {
                for (int i = level.length - 1; i > 0; i--) {
                  int other = level[random.nextInt(i + 1)];
                  boolean moved = right[other];
                  right[other] = right[level[i]];
                  right[level[i]] = moved;
                }
              }
              return new DecisionMaker(maker.name(), right);
            })
        .toList();
  }

  Values values() {
    double[][] kappa = new double[1 + set.networks().size()][];
    Arrays.setAll(kappa, row -> overLevels(row, ErrorOverlap::kappa));
    double[][] accuracy = new double[1 + set.makers()][];
    for (int maker = 0; maker < set.makers(); maker++) {
      boolean[] right = set.maker(maker).right();
      accuracy[1 + maker] = withMean(level -> share(right, images[level]));
    }
    accuracy[0] = new double[accuracy[1].length];
    for (int person = 0; person < weights.length; person++) {
      for (int level = 0; level < accuracy[0].length; level++) {
        accuracy[0][level] += accuracy[1 + person][level] * weights[person] / weights.length;
      }
    }
    return new Values(kappa, accuracy);
  }

  private static double share(boolean[] right, int[] images) {
    return Arrays.stream(images).filter(i -> right[i]).count() / (double) images.length;
  }

  /**
   * A statistic of pairs on every level, and the mean of levels: of a level the mean over the pairs
   * of a row that are defined.
   */
  double[] overLevels(int row, ToDoubleFunction<ErrorOverlap> statistic) {
    List<int[]> pairs = set.pairs(row);
    return withMean(
        level -> {
          double sum = 0;
          int total = 0;
          for (int[] pair : pairs) {
            int weight = weight(pair[0]) * weight(pair[1]);
            if (weight > 0) {
              ErrorOverlap overlap =
                  ErrorOverlap.of(
                      set.maker(pair[0]).right(), set.maker(pair[1]).right(), images[level]);
              if (overlap.isInformative()) {
                sum += weight * statistic.applyAsDouble(overlap);
                total += weight;
              }
            }
          }
          return sum / total;
        });
  }

  private int weight(int maker) {
    return maker < weights.length ? weights[maker] : 1;
  }

  /** Behind the values of all levels the mean of those that count and are defined. */
  private double[] withMean(IntToDoubleFunction ofLevel) {
    int levels = images.length;
    double[] values =
        Arrays.copyOf(IntStream.range(0, levels).mapToDouble(ofLevel).toArray(), levels + 1);
    values[levels] =
        IntStream.range(0, levels)
            .filter(level -> set.counted()[level])
            .mapToDouble(level -> values[level])
            .filter(value -> !Double.isNaN(value))
            .average()
            .orElse(Double.NaN);
    return values;
  }
}
