package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Samples of labelled images, by class and from named seeds: the same seeds and labels give the
 * same sample, and what is drawn of one class does not depend on the other classes. Images without
 * a label are never drawn.
 */
public final class Sampling {
  private Sampling() {}

  /**
   * At most ceil(total / classes) images of every class that occurs, as paper 1 subsamples its data
   * sets (total 10,000, seed 42).
   *
   * @return the chosen images, ascending
   */
  public static int[] stratified(int[] labels, int total, Seeds seeds) {
    TreeMap<Integer, int[]> classes = shuffledClasses(labels, seeds.child("stratified"));
    if (total < 1 || classes.isEmpty()) {
      throw new InputException(
          "expected a positive number of images from labelled ones, found "
              + total
              + " from "
              + classes.size()
              + " classes");
    }
    int perClass = (total + classes.size() - 1) / classes.size();
    return perClass(classes, perClass);
  }

  /**
   * At most {@code perClass} images of every class that occurs. A larger sample contains a smaller
   * one from the same seeds.
   *
   * @return the chosen images, ascending
   */
  public static int[] perClass(int[] labels, int perClass, Seeds seeds) {
    if (perClass < 1) {
      throw new InputException("expected at least 1 image a class, found " + perClass);
    }
    return perClass(shuffledClasses(labels, seeds.child("stratified")), perClass);
  }

  private static int[] perClass(TreeMap<Integer, int[]> classes, int perClass) {
    return classes.values().stream()
        .flatMapToInt(members -> Arrays.stream(members, 0, Math.min(perClass, members.length)))
        .sorted()
        .toArray();
  }

  /**
   * At most {@code most} of the classes that occur, drawn at random.
   *
   * @return the chosen classes, ascending
   */
  public static int[] classes(int[] labels, int most, Seeds seeds) {
    int[] classes =
        Arrays.stream(labels)
            .filter(label -> label != ImageSet.NO_LABEL)
            .distinct()
            .sorted()
            .toArray();
    shuffle(classes, seeds.stream("classes"));
    return Arrays.stream(classes).limit(most).sorted().toArray();
  }

  /**
   * Batches without common images in which every class has the same share: counts of two classes
   * differ by at most one within a batch and by at most one over all batches, as paper 2's four
   * batches of 512 test images.
   *
   * @return {@code batches} times {@code size} images, each batch shuffled
   */
  public static int[][] balancedBatches(int[] labels, int batches, int size, Seeds seeds) {
    Seeds own = seeds.child("balanced batches");
    TreeMap<Integer, int[]> byClass = shuffledClasses(labels, own);
    if (batches < 1 || size < 1 || byClass.isEmpty()) {
      throw new InputException(
          "expected positive numbers of batches and images from labelled ones, found "
              + batches
              + " × "
              + size
              + " from "
              + byClass.size()
              + " classes");
    }
    List<Integer> order = new ArrayList<>(byClass.keySet());
    shuffle(order, own.stream("order of classes"));
    int[] used = new int[order.size()];
    int[][] result = new int[batches][size];
    int next =
        0; // whose turn it is, over all batches: what one batch gives more, the next evens out
    for (int b = 0; b < batches; b++) {
      for (int i = 0; i < size; i++) {
        int turn = next++ % order.size();
        int[] members = byClass.get(order.get(turn));
        if (used[turn] == members.length) {
          throw new InputException(
              "class "
                  + order.get(turn)
                  + " has "
                  + members.length
                  + " images, too few for "
                  + batches
                  + " balanced batches of "
                  + size
                  + " from "
                  + order.size()
                  + " classes");
        }
        result[b][i] = members[used[turn]++];
      }
      shuffle(result[b], own.stream("batch " + b));
    }
    return result;
  }

  /** Splits a set by class, as {@link #splitByClass(int[], double, Seeds)} does labels. */
  public static TrainAndTest splitByClass(ImageSet set, double testShare, Seeds seeds) {
    Split split = splitByClass(set.labels(), testShare, seeds);
    return new TrainAndTest(set.select(split.train()), set.select(split.test()));
  }

  /**
   * Two samples without common members, ascending.
   *
   * @param train to learn from
   * @param test to be judged by
   */
  public record Split(int[] train, int[] test) {}

  /**
   * Splits labels by class: of every class, a share (rounded to whole numbers, at least one and not
   * all where there are two or more) goes to the test.
   */
  public static Split splitByClass(int[] labels, double testShare, Seeds seeds) {
    if (!(testShare > 0 && testShare < 1)) {
      throw new InputException("expected a share between 0 and 1 for the test, found " + testShare);
    }
    List<Integer> train = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (int[] members : shuffledClasses(labels, seeds.child("split by class")).values()) {
      int count = (int) Math.round(members.length * testShare);
      if (members.length > 1) {
        count = Math.max(1, Math.min(members.length - 1, count));
      }
      for (int i = 0; i < members.length; i++) {
        (i < count ? test : train).add(members[i]);
      }
    }
    return new Split(ascending(train), ascending(test));
  }

  private static int[] ascending(List<Integer> images) {
    return images.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** The images of every class that occurs, each class shuffled by a stream of its own. */
  private static TreeMap<Integer, int[]> shuffledClasses(int[] labels, Seeds seeds) {
    TreeMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != ImageSet.NO_LABEL) {
        members.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
      }
    }
    TreeMap<Integer, int[]> shuffled = new TreeMap<>();
    members.forEach(
        (label, images) -> {
          int[] order = images.stream().mapToInt(Integer::intValue).toArray();
          shuffle(order, seeds.stream("class " + label));
          shuffled.put(label, order);
        });
    return shuffled;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  private static void shuffle(List<Integer> values, SplittableRandom random) {
    for (int i = values.size() - 1; i > 0; i--) {
      java.util.Collections.swap(values, i, random.nextInt(i + 1));
    }
  }
}
