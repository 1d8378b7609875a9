package dev.kindred.recording;

import ai.djl.ndarray.NDManager;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.ForwardPass;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.probe.LinearProbe;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Spill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The linear probes of a network's layers at one epoch. */
final class LayerProbes {
  private final Network network;
  private final Map<String, LinearProbe> probes = new LinkedHashMap<>();

  /**
   * Trains them, on responses from one forward pass.
   *
   * @param spill keeps the responses that do not fit into memory
   */
  LayerProbes(Network network, List<String> layers, ProbePlan plan, Seeds seeds, Spill spill) {
    this.network = network;
    network
        .represent(
            plan.train(), layers, Pooling.FLATTENED, Network.DEFAULT_BATCH, spill, Progress.NONE)
        .forEach(
            (layer, rows) -> {
              Progress.checkCancelled();
              probes.put(layer, plan.train(rows, seeds));
            });
  }

  /** Labels from 0 to 255 that are kept as bytes. */
  static int[] classes(byte[] labels) {
    int[] classes = new int[labels.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels[i] & 0xff;
    }
    return classes;
  }

  /** The labels that the probes give to images, by layer; of the responses nothing is kept. */
  Map<String, byte[]> label(int n, ForwardPass.Input images) {
    Map<String, byte[]> labels = new LinkedHashMap<>();
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager owner = Torch.newManager()) {
      Map<String, LinearProbe.Placed> placed = new LinkedHashMap<>();
      probes.forEach(
          (layer, probe) -> {
            labels.put(layer, new byte[n]);
            placed.put(layer, probe.place(owner));
          });
      network.show(
          n,
          images,
          (from, count, responses) ->
              placed.forEach(
                  (layer, probe) -> {
                    int[] found = probe.predict(Pooling.FLATTENED.rows(responses.get(layer), 0));
                    for (int i = 0; i < count; i++) {
                      labels.get(layer)[from + i] = (byte) found[i];
                    }
                  }));
    }
    return labels;
  }
}
