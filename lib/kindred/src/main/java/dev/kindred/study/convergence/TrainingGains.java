package dev.kindred.study.convergence;

import dev.kindred.network.Pooling;
import java.util.stream.IntStream;

/** How alignment and accuracy of the networks of a group come about in training. */
final class TrainingGains {
  private final ConvergenceData data;
  private final Pooling pooling;
  private final int group;

  TrainingGains(ConvergenceData data, Pooling pooling, int group) {
    this.data = data;
    this.pooling = pooling;
    this.group = group;
  }

  /** Procrustes at a moment as a share of that at the end, mean of layers. */
  double shareOfAlignment(int moment, boolean[] kept) {
    return alignment(moment, kept) / alignment(data.end(), kept);
  }

  /** How much that share grows from one moment to another. */
  double gain(int from, int to, boolean[] kept) {
    return shareOfAlignment(to, kept) - shareOfAlignment(from, kept);
  }

  private double alignment(int moment, boolean[] kept) {
    return IntStream.range(0, layers())
        .mapToDouble(layer -> alignment(layer, moment, kept))
        .average()
        .orElseThrow();
  }

  /**
   * Of what training changes in alignment, the share that comes after a moment. What untrained
   * networks have counts for nothing, and layers that training pulls apart do not cancel those that
   * it aligns.
   */
  double alignmentToCome(int moment, boolean[] kept) {
    return changes(moment, kept) / changes(0, kept);
  }

  /** Sum over layers of the change from a moment to the end, whatever its sign. */
  private double changes(int moment, boolean[] kept) {
    return IntStream.range(0, layers())
        .mapToDouble(
            layer -> Math.abs(alignment(layer, data.end(), kept) - alignment(layer, moment, kept)))
        .sum();
  }

  /** The same of accuracy. */
  double accuracyToCome(int moment, boolean[] kept) {
    double end = accuracy(data.end(), kept);
    return Math.abs(end - accuracy(moment, kept)) / Math.abs(end - accuracy(0, kept));
  }

  private int layers() {
    return data.groups().get(group).layers().size();
  }

  private double alignment(int layer, int moment, boolean[] kept) {
    return data.training(group, layer, moment, pooling, kept);
  }

  private double accuracy(int moment, boolean[] kept) {
    return data.accuracy(data.behaviour().overTraining(), group, moment, kept);
  }
}
