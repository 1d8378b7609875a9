package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationCollection;
import dev.kindred.study.grounding.FunctionGrounding;
import dev.kindred.study.grounding.PublishedGrounding;
import dev.kindred.study.grounding.report.GroundingFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

/** {@code kindred grounding}: do distances follow differences of function? */
@Command(
    name = "grounding",
    description = {
      "How far the distances of measures follow differences of accuracy: rank correlations.",
      "Either --published takes the authors' archive (data-manifests/metric-grounding-results.json",
      "says where it is), unpacked; or --features and --function take networks of one's own."
    },
    mixinStandardHelpOptions = true)
final class GroundingCommand implements Callable<Integer> {
  @Option(
      names = "--published",
      paramLabel = "DIR",
      description = {
        "The unpacked archive: full_dfs/<experiment>/full_df.csv and scores/<experiment>/.",
        "Writes table.csv, and variants.csv: numbers that were superseded or corrected."
      })
  private Path published;

  @Option(
      names = "--features",
      paramLabel = "DIR",
      description = "A folder of features, <network>.<ending>. Writes ranking.csv and ranking.png.")
  private Path features;

  @Option(
      names = "--function",
      paramLabel = "CSV",
      description = "What each network does: a column of names, and one of numbers.")
  private Path function;

  @Option(
      names = "--measure",
      paramLabel = "SPEC",
      description = "A measure; may be given several times (default: those of the text).")
  private List<String> measures = List.of();

  @Option(names = "--all", description = "Every measure of the catalogue that applies.")
  private boolean all;

  @Mixin private ResampledTables output;

  @Override
  public Integer call() throws IOException {
    output.check();
    if (published != null) {
      if (features != null || function != null || all || !measures.isEmpty()) {
        throw new InputException(
            "grounding: expected --published or --features with --function, found both");
      }
      PublishedGrounding tables = PublishedGrounding.of(published);
      output.write("table.csv", tables.table());
      output.write("variants.csv", tables.variants());
      return 0;
    }
    if (features == null || function == null) {
      throw new InputException(
          "grounding: expected --published, or --features with --function; see grounding --help");
    }
    if (all && !measures.isEmpty()) {
      throw new InputException("grounding: expected --measure or --all, found both");
    }
    List<Representation> networks = networks();
    double[] function = function(networks);
    Table ranking = output.inFolder(() -> ranking(networks, function));
    output.write("ranking.csv", ranking);
    if (ranking.doubleColumn("rho").countMissing() < ranking.rowCount()) {
      output.save("ranking.png", GroundingFigures.ranking(ranking));
    }
    return 0;
  }

  private Table ranking(List<Representation> networks, double[] numbers) {
    return FunctionGrounding.ranking(
        networks,
        numbers,
        all
            ? FunctionGrounding.applicable()
            : FunctionGrounding.named(
                measures.isEmpty() ? FunctionGrounding.textMeasures() : measures),
        output.replicates(),
        output.seeds(),
        Store.standard());
  }

  private List<Representation> networks() {
    RepresentationCollection collection = RepresentationCollection.open(features);
    if (collection.dataSets().size() != 1) {
      throw new InputException(
          features
              + ": expected features on one set of stimuli, found those of "
              + String.join(", ", collection.dataSets()));
    }
    return collection.read(collection.dataSets().get(0), Progress.standard());
  }

  private double[] function(List<Representation> networks) {
    Table table = RepresentationCollection.readModels(function);
    if (table.columnCount() != 2) {
      throw new InputException(
          function
              + ": expected a column of names and one of numbers, found "
              + String.join(", ", table.columnNames()));
    }
    Map<String, String> numbers = new LinkedHashMap<>();
    for (int i = 0; i < table.rowCount(); i++) {
      numbers.put(table.getString(i, 0), table.getString(i, 1));
    }
    List<String> names = networks.stream().map(Representation::id).toList();
    List<String> without = numbers.keySet().stream().filter(name -> !names.contains(name)).toList();
    if (!without.isEmpty()) {
      throw new InputException(
          features + ": expected features of every network, found none of " + without);
    }
    double[] values = new double[names.size()];
    for (int i = 0; i < values.length; i++) {
      String text = numbers.get(names.get(i));
      try {
        values[i] = Double.parseDouble(text == null ? "" : text);
      } catch (NumberFormatException e) {
        throw new InputException(
            function
                + ": expected a number for "
                + names.get(i)
                + ", found "
                + (text == null || text.isBlank() ? "none" : text),
            e);
      }
    }
    return values;
  }
}
