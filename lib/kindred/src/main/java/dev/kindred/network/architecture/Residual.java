package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/** The sum of a body and a shortcut, which is the identity where none is given. */
final class Residual extends UnaryBlock {
  private final Block body;
  private final Block shortcut;

  Residual(Block body) {
    this(body, null);
  }

  /**
   * @param body what is added
   * @param shortcut to what it is added, or null for the input itself
   */
  Residual(Block body, Block shortcut) {
    this.body = addChildBlock("body", body);
    this.shortcut = shortcut == null ? null : addChildBlock("shortcut", shortcut);
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    NDArray sum = run(body, store, input, training);
    return sum.add(shortcut == null ? input : run(shortcut, store, input, training));
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
