package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.kindred.network.architecture.Chain;
import dev.kindred.network.architecture.Layers;
import dev.kindred.network.architecture.TokenNorm;
import dev.kindred.network.architecture.TransformerBlock;

/**
 * Draws all patches from the encoded visible ones: a learnt token stands in for those that are
 * hidden, positions are added, one transformer block follows.
 */
final class MaskDecoder extends AbstractBlock {
  private final int width;
  private final int places;
  private final int pixels;
  private final Block entry;
  private final Block body;
  private final Parameter positions;
  private final Parameter hidden;

  MaskDecoder(int width, int places, int pixels) {
    this.width = width;
    this.places = places;
    this.pixels = pixels;
    entry = addChildBlock("entry", Layers.linear(width));
    body =
        addChildBlock(
            "body",
            new Chain(
                new TransformerBlock(width, width / 16, 2 * width),
                new TokenNorm(),
                Layers.linear(pixels)));
    positions = parameter("positions");
    hidden = parameter("hidden");
  }

  private Parameter parameter(String name) {
    return addParameter(Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build());
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    positions.setShape(new Shape(1, places, width));
    hidden.setShape(new Shape(1, 1, width));
  }

  /**
   * @param inputs encoded visible patches, (batch, visible, width), and per place its rank among
   *     them, or their number for the token of hidden ones, (batch, places)
   */
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray encoded = entry.forward(store, new NDList(inputs.get(0)), training).get(0);
    long batch = encoded.getShape().get(0);
    NDArray token =
        store.getValue(hidden, encoded.getDevice(), training).broadcast(new Shape(batch, 1, width));
    NDArray index =
        inputs.get(1).reshape(batch, places, 1).broadcast(new Shape(batch, places, width));
    NDArray all =
        encoded
            .concat(token, 1)
            .gather(index, 1)
            .add(store.getValue(positions, encoded.getDevice(), training));
    return body.forward(store, new NDList(all), training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), places, pixels)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    entry.initialize(manager, type, inputShapes[0]);
    body.initialize(manager, type, new Shape(inputShapes[0].get(0), places, width));
  }
}
