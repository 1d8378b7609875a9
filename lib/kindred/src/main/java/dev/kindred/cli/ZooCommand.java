package dev.kindred.cli;

import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.ModelScores;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.network.zoo.Zoo;
import dev.kindred.network.zoo.ZooDeclarations;
import dev.kindred.network.zoo.ZooMember;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "zoo",
    description = "Lists and trains the networks that notebooks compare.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {ZooCommand.ListAll.class, ZooCommand.Train.class})
final class ZooCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "zoo: list or train? See kindred zoo --help");
  }

  /** Which zoo is meant. */
  static final class Choice {
    @Option(
        names = "--profile",
        paramLabel = "PROFILE",
        defaultValue = "demo",
        description = "test or demo (default: ${DEFAULT-VALUE}).")
    private String profile;

    @Option(
        names = "--data",
        split = ",",
        paramLabel = "NAME",
        description = {
          "Instead of a profile, a zoo on data sets that manifests describe (see kindred data list):",
          "four networks on each, of at most 4000 training images."
        })
    private List<String> data = List.of();

    @Option(
        names = "--epochs",
        paramLabel = "N",
        defaultValue = "8",
        description = "With --data, visits of every data set (default: ${DEFAULT-VALUE}).")
    private int epochs;

    List<ModelDeclaration> declarations() {
      if (data.isEmpty()) {
        return ZooDeclarations.of(profile);
      }
      return ZooDeclarations.on(
          data.stream().map(name -> TrainingData.Given.open(name, 32, 4000, 1000, 1)).toList(),
          epochs);
    }
  }

  @Command(
      name = "list",
      description = {
        "Lists the declared networks, separated by tabs: name, objective, training data, kind,",
        "epochs, and for those that are trained accuracy, accuracy of a linear probe, that of the",
        "probe on the untrained twin, and processor seconds."
      },
      mixinStandardHelpOptions = true)
  static final class ListAll implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private Choice choice;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      Store store = Store.standard();
      out.println(
          "model\tobjective\tdata\tarchitecture\tepochs\taccuracy\tprobe\tuntrained\tseconds");
      for (ModelDeclaration declaration : choice.declarations()) {
        Optional<ModelScores> scores = Zoo.find(declaration, store).flatMap(ZooMember::scores);
        out.println(
            String.join(
                "\t",
                declaration.name(),
                declaration.plan().objective().kind().toString(),
                declaration.data().name(),
                declaration.plan().architecture().toString(),
                String.valueOf(declaration.plan().epochs()),
                scores.map(ZooCommand::columns).orElse("-\t-\t-\t-")));
      }
    }
  }

  @Command(
      name = "train",
      description = {
        "Trains the declared networks that are not in the store yet, several at a time, and prints",
        "the zoo, separated by tabs. Can be stopped, and goes on where it stopped."
      },
      mixinStandardHelpOptions = true)
  static final class Train implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private Choice choice;

    @Option(
        names = "--parallel",
        paramLabel = "N",
        description = "Networks that are trained at a time (default: one per processor).")
    private int parallel = Runtime.getRuntime().availableProcessors();

    @Override
    public void run() {
      if (parallel < 1) {
        throw new ParameterException(
            spec.commandLine(), "--parallel: expected at least 1, found " + parallel);
      }
      Zoo zoo = Zoo.train(choice.declarations(), Store.standard(), parallel, Progress.standard());
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "model\tobjective\tdata\tarchitecture\tsize\taccuracy\tprobe\tuntrained\tseconds");
      for (ZooMember member : zoo.members()) {
        out.println(
            String.join(
                "\t",
                member.name(),
                member.attributes().objective(),
                member.attributes().trainingData(),
                member.attributes().architecture(),
                member.attributes().size(),
                columns(member.scores().orElseThrow())));
      }
      PrintWriter err = spec.commandLine().getErr();
      for (ZooMember member : zoo.rejected()) {
        ModelScores scores = member.scores().orElseThrow();
        err.printf(
            Locale.ROOT,
            "left out: %s, probe %.3f, untrained %.3f%n",
            member.name(),
            scores.probe(),
            scores.untrainedProbe());
      }
    }
  }

  private static String columns(ModelScores scores) {
    return String.format(
        Locale.ROOT,
        "%s\t%.3f\t%.3f\t%.1f",
        Double.isNaN(scores.accuracy())
            ? "-"
            : String.format(Locale.ROOT, "%.3f", scores.accuracy()),
        scores.probe(),
        scores.untrainedProbe(),
        scores.seconds());
  }
}
