package dev.kindred.recording;

import dev.kindred.base.Seeds;
import dev.kindred.measure.functional.Plane;
import dev.kindred.network.Classification;
import dev.kindred.network.ForwardPass;
import dev.kindred.network.Network;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Spill;
import java.nio.file.Path;
import java.util.List;

/**
 * The errors of linear probes on test images, and the labels that they give to the points of
 * planes.
 *
 * @param folder where responses lie while probes are trained, if they do not fit into memory
 * @param info of the recording
 * @param plan which probes
 * @param seed of the probes
 * @param memory bytes for the responses of all layers together
 */
record ProbeSink(Path folder, RecordingInfo info, ProbePlan plan, long seed, long memory) {

  void record(Network network, EpochRecord record) {
    plan.require(network);
    LayerProbes[] probes = new LayerProbes[1];
    record.time(
        "probes",
        () -> {
          try (Spill spill = new Spill(memory, folder)) {
            probes[0] = new LayerProbes(network, info.layers(), plan, new Seeds(seed), spill);
          }
          recordErrors(network, probes[0], record);
        });
    if (!plan.planes().isEmpty()) {
      record.time(
          "planes",
          () ->
              probes[0]
                  .label(
                      Math.toIntExact(plan.points()),
                      points(network.input(), plan.planes(), plan.resolution()))
                  .forEach((layer, labels) -> record.block(Recording.LABELS + layer, labels)));
    }
    if (plan.drawn() > 0) {
      record.time(
          "planes",
          () ->
              probes[0]
                  .label(
                      plan.drawn() * plan.drawn(),
                      points(network.input(), plan.planes().subList(0, 1), plan.drawn()))
                  .forEach((layer, labels) -> record.block(Recording.PICTURE + layer, labels)));
    }
  }

  /** The share of test images that get a wrong label. */
  private void recordErrors(Network network, LayerProbes probes, EpochRecord record) {
    probes
        .label(plan.test().size(), network.input(plan.test()))
        .forEach(
            (layer, labels) ->
                record.value(
                    Recording.PROBE_ERROR + layer,
                    1
                        - Classification.accuracy(
                            LayerProbes.classes(labels), plan.test().labels())));
  }

  /** The points of planes, one plane after another, as images. */
  private static ForwardPass.Input points(
      Network.InputShape input, List<Plane> planes, int resolution) {
    int length = input.channels() * input.height() * input.width();
    int perPlane = resolution * resolution;
    return (from, count, owner) -> {
      float[] pixels = new float[count * length];
      double[][] grid = null;
      for (int i = 0; i < count; i++) {
        int point = (from + i) % perPlane;
        Plane plane = planes.get((from + i) / perPlane);
        if (grid == null || point == 0) {
          grid = plane.grid(resolution, ProbePlan.MARGIN);
        }
        plane.point(grid[point][0], grid[point][1], pixels, i * length);
      }
      return Network.normalize(Torch.tensor(owner, pixels, input.batch(count).getShape()));
    };
  }
}
