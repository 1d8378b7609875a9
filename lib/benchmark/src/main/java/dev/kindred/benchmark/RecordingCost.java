package dev.kindred.benchmark;

import ai.djl.ndarray.NDManager;
import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.benchmark.Report.Row;
import dev.kindred.network.Network;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.tensor.Torch;
import dev.kindred.recording.EpochGrid;
import dev.kindred.recording.ProbeImages;
import dev.kindred.recording.Recorder;
import dev.kindred.recording.Sketch;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What recording an epoch costs beside one bare forward pass of the probe images: images to
 * tensors, all layers, nothing kept, a batch of them at once on all cores. Recorded are the layers
 * of paper 2 (the first convolution, the stages or blocks, the classifier), every place of every
 * channel, in float16.
 */
final class RecordingCost {
  private static final int PIXELS = 32;
  private static final int FEW = 128;

  private final boolean quick;
  private final int rounds;

  RecordingCost(boolean quick, int rounds) {
    this.quick = quick;
    this.rounds = rounds;
  }

  /** Networks of the demo's sizes. */
  List<Row> small() {
    Map<String, Architecture> networks = new LinkedHashMap<>();
    networks.put("plain CNN of 24 to 192 channels", new PlainCnn(24, List.of(1, 1, 1, 1), 192, 2));
    networks.put("ResNet, 3 blocks, k = 16", PreActivationResNet.small(16));
    networks.put("ResNet-18, k = 16", PreActivationResNet.resNet18(16));
    networks.put("ViT, width 64, depth 3, patch 8", VisionTransformer.small(64, 3, 8));
    return rows(networks);
  }

  /** The network of paper 2, and a transformer of which every token is a part of every layer. */
  List<Row> wide() {
    Map<String, Architecture> networks = new LinkedHashMap<>();
    networks.put("ResNet-18, k = 64", PreActivationResNet.resNet18(64));
    networks.put(
        "ViT, width 192, depth 6, patch 4", new VisionTransformer(192, 6, 3, 4, false, true));
    return rows(networks);
  }

  private List<Row> rows(Map<String, Architecture> networks) {
    int batches = quick ? 2 : 4;
    int size = quick ? 64 : 512;
    ImageSet images = DataSets.generated("objects", PIXELS, batches * size + 200, 1);
    ProbeImages probe = ProbeImages.balanced(images, batches, size, new Seeds(1));
    List<Row> rows = new ArrayList<>();
    networks.forEach(
        (name, architecture) -> {
          rows.add(row(name, architecture, probe, null));
          if (!quick) {
            rows.add(row(name + ", sketched", architecture, probe, Sketch.SMALL));
            rows.add(fewAtATime(name, architecture, probe));
          }
        });
    return rows;
  }

  private Row row(String name, Architecture architecture, ProbeImages probe, Sketch sketch) {
    Path folder = Scratch.folder("recording");
    try (Network network = network(architecture, probe)) {
      List<String> layers =
          network.layers().stream()
              .filter(layer -> !layer.equals("features") && !layer.equals("embedding"))
              .toList();
      Recorder exact = new Recorder(folder, probe, layers, EpochGrid.ALL, ElementType.FLOAT16);
      Recorder recorder = sketch == null ? exact : exact.withSketch(sketch);
      int[] epoch = {1025}; // a sketch is compared with the whole at powers of two
      return row(
          "recording an epoch, " + name + ", " + probe.batches() + " × " + probe.batchSize(),
          network,
          probe,
          () -> recorder.epoch(epoch[0]++, network),
          "≤ 1.2");
    } finally {
      Scratch.delete(folder);
    }
  }

  /** The recorder shows images in this manner, so part of what it costs is won back here. */
  private Row fewAtATime(String name, Architecture architecture, ProbeImages probe) {
    try (Network network = network(architecture, probe)) {
      return row(
          "forward pass, " + name + ", " + FEW + " images at a time on every core",
          network,
          probe,
          () ->
              Parallel.forEach(
                  probe.images().size() / FEW,
                  part -> {
                    try (Torch.Scope alone = Torch.threads(1)) {
                      forward(network, probe.images(), part * FEW, FEW);
                    }
                  }),
          "-");
    }
  }

  private Row row(String name, Network network, ProbeImages probe, Runnable work, String toReach) {
    int size = probe.batchSize();
    Timing timing =
        Timing.alternate(
            rounds,
            true,
            work,
            () -> {
              for (int b = 0; b < probe.batches(); b++) {
                forward(network, probe.images(), b * size, size);
              }
            });
    return new Row(name, timing, "bare forward pass", toReach, 0);
  }

  private static Network network(Architecture architecture, ProbeImages probe) {
    return Network.untrained(
        "network",
        architecture,
        Network.InputShape.of(probe.images()),
        probe.images().classNames().size(),
        new Seeds(1));
  }

  private static void forward(Network network, ImageSet images, int from, int size) {
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      int[] chosen = IntStream.range(from, from + size).toArray();
      network.responses(
          network.weights().store(manager), network.tensor(images, chosen, manager), false);
    }
  }
}
