package dev.kindred.benchmark;

import dev.kindred.figure.LineFigure;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the time and memory of linear CKA grow with the number of stimuli, units and models, doubled
 * one at a time.
 */
final class Growth {
  /** Of the budget that every point is given: small, so that memory shows what is needed. */
  private static final long BUDGET = 256L << 20;

  /**
   * One point.
   *
   * @param varied what was varied, {@code n}, {@code p} or {@code M}
   * @param n stimuli
   * @param p units of every model
   * @param models number of models
   * @param seconds time
   * @param memory bytes beside the features
   */
  record Point(String varied, int n, int p, int models, double seconds, long memory) {}

  private final List<Point> points;

  private Growth(List<Point> points) {
    this.points = points;
  }

  static Growth measure(boolean quick) {
    int n = quick ? 500 : 2000;
    int p = quick ? 64 : 256;
    int m = 8;
    List<Point> points = new ArrayList<>();
    point("warm", n, p, m);
    for (int factor : new int[] {1, 2, 4, 8}) {
      points.add(point("n", n * factor, p, m));
    }
    for (int factor : new int[] {1, 2, 4, 8}) {
      points.add(point("p", n, p * factor, m));
    }
    for (int factor : new int[] {1, 2, 4, 8}) {
      points.add(point("M", n, p, m * factor));
    }
    return new Growth(points);
  }

  private static Point point(String varied, int n, int p, int models) {
    List<Representation> representations = Models.cycling(models, n, p);
    double[] seconds = new double[1];
    long memory =
        MemoryMeter.peakWhile(
            () -> seconds[0] = Timing.seconds(() -> Works.matrix("cka", representations, BUDGET)));
    return new Point(varied, n, p, models, seconds[0], memory);
  }

  String table() {
    StringBuilder table =
        new StringBuilder(
            "| varied | n | p | M | time | memory beside the features |\n|---|---|---|---|---|---|\n");
    for (Point point : points) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %d | %s s | %d MiB |%n",
              point.varied(),
              point.n(),
              point.p(),
              point.models(),
              Report.digits(point.seconds()),
              point.memory() >> 20));
    }
    return table.toString();
  }

  /** Writes {@code growth.csv} and the figure of time against M. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder csv = new StringBuilder("varied,n,p,models,seconds,memory_bytes\n");
    for (Point point : points) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%d,%.6f,%d%n",
              point.varied(),
              point.n(),
              point.p(),
              point.models(),
              point.seconds(),
              point.memory()));
    }
    Files.writeString(folder.resolve("growth.csv"), csv.toString());
    List<Point> models = points.stream().filter(point -> point.varied().equals("M")).toList();
    double[] x = models.stream().mapToDouble(Point::models).toArray();
    double[] y = models.stream().mapToDouble(Point::seconds).toArray();
    LineFigure.titled("Linear CKA of all pairs: time against the number of models")
        .x("models")
        .y("seconds")
        .line("measured", x, y)
        .save(folder.resolve("time-against-models.png"));
  }
}
