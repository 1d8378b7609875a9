package dev.kindred.cli;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.recording.Recording;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "recording",
    description = {
      "Tells what is recorded of a training run, one property a line, separated by tabs: epochs,",
      "layers, bytes, the bytes that checkpoints of the same epochs would take, and the share of",
      "the run's time that each part of recording took. For a sketch, also the largest difference",
      "from exact CKA that was measured in each layer."
    },
    mixinStandardHelpOptions = true)
final class RecordingCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of a recording.")
  private Path folder;

  @Override
  public void run() {
    Recording recording = Recording.open(folder);
    PrintWriter out = spec.commandLine().getOut();
    List<Integer> epochs = recording.epochs();
    out.println(
        "epochs\t"
            + epochs.size()
            + (epochs.isEmpty()
                ? ""
                : "\t" + epochs.get(0) + " to " + epochs.get(epochs.size() - 1)));
    out.println("epochs with probes\t" + recording.probeEpochs().size());
    out.println("layers\t" + String.join(", ", recording.taps()));
    out.println("stimuli\t" + recording.stimuli());
    out.println("bytes\t" + recording.bytes());
    out.println("bytes of checkpoints\t" + recording.checkpointBytes());
    recording
        .shares()
        .forEach(
            (part, share) ->
                out.printf(
                    Locale.ROOT, "share of the run's time, %s\t%.1f %%%n", part, 100 * share));
    if (recording.sketch().isPresent() && !epochs.isEmpty()) {
      out.println("sketch\t" + recording.sketch().get());
      recording.taps().forEach(tap -> printError(out, tap, recording.sketchError(tap)));
    }
  }

  private static void printError(PrintWriter out, String tap, LabelledMatrix error) {
    double largest = 0;
    for (double[] row : error.values()) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    out.printf(
        Locale.ROOT,
        "largest error of CKA, %s\t%.2g\tbetween %d epochs%n",
        tap,
        largest,
        error.rows().size());
  }
}
