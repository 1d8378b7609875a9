package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.kindred.network.tensor.Torch;
import java.util.function.UnaryOperator;

/**
 * A pre-norm transformer block on tokens (batch, tokens, width): x + attention(norm(x)), then x +
 * mlp(norm(x)) (Vaswani et al. 2017; Dosovitskiy et al. 2020).
 */
public final class TransformerBlock extends UnaryBlock {
  private final Block attention;
  private final Block mlp;

  /**
   * @param width units of a token
   * @param heads attention heads; they divide the width
   * @param hidden units of the middle of the perceptron
   */
  public TransformerBlock(int width, int heads, int hidden) {
    attention =
        addChildBlock(
            "attention", new Residual(new Chain(new TokenNorm(), new Attention(width, heads))));
    mlp =
        addChildBlock(
            "mlp",
            new Residual(
                new Chain(
                    new TokenNorm(),
                    Layers.linear(hidden),
                    Layers.function(Activation::gelu, UnaryOperator.identity()),
                    Layers.linear(width))));
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray tokens, boolean training) {
    return run(mlp, store, run(attention, store, tokens, training), training);
  }

  @Override
  protected Shape outputShape(Shape input) {
    return input;
  }

  /** Multi-head self-attention. */
  private static final class Attention extends UnaryBlock {
    private final int width;
    private final int heads;
    private final Block projections;
    private final Block output;

    Attention(int width, int heads) {
      this.width = width;
      this.heads = heads;
      projections = addChildBlock("qkv", Layers.linear(3 * width));
      output = addChildBlock("output", Layers.linear(width));
    }

    @Override
    protected NDArray apply(ParameterStore store, NDArray tokens, boolean training) {
      long batch = tokens.getShape().get(0);
      long length = tokens.getShape().get(1);
      int size = width / heads;
      NDArray qkv =
          run(projections, store, tokens, training)
              .reshape(batch, length, 3, heads, size)
              .transpose(2, 0, 3, 1, 4);
      NDArray queries = Torch.times(qkv.get(0), 1 / Math.sqrt(size));
      NDArray weights = queries.matMul(qkv.get(1).transpose(0, 1, 3, 2)).softmax(-1);
      NDArray mixed =
          weights.matMul(qkv.get(2)).transpose(0, 2, 1, 3).reshape(batch, length, width);
      return run(output, store, mixed, training);
    }

    @Override
    protected Shape outputShape(Shape input) {
      return input;
    }

    @Override
    protected void initializeChildBlocks(
        ai.djl.ndarray.NDManager manager, ai.djl.ndarray.types.DataType type, Shape... shapes) {
      projections.initialize(manager, type, shapes);
      output.initialize(manager, type, shapes);
    }
  }
}
