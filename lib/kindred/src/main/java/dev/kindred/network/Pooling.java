package dev.kindred.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.kindred.base.InputException;

/**
 * How the responses of a layer to one image become one row.
 *
 * <p>Feature maps have the shape (batch, channels, height, width), tokens of a transformer (batch,
 * tokens, width) with the class token first where there is one, vectors (batch, width). Vectors are
 * taken as they are.
 */
public enum Pooling {
  /** The mean over the places of a feature map; the class token, or the mean over all tokens. */
  POOLED,
  /** Every place of every channel is a unit of its own (paper 2). */
  FLATTENED,
  /** The value at the place (height/2, width/2), one unit per channel (paper 4). */
  CENTRE_PIXEL;

  /**
   * Rows of shape (batch, units).
   *
   * @param values responses of a layer
   * @param classTokens how many tokens stand before those of the image: 0 or 1
   */
  public NDArray rows(NDArray values, int classTokens) {
    Shape shape = values.getShape();
    int dimensions = shape.dimension();
    if (dimensions == 2) {
      return values;
    }
    if (dimensions != 3 && dimensions != 4) {
      throw new InputException(
          "expected responses of 2, 3 or 4 dimensions (the first for images), found " + shape);
    }
    long batch = shape.get(0);
    if (this == FLATTENED) {
      return values.reshape(batch, shape.size() / batch);
    }
    if (dimensions == 4) {
      return this == POOLED
          ? values.flatten(2, 3).mean(new int[] {2})
          : values.get(":,:," + shape.get(2) / 2 + "," + shape.get(3) / 2);
    }
    if (this == POOLED) {
      return classTokens > 0 ? values.get(":,0") : values.mean(new int[] {1});
    }
    long side = Math.round(Math.sqrt(shape.get(1) - classTokens));
    return values.get(":," + (classTokens + side / 2 * side + side / 2));
  }
}
