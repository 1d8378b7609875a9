package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.List;

/** Where numbered cells lie on a logarithmic axis: cell i spans edge i to edge i + 1 of [0, 1]. */
final class LogPositions {
  /** A tick: its place in [0, 1] and its label. */
  record Tick(double at, String label) {}

  private final double[] numbers;
  private final double[] places;
  private final double[] edges;

  private LogPositions(double[] numbers) {
    this.numbers = numbers;
    int n = numbers.length;
    places = new double[n];
    for (int i = 0; i < n; i++) {
      places[i] = numbers[i] > 0 ? Math.log(numbers[i]) : 0;
    }
    if (n > 1 && numbers[0] == 0) {
      places[0] = places[1] - (n > 2 ? places[2] - places[1] : 1);
    }
    edges = new double[n + 1];
    for (int i = 1; i < n; i++) {
      edges[i] = (places[i - 1] + places[i]) / 2;
    }
    edges[0] = n == 1 ? places[0] - 0.5 : 2 * places[0] - edges[1];
    edges[n] = n == 1 ? places[0] + 0.5 : 2 * places[n - 1] - edges[n - 1];
  }

  static LogPositions of(List<String> names) {
    double[] numbers = new double[names.size()];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(names.get(i).strip());
      } catch (NumberFormatException e) {
        throw new InputException(
            "a logarithmic axis needs numbers as names, and “" + names.get(i) + "” is none", e);
      }
      if (!Double.isFinite(numbers[i])
          || numbers[i] < 0
          || (i > 0 && numbers[i] <= numbers[i - 1])) {
        throw new InputException(
            "a logarithmic axis needs ascending numbers from 0 on; found "
                + (i > 0 ? names.get(i - 1) + " before " : "")
                + names.get(i));
      }
    }
    return new LogPositions(numbers);
  }

  double[] edges() {
    return scaled(edges);
  }

  /** Zero where it is there, then 1-2-5 numbers, left out where closer than {@code nearest}. */
  List<Tick> ticks(double nearest) {
    List<Tick> ticks = new ArrayList<>();
    int first = numbers[0] == 0 ? 1 : 0;
    if (first == 1) {
      ticks.add(new Tick(scale(places[0]), "0"));
    }
    if (first < numbers.length) {
      List<Double> values = Ticks.logarithmic(numbers[first], numbers[numbers.length - 1]);
      if (values.isEmpty()) {
        values = List.of(numbers[first]);
      }
      for (double value : values) {
        double at = scale(Math.log(value));
        if (ticks.isEmpty() || at - ticks.get(ticks.size() - 1).at() >= nearest) {
          ticks.add(new Tick(at, Ticks.label(value)));
        }
      }
    }
    return ticks;
  }

  /** Where a number that need not be a cell lies in [0, 1]. */
  double at(double number) {
    return Math.max(0, Math.min(1, scale(number > 0 ? Math.log(number) : places[0])));
  }

  private double scale(double place) {
    return (place - edges[0]) / (edges[edges.length - 1] - edges[0]);
  }

  private double[] scaled(double[] all) {
    double[] scaled = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      scaled[i] = scale(all[i]);
    }
    return scaled;
  }
}
