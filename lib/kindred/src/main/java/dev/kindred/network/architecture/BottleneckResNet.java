package dev.kindred.network.architecture;

import ai.djl.nn.Block;
import dev.kindred.base.InputException;
import java.util.List;

/**
 * A residual network of bottlenecks (He et al. 2015, Deep residual learning) for small images: a
 * 3×3 stem with stride 1 instead of 7×7 with stride 2 and pooling. Layers as {@link
 * PreActivationResNet}.
 *
 * @param width channels of the narrow convolutions of the first stage; a stage gives four times as
 *     many
 * @param blocks bottlenecks per stage
 */
public record BottleneckResNet(int width, List<Integer> blocks) implements Architecture {
  private static final int EXPANSION = 4;

  public BottleneckResNet {
    blocks = List.copyOf(blocks);
    if (width < 1 || blocks.isEmpty() || blocks.stream().anyMatch(count -> count < 1)) {
      throw new InputException(
          "expected a width of at least 1 and at least one block per stage, found "
              + width
              + " and "
              + blocks);
    }
  }

  /** ResNet-50 for images of 32 to 64 pixels. */
  public static BottleneckResNet resNet50() {
    return new BottleneckResNet(64, List.of(3, 4, 6, 3));
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
    Network(BottleneckResNet sizes) {
      layer("stem", Layers.convolutionNormalizedRelu(sizes.width, 3, 1));
      for (int s = 0; s < sizes.blocks.size(); s++) {
        Block[] blocks = new Block[sizes.blocks.get(s)];
        for (int b = 0; b < blocks.length; b++) {
          blocks[b] = bottleneck(sizes.width << s, s > 0 && b == 0 ? 2 : 1, b == 0);
        }
        layer("block" + (s + 1), new Chain(blocks));
      }
      layer(FEATURES, Layers.globalMean());
    }

    private static Block bottleneck(int width, int stride, boolean project) {
      Block body =
          new Chain(
              Layers.convolutionNormalizedRelu(width, 1, 1),
              Layers.convolutionNormalizedRelu(width, 3, stride),
              Layers.convolution(EXPANSION * width, 1, 1),
              new BatchNormalization());
      Block shortcut =
          project
              ? new Chain(
                  Layers.convolution(EXPANSION * width, 1, stride), new BatchNormalization())
              : null;
      return new Chain(new Residual(body, shortcut), Layers.relu());
    }
  }
}
