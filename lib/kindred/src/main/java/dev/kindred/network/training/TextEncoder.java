package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.kindred.network.architecture.Chain;
import dev.kindred.network.architecture.Layers;
import dev.kindred.network.architecture.TokenNorm;
import dev.kindred.network.architecture.TransformerBlock;
import dev.kindred.network.architecture.UnaryBlock;

/** Numbers of words, (batch, length), to codes, (batch, width): one transformer block, the mean. */
final class TextEncoder extends UnaryBlock {
  private final int words;
  private final int length;
  private final int width;
  private final Parameter embedding;
  private final Parameter positions;
  private final Block body;
  private final Block exit;

  TextEncoder(int words, int length, int width) {
    this.words = words;
    this.length = length;
    this.width = width;
    embedding = parameter("words");
    positions = parameter("positions");
    body =
        addChildBlock(
            "body", new Chain(new TransformerBlock(width, width / 16, 2 * width), new TokenNorm()));
    exit = addChildBlock("exit", Layers.linear(width));
  }

  private Parameter parameter(String name) {
    return addParameter(Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build());
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    embedding.setShape(new Shape(words, width));
    positions.setShape(new Shape(1, length, width));
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    NDArray tokens =
        input
            .getNDArrayInternal()
            .embedding(
                input, store.getValue(embedding, input.getDevice(), training), SparseFormat.DENSE)
            .singletonOrThrow()
            .add(store.getValue(positions, input.getDevice(), training));
    return run(exit, store, run(body, store, tokens, training).mean(new int[] {1}), training);
  }

  @Override
  protected Shape outputShape(Shape input) {
    return new Shape(input.get(0), width);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    body.initialize(manager, type, new Shape(1, length, width));
    exit.initialize(manager, type, new Shape(1, width));
  }
}
