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
 * named layers, of which the last is {@link #FEATURES}.
 */
public class Encoder extends UnaryBlock {
  /** Name of the last layer, whose output is a vector per image: the penultimate layer. */
  public static final String FEATURES = "features";

  private final Map<String, Block> layers = new LinkedHashMap<>();

  /** Adds a layer at the end; for constructors. */
  protected final <B extends Block> B layer(String name, B block) {
    layers.put(name, block);
    return addChildBlock(name, block);
  }

  /** Names of the layers from the input to the output. */
  public final List<String> layers() {
    return new ArrayList<>(layers.keySet());
  }

  /** How many tokens stand before those of the image: 1 with a class token, else 0. */
  public int classTokens() {
    return 0;
  }

  /** The responses of all layers. */
  public final Map<String, NDArray> responses(
      ParameterStore store, NDArray images, boolean training) {
    Map<String, NDArray> responses = new LinkedHashMap<>();
    NDArray current = images;
    for (Map.Entry<String, Block> layer : layers.entrySet()) {
      current = run(layer.getValue(), store, current, training);
      responses.put(layer.getKey(), current);
    }
    return responses;
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    NDArray current = input;
    for (Block layer : layers.values()) {
      current = run(layer, store, current, training);
    }
    return current;
  }

  @Override
  protected Shape outputShape(Shape input) {
    Shape shape = input;
    for (Block layer : layers.values()) {
      shape = shapeAfter(layer, shape);
    }
    return shape;
  }
}
