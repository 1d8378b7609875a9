package dev.kindred.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers for axes and colour bars. */
final class Ticks {
  private Ticks() {}

  /** Multiples of 1, 2 or 5 times a power of ten within [low, high], about {@code count}. */
  static List<Double> linear(double low, double high, int count) {
    List<Double> ticks = new ArrayList<>();
    if (!(high > low)) {
      ticks.add(low);
      return ticks;
    }
    double step = step(low, high, count);
    double slack = step * 1e-9;
    for (long i = (long) Math.ceil((low - slack) / step); i * step <= high + slack; i++) {
      ticks.add(multiple(i, step));
    }
    return ticks;
  }

  /**
   * The narrowest such multiples, the least and the greatest, that have all of it between them, but
   * for a tenth of a step: what is 0 by chance alone needs no room below 0.
   */
  static List<Double> around(double low, double high, int count) {
    double step = step(low, high, count);
    double slack = step / 10;
    return List.of(
        multiple((long) Math.floor((low + slack) / step), step),
        multiple((long) Math.ceil((high - slack) / step), step));
  }

  private static double step(double low, double high, int count) {
    double raw = (high - low) / Math.max(1, count);
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double ratio = raw / power;
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  }

  /** Rounds 0.30000000000000004 to the decimals of the step, and −0 to 0. */
  private static double multiple(long times, double step) {
    double digits = Math.pow(10, Math.max(0, Math.ceil(-Math.log10(step)) + 1));
    return Math.round(times * step * digits) / digits + 0.0;
  }

  /** 1, 2 and 5 times powers of ten within [low, high], or only the powers where those are many. */
  static List<Double> logarithmic(double low, double high) {
    List<Double> ticks = new ArrayList<>();
    boolean decadesOnly = high / low > 2000;
    for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
      for (double factor : decadesOnly ? new double[] {1} : new double[] {1, 2, 5}) {
        if (power * factor >= low * (1 - 1e-9) && power * factor <= high * (1 + 1e-9)) {
          ticks.add(power * factor);
        }
      }
    }
    return ticks;
  }

  /** One number on its own, as short as it can be. */
  static String label(double value) {
    return labels(List.of(value)).get(0);
  }

  /** Labels with just the decimals that tell the ticks apart. */
  static List<String> labels(List<Double> ticks) {
    double largest = ticks.stream().mapToDouble(Math::abs).max().orElse(0);
    double step = ticks.size() < 2 ? largest : Math.abs(ticks.get(1) - ticks.get(0));
    if (largest != 0 && (largest >= 1e6 || (step > 0 && step < 1e-4))) {
      return ticks.stream().map(t -> String.format(Locale.ROOT, "%.2g", t)).toList();
    }
    int decimals = 0;
    while (decimals < 6 && !roundsTo(ticks, decimals)) {
      decimals++;
    }
    String format = "%." + decimals + "f";
    return ticks.stream()
        .map(t -> String.format(Locale.ROOT, format, t).replace('-', '−'))
        .toList();
  }

  private static boolean roundsTo(List<Double> ticks, int decimals) {
    double scale = Math.pow(10, decimals);
    double largest = ticks.stream().mapToDouble(Math::abs).max().orElse(0);
    return ticks.stream()
        .allMatch(t -> Math.abs(Math.round(t * scale) / scale - t) <= 1e-7 * largest);
  }
}
