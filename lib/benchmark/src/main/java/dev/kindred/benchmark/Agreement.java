package dev.kindred.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far every measure is from the reference values on which public implementations agree: a
 * table, numbers in CSV and a figure. The references are a folder with {@code pairs.jsonl} and
 * {@code inputs.npz}, as the library's tests have it.
 */
final class Agreement {
  /** Differences below this are drawn on it, as a logarithm has no zero. */
  private static final double FLOOR = 1e-17;

  /**
   * One reference value.
   *
   * @param measure specification
   * @param caseName which data
   * @param reference the value to be found
   * @param found the value found
   */
  record Point(String measure, String caseName, double reference, double found) {
    /** |found − reference| / max(1, |reference|). */
    double difference() {
      return Math.abs(found - reference) / Math.max(1, Math.abs(reference));
    }
  }

  private final List<Point> points;

  private Agreement(List<Point> points) {
    this.points = points;
  }

  static Agreement measure(Path oracle) throws IOException {
    Map<String, Representation> inputs = new HashMap<>();
    List<Point> points = new ArrayList<>();
    for (String line : Files.readAllLines(oracle.resolve("pairs.jsonl"))) {
      JsonObject check = JsonParser.parseString(line).getAsJsonObject();
      String measure = check.get("measure").getAsString();
      Representation x = input(oracle, check.get("x").getAsString(), inputs);
      Representation y = input(oracle, check.get("y").getAsString(), inputs);
      points.add(
          new Point(
              measure,
              check.get("case").getAsString(),
              check.get("value").getAsDouble(),
              Measures.parse(measure).compare(x, y)));
    }
    return new Agreement(points);
  }

  private static Representation input(
      Path oracle, String name, Map<String, Representation> inputs) {
    return inputs.computeIfAbsent(
        name,
        n ->
            Representations.read(
                oracle.resolve("inputs.npz"), ReadOptions.defaults().entry(n).id(n)));
  }

  /** The largest difference of every measure, by name without parameters. */
  String table() {
    StringBuilder table =
        new StringBuilder("| measure | values | largest difference |\n|---|---|---|\n");
    byName()
        .forEach(
            (name, group) ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "| `%s` | %d | %.1e |%n",
                        name,
                        group.size(),
                        group.stream().mapToDouble(Point::difference).max().orElse(0))));
    return table.toString();
  }

  /** Writes {@code agreement.csv} and {@code agreement.png}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder csv = new StringBuilder("measure,case,reference,found,difference\n");
    for (Point point : points) {
      csv.append('"').append(point.measure()).append("\",").append(point.caseName()).append(',');
      csv.append(point.reference()).append(',').append(point.found()).append(',');
      csv.append(point.difference()).append('\n');
    }
    Files.writeString(folder.resolve("agreement.csv"), csv.toString());
    List<String> names = List.copyOf(byName().keySet());
    List<Double> differences = new ArrayList<>();
    List<Double> positions = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (Point point : byName().get(names.get(i))) {
        differences.add(Math.max(FLOOR, point.difference()));
        positions.add((double) (names.size() - i));
      }
    }
    ScatterFigure.titled("Difference from public implementations, " + points.size() + " values")
        .x("difference / max(1, |value|); exact agreement at 1e-17")
        .logX()
        .xRange(FLOOR / 2, Math.max(1e-5, 2 * largest()))
        .yNames(names)
        .size(760, 110 + 24 * names.size())
        .points("reference values", array(differences), array(positions))
        .save(folder.resolve("agreement.png"));
  }

  private double largest() {
    return points.stream().mapToDouble(Point::difference).max().orElse(0);
  }

  private Map<String, List<Point>> byName() {
    Map<String, List<Point>> groups = new LinkedHashMap<>();
    for (Point point : points) {
      String name = point.measure().replaceAll("\\[.*", "");
      groups.computeIfAbsent(name, n -> new ArrayList<>()).add(point);
    }
    return groups;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
