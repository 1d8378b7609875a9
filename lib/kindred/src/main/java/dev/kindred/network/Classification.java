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

  /**
   * The share of stimuli whose label is among the classes with the largest scores, from 0 to 1
   * (top-k accuracy). Of equal scores the first goes first, as in {@link #predict}.
   *
   * @param guesses number k of classes that may be named, at least 1
   */
  public static double accuracy(Representation logits, int[] labels, int guesses) {
    if (guesses < 1 || labels.length != logits.stimuli() || labels.length == 0) {
      throw new InputException(
          "expected at least 1 guess and one label for every stimulus, found "
              + guesses
              + " guesses and "
              + labels.length
              + " labels for "
              + logits.stimuli());
    }
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] scores = logits.row(i);
      int label = labels[i];
      int before = 0;
      for (int k = 0; k < scores.length; k++) {
        before += scores[k] > scores[label] || k < label && scores[k] == scores[label] ? 1 : 0;
      }
      right += before < guesses ? 1 : 0;
    }
    return (double) right / labels.length;
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
