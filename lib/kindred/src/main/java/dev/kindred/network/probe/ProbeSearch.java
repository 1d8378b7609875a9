package dev.kindred.network.probe;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.training.Shuffle;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The linear probe of paper 1 (appendix B): learning rate and weight decay are chosen on a
 * stratified fifth of the training stimuli, then the probe is trained on all of them, with several
 * seeds. Every row has length 1 ({@link FeatureScale#UNIT_ROWS}).
 *
 * <p>The weight decay is searched coarse to fine: first a few of the log-spaced steps with every
 * learning rate, all in one matrix product; then, around the best, at half the distance, until
 * neighbours have been tried.
 *
 * @param training of each probe
 * @param rates learning rates
 * @param smallestDecay first of the log-spaced weight decays
 * @param largestDecay the last
 * @param decaySteps their number
 * @param validation share of the training stimuli on which settings are compared
 * @param seeds number of final probes
 */
public record ProbeSearch(
    ProbeTraining training,
    List<Double> rates,
    double smallestDecay,
    double largestDecay,
    int decaySteps,
    double validation,
    int seeds) {
  private static final int FIRST_DISTANCE = 24;

  /**
   * Paper 1: rates 1e-1 to 1e-4, 96 decays from 1e-6 to 1e2, a fifth for validation, three seeds.
   * Meant for about 10,000 stimuli, 200 steps of the optimiser.
   */
  public static final ProbeSearch CONSISTENCY =
      new ProbeSearch(
          ProbeTraining.CONSISTENCY, List.of(1e-1, 1e-2, 1e-3, 1e-4), 1e-6, 1e2, 96, 0.2, 3);

  /**
   * For hundreds to a few thousand stimuli, where the paper's batch would leave as few as 20 steps
   * and its rates cannot move a weight by more than 1: batches of 128, rates 3, 1 and 0.3, three
   * decays from 1e-5 to 1e-2, one seed; else as {@link #CONSISTENCY}, rows of length 1 included.
   */
  public static final ProbeSearch FEW_STIMULI =
      new ProbeSearch(
          new ProbeTraining(CONSISTENCY.training.epochs(), 128, true, CONSISTENCY.training.scale()),
          List.of(3.0, 1.0, 0.3),
          1e-5,
          1e-2,
          3,
          CONSISTENCY.validation,
          1);

  public ProbeSearch {
    rates = List.copyOf(rates);
    if (rates.isEmpty()
        || !(smallestDecay > 0)
        || largestDecay < smallestDecay
        || decaySteps < 2
        || !(validation > 0 && validation < 1)
        || seeds < 1) {
      throw new InputException(
          "expected learning rates, at least two weight decays from a positive one upwards, a"
              + " validation share in (0, 1) and at least one seed");
    }
  }

  /** The same with fewer or more final probes. */
  public ProbeSearch withSeeds(int count) {
    return new ProbeSearch(
        training, rates, smallestDecay, largestDecay, decaySteps, validation, count);
  }

  /**
   * What a search found.
   *
   * @param setting the best learning rate and weight decay
   * @param validationAccuracy theirs on the stimuli held out
   * @param probes trained with it on all training stimuli, one per seed
   */
  public record Result(
      ProbeTraining.Setting setting, double validationAccuracy, List<LinearProbe> probes) {
    /** Mean accuracy of the probes, from 0 to 1 (top-1). */
    public double accuracy(Representation x, int[] labels) {
      return accuracy(x, labels, 1);
    }

    /** Mean share of stimuli whose label is among a probe's first guesses (top-k). */
    public double accuracy(Representation x, int[] labels, int guesses) {
      return probes.stream()
          .mapToDouble(probe -> probe.accuracy(x, labels, guesses))
          .average()
          .orElse(0);
    }
  }

  /** The weight decay of step {@code i}, from 0. */
  double decay(int i) {
    return smallestDecay * Math.pow(largestDecay / smallestDecay, (double) i / (decaySteps - 1));
  }

  /**
   * Searches and trains.
   *
   * @param x n×p features of the training stimuli
   * @param labels their classes
   * @param classes number of classes
   * @param random the split, the weights and the orders depend on these alone
   */
  public Result train(Representation x, int[] labels, int classes, Seeds random) {
    boolean[] heldOut = stratified(labels, classes, validation, random.stream("validation"));
    int[] fit = indices(heldOut, false);
    int[] check = indices(heldOut, true);
    if (fit.length == 0 || check.length == 0) {
      throw new InputException(
          x.id() + ": " + labels.length + " stimuli are too few to hold some out");
    }
    Representation fitX = x.select(fit);
    Representation checkX = x.select(check);
    int[] fitLabels = pick(labels, fit);
    int[] checkLabels = pick(labels, check);
    Seeds searching = random.child("search");

    Best best = null;
    Set<Integer> tried = new LinkedHashSet<>();
    int distance = Math.min(FIRST_DISTANCE, Math.max(1, (decaySteps - 1) / 4));
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < decaySteps; i += distance) {
      steps.add(i);
    }
    while (true) {
      Progress.checkCancelled();
      steps.removeIf(tried::contains);
      tried.addAll(steps);
      best = better(best, steps, fitX, fitLabels, checkX, checkLabels, classes, searching);
      if (distance == 1) {
        break;
      }
      distance = Math.max(1, distance / 2);
      steps = new ArrayList<>();
      for (int i : new int[] {best.step - distance, best.step + distance}) {
        if (i >= 0 && i < decaySteps) {
          steps.add(i);
        }
      }
    }
    List<LinearProbe> probes = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      probes.addAll(
          training.train(x, labels, classes, List.of(best.setting), random.child("seed " + s)));
    }
    return new Result(best.setting, best.accuracy, probes);
  }

  private record Best(int step, ProbeTraining.Setting setting, double accuracy) {}

  private Best better(
      Best before,
      List<Integer> steps,
      Representation fitX,
      int[] fitLabels,
      Representation checkX,
      int[] checkLabels,
      int classes,
      Seeds random) {
    if (steps.isEmpty()) {
      return before;
    }
    List<ProbeTraining.Setting> settings = new ArrayList<>();
    for (int step : steps) {
      for (double rate : rates) {
        settings.add(new ProbeTraining.Setting(rate, decay(step)));
      }
    }
    List<LinearProbe> probes = training.train(fitX, fitLabels, classes, settings, random);
    Best best = before;
    for (int i = 0; i < probes.size(); i++) {
      double accuracy = probes.get(i).accuracy(checkX, checkLabels);
      if (best == null || accuracy > best.accuracy) {
        best = new Best(steps.get(i / rates.size()), settings.get(i), accuracy);
      }
    }
    return best;
  }

  /** Marks {@code round(share·size)} members of every class. */
  static boolean[] stratified(int[] labels, int classes, double share, SplittableRandom random) {
    boolean[] marked = new boolean[labels.length];
    int[] order = Shuffle.order(labels.length, random);
    int[] sizes = new int[classes];
    for (int label : labels) {
      sizes[label]++;
    }
    int[] left = Arrays.stream(sizes).map(size -> (int) Math.round(share * size)).toArray();
    for (int i : order) {
      if (left[labels[i]] > 0) {
        left[labels[i]]--;
        marked[i] = true;
      }
    }
    return marked;
  }

  private static int[] indices(boolean[] marked, boolean value) {
    return java.util.stream.IntStream.range(0, marked.length)
        .filter(i -> marked[i] == value)
        .toArray();
  }

  private static int[] pick(int[] labels, int[] chosen) {
    return Arrays.stream(chosen).map(i -> labels[i]).toArray();
  }
}
