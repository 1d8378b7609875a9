package dev.kindred.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Parameter;
import dev.kindred.study.grounding.GroundingStudy;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

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

  @Option(
      names = "--choose",
      description = {
        "Prints which measure to use for what, by the stored grounding study: a line for each",
        "thing that one may want of a measure, separated by tabs."
      })
  private boolean choose;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (choose) {
      if (name != null || json) {
        throw new InputException("measures: expected --choose alone");
      }
      choose(out);
      return;
    }
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

  private static void choose(PrintWriter out) {
    Table table =
        GroundingStudy.decisions()
            .orElseThrow(
                () ->
                    new InputException(
                        "measures --choose: no stored grounding study comes along;"
                            + " environment/kindred study grounding --profile real makes one"));
    out.println(String.join("\t", table.columnNames()));
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < table.columnCount(); column++) {
        cells.add(table.getString(row, column));
      }
      out.println(String.join("\t", cells));
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
    out.println(
        GroundingStudy.decisions().isPresent()
            ? "which measure for what: environment/kindred measures --choose"
            : "which measure for what: nothing is stored yet;"
                + " environment/kindred study grounding --profile real makes it");
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
