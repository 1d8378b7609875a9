package dev.kindred.network;

import dev.kindred.base.InputException;
import dev.kindred.representation.Representation;

/** From scores to labels. */
public final class Classification {
  private Classification() {}

  /** The class with the largest score for every stimulus; the first of equal ones. */
  public static int[] predict(Representation logits) {
    int[] predicted = new int[logits.stimuli()];
    for (int i = 0; i < predicted.length; i++) {
      double[] scores = logits.row(i);
      int best = 0;
      for (int k = 1; k < scores.length; k++) {
        if (scores[k] > scores[best]) {
          best = k;
        }
      }
      predicted[i] = best;
    }
    return predicted;
  }

  /** The share of stimuli whose largest score is that of their label, from 0 to 1. */
  public static double accuracy(Representation logits, int[] labels) {
    return accuracy(predict(logits), labels);
  }

  /** The share of equal labels, from 0 to 1. */
  public static double accuracy(int[] predicted, int[] labels) {
    if (predicted.length != labels.length || labels.length == 0) {
      throw new InputException(
          "expected one label for every prediction, found "
              + labels.length
              + " for "
              + predicted.length);
    }
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      if (predicted[i] == labels[i]) {
        right++;
      }
    }
    return (double) right / labels.length;
  }
}
