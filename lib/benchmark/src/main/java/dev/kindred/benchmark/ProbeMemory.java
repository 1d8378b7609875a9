package dev.kindred.benchmark;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.benchmark.Report.Row;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.List;

/**
 * What a linear probe on a wide layer needs when its responses may take 256 MB of memory and lie on
 * disk beyond that, and when they may all be in memory: the stem of ResNet-18, k = 64, for 5000
 * images (65,536 units, 1.3 GB). Resident memory is that of the whole process above what it was
 * before; the forward pass alone, whose responses go to disk too, stands beside.
 */
final class ProbeMemory {
  private static final long BUDGET = 256L << 20;
  private static final String LAYER = "stem";

  private final int images;
  private final int width;

  ProbeMemory(boolean quick) {
    images = quick ? 200 : 5000;
    width = quick ? 8 : 64;
  }

  /** Less memory first, as what was used is not given back to the system. */
  List<Row> rows() {
    ImageSet train = DataSets.generated("objects", 32, images, 1);
    try (Network network =
        Network.untrained(
            "network",
            PreActivationResNet.resNet18(width),
            Network.InputShape.of(train),
            train.classNames().size(),
            new Seeds(1))) {
      return List.of(
          row("forward pass alone, responses on disk", network, train, 0, false),
          row("probe, responses beyond 256 MB on disk", network, train, BUDGET, true),
          row("probe, responses in memory", network, train, Long.MAX_VALUE, true));
    }
  }

  private Row row(String what, Network network, ImageSet train, long budget, boolean probe) {
    double[] seconds = new double[1];
    int[] units = new int[1];
    long memory =
        MemoryMeter.peakWhile(
            () ->
                seconds[0] = Timing.seconds(() -> units[0] = work(network, train, budget, probe)));
    return new Row(
        what + ", " + images + " images × " + units[0] + " units",
        Timing.alone(seconds),
        "",
        "",
        memory);
  }

  /** The number of units. */
  private static int work(Network network, ImageSet train, long budget, boolean probe) {
    Path folder = Scratch.folder("recording");
    try (Spill spill = new Spill(budget, folder)) {
      Representation rows =
          network
              .represent(
                  train,
                  List.of(LAYER),
                  Pooling.FLATTENED,
                  Network.DEFAULT_BATCH,
                  spill,
                  Progress.NONE)
              .get(LAYER);
      if (probe) {
        ProbeTraining.dynamics(rows, train.labels(), train.classNames().size(), new Seeds(1));
      }
      return rows.units();
    } finally {
      Scratch.delete(folder);
    }
  }
}
