package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.BottleneckResNet;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.tensor.TorchDevice;
import dev.kindred.network.training.Throughput;
import dev.kindred.network.zoo.Hardness;
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.ModelScores;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.network.zoo.Zoo;
import dev.kindred.network.zoo.ZooDeclarations;
import dev.kindred.network.zoo.ZooMember;
import dev.kindred.stimuli.DataSets;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    subcommands = {
      ZooCommand.ListAll.class,
      ZooCommand.Train.class,
      ZooCommand.HowHard.class,
      ZooCommand.Speed.class
    })
final class ZooCommand implements Runnable {
  private static final List<Integer> ONES = List.of(1, 1, 1, 1);

  /** A thousand times what the papers' largest networks are shown. */
  private static final long MOST_SHOWN = 1_000_000_000_000L;

  private static final int MOST_EPOCHS = 1_000_000;
  private static final int MOST_IMAGES = 10_000_000;
  private static final int MOST_AT_A_TIME = 4096;
  private static final double MOST_SECONDS = 86_400;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "zoo: list, train, hardness or speed? See kindred zoo --help");
  }

  /** Which zoo is meant. */
  static final class Choice {
    @Option(
        names = "--profile",
        paramLabel = "PROFILE",
        defaultValue = "demo",
        description = {
          "test, demo, or real for the public data sets that are on this machine, see kindred data",
          "list (default: ${DEFAULT-VALUE})."
        })
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
        names = "--shown",
        paramLabel = "N",
        defaultValue = "32000",
        description = {
          "With --data, training images that a network is shown; small sets are visited more often",
          "(default: ${DEFAULT-VALUE})."
        })
    private long shown;

    /**
     * The networks, whose data sets this opens and so may download.
     *
     * @throws InputException before that, if anything that was asked for is not possible
     */
    List<ModelDeclaration> declarations() {
      requireRange("--shown", shown, 1, MOST_SHOWN);
      if (data.isEmpty()) {
        return ZooDeclarations.of(profile);
      }
      for (int i = 0; i < data.size(); i++) {
        DataSets.requireImages(data.get(i));
        if (data.subList(0, i).contains(data.get(i))) {
          throw new InputException("--data: " + data.get(i) + " is named twice");
        }
      }
      return ZooDeclarations.on(
          data.stream().map(name -> TrainingData.Given.open(name, 32, 4000, 1000, 1)).toList(),
          shown);
    }
  }

  @Command(
      name = "list",
      description = {
        "Lists the declared networks, separated by tabs: name, objective, training data, kind,",
        "epochs, and for those that are trained accuracy, accuracy of a linear probe, that of the",
        "probe on the untrained twin, processor seconds, and how many classes an answer may name:",
        "five where 100 or more are taught."
      },
      mixinStandardHelpOptions = true)
  static final class ListAll implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private Choice choice;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      Store store = Store.standard();
      List<ModelDeclaration> declarations = choice.declarations();
      out.println(
          "model\tobjective\tdata\tarchitecture\tepochs\taccuracy\tprobe\tuntrained\tseconds\tguesses");
      for (ModelDeclaration declaration : declarations) {
        Optional<ModelScores> scores = Zoo.find(declaration, store).flatMap(ZooMember::scores);
        out.println(
            String.join(
                "\t",
                declaration.name(),
                declaration.plan().objective().kind().toString(),
                declaration.data().name(),
                declaration.plan().architecture().toString(),
                String.valueOf(declaration.plan().epochs()),
                scores.map(ZooCommand::columns).orElse("-\t-\t-\t-\t-")));
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
      requireRange("--parallel", parallel, 1, MOST_AT_A_TIME);
      TorchDevice.require();
      Zoo zoo = Zoo.train(choice.declarations(), Store.standard(), parallel, Progress.standard());
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "model\tobjective\tdata\tarchitecture\tsize\taccuracy\tprobe\tuntrained\tseconds\tguesses");
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

  @Command(
      name = "hardness",
      description = {
        "Measures how hard the built-in data sets are: right answers of a linear classifier on",
        "pixels, of a linear probe on an untrained network and of the trained network (220,000",
        "weights), on 1000 test images of 32×32; prints a table in Markdown. Trained networks are",
        "kept."
      },
      mixinStandardHelpOptions = true)
  static final class HowHard implements Runnable {
    private static final int PIXELS = 32;
    private static final int TEST_IMAGES = 1000;
    private static final long SEED = 100;

    @Spec private CommandSpec spec;

    @Option(
        names = "--only",
        split = ",",
        paramLabel = "NAME",
        description = "These data sets, by default all.")
    private List<String> only = List.of();

    @Option(
        names = "--images",
        paramLabel = "N",
        description = "Training images (default: ${DEFAULT-VALUE}).")
    private int images = 6000;

    @Option(
        names = "--epochs",
        paramLabel = "N",
        description = "Visits of them (default: ${DEFAULT-VALUE}).")
    private int epochs = 12;

    @Override
    public void run() {
      requireRange("--images", images, 100, MOST_IMAGES);
      requireRange("--epochs", epochs, 1, MOST_EPOCHS);
      TorchDevice.require();
      List<TrainingData> data = new ArrayList<>();
      for (String name : only.isEmpty() ? DataSets.generatedNames() : only) {
        data.add(new TrainingData.Generated(name, PIXELS, images, TEST_IMAGES, SEED));
      }
      List<Hardness> rows =
          Hardness.measure(
              data,
              epochs,
              Store.standard(),
              Runtime.getRuntime().availableProcessors(),
              Progress.standard());
      spec.commandLine().getOut().print(Hardness.markdown(rows));
    }
  }

  @Command(
      name = "speed",
      description = {
        "Measures images per second in training (Adam, no augmentation) and inference, on 32×32",
        "RGB images and all processors, and prints a table in Markdown."
      },
      mixinStandardHelpOptions = true)
  static final class Speed implements Runnable {
    private static final int PIXELS = 32;

    @Spec private CommandSpec spec;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        description = "Time for each figure (default: ${DEFAULT-VALUE}).")
    private double seconds = 5;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Images per batch (default: ${DEFAULT-VALUE}).")
    private int batch = 128;

    @Option(
        names = "--only",
        split = ",",
        paramLabel = "NAME",
        description = "Networks whose names contain one of these, by default all.")
    private List<String> only = List.of("");

    @Override
    public void run() {
      requireRange("--batch", batch, 1, MOST_AT_A_TIME);
      TorchDevice.require();
      if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
        throw new InputException(
            "--seconds=" + seconds + ": expected more than 0, at most " + MOST_SECONDS);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println("| network | parameters | train, images/s | infer, images/s |");
      out.println("|---|---|---|---|");
      networks()
          .forEach(
              (name, architecture) -> {
                if (only.stream().noneMatch(name::contains)) {
                  return;
                }
                Throughput found =
                    Throughput.measure(
                        architecture,
                        DataSets.generated("objects", PIXELS, batch, 1),
                        batch,
                        seconds);
                out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %,.0f |%n",
                    name,
                    found.parameters(),
                    found.trained(),
                    found.inferred());
                out.flush();
              });
    }

    private static Map<String, Architecture> networks() {
      Map<String, Architecture> networks = new LinkedHashMap<>();
      networks.put("plain CNN, 4 convolutions of 24 to 192", new PlainCnn(24, ONES, 192, 2));
      networks.put("VGG-like, width 32", PlainCnn.vggLike(32));
      networks.put("pre-activation ResNet, 3 blocks, k = 16", PreActivationResNet.small(16));
      networks.put("pre-activation ResNet-18, k = 16", PreActivationResNet.resNet18(16));
      networks.put("pre-activation ResNet-18, k = 64", PreActivationResNet.resNet18(64));
      networks.put("ResNet-50", BottleneckResNet.resNet50());
      networks.put(
          "ViT, width 64, depth 3, patch 8, convolutional stem", VisionTransformer.small(64, 3, 8));
      networks.put(
          "ViT, width 192, depth 6, patch 4", new VisionTransformer(192, 6, 3, 4, false, true));
      networks.put("ViT-B, patch 4", VisionTransformer.b4());
      return networks;
    }
  }

  private static void requireRange(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InputException(option + "=" + value + ": expected " + least + " to " + most);
    }
  }

  private static String columns(ModelScores scores) {
    return String.format(
        Locale.ROOT,
        "%s\t%.3f\t%.3f\t%.1f\t%d",
        Double.isNaN(scores.accuracy())
            ? "-"
            : String.format(Locale.ROOT, "%.3f", scores.accuracy()),
        scores.probe(),
        scores.untrainedProbe(),
        scores.seconds(),
        scores.guesses());
  }
}
