package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GramDiagonalsTest {
  private static final int IMAGES = 6;

  /** A centred Gram matrix of norm 1. */
  private static double[][] gram(SplittableRandom random, int units) {
    double[][] x = new double[IMAGES][units];
    for (int u = 0; u < units; u++) {
      double mean = 0;
      for (double[] row : x) {
        row[u] = Math.pow(random.nextGaussian(), 3);
        mean += row[u] / IMAGES;
      }
      for (double[] row : x) {
        row[u] -= mean;
      }
    }
    double[][] gram = new double[IMAGES][IMAGES];
    double norm = 0;
    for (int i = 0; i < IMAGES; i++) {
      for (int j = 0; j < IMAGES; j++) {
        for (int u = 0; u < units; u++) {
          gram[i][j] += x[i][u] * x[j][u];
        }
        norm += gram[i][j] * gram[i][j];
      }
    }
    for (double[] row : gram) {
      for (int j = 0; j < IMAGES; j++) {
        row[j] /= Math.sqrt(norm);
      }
    }
    return gram;
  }

  private static double trace(double[][] gram, int power) {
    double sum = 0;
    for (int i = 0; i < IMAGES; i++) {
      sum += Math.pow(gram[i][i], power);
    }
    return sum;
  }

  private static void orders(List<Integer> begun, List<List<Integer>> all) {
    if (begun.size() == IMAGES) {
      all.add(List.copyOf(begun));
    }
    for (int i = 0; i < IMAGES; i++) {
      if (!begun.contains(i)) {
        begun.add(i);
        orders(begun, all);
        begun.remove(begun.size() - 1);
      }
    }
  }

  private static double[] meanAndVariance(double[][] k, double[][] l) {
    List<List<Integer>> orders = new ArrayList<>();
    orders(new ArrayList<>(), orders);
    assertThat(orders).hasSize(720);
    double[] ckas =
        orders.stream()
            .mapToDouble(
                order -> {
                  double sum = 0;
                  for (int i = 0; i < IMAGES; i++) {
                    for (int j = 0; j < IMAGES; j++) {
                      sum += k[i][j] * l[order.get(i)][order.get(j)];
                    }
                  }
                  return sum;
                })
            .toArray();
    double mean = java.util.Arrays.stream(ckas).average().orElseThrow();
    double variance =
        java.util.Arrays.stream(ckas).map(c -> (c - mean) * (c - mean)).average().orElseThrow();
    return new double[] {mean, variance};
  }

  /** Over all 720 orders of six images, of two batches. */
  @Test
  void chanceIsThatOfAllOrders() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] trace = new double[2][2];
    double[][] squares = new double[2][2];
    double mean = 0;
    double variance = 0;
    for (int batch = 0; batch < 2; batch++) {
      double[][] k = gram(random, 2);
      double[][] l = gram(random, 9);
      trace[0][batch] = trace(k, 1);
      trace[1][batch] = trace(l, 1);
      squares[0][batch] = trace(k, 2);
      squares[1][batch] = trace(l, 2);
      double[] of = meanAndVariance(k, l);
      mean += of[0] / 2;
      variance += of[1] / 4;
    }
    GramDiagonals.Chance chance = new GramDiagonals(trace, squares).chance(0, 1, IMAGES);
    assertThat(chance.mean()).isCloseTo(mean, within(1e-12));
    assertThat(chance.deviation()).isCloseTo(Math.sqrt(variance), within(1e-12));
    assertThat(chance.upper()).isCloseTo(mean + 1.6449 * Math.sqrt(variance), within(1e-12));
    assertThat(new GramDiagonals(trace, squares).chance(0, 1, 3).mean()).isNaN();
  }
}
