package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A vision transformer (Dosovitskiy et al. 2020): square patches become tokens, learnt positions
 * are added, pre-norm blocks follow.
 *
 * <p>Layers: {@code embedding} (tokens with positions), {@code block1} to {@code blockN}, {@code
 * features} (normalised; the class token, or the mean over all tokens where there is none).
 *
 * @param width units of a token
 * @param depth number of blocks
 * @param heads attention heads; they divide the width
 * @param patch side of a patch in pixels
 * @param convolutionalStem whether overlapping 3×3 convolutions of stride 2 replace the single
 *     convolution of the size of a patch (Xiao et al. 2021, Early convolutions help transformers
 *     see better); then the patch is a power of 2
 * @param classToken whether a learnt token gathers the features, as in ViT-B/16
 */
public record VisionTransformer(
    int width, int depth, int heads, int patch, boolean convolutionalStem, boolean classToken)
    implements Architecture {
  private static final int EXPANSION = 4;

  public VisionTransformer {
    if (depth < 1 || heads < 1 || width < 1 || width % heads != 0) {
      throw new InputException(
          "expected at least one block and heads that divide the width, found "
              + depth
              + " blocks, "
              + heads
              + " heads, width "
              + width);
    }
    if (patch < 1 || (convolutionalStem && Integer.bitCount(patch) != 1)) {
      throw new InputException(
          "expected a patch of at least one pixel, a power of 2 under a convolutional stem, found "
              + patch);
    }
  }

  /** ViT-B/16. */
  public static VisionTransformer b16() {
    return new VisionTransformer(768, 12, 12, 16, false, true);
  }

  /** ViT-B for small images: patches of 4 pixels. */
  public static VisionTransformer b4() {
    return new VisionTransformer(768, 12, 12, 4, false, true);
  }

  /** A small transformer with a convolutional stem and without a class token. */
  public static VisionTransformer small(int width, int depth, int patch) {
    return new VisionTransformer(width, depth, Math.max(1, width / 16), patch, true, false);
  }

  @Override
  public Family family() {
    return Family.TRANSFORMER;
  }

  @Override
  public Tokens newEncoder() {
    return new Tokens(this);
  }

  /** The network, with the steps that masked training needs one by one. */
  public static final class Tokens extends Encoder {
    private final VisionTransformer sizes;
    private final Embedding embedding;
    private final List<Block> blocks = new ArrayList<>();
    private final Block features;

    Tokens(VisionTransformer sizes) {
      this.sizes = sizes;
      embedding = layer("embedding", new Embedding(sizes));
      for (int d = 1; d <= sizes.depth; d++) {
        blocks.add(
            layer(
                "block" + d,
                new TransformerBlock(sizes.width, sizes.heads, EXPANSION * sizes.width)));
      }
      boolean classToken = sizes.classToken;
      features =
          layer(
              FEATURES,
              new Chain(
                  new TokenNorm(),
                  Layers.function(
                      tokens -> classToken ? tokens.get(":,0") : tokens.mean(new int[] {1}),
                      shape -> new Shape(shape.get(0), shape.get(2)))));
    }

    @Override
    public int classTokens() {
      return sizes.classToken ? 1 : 0;
    }

    public VisionTransformer sizes() {
      return sizes;
    }

    /** Tokens with positions, (batch, tokens, width), the class token first where there is one. */
    public NDArray embed(ParameterStore store, NDArray images, boolean training) {
      return run(embedding, store, images, training);
    }

    /** The tokens after all blocks, normalised; any subset of the embedded tokens may be given. */
    public NDArray encode(ParameterStore store, NDArray tokens, boolean training) {
      NDArray current = tokens;
      for (Block block : blocks) {
        current = run(block, store, current, training);
      }
      return run(features.getChildren().get(0).getValue(), store, current, training);
    }
  }

  private static final class Embedding extends UnaryBlock {
    private final VisionTransformer sizes;
    private final Block patches;
    private final Parameter positions;
    private final Parameter classToken;

    Embedding(VisionTransformer sizes) {
      this.sizes = sizes;
      patches = addChildBlock("patches", patches(sizes));
      positions =
          addParameter(
              Parameter.builder().setName("positions").setType(Parameter.Type.OTHER).build());
      classToken =
          sizes.classToken
              ? addParameter(
                  Parameter.builder().setName("class").setType(Parameter.Type.OTHER).build())
              : null;
    }

    private static Block patches(VisionTransformer sizes) {
      if (!sizes.convolutionalStem) {
        return Layers.convolution(sizes.width, sizes.patch, sizes.patch, 0, true);
      }
      List<Block> stem = new ArrayList<>();
      int halvings = Integer.numberOfTrailingZeros(sizes.patch);
      for (int i = 0; i < halvings; i++) {
        int channels = Math.max(8, sizes.width >> (halvings - i));
        stem.add(Layers.convolutionNormalizedRelu(channels, 3, 2));
      }
      stem.add(Layers.convolution(sizes.width, 1, 1, 0, true));
      return new Chain(stem.toArray(Block[]::new));
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
      Shape input = inputShapes[0];
      if (input.get(2) % sizes.patch != 0 || input.get(3) % sizes.patch != 0) {
        throw new InputException(
            "expected images whose sides are multiples of the patch of "
                + sizes.patch
                + " pixels, found "
                + input.get(2)
                + "×"
                + input.get(3));
      }
      positions.setShape(new Shape(1, tokens(input), sizes.width));
      if (classToken != null) {
        classToken.setShape(new Shape(1, 1, sizes.width));
      }
    }

    private long tokens(Shape input) {
      long places = input.get(2) / sizes.patch * (input.get(3) / sizes.patch);
      return places + (sizes.classToken ? 1 : 0);
    }

    @Override
    protected NDArray apply(ParameterStore store, NDArray images, boolean training) {
      NDArray map = run(patches, store, images, training);
      long batch = map.getShape().get(0);
      NDArray tokens =
          map.reshape(batch, sizes.width, map.getShape().size() / batch / sizes.width)
              .transpose(0, 2, 1);
      if (classToken != null) {
        NDArray first =
            store
                .getValue(classToken, images.getDevice(), training)
                .broadcast(new Shape(batch, 1, sizes.width));
        tokens = first.concat(tokens, 1);
      }
      return tokens.add(store.getValue(positions, images.getDevice(), training));
    }

    @Override
    protected Shape outputShape(Shape input) {
      return new Shape(input.get(0), tokens(input), sizes.width);
    }
  }
}
