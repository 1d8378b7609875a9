package dev.kindred.cli;

import dev.kindred.base.Numbers;
import dev.kindred.representation.Description;
import dev.kindred.representation.Description.ArrayDescription;
import dev.kindred.representation.Description.Values;
import dev.kindred.representation.Representation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description = "Tells what a file of responses holds, one property a line, separated by tabs.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "A file of responses.")
  private Path file;

  @Mixin private ReadingOptions reading;

  @Override
  public void run() {
    Description description = reading.describe(file);
    PrintWriter out = spec.commandLine().getOut();
    out.println("format\t" + description.format());
    if (description.array().isEmpty() || description.entries().size() > 1) {
      description
          .entries()
          .forEach(e -> out.println("entry\t" + e.name() + "\t" + e.description()));
    }
    if (description.array().isEmpty()) {
      out.println("array\tchoose one of the entries with --entry");
      return;
    }
    print(out, description.array().get());
    out.println(
        "stimulus ids\t" + description.stimulusIds().map(ShowCommand::ends).orElse("not known"));
    if (description.array().get().values().isPresent()) {
      printRepresentation(out);
    }
  }

  private static void print(PrintWriter out, ArrayDescription array) {
    if (!array.entry().isEmpty()) {
      out.println("array\t" + array.entry());
    }
    out.println("shape\t" + array.shape());
    out.println("dtype\t" + array.dtype());
    if (array.values().isEmpty()) {
      out.println("numbers\tnot read, as they take more than " + Description.READ_BYTES + " bytes");
      return;
    }
    Values values = array.values().get();
    out.println("NaN\t" + values.nan());
    out.println("infinite\t" + values.infinite());
    out.println("minimum\t" + Numbers.text(values.minimum()));
    out.println("maximum\t" + Numbers.text(values.maximum()));
    out.println("mean\t" + Numbers.text(values.mean()));
  }

  /** What the array becomes when it is read with the same options. */
  private void printRepresentation(PrintWriter out) {
    Representation x = reading.read(file);
    out.println("stimuli\t" + x.stimuli());
    out.println("units\t" + x.units());
    out.println("numbers\t" + x.precision());
    out.println("rounded to\t" + x.rounding());
    out.println("provenance\t" + x.provenance());
  }

  private static String ends(List<String> ids) {
    return ids.isEmpty() ? "none" : ids.get(0) + " … " + ids.get(ids.size() - 1);
  }
}
