package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network from images, (batch, channels, height, width), to features, (batch, width): a chain of
 * named stages, of which the last is {@link #FEATURES}.
 */
public class Encoder extends UnaryBlock {
  /** Name of the last stage, whose output is a vector per image: the penultimate layer. */
  public static final String FEATURES = "features";

  private final Map<String, Block> stages = new LinkedHashMap<>();

  /** Adds a stage at the end; for constructors. */
  protected final <B extends Block> B stage(String name, B block) {
    stages.put(name, block);
    return addChildBlock(name, block);
  }

  /** Names of the stages from the input to the output. */
  public final List<String> layers() {
    return new ArrayList<>(stages.keySet());
  }

  /** How many tokens stand before those of the image: 1 with a class token, else 0. */
  public int classTokens() {
    return 0;
  }

  /** The responses of all stages. */
  public final Map<String, NDArray> responses(
      ParameterStore store, NDArray images, boolean training) {
    Map<String, NDArray> responses = new LinkedHashMap<>();
    NDArray current = images;
    for (Map.Entry<String, Block> stage : stages.entrySet()) {
      current = run(stage.getValue(), store, current, training);
      responses.put(stage.getKey(), current);
    }
    return responses;
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    NDArray current = input;
    for (Block stage : stages.values()) {
      current = run(stage, store, current, training);
    }
    return current;
  }

  @Override
  protected Shape outputShape(Shape input) {
    Shape shape = input;
    for (Block stage : stages.values()) {
      shape = shapeAfter(stage, shape);
    }
    return shape;
  }
}
