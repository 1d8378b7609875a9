package dev.kindred.measure.functional;

import dev.kindred.base.InputException;
import dev.kindred.measure.Features;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Path;

/**
 * The class that a network assigns to every stimulus: the unit of the largest logit, the first of
 * equal ones.
 *
 * @param id name of the network
 * @param classes assigned class of each stimulus
 * @param count number of classes, the columns of the logits
 */
record Decisions(String id, int[] classes, int count) implements Prepared {

  static Decisions of(Representation logits) {
    Features.require(logits, 1);
    logits.requireFinite();
    int[] classes = new int[logits.stimuli()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = largest(logits.row(i));
    }
    return new Decisions(logits.id(), classes, logits.units());
  }

  static int largest(double[] row) {
    int best = 0;
    for (int j = 1; j < row.length; j++) {
      if (row[j] > row[best]) {
        best = j;
      }
    }
    return best;
  }

  /** True labels from a file with one whole number a stimulus. */
  static int[] readLabels(String measure, String file) {
    Representation labels = Representations.read(Path.of(file));
    if (labels.units() != 1 && labels.stimuli() != 1) {
      throw new InputException(
          measure + ": " + file + " holds " + labels + "; expected one label a stimulus");
    }
    int n = Math.max(labels.stimuli(), labels.units());
    int[] classes = new int[n];
    for (int i = 0; i < n; i++) {
      double value = labels.units() == 1 ? labels.get(i, 0) : labels.get(0, i);
      if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
        throw new InputException(
            measure
                + ": label "
                + value
                + " at stimulus "
                + i
                + " of "
                + file
                + "; expected whole numbers from 0");
      }
      classes[i] = (int) value;
    }
    return classes;
  }

  /** Which decisions are right. */
  boolean[] correct(int[] labels) {
    if (labels.length != classes.length) {
      throw new InputException(
          id + " has " + classes.length + " stimuli, there are " + labels.length + " labels");
    }
    boolean[] correct = new boolean[classes.length];
    for (int i = 0; i < correct.length; i++) {
      if (labels[i] < 0 || labels[i] >= count) {
        throw new InputException(
            "label "
                + labels[i]
                + " at stimulus "
                + i
                + ", but "
                + id
                + " has "
                + count
                + " classes; expected 0 to "
                + (count - 1));
      }
      correct[i] = classes[i] == labels[i];
    }
    return correct;
  }

  /** Fails unless both networks choose among as many classes. */
  static void requireSameClasses(String first, int classes, String second, int otherClasses) {
    if (classes != otherClasses) {
      throw new InputException(
          first
              + " has "
              + classes
              + " classes, "
              + second
              + " has "
              + otherClasses
              + ": both need the same");
    }
  }

  /** Share of stimuli to which both assign the same class. */
  double agreement(Decisions other) {
    requireSameClasses(id, count, other.id, other.count);
    int same = 0;
    for (int i = 0; i < classes.length; i++) {
      same += classes[i] == other.classes[i] ? 1 : 0;
    }
    return same / (double) classes.length;
  }

  /** Cohen's kappa from observed and expected agreement; 1 where chance leaves no room. */
  static double kappa(double observed, double expected) {
    return expected >= 1 ? 1 : (observed - expected) / (1 - expected);
  }

  @Override
  public long bytes() {
    return 4L * classes.length;
  }
}
