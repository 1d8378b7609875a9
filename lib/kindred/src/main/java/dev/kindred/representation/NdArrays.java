package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Between a {@link Representation} and ND4J's arrays, for notebooks that compute with ND4J. */
public final class NdArrays {
  private NdArrays() {}

  /**
   * A copy of an ND4J matrix of shape stimuli × units. Double and integer arrays become float64,
   * other floating types float32.
   *
   * @throws InputException unless the array has two dimensions
   */
  public static Representation toRepresentation(String id, INDArray array) {
    if (array.rank() != 2) {
      throw new InputException(
          id
              + ": expected an array of shape stimuli × units, found shape "
              + Arrays.toString(array.shape()));
    }
    boolean exact = array.dataType() == DataType.DOUBLE || array.dataType().isIntType();
    RepresentationBuilder builder =
        new RepresentationBuilder(
            id,
            Math.toIntExact(array.rows()),
            Math.toIntExact(array.columns()),
            exact ? ElementType.FLOAT64 : ElementType.FLOAT32);
    for (int i = 0; i < array.rows(); i++) {
      INDArray row = array.getRow(i);
      if (exact) {
        builder.append(DoubleBuffer.wrap(row.toDoubleVector()));
      } else {
        builder.append(FloatBuffer.wrap(row.toFloatVector()));
      }
    }
    Representation copy = builder.build(Provenance.of("nd4j array"));
    return switch (array.dataType()) {
      case HALF -> copy.withRounding(ElementType.FLOAT16);
      case BFLOAT16 -> copy.withRounding(ElementType.BFLOAT16);
      default -> array.dataType().isIntType() ? copy.withRounding(ElementType.FLOAT64) : copy;
    };
  }

  /**
   * A copy of the responses as an ND4J matrix of shape stimuli × units, float32 or float64 as the
   * representation is.
   *
   * @throws InputException if there are 2³¹ numbers or more
   */
  public static INDArray toArray(Representation representation) {
    int n = representation.stimuli();
    int p = representation.units();
    if ((long) n * p > Integer.MAX_VALUE - 8) {
      throw new InputException(representation + ": too large for one Java array");
    }
    if (representation.precision() == ElementType.FLOAT64) {
      double[] numbers = new double[n * p];
      representation.read(0, n, DoubleBuffer.wrap(numbers));
      return Nd4j.create(numbers, new long[] {n, p}, 'c');
    }
    float[] numbers = new float[n * p];
    representation.read(0, n, FloatBuffer.wrap(numbers));
    return Nd4j.create(numbers, new long[] {n, p}, 'c');
  }
}
