package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.figure.Figure;
import dev.kindred.study.behaviour.BehaviourStatistics;
import dev.kindred.study.behaviour.HumanBehaviour;
import dev.kindred.study.behaviour.report.BehaviourFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kindred behaviour}: do networks err on the images on which people err? */
@Command(
    name = "behaviour",
    description = {
      "Accuracy and error consistency of networks beside people, on the seventeen sets of"
          + " distorted",
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

  @Mixin private ResampledTables output;

  @Override
  public Integer call() throws IOException {
    output.check();
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
    HumanBehaviour chosen = behaviour;
    BehaviourStatistics statistics =
        output.inFolder(() -> chosen.statistics(output.replicates(), output.seeds()));
    BehaviourFigures figures = new BehaviourFigures(statistics);
    // What cannot be drawn is found before anything is written.
    Figure sets = figures.sets();
    output.write("accuracy.csv", statistics.accuracyTable());
    output.write("consistency.csv", statistics.consistencyTable());
    output.save("behaviour.png", sets);
    if (figures.haveLevels()) {
      output.save("accuracy-by-level.png", figures.accuracyByLevel());
      output.save("consistency-by-level.png", figures.consistencyByLevel());
    }
    spec.commandLine().getOut().println(figures.reading().here());
    return 0;
  }
}
