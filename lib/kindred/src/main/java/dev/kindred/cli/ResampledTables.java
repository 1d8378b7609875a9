package dev.kindred.cli;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** Tables and figures of resampled statistics, in a folder; every file that is written is named. */
final class ResampledTables {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Bootstrap replicates and permutations (default: ${DEFAULT-VALUE}).")
  private int replicates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of these (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for tables and figures.")
  private Path out;

  /** Refuses what cannot be meant, before anything is computed. */
  void check() {
    CalibrationOptions.requireResamples("--bootstrap", replicates);
  }

  int replicates() {
    return replicates;
  }

  Seeds seeds() {
    return new Seeds(seed);
  }

  /**
   * Makes the folder, then what is to be written there, which may take hours. A new folder is not
   * left behind where the input turns out to be bad.
   */
  <T> T inFolder(Supplier<T> results) throws IOException {
    boolean isNew = !Files.exists(out);
    AtomicFile.makeFolder(out);
    try {
      return results.get();
    } catch (InputException e) {
      if (isNew) {
        Files.deleteIfExists(out);
      }
      throw e;
    }
  }

  void write(String name, Table table) throws IOException {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    AtomicFile.write(out.resolve(name), text.toString());
    tell(name);
  }

  void save(String name, Figure figure) throws IOException {
    figure.save(out.resolve(name));
    tell(name);
  }

  private void tell(String name) {
    command.commandLine().getOut().println(out.resolve(name));
  }
}
