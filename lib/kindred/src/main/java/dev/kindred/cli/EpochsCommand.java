package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.figure.HeatMap;
import dev.kindred.measure.Measures;
import dev.kindred.study.dynamics.EpochFeatures;
import dev.kindred.study.dynamics.EpochLabels;
import dev.kindred.study.dynamics.EpochMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "epochs",
    description = {
      "Compares a layer with itself at every two epochs of a training run that was recorded",
      "elsewhere, and writes an epoch × epoch table of comma-separated values.",
      "",
      "FOLDER holds LAYER/epoch-N.npy, the responses to the same images at every epoch;",
      "environment/recipes/export_epochs.py writes such files from PyTorch. By default: linear CKA",
      "with biased HSIC, the mean of batches of 512 images, in the order of the rows.",
      "With --labels: the share of points to which two epochs give the same label.",
      "",
      "With --figure: a map with logarithmic axes; gaps between epochs are grey."
    },
    mixinStandardHelpOptions = true)
final class EpochsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Folder of responses.")
  private Path folder;

  @Option(
      names = "--layer",
      paramLabel = "L",
      description = "The layer, a folder in FOLDER; needed where there are several.")
  private String layer;

  @Option(
      names = "--measure",
      paramLabel = "SPEC",
      description = "name or name[key=value,…] in place of the paper's CKA; see kindred measures.")
  private String measure;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = {
        "Images of a batch, over which values are averaged; 0 for all images at once.",
        "Default: 512 for the paper's CKA, all at once for --measure."
      })
  private Integer batch;

  @Option(
      names = "--labels",
      paramLabel = "LABELS.npy",
      description = "Labels in place of responses: whole numbers, epochs × points.")
  private Path labels;

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of the epochs that the rows of the labels are of (default: 0, 1, 2 …).")
  private List<Integer> epochs = List.of();

  @Mixin private TableOutput output;

  @Override
  public Integer call() throws IOException {
    if ((labels == null) == (folder == null)) {
      throw new InputException(
          "epochs: expected a folder of responses or --labels, found "
              + (labels == null ? "neither" : "both"));
    }
    if (labels != null && (layer != null || measure != null || batch != null)) {
      throw new InputException("epochs: --labels goes without --layer, --measure and --batch");
    }
    if (folder != null && !epochs.isEmpty()) {
      throw new InputException("epochs: --epochs goes with --labels; files name their epoch");
    }
    if (batch != null && batch < 0) {
      throw new InputException("--batch=" + batch + ": expected at least 0");
    }
    EpochFeatures features = labels == null ? EpochFeatures.open(folder) : null;
    output.check(labels == null ? files(features) : List.of(labels), List.of(), List.of(), "");
    EpochMap map =
        labels == null
            ? ofFeatures(features)
            : EpochLabels.read(labels, epochs).map(Progress.standard());
    if (output.figure() != null) {
      HeatMap.of(named(map.withGaps()))
          .rows("epoch")
          .columns("epoch")
          .logAxes()
          .save(output.figure());
    }
    LabelledMatrix named = named(map);
    output.write(named.csv());
    if (output.isFile()) {
      PrintWriter told = spec.commandLine().getOut();
      List<Integer> found = map.epochs();
      told.println(
          "epochs\t" + found.size() + "\t" + found.get(0) + " to " + found.get(found.size() - 1));
      map.gaps().forEach(gap -> told.println("missing\t" + gap[0] + " to " + gap[1]));
    }
    return 0;
  }

  private LabelledMatrix named(EpochMap map) {
    return map.matrix(Provenance.of("epochs of " + (labels == null ? folder : labels)));
  }

  /** Of every layer: what a run has recorded cannot be had again. */
  private static List<Path> files(EpochFeatures features) {
    return features.layers().stream()
        .flatMap(name -> features.files(name).values().stream())
        .toList();
  }

  private EpochMap ofFeatures(EpochFeatures features) {
    if (layer == null && features.layers().size() > 1) {
      throw new InputException(
          folder + " holds several layers: choose one by --layer: " + features.layers());
    }
    String chosen = layer == null ? features.layers().get(0) : layer;
    int size = batch != null ? batch : measure == null ? EpochFeatures.BATCH : 0;
    if (measure == null) {
      return features.cka(chosen, size, Progress.standard());
    }
    return size == 0
        ? features.map(chosen, Measures.parse(measure), Progress.standard())
        : features.map(chosen, Measures.parse(measure), size, Progress.standard());
  }
}
