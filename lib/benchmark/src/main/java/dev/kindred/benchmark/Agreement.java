package dev.kindred.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * How far every measure is from its reference values: of public implementations, or of scripts: a
 * table, numbers in CSV and a figure. The references are a folder of test resources; its README.md
 * says what is in it.
 */
final class Agreement {
  /** Where the references lie in a clone. */
  static final String IN_A_CLONE = "lib/kindred/src/test/resources/dev/kindred/oracle";

  private static final Pattern LABELS = Pattern.compile("labels=([^,\\]]+)");

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

  static Agreement measure(Path references) throws IOException {
    Map<String, Representation> inputs = new HashMap<>();
    List<Point> points = new ArrayList<>();
    Path labels = Files.createTempFile("kindred-labels", ".npy");
    try {
      for (Path file : files(references)) {
        for (String line : Files.readAllLines(file)) {
          JsonObject check = JsonParser.parseString(line).getAsJsonObject();
          String measure = check.get("measure").getAsString();
          points.add(
              new Point(
                  measure,
                  check.get("case").getAsString(),
                  check.get("value").getAsDouble(),
                  Measures.parse(withLabelFile(measure, file, labels, inputs))
                      .compare(
                          input(file, check.get("x").getAsString(), inputs),
                          input(file, check.get("y").getAsString(), inputs))));
        }
      }
    } finally {
      Files.delete(labels);
    }
    return new Agreement(points);
  }

  /** Labels are an array beside the inputs, and a file for the measure. */
  private static String withLabelFile(
      String measure, Path file, Path labels, Map<String, Representation> inputs) {
    Matcher label = LABELS.matcher(measure);
    if (!label.find()) {
      return measure;
    }
    Representations.write(input(file, label.group(1), inputs), labels);
    return label.replaceFirst(Matcher.quoteReplacement("labels=" + labels));
  }

  /** Values of public implementations first, then those of the scripts. */
  private static List<Path> files(Path references) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String glob : List.of("pairs*.jsonl", "independent-*.jsonl")) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(references, glob)) {
        List<Path> these = new ArrayList<>();
        found.forEach(these::add);
        these.sort(null);
        files.addAll(these);
      }
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(
          references + ": expected pairs*.jsonl or independent-*.jsonl, found neither");
    }
    return files;
  }

  /** From the archive beside the file, or from the one that all share. */
  private static Representation input(Path file, String name, Map<String, Representation> inputs) {
    Path own = file.resolveSibling(file.getFileName().toString().replace(".jsonl", ".npz"));
    return inputs.computeIfAbsent(
        file + " " + name,
        key -> {
          Path archive = holds(own, name) ? own : file.resolveSibling("inputs.npz");
          return Representations.read(archive, ReadOptions.defaults().entry(name).id(name));
        });
  }

  private static boolean holds(Path archive, String name) {
    if (!Files.isRegularFile(archive)) {
      return false;
    }
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.getEntry(name + ".npy") != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of reference values. */
  int values() {
    return points.size();
  }

  /** The largest difference of every measure, by name without parameters. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            points.size()
                + " values\n\n| measure | values | largest difference |\n|---|---|---|\n");
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
    ScatterFigure.titled("Difference from the references of a clone, " + points.size() + " values")
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
