package dev.kindred.cli;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.study.grounding.PublishedGrounding;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code kindred grounding}: do distances follow differences of function? */
@Command(
    name = "grounding",
    description = {
      "How far the distances of measures follow differences of accuracy: rank correlations.",
      "--published takes the authors' archive (data-manifests/metric-grounding-results.json says",
      "where it is), unpacked."
    },
    mixinStandardHelpOptions = true)
final class GroundingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--published",
      required = true,
      paramLabel = "DIR",
      description = {
        "The unpacked archive: full_dfs/<experiment>/full_df.csv and scores/<experiment>/.",
        "Writes table.csv, and variants.csv: numbers that were superseded or corrected."
      })
  private Path published;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the tables.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new InputException(out + ": expected a folder, found a file");
    }
    PublishedGrounding tables = PublishedGrounding.of(published);
    write("table.csv", tables.table());
    write("variants.csv", tables.variants());
    return 0;
  }

  private void write(String name, Table table) throws IOException {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    AtomicFile.write(out.resolve(name), text.toString());
    spec.commandLine().getOut().println(out.resolve(name));
  }
}
