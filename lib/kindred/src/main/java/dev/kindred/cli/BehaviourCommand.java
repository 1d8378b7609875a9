package dev.kindred.cli;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import dev.kindred.study.convergence.BehaviourStatistics;
import dev.kindred.study.convergence.HumanBehaviour;
import dev.kindred.study.convergence.report.BehaviourFigures;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code kindred behaviour}: do networks err on the images on which people err? */
@Command(
    name = "behaviour",
    description = {
      "Accuracy and error consistency of networks beside people, on the seventeen sets of distorted",
      "images. Writes accuracy.csv, consistency.csv, behaviour.png and, where sets have levels,",
      "accuracy-by-level.png and consistency-by-level.png."
    },
    mixinStandardHelpOptions = true)
final class BehaviourCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = {
        "Folder of responses, <set>/<set>_<who>_session-N.csv, such as raw-data of the published",
        "repository (default: what kindred data fetch model-vs-human downloaded)."
      })
  private Path folder;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      description = "A set; may be given several times (default: all that are there).")
  private List<String> sets = List.of();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "A network; may be given several times (default: all that are there).")
  private List<String> networks = List.of();

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

  @Override
  public Integer call() throws IOException {
    CalibrationOptions.requireResamples("--bootstrap", replicates);
    HumanBehaviour behaviour =
        folder != null
            ? HumanBehaviour.open(folder)
            : HumanBehaviour.here()
                .orElseThrow(() -> new InputException("behaviour: " + HumanBehaviour.howToGet()));
    if (!sets.isEmpty()) {
      behaviour = behaviour.onlySets(sets);
    }
    if (!networks.isEmpty()) {
      behaviour = behaviour.onlyNetworks(networks);
    }
    AtomicFile.makeFolder(out);
    BehaviourStatistics statistics = behaviour.statistics(replicates, new Seeds(seed));
    BehaviourFigures figures = new BehaviourFigures(statistics);
    write("accuracy.csv", statistics.accuracyTable());
    write("consistency.csv", statistics.consistencyTable());
    save("behaviour.png", figures.sets());
    if (figures.haveLevels()) {
      save("accuracy-by-level.png", figures.accuracyByLevel());
      save("consistency-by-level.png", figures.consistencyByLevel());
    }
    spec.commandLine().getOut().println(figures.reading().here());
    return 0;
  }

  private void write(String name, Table table) throws IOException {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    AtomicFile.write(out.resolve(name), text.toString());
    spec.commandLine().getOut().println(out.resolve(name));
  }

  private void save(String name, Figure figure) throws IOException {
    figure.save(out.resolve(name));
    spec.commandLine().getOut().println(out.resolve(name));
  }
}
