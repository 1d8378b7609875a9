package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Torch;
import dev.kindred.stimuli.ImageSet;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Masked autoencoding (He et al. 2021, Masked autoencoders are scalable vision learners), for
 * transformers: the encoder sees some of the patches, a small decoder must draw the others. Pixels
 * are normalised patch by patch, and the loss is the mean squared error on the hidden patches.
 *
 * @param masked share of the patches that are hidden, 0.75 in the paper
 * @param decoderWidth units of a token in the decoder
 * @param augmentation how images are changed before they are masked
 */
public record MaskedAutoencoding(double masked, int decoderWidth, Augmentation augmentation)
    implements Objective {

  public MaskedAutoencoding {
    if (!(masked > 0 && masked < 1) || decoderWidth < 16 || decoderWidth % 16 != 0) {
      throw new InputException(
          "expected a masked share in (0, 1) and a decoder width that is a multiple of 16, found "
              + masked
              + " and "
              + decoderWidth);
    }
  }

  @Override
  public Kind kind() {
    return Kind.SELF_SUPERVISED;
  }

  @Override
  public String name() {
    return "mae";
  }

  @Override
  public Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner) {
    if (!(network.encoder() instanceof VisionTransformer.Tokens transformer)) {
      throw new InputException(
          "masked autoencoding needs a vision transformer, found " + network.architecture());
    }
    int patch = transformer.sizes().patch();
    int width = transformer.sizes().width();
    int down = data.height() / patch;
    int across = data.width() / patch;
    int places = down * across;
    int visible = Math.max(1, (int) Math.round(places * (1 - masked)));
    if (visible == places) {
      throw new InputException(
          "a masked share of " + masked + " hides none of " + places + " patches");
    }
    int channels = network.input().channels();
    MaskDecoder decoder = new MaskDecoder(decoderWidth, places, channels * patch * patch);
    ParameterLayout.initialize(decoder, owner, new Shape(1, visible, width), new Shape(1, places));
    return new Learning() {
      @Override
      public Map<String, Block> heads() {
        return Map.of("decoder", decoder);
      }

      @Override
      public NDArray loss(Step step) {
        NDArray images = step.view("image", augmentation);
        int n = step.size();
        Masks masks = Masks.draw(n, places, visible, step.seeds().stream("masks"));
        NDArray tokens = transformer.embed(step.store(), images, true);
        int first = transformer.classTokens();
        NDArray seen =
            (first == 0 ? tokens : tokens.get(":,1:"))
                .gather(
                    step.indices(masks.visible(), n, visible, 1)
                        .broadcast(new Shape(n, visible, width)),
                    1);
        NDArray shown = first == 0 ? seen : tokens.get(":,0:1").concat(seen, 1);
        NDArray encoded = transformer.encode(step.store(), shown, true);
        NDArray drawn =
            decoder
                .forward(
                    step.store(),
                    new ai.djl.ndarray.NDList(
                        first == 0 ? encoded : encoded.get(":,1:"),
                        step.indices(masks.origin(), n, places)),
                    true)
                .singletonOrThrow();
        NDArray target = patches(images, patch, down, across);
        NDArray error = drawn.sub(target).square().mean(new int[] {2});
        NDArray hidden =
            dev.kindred.network.tensor.Torch.tensor(step.manager(), masks.hidden(), n, places);
        return Torch.times(error.mul(hidden).sum(), 1.0 / (n * (places - visible)));
      }
    };
  }

  /** Patches as rows, (batch, places, channels·patch²), each with mean 0 and deviation 1. */
  private static NDArray patches(NDArray images, int patch, int down, int across) {
    long n = images.getShape().get(0);
    long channels = images.getShape().get(1);
    NDArray rows =
        images
            .reshape(n, channels, down, patch, across, patch)
            .transpose(0, 2, 4, 1, 3, 5)
            .reshape(n, (long) down * across, channels * patch * patch);
    NDArray centred = rows.sub(rows.mean(new int[] {2}, true));
    NDArray deviation = centred.square().mean(new int[] {2}, true).add(1e-4f).sqrt();
    return centred.div(deviation);
  }

  /**
   * Which patches are seen.
   *
   * @param visible per image, the places that are seen
   * @param origin per image and place, its rank among those seen, or their number if hidden
   * @param hidden per image and place, 1 if hidden, else 0
   */
  private record Masks(long[] visible, long[] origin, float[] hidden) {
    static Masks draw(int n, int places, int seen, SplittableRandom random) {
      long[] visible = new long[n * seen];
      long[] origin = new long[n * places];
      float[] hidden = new float[n * places];
      for (int i = 0; i < n; i++) {
        int[] order = Shuffle.order(places, random);
        for (int r = 0; r < places; r++) {
          int at = i * places + order[r];
          if (r < seen) {
            visible[i * seen + r] = order[r];
            origin[at] = r;
          } else {
            origin[at] = seen;
            hidden[at] = 1;
          }
        }
      }
      return new Masks(visible, origin, hidden);
    }
  }
}
