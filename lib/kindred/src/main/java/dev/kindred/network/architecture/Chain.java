package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/** Blocks one after the other. */
public final class Chain extends UnaryBlock {

  public Chain(Block... blocks) {
    for (Block block : blocks) {
      addChildBlock(block.getClass().getSimpleName(), block);
    }
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    NDArray current = input;
    for (Block child : children.values()) {
      current = run(child, store, current, training);
    }
    return current;
  }

  @Override
  protected Shape outputShape(Shape input) {
    Shape shape = input;
    for (Block child : children.values()) {
      shape = shapeAfter(child, shape);
    }
    return shape;
  }
}
