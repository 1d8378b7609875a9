package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.array.ElementType;
import dev.kindred.recording.Recording;
import dev.kindred.recording.RecordingSize;
import dev.kindred.recording.Sketch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "recording",
    description = {
      "Tells what is recorded of a training run, one property a line, separated by tabs: epochs,",
      "layers, bytes, the bytes that checkpoints of the same epochs would take, and the share of",
      "the run's time that each part of recording took. For a sketch, also the largest difference",
      "from exact CKA that was measured in each layer.",
      "With --plan: the bytes that a run will take, whole and as a sketch, and those of checkpoints."
    },
    mixinStandardHelpOptions = true)
final class RecordingCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder of a recording.")
  private Path folder;

  @Option(
      names = "--plan",
      description =
          "Tell what a run would take, by default paper 2's: ResNet-18, k = 64, 4000 epochs.")
  private boolean plan;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Recorded epochs of the plan (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "6",
      description = "Recorded layers of the plan (default: ${DEFAULT-VALUE}).")
  private int layers;

  @Option(
      names = "--batches",
      paramLabel = "N",
      defaultValue = "4",
      description = "Batches of probe images of the plan (default: ${DEFAULT-VALUE}).")
  private int batches;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "512",
      description = "Images of a batch of the plan (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      defaultValue = "11172170",
      description = "Numbers of a checkpoint of the plan (default: ${DEFAULT-VALUE}).")
  private long parameters;

  @Override
  public void run() {
    if (plan == (folder != null)) {
      throw new InputException(
          "recording: expected the folder of a recording or --plan, found "
              + (plan ? "both" : "neither"));
    }
    if (plan) {
      printPlan();
    } else {
      printRecording();
    }
  }

  private void printPlan() {
    RecordingSize size = new RecordingSize(epochs, layers, batches, batchSize);
    PrintWriter out = spec.commandLine().getOut();
    printBytes(out, "whole, float32", size.whole(ElementType.FLOAT32));
    printBytes(out, "whole, float16", size.whole(ElementType.FLOAT16));
    printBytes(
        out,
        "sketch of " + Sketch.SMALL.numbers() + " numbers, float16",
        size.sketched(Sketch.SMALL, ElementType.FLOAT16));
    printBytes(out, "checkpoints, float32", size.checkpoints(parameters));
  }

  private static void printBytes(PrintWriter out, String what, long bytes) {
    out.printf(Locale.ROOT, "%s\t%d\t%.1f GB%n", what, bytes, bytes / 1e9);
  }

  private void printRecording() {
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
    out.println("layers\t" + String.join(", ", recording.layers()));
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
      recording.layers().forEach(layer -> printError(out, layer, recording.sketchError(layer)));
    }
  }

  private static void printError(PrintWriter out, String layer, LabelledMatrix error) {
    double largest = 0;
    for (double[] row : error.values()) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    out.printf(
        Locale.ROOT,
        "largest error of CKA, %s\t%.2g\tbetween %d epochs%n",
        layer,
        largest,
        error.rows().size());
  }
}
