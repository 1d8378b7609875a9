package dev.kindred.benchmark;

import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.benchmark.Report.Row;
import dev.kindred.network.Network;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.recording.EpochGrid;
import dev.kindred.recording.ProbeImages;
import dev.kindred.recording.ProbePlan;
import dev.kindred.recording.Recorder;
import dev.kindred.recording.Recording;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Decision-region similarity of every two epochs of a recording of paper 2's size. One epoch is
 * recorded, of a small network; the others are copies of its file, as time and memory do not depend
 * on the labels.
 */
final class RegionMaps {
  private static final String LAYER = "logits";

  private final int rounds;
  private final int epochs;
  private final int planes;
  private final int resolution;

  RegionMaps(boolean quick, int rounds) {
    this.rounds = rounds;
    epochs = quick ? 40 : 1021;
    planes = quick ? 5 : 500;
    resolution = quick ? 20 : 50;
  }

  List<Row> rows() {
    Path folder = Scratch.folder("regions");
    try {
      record(folder);
      double[] work = new double[rounds];
      long memory = 0;
      for (int i = 0; i < rounds; i++) {
        int round = i;
        Runnable map =
            () ->
                work[round] =
                    Timing.seconds(() -> Recording.open(folder).regionSimilarity(LAYER).values());
        if (i == 0) {
          memory = MemoryMeter.peakWhile(map);
        } else {
          map.run();
        }
      }
      return List.of(
          new Row(
              String.format(
                  Locale.ROOT,
                  "decision regions, %d epochs × %d planes × %d points, 10 classes, on disk",
                  epochs,
                  planes,
                  resolution * resolution),
              Timing.alone(work),
              "",
              "≤ 4 GB",
              memory));
    } finally {
      Scratch.delete(folder);
    }
  }

  private void record(Path folder) {
    ImageSet images = DataSets.generated("objects", 8, 200, 1);
    ProbePlan plan =
        ProbePlan.random(EpochGrid.ALL, images, images, planes, resolution, new Seeds(1));
    Recorder recorder =
        new Recorder(
                folder,
                ProbeImages.balanced(images, 1, 20, new Seeds(1)),
                List.of(LAYER),
                EpochGrid.ALL,
                ElementType.FLOAT16)
            .withProbes(plan, 1);
    try (Network network =
        Network.untrained(
            "network",
            PlainCnn.plain(1),
            Network.InputShape.of(images),
            images.classNames().size(),
            new Seeds(1))) {
      recorder.epoch(0, network);
    }
    try {
      for (int epoch = 1; epoch < epochs; epoch++) {
        Files.copy(
            folder.resolve("epoch-000000.kindred"),
            folder.resolve(String.format(Locale.ROOT, "epoch-%06d.kindred", epoch)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
