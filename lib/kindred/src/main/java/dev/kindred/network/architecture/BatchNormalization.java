package dev.kindred.network.architecture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * Batch normalisation over the second axis (channels of an image, units of a vector), after Ioffe
 * and Szegedy (2015). Running statistics keep {@link #MOMENTUM} of their old value at every batch.
 *
 * <p>DJL's own block swaps axes and opens a scope at every call; for small networks that is a tenth
 * of the time.
 */
final class BatchNormalization extends UnaryBlock {
  static final float MOMENTUM = 0.9f;
  private static final float EPSILON = 1e-5f;

  private final Parameter gamma = add("gamma", Parameter.Type.GAMMA, true);
  private final Parameter beta = add("beta", Parameter.Type.BETA, true);
  private final Parameter mean = add("running_mean", Parameter.Type.RUNNING_MEAN, false);
  private final Parameter variance = add("running_var", Parameter.Type.RUNNING_VAR, false);

  private Parameter add(String name, Parameter.Type type, boolean learnt) {
    return addParameter(
        Parameter.builder().setName(name).setType(type).optRequiresGrad(learnt).build());
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    Shape channels = new Shape(inputShapes[0].get(1));
    parameters.values().forEach(parameter -> parameter.setShape(channels));
  }

  @Override
  protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
    Device device = input.getDevice();
    return input
        .getNDArrayInternal()
        .batchNorm(
            input,
            store.getValue(mean, device, training),
            store.getValue(variance, device, training),
            store.getValue(gamma, device, training),
            store.getValue(beta, device, training),
            // the engine's own order of axes
            /* axis= */ -1,
            MOMENTUM,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  @Override
  protected Shape outputShape(Shape input) {
    return input;
  }
}
