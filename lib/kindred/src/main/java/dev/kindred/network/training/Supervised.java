package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.stimuli.ImageSet;

/**
 * Classification by cross-entropy.
 *
 * @param labelNoise share of the labels that are wrong, see {@link LabelNoise#symmetric}
 * @param augmentation how every image is changed at every visit
 */
public record Supervised(double labelNoise, Augmentation augmentation) implements Objective {

  @Override
  public Kind kind() {
    return Kind.SUPERVISED;
  }

  @Override
  public String name() {
    return "supervised";
  }

  @Override
  public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
    if (network.classes() < 2) {
      throw new InputException(network.id() + " has no classifier, which supervision needs");
    }
    int[] labels = data.labels();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= network.classes()) {
        throw new InputException(
            data.name()
                + ": image "
                + data.stimulusId(i)
                + " has label "
                + labels[i]
                + "; expected one of "
                + network.classes()
                + " classes");
      }
    }
    int[] noisy = LabelNoise.symmetric(labels, network.classes(), labelNoise, seeds);
    return new Learning() {
      @Override
      public NDArray loss(Step step) {
        int[] wanted = new int[step.size()];
        for (int i = 0; i < wanted.length; i++) {
          wanted[i] = noisy[step.image(i)];
        }
        NDArray images = step.view("image", augmentation);
        NDArray scores = step.network().responses(step.store(), images, true).get(Network.LOGITS);
        return Losses.crossEntropy(scores, wanted);
      }

      @Override
      public int label(int i, int trueLabel) {
        return noisy[i];
      }
    };
  }
}
