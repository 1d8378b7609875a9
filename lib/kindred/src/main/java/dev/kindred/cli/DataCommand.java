package dev.kindred.cli;

import dev.kindred.base.Progress;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.files.DataFiles;
import dev.kindred.stimuli.files.FileObject;
import dev.kindred.stimuli.files.Manifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "data",
    description = "Lists, downloads and verifies image data sets and published results.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {DataCommand.ListAll.class, DataCommand.Fetch.class, DataCommand.Verify.class})
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "data: list, fetch or verify? See kindred data --help");
  }

  @Command(
      name = "list",
      description = {
        "Lists the data sets that manifests describe, separated by tabs: name, splits, bytes to",
        "download (? where not all are known), kind, licence."
      },
      mixinStandardHelpOptions = true)
  static final class ListAll implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      List<Manifest> manifests = DataSets.manifests();
      out.println("name\tsplits\tbytes\tkind\tlicence");
      for (Manifest manifest : manifests) {
        out.println(
            String.join(
                "\t",
                manifest.name(),
                manifest
                    .images()
                    .map(images -> String.join(",", images.splits().keySet()))
                    .orElse("-"),
                bytes(manifest.wholeFiles()),
                manifest.images().map(images -> images.category()).orElse("published result"),
                manifest.license()));
      }
    }

    private static String bytes(List<FileObject> files) {
      long sum = 0;
      for (FileObject file : files) {
        OptionalLong size = file.size();
        if (size.isEmpty()) {
          return "?";
        }
        sum += size.getAsLong();
      }
      return String.valueOf(sum);
    }
  }

  @Command(
      name = "fetch",
      description = {
        "Downloads what is missing, verifies all files and prints where they are. A download that",
        "was stopped goes on where it stopped."
      },
      mixinStandardHelpOptions = true)
  static final class Fetch implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Data sets; see data list.")
    private List<String> names;

    @Override
    public void run() {
      names.forEach(DataSets::manifest); // a misspelt name fails before anything is downloaded
      for (String name : names) {
        for (Path file : DataSets.fetch(name, Progress.standard())) {
          spec.commandLine().getOut().println(file);
        }
      }
    }
  }

  @Command(
      name = "verify",
      description = {
        "Checks size and checksum of the files that are here and prints, separated by tabs: data",
        "set, file, state, place or problem. Status 2 if a file is wrong, or missing from a data",
        "set that was named."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Data sets; all if none.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
      List<String> chosen =
          names.isEmpty() ? DataSets.manifests().stream().map(Manifest::name).toList() : names;
      boolean good = true;
      for (String name : chosen) {
        for (DataFiles.Finding finding : DataSets.verify(name)) {
          good &=
              finding.state() != DataFiles.State.WRONG
                  && (names.isEmpty() || finding.state() != DataFiles.State.MISSING);
          spec.commandLine()
              .getOut()
              .println(
                  String.join(
                      "\t",
                      name,
                      finding.file().id(),
                      finding.state().name().toLowerCase(Locale.ROOT),
                      finding.detail().isEmpty()
                          ? finding.path().map(Path::toString).orElse("")
                          : finding.detail()));
        }
      }
      return good ? 0 : Main.BAD_INPUT;
    }
  }
}
