package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.RepresentationSource;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Weights;
import dev.kindred.stimuli.ImageSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Classification that begins from the encoder of a network that was trained before, under a new
 * linear classifier. All weights are trained.
 *
 * @param task the new task
 * @param start the network to begin from, of the same architecture; its classifier is not used
 */
public record FineTuning(Supervised task, StoredNetwork start) implements Objective {

  @Override
  public Kind kind() {
    return task.kind();
  }

  @Override
  public String name() {
    return "fine-tuning";
  }

  @Override
  public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
    Learning learning = task.begin(network, data, seeds, owner);
    return new Learning() {
      @Override
      public void start(Weights weights) {
        copyEncoder(network, weights);
        learning.start(weights);
      }

      @Override
      public NDArray loss(Step step) {
        return learning.loss(step);
      }

      @Override
      public int label(int i, int trueLabel) {
        return learning.label(i, trueLabel);
      }
    };
  }

  private void copyEncoder(Network network, Weights weights) {
    try (RepresentationSource source = start.open()) {
      if (!(source instanceof Network trained)
          || !trained.architecture().equals(network.architecture())
          || !trained.input().equals(network.input())) {
        throw new InputException(
            network.id()
                + ": expected to begin from a network of "
                + network.architecture()
                + " for "
                + network.input()
                + ", found "
                + source);
      }
      ParameterLayout encoder = ParameterLayout.of(Map.of("encoder", trained.encoder()));
      Weights from = trained.weights();
      weights.replaceFirst(
          Arrays.copyOf(from.learntValues(), Math.toIntExact(encoder.learnt())),
          Arrays.copyOf(from.bufferValues(), Math.toIntExact(encoder.buffers())));
    }
  }

  /** Names the weights that it begins from by where they come from. */
  @Override
  public String toString() {
    String from = start.provenance().toString();
    return "FineTuning[task="
        + task
        + ", start="
        + Checksums.sha256(from.getBytes(StandardCharsets.UTF_8))
        + "]";
  }
}
