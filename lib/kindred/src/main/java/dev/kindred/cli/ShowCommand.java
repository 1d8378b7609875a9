package dev.kindred.cli;

import dev.kindred.base.Progress;
import dev.kindred.representation.Representation;
import java.io.PrintWriter;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Locale;
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
    Representation x = reading.read(file);
    Summary summary = Summary.of(x);
    PrintWriter out = spec.commandLine().getOut();
    out.println("stimuli\t" + x.stimuli());
    out.println("units\t" + x.units());
    out.println("numbers\t" + x.precision().toString().toLowerCase(Locale.ROOT));
    out.println(
        "stimulus ids\t"
            + x.stimulusIds()
                .filter(ids -> !ids.isEmpty())
                .map(ids -> ids.get(0) + " … " + ids.get(ids.size() - 1))
                .orElse("not known"));
    out.println("not finite\t" + summary.notFinite());
    out.println("minimum\t" + Numbers.text(summary.minimum()));
    out.println("maximum\t" + Numbers.text(summary.maximum()));
    out.println("mean\t" + Numbers.text(summary.mean()));
    out.println("provenance\t" + x.provenance());
  }

  /** Of the finite numbers; NaN where there is none. */
  private record Summary(long notFinite, double minimum, double maximum, double mean) {
    static Summary of(Representation x) {
      double[] row = new double[x.units()];
      long notFinite = 0;
      long finite = 0;
      double minimum = Double.POSITIVE_INFINITY;
      double maximum = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int i = 0; i < x.stimuli(); i++) {
        Progress.checkCancelled();
        x.read(i, i + 1, DoubleBuffer.wrap(row));
        for (double value : row) {
          if (Double.isFinite(value)) {
            finite++;
            sum += value;
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
          } else {
            notFinite++;
          }
        }
      }
      return finite == 0
          ? new Summary(notFinite, Double.NaN, Double.NaN, Double.NaN)
          : new Summary(notFinite, minimum, maximum, sum / finite);
    }
  }
}
