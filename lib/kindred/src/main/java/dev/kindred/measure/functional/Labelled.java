package dev.kindred.measure.functional;

import dev.kindred.base.InputException;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.Arrays;

/**
 * Which of a network's decisions are right.
 *
 * @param id name of the network
 * @param classes number of classes it chooses among
 * @param correct one flag a stimulus
 * @param accuracy their share
 */
record Labelled(String id, int classes, boolean[] correct, double accuracy) implements Prepared {
  static final Parameter LABELS =
      Parameter.file(
          "labels", "file with the true class of every stimulus, counted from 0; required", "none");

  /** The labels of the parameter, or null where there are none. */
  static int[] labels(Arguments arguments) {
    return arguments.is("labels", "none")
        ? null
        : Decisions.readLabels(arguments.measure(), arguments.text("labels"));
  }

  static Labelled of(String measure, Representation logits, int[] labels) {
    if (labels == null) {
      throw new InputException(
          measure + " needs true classes; expected " + measure + "[labels=FILE]");
    }
    Decisions decisions = Decisions.of(logits);
    boolean[] correct = decisions.correct(labels);
    int right = 0;
    for (boolean one : correct) {
      right += one ? 1 : 0;
    }
    return new Labelled(
        decisions.id(), decisions.count(), correct, right / (double) correct.length);
  }

  /** Fails unless both networks choose among as many classes. */
  void requireSameClasses(Labelled other) {
    Decisions.requireSameClasses(id, classes, other.id, other.classes);
  }

  static int[] select(int[] labels, int[] stimuli) {
    return Arrays.stream(stimuli).map(i -> labels[i]).toArray();
  }

  static int[] copy(int[] labels) {
    return Arrays.copyOf(labels, labels.length);
  }

  @Override
  public long bytes() {
    return correct.length;
  }
}
