package dev.kindred.network.probe;

import dev.kindred.base.Seeds;
import dev.kindred.network.training.Shuffle;
import java.util.SplittableRandom;

/**
 * Softmax regression by AdamW in plain loops (Loshchilov and Hutter 2019, algorithm 2), number by
 * number in float64, in the order of rows that the library draws.
 */
final class ProbeReference {
  private final double rate;
  private final double decay;

  /** Weights by unit, the bias as the last row. */
  private final double[][] weights;

  private final double[][] first;
  private final double[][] second;

  ProbeReference(LinearProbe start, double rate, double decay) {
    this.rate = rate;
    this.decay = decay;
    int units = start.units();
    weights = new double[units + 1][start.classes()];
    for (int c = 0; c < start.classes(); c++) {
      for (int j = 0; j < units; j++) {
        weights[j][c] = start.weight(j, c);
      }
      weights[units][c] = start.bias(c);
    }
    first = new double[units + 1][start.classes()];
    second = new double[units + 1][start.classes()];
  }

  /** Trains; the number of steps. */
  int train(double[][] rows, int[] labels, int epochs, int batch, boolean cosine, Seeds seeds) {
    int total = epochs * (int) Math.ceil(rows.length / (double) batch);
    int step = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      SplittableRandom random = seeds.stream("order " + epoch);
      int[] order = Shuffle.order(rows.length, random);
      for (int from = 0; from < rows.length; from += batch) {
        double factor = cosine ? (1 + Math.cos(Math.PI * step / total)) / 2 : 1;
        step++;
        step(rows, labels, order, from, Math.min(rows.length, from + batch), step, factor * rate);
      }
    }
    return step;
  }

  private void step(
      double[][] rows, int[] labels, int[] order, int from, int to, int step, double eta) {
    int units = weights.length - 1;
    int classes = weights[0].length;
    double[][] gradient = new double[units + 1][classes];
    for (int k = from; k < to; k++) {
      double[] x = rows[order[k]];
      double[] exponentials = new double[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double score = weights[units][c];
        for (int j = 0; j < units; j++) {
          score += weights[j][c] * x[j];
        }
        exponentials[c] = Math.exp(score);
        sum += exponentials[c];
      }
      for (int c = 0; c < classes; c++) {
        double error = exponentials[c] / sum - (labels[order[k]] == c ? 1 : 0);
        for (int j = 0; j <= units; j++) {
          gradient[j][c] += error * (j < units ? x[j] : 1) / (to - from);
        }
      }
    }
    for (int j = 0; j <= units; j++) {
      for (int c = 0; c < classes; c++) {
        double g = gradient[j][c];
        first[j][c] = 0.9 * first[j][c] + 0.1 * g;
        second[j][c] = 0.999 * second[j][c] + 0.001 * g * g;
        double mean = first[j][c] / (1 - Math.pow(0.9, step));
        double deviation = Math.sqrt(second[j][c] / (1 - Math.pow(0.999, step)));
        weights[j][c] -= eta * (decay * weights[j][c] + mean / (deviation + 1e-8));
      }
    }
  }

  /** Over all weights and biases. */
  double largestDifference(LinearProbe probe) {
    double largest = 0;
    for (int j = 0; j < weights.length; j++) {
      for (int c = 0; c < weights[j].length; c++) {
        double found = j < probe.units() ? probe.weight(j, c) : probe.bias(c);
        largest = Math.max(largest, Math.abs(found - weights[j][c]));
      }
    }
    return largest;
  }
}
