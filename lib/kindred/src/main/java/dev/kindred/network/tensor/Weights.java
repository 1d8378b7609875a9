package dev.kindred.network.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The weights of a {@link ParameterLayout}: a vector of learnt parameters and one of buffers. The
 * same blocks run with any weights of their layout, which is how a teacher that follows its
 * student, or an untrained twin, comes at no further cost.
 */
public final class Weights implements AutoCloseable {
  private final ParameterLayout layout;
  private final NDManager manager;
  private final NDArray learnt;
  private final NDArray buffers;

  private Weights(ParameterLayout layout, NDManager manager, NDArray learnt, NDArray buffers) {
    this.layout = layout;
    this.manager = manager;
    this.learnt = learnt;
    this.buffers = buffers;
  }

  /** Initial weights. */
  public static Weights initial(ParameterLayout layout, Seeds seeds) {
    return of(layout, layout.initialLearnt(seeds), layout.initialBuffers());
  }

  /** Weights from the vectors of {@link #learntValues} and {@link #bufferValues}. */
  public static Weights of(ParameterLayout layout, float[] learnt, float[] buffers) {
    if (learnt.length != layout.learnt() || buffers.length != layout.buffers()) {
      throw new InputException(
          "expected "
              + layout.learnt()
              + " weights and "
              + layout.buffers()
              + " statistics, found "
              + learnt.length
              + " and "
              + buffers.length);
    }
    NDManager manager = Torch.newManager();
    return new Weights(layout, manager, vector(manager, learnt), vector(manager, buffers));
  }

  private static NDArray vector(NDManager manager, float[] values) {
    return manager.create(FloatBuffer.wrap(values), new Shape(values.length));
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The vector of learnt parameters itself. */
  public NDArray learnt() {
    return learnt;
  }

  /** The vector of buffers itself. */
  public NDArray buffers() {
    return buffers;
  }

  /** A copy of the learnt parameters. */
  public float[] learntValues() {
    return learnt.toFloatArray();
  }

  /** A copy of the buffers. */
  public float[] bufferValues() {
    return layout.buffers() == 0 ? new float[0] : buffers.toFloatArray();
  }

  /** Replaces the first learnt parameters and buffers, those of the first blocks of the layout. */
  public void replaceFirst(float[] learntValues, float[] bufferValues) {
    replaceFirst(learnt, learntValues);
    replaceFirst(buffers, bufferValues);
  }

  private void replaceFirst(NDArray vector, float[] values) {
    if (values.length == 0) {
      return;
    }
    float[] all = vector.toFloatArray();
    System.arraycopy(values, 0, all, 0, values.length);
    try (NDManager scratch = manager.newSubManager();
        Torch.Scope plain = Torch.withoutGradients()) {
      Torch.tensor(scratch, all, all.length).copyTo(vector);
    }
  }

  /** Equal weights of their own. */
  public Weights copy() {
    return of(layout, learntValues(), bufferValues());
  }

  /** From now on gradients of the learnt parameters are kept. */
  public void requireGradient() {
    learnt.setRequiresGradient(true);
  }

  /** What blocks read these weights from during one batch, whose tensors {@code batch} owns. */
  public ParameterStore store(NDManager batch) {
    Map<Parameter, NDArray> views = layout.views(learnt, buffers, batch);
    return new ParameterStore(batch, false) {
      @Override
      public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return parameter == null ? null : views.get(parameter);
      }
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
