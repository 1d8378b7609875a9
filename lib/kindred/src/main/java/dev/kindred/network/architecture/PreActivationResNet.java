package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.kindred.base.InputException;
import java.util.List;

/**
 * A residual network whose blocks normalise and rectify before they convolve (He et al. 2016,
 * Identity mappings in deep residual networks), for small images: a 3×3 stem with stride 1, then
 * stages of k, 2k, 4k, … channels, each but the first at half the resolution. Paper 2's main
 * architecture is {@link #resNet18} with k = 64, 52, 42 or 32.
 *
 * <p>Layers: {@code stem}, {@code block1} to {@code blockN} (the outputs of the stages), {@code
 * features} (normalised, rectified, averaged over the image).
 *
 * @param width k, the channels of the first stage
 * @param blocks residual blocks per stage
 */
public record PreActivationResNet(int width, List<Integer> blocks) implements Architecture {

  public PreActivationResNet {
    blocks = List.copyOf(blocks);
    if (width < 1 || blocks.isEmpty() || blocks.stream().anyMatch(count -> count < 1)) {
      throw new InputException(
          "expected a width of at least 1 and at least one block per stage, found "
              + width
              + " and "
              + blocks);
    }
  }

  /** Four stages of two blocks; the standard width is 64. */
  public static PreActivationResNet resNet18(int width) {
    return new PreActivationResNet(width, List.of(2, 2, 2, 2));
  }

  /** Three stages of one block: the smallest that shows epoch-wise double descent. */
  public static PreActivationResNet small(int width) {
    return new PreActivationResNet(width, List.of(1, 1, 1));
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
    Network(PreActivationResNet sizes) {
      layer("stem", Layers.convolution(sizes.width, 3, 1));
      int before = sizes.width;
      for (int s = 0; s < sizes.blocks.size(); s++) {
        int channels = sizes.width << s;
        Block[] blocks = new Block[sizes.blocks.get(s)];
        for (int b = 0; b < blocks.length; b++) {
          int stride = s > 0 && b == 0 ? 2 : 1;
          blocks[b] = new PreActivationBlock(channels, stride, b == 0 && before != channels);
        }
        layer("block" + (s + 1), new Chain(blocks));
        before = channels;
      }
      layer(FEATURES, new Chain(Layers.normalizedRelu(), Layers.globalMean()));
    }
  }

  /** x + conv(relu(bn(conv(a)))) with a = relu(bn(x)); a projection, if any, starts from a. */
  private static final class PreActivationBlock extends UnaryBlock {
    private final Block activation;
    private final Block body;
    private final Block projection;

    PreActivationBlock(int channels, int stride, boolean project) {
      activation = addChildBlock("activation", Layers.normalizedRelu());
      body =
          addChildBlock(
              "body",
              new Chain(
                  Layers.convolution(channels, 3, stride),
                  Layers.normalizedRelu(),
                  Layers.convolution(channels, 3, 1)));
      projection =
          project ? addChildBlock("projection", Layers.convolution(channels, 1, stride)) : null;
    }

    @Override
    protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
      NDArray activated = run(activation, store, input, training);
      NDArray shortcut = projection == null ? input : run(projection, store, activated, training);
      return run(body, store, activated, training).add(shortcut);
    }

    @Override
    protected Shape outputShape(Shape input) {
      return shapeAfter(body, input);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
      children.values().forEach(child -> child.initialize(manager, type, inputShapes));
    }
  }
}
