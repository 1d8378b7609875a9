package dev.kindred.network.architecture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** Layer normalisation over the last axis (Ba et al. 2016), for any number of tokens. */
public final class TokenNorm extends UnaryBlock {
  private static final float EPSILON = 1e-6f;

  private final Parameter gamma = add("gamma", Parameter.Type.GAMMA);
  private final Parameter beta = add("beta", Parameter.Type.BETA);

  private Parameter add(String name, Parameter.Type type) {
    return addParameter(Parameter.builder().setName(name).setType(type).build());
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    Shape width = new Shape(inputShapes[0].get(inputShapes[0].dimension() - 1));
    gamma.setShape(width);
    beta.setShape(width);
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    Device device = input.getDevice();
    return input
        .getNDArrayInternal()
        .layerNorm(
            input,
            gamma.getShape(),
            store.getValue(gamma, device, training),
            store.getValue(beta, device, training),
            EPSILON)
        .singletonOrThrow();
  }

  @Override
  protected Shape outputShape(Shape input) {
    return input;
  }
}
