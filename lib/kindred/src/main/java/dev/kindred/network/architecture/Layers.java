package dev.kindred.network.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.function.UnaryOperator;

/** The layers that the architectures are made of. */
public final class Layers {
  private Layers() {}

  /** A convolution without bias, padded so that stride 1 keeps the size. */
  static Block convolution(int channels, int kernel, int stride) {
    return convolution(channels, kernel, stride, kernel / 2, false);
  }

  static Block convolution(int channels, int kernel, int stride, int padding, boolean bias) {
    return Conv2d.builder()
        .setFilters(channels)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }

  /** Batch normalisation and rectification. */
  static Block normalizedRelu() {
    return new Chain(new BatchNormalization(), relu());
  }

  /** Convolution, batch normalisation and rectification. */
  static Block convolutionNormalizedRelu(int channels, int kernel, int stride) {
    return new Chain(convolution(channels, kernel, stride), new BatchNormalization(), relu());
  }

  static Block relu() {
    return function(Activation::relu, UnaryOperator.identity());
  }

  /** A linear layer on the last axis. */
  public static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  /** Linear, normalisation, rectification, linear: the projector of self-supervision. */
  public static Block projector(int hidden, int units) {
    return new Chain(
        Linear.builder().setUnits(hidden).optBias(false).build(),
        new BatchNormalization(),
        relu(),
        linear(units));
  }

  static Block maxPool(int size) {
    return function(
        array ->
            Pool.maxPool2d(
                array, new Shape(size, size), new Shape(size, size), new Shape(0, 0), false),
        shape -> new Shape(shape.get(0), shape.get(1), shape.get(2) / size, shape.get(3) / size));
  }

  /** The mean over all places of a feature map. */
  static Block globalMean() {
    return function(
        array -> array.flatten(2, 3).mean(new int[] {2}),
        shape -> new Shape(shape.get(0), shape.get(1)));
  }

  /** A function without parameters. */
  static Block function(UnaryOperator<NDArray> operation, UnaryOperator<Shape> shapes) {
    return new UnaryBlock() {
      @Override
      protected NDArray apply(ParameterStore store, NDArray input, boolean training) {
        return operation.apply(input);
      }

      @Override
      protected Shape outputShape(Shape input) {
        return shapes.apply(input);
      }
    };
  }
}
