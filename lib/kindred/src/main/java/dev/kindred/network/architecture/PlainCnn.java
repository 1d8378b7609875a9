package dev.kindred.network.architecture;

import ai.djl.nn.Block;
import dev.kindred.base.InputException;
import java.util.List;

/**
 * A chain of 3×3 convolutions, each normalised and rectified, in stages that end with 2×2 pooling:
 * VGG-like with several convolutions a stage (Simonyan and Zisserman 2014, with the batch
 * normalisation and the single linear layer that are usual for small images), plain with one.
 *
 * <p>Layers: {@code conv1}, {@code conv2}, … (every convolution), {@code features}.
 *
 * @param width channels of the first stage
 * @param convolutions convolutions per stage
 * @param widest no stage has more channels; each has twice as many as the one before
 * @param stemStride stride of the first convolution; 2 makes a network four times faster
 */
public record PlainCnn(int width, List<Integer> convolutions, int widest, int stemStride)
    implements Architecture {

  public PlainCnn {
    convolutions = List.copyOf(convolutions);
    if (width < 1
        || widest < width
        || stemStride < 1
        || convolutions.isEmpty()
        || convolutions.stream().anyMatch(count -> count < 1)) {
      throw new InputException(
          "expected a width and a stride of at least 1, a largest width of at least that, and at"
              + " least one convolution per stage, found "
              + width
              + ", "
              + stemStride
              + ", "
              + widest
              + " and "
              + convolutions);
    }
  }

  /** Three stages of one convolution, k, 2k and 4k channels. */
  public static PlainCnn plain(int width) {
    return new PlainCnn(width, List.of(1, 1, 1), 4 * width, 1);
  }

  /** Three stages of two convolutions, k, 2k and 4k channels. */
  public static PlainCnn vggLike(int width) {
    return new PlainCnn(width, List.of(2, 2, 2), 4 * width, 1);
  }

  /** The same network with a first convolution of another stride. */
  public PlainCnn withStemStride(int stride) {
    return new PlainCnn(width, convolutions, widest, stride);
  }

  /** The 13 convolutions of VGG-16. */
  public static PlainCnn vgg16() {
    return new PlainCnn(64, List.of(2, 2, 3, 3, 3), 512, 1);
  }

  @Override
  public Family family() {
    return Family.CNN;
  }

  @Override
  public Encoder newEncoder() {
    return new Network(this);
  }

  private static final class Network extends Encoder {
    Network(PlainCnn sizes) {
      int number = 1;
      for (int s = 0; s < sizes.convolutions.size(); s++) {
        int channels = Math.min(sizes.widest, sizes.width << s);
        for (int c = 0; c < sizes.convolutions.get(s); c++) {
          int stride = number == 1 ? sizes.stemStride : 1;
          Block convolution = Layers.convolutionNormalizedRelu(channels, 3, stride);
          boolean last = s == sizes.convolutions.size() - 1;
          boolean pool = !last && c == sizes.convolutions.get(s) - 1;
          layer("conv" + number++, pool ? new Chain(convolution, Layers.maxPool(2)) : convolution);
        }
      }
      layer(FEATURES, Layers.globalMean());
    }
  }
}
