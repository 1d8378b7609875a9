package dev.kindred.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.base.Json;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Parameter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "measures",
    description = {
      "Lists the measures with their parameters and defaults, one a line:",
      "specification, direction, range and summary, separated by tabs."
    },
    mixinStandardHelpOptions = true)
final class MeasuresCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Tells all about one measure.")
  private String name;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<CatalogueEntry> entries = name == null ? Measures.all() : List.of(Measures.entry(name));
    if (json) {
      JsonArray all = new JsonArray();
      entries.forEach(entry -> all.add(json(entry)));
      out.println(
          Json.builder()
              .setPrettyPrinting()
              .disableHtmlEscaping()
              .create()
              .toJson(name == null ? all : all.get(0)));
    } else if (name == null) {
      entries.forEach(entry -> out.println(line(entry)));
    } else {
      describe(out, entries.get(0));
    }
  }

  private static String line(CatalogueEntry entry) {
    MeasureInfo info = entry.info();
    return String.join("\t", withDefaults(entry), direction(info), range(info), info.summary());
  }

  private static void describe(PrintWriter out, CatalogueEntry entry) {
    MeasureInfo info = entry.info();
    out.println(withDefaults(entry));
    out.println(info.summary());
    out.println("choose it: " + info.choice());
    for (Parameter parameter : entry.parameters()) {
      out.printf(
          Locale.ROOT,
          "  %s=%s (%s): %s%n",
          parameter.name(),
          parameter.defaultValue(),
          parameter.values(),
          parameter.description());
    }
    out.println("direction: " + direction(info) + ", range: " + range(info));
    out.println("symmetric: " + (info.symmetric() ? "yes" : "no"));
    out.println(
        "unchanged by: "
            + info.invariances().stream()
                .map(i -> i.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .sorted()
                .collect(Collectors.joining(", ")));
    out.println("least number of stimuli: " + info.minimumStimuli());
    out.println(
        "float32 responses change at most: "
            + info.float32Error()
            + (info.float32Condition().isEmpty() ? "" : "; not " + info.float32Condition()));
    out.println("policy: " + info.policy());
    out.println("source: " + info.source());
  }

  private static JsonObject json(CatalogueEntry entry) {
    MeasureInfo info = entry.info();
    JsonObject measure = new JsonObject();
    measure.addProperty("name", entry.name());
    JsonArray parameters = new JsonArray();
    for (Parameter parameter : entry.parameters()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", parameter.name());
      one.addProperty("default", parameter.defaultValue());
      one.addProperty("values", parameter.values());
      one.addProperty("description", parameter.description());
      parameters.add(one);
    }
    measure.add("parameters", parameters);
    measure.addProperty("summary", info.summary());
    measure.addProperty("choice", info.choice());
    measure.addProperty("direction", direction(info));
    // JSON has no infinity; an unbounded end is null.
    measure.addProperty("minimum", Double.isInfinite(info.minimum()) ? null : info.minimum());
    measure.addProperty("maximum", Double.isInfinite(info.maximum()) ? null : info.maximum());
    measure.addProperty("symmetric", info.symmetric());
    JsonArray invariances = new JsonArray();
    info.invariances().stream()
        .map(i -> i.name().toLowerCase(Locale.ROOT))
        .sorted()
        .forEach(invariances::add);
    measure.add("invariances", invariances);
    measure.addProperty("minimumStimuli", info.minimumStimuli());
    measure.addProperty("float32Error", info.float32Error());
    measure.addProperty("float32Condition", info.float32Condition());
    measure.addProperty("policy", info.policy());
    measure.addProperty("source", info.source());
    return measure;
  }

  private static String withDefaults(CatalogueEntry entry) {
    if (entry.parameters().isEmpty()) {
      return entry.name();
    }
    return entry.parameters().stream()
        .map(parameter -> parameter.name() + "=" + parameter.defaultValue())
        .collect(Collectors.joining(",", entry.name() + "[", "]"));
  }

  private static String direction(MeasureInfo info) {
    return info.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String range(MeasureInfo info) {
    return bound(info.minimum()) + ".." + bound(info.maximum());
  }

  private static String bound(double bound) {
    if (Double.isInfinite(bound)) {
      return bound > 0 ? "inf" : "-inf";
    }
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
