package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.architecture.Layers;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Torch;
import dev.kindred.stimuli.ImageSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Image–text contrast (Radford et al. 2021, CLIP): images and captions of a batch must find each
 * other. A small transformer reads the captions. Images with the same caption share the target, as
 * none of them is wrong.
 *
 * @param augmentation how images are changed; captions that name colours or places forbid some
 * @param temperature of the softmax
 * @param width units of the common space and of a word
 */
public record ImageText(Augmentation augmentation, double temperature, int width)
    implements Objective {

  public ImageText {
    if (!(temperature > 0) || width < 16 || width % 16 != 0) {
      throw new InputException(
          "expected a temperature above 0 and a width that is a multiple of 16, found "
              + temperature
              + " and "
              + width);
    }
  }

  @Override
  public Kind kind() {
    return Kind.IMAGE_TEXT;
  }

  @Override
  public String name() {
    return "image-text";
  }

  @Override
  public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
    Captions captions = Captions.of(data);
    Block text = new TextEncoder(captions.words(), captions.length(), width);
    ParameterLayout.initialize(text, owner, new Shape(1, captions.length()));
    Block image = Layers.linear(width);
    ParameterLayout.initialize(image, owner, new Shape(1, network.featureWidth()));
    return new Learning() {
      @Override
      public Map<String, Block> heads() {
        Map<String, Block> heads = new LinkedHashMap<>();
        heads.put("image", image);
        heads.put("text", text);
        return heads;
      }

      @Override
      public NDArray loss(Step step) {
        int n = step.size();
        NDArray images = step.features(step.view("image", augmentation));
        NDArray imageCodes = Losses.unitRows(step.run(image, images));
        long[] words = new long[n * captions.length()];
        for (int i = 0; i < n; i++) {
          System.arraycopy(
              captions.of(step.image(i)), 0, words, i * captions.length(), captions.length());
        }
        NDArray textCodes =
            Losses.unitRows(step.run(text, step.indices(words, n, captions.length())));
        NDArray scores = Torch.times(imageCodes.matMul(textCodes.transpose()), 1 / temperature);
        NDArray targets = Torch.tensor(step.manager(), sameCaption(step, captions), n, n);
        return Torch.times(
            Losses.crossEntropy(scores, targets)
                .add(Losses.crossEntropy(scores.transpose(), targets)),
            0.5);
      }
    };
  }

  /** Rows of equal shares for the captions that equal that of an image; symmetric. */
  private static float[] sameCaption(Step step, Captions captions) {
    int n = step.size();
    float[] targets = new float[n * n];
    for (int i = 0; i < n; i++) {
      int same = 0;
      for (int j = 0; j < n; j++) {
        if (Arrays.equals(captions.of(step.image(i)), captions.of(step.image(j)))) {
          targets[i * n + j] = 1;
          same++;
        }
      }
      for (int j = 0; j < n; j++) {
        targets[i * n + j] /= same;
      }
    }
    return targets;
  }
}
