package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.List;

/** Checks and names of labels. */
final class Labels {
  private Labels() {}

  /** Fails on the first label that is neither -1 nor the number of a class. */
  static void requireWithin(int[] labels, int classes, String where) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < -1 || labels[i] >= classes) {
        throw new InputException(
            where
                + ": image "
                + i
                + " has label "
                + labels[i]
                + ", expected 0 to "
                + (classes - 1));
      }
    }
  }

  /** The given names, or numbers for as many classes as the labels ask for. */
  static List<String> namesOr(List<String> given, int[] labels) {
    if (!given.isEmpty()) {
      return given;
    }
    int classes = 0;
    for (int label : labels) {
      classes = Math.max(classes, label + 1);
    }
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      numbers.add(String.valueOf(i));
    }
    return numbers;
  }
}
