package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A block that maps one tensor to one tensor. */
public abstract class UnaryBlock extends AbstractBlock {

  /** The output for {@code input}. */
  protected abstract NDArray apply(ParameterStore store, NDArray input, boolean training);

  /** Shape of the output for an input of shape {@code input}. */
  protected abstract Shape outputShape(Shape input);

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(apply(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {outputShape(inputShapes[0])};
  }

  /** Initialises children that follow one upon the other; others override this. */
  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block child : children.values()) {
      child.initialize(manager, type, shapes);
      shapes = child.getOutputShapes(shapes);
    }
  }

  /** The output of another block for {@code input}. */
  protected static NDArray run(Block block, ParameterStore store, NDArray input, boolean training) {
    return block.forward(store, new NDList(input), training).singletonOrThrow();
  }

  /** Shape of the output of another block. */
  protected static Shape shapeAfter(Block block, Shape input) {
    return block.getOutputShapes(new Shape[] {input})[0];
  }
}
