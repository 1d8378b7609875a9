package dev.kindred.network.tensor;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.kindred.base.InputException;
import dev.kindred.base.NativeLibraries;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * The tensor engine: memory, gradients and threads.
 *
 * <p>DJL's own gradient collector allows one training run per process; PyTorch itself keeps the
 * switch per thread. Going to the engine directly lets a zoo train one network per core, each on
 * one thread, which is faster for small networks than one network on all cores and gives weights
 * that do not depend on the number of cores.
 */
public final class Torch {
  private static final String ENGINE = "PyTorch";

  static {
    NativeLibraries.prepare();
  }

  private Torch() {}

  /** A new owner of tensors on the device ({@link TorchDevice}); closing it frees them. */
  public static NDManager newManager() {
    return engine().newBaseManager(TorchDevice.get());
  }

  /** A model to load into, on the device. */
  public static Model newModel(String name) {
    return Model.newInstance(name, TorchDevice.get(), ENGINE);
  }

  /**
   * @throws InputException if PyTorch cannot be loaded, as where its libraries are not those that
   *     the environment variables of the engine say
   */
  private static Engine engine() {
    try {
      return Engine.getEngine(ENGINE);
    } catch (EngineException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InputException("PyTorch cannot be loaded: " + cause.getMessage(), e);
    }
  }

  static boolean findsGpu() {
    return engine().defaultDevice().isGpu();
  }

  /** Whether tensors lie on a GPU, which is kept busy by one thread. */
  public static boolean isOnGpu() {
    return TorchDevice.get().isGpu();
  }

  /** How many threads one operation uses when it is called from this thread. */
  public static int threads() {
    engine();
    return JniUtils.getNumThreads();
  }

  /**
   * Sets how many threads one operation uses when it is called from this thread, until the scope is
   * closed.
   */
  public static Scope threads(int count) {
    int before = threads();
    JniUtils.setNumThreads(count);
    return () -> JniUtils.setNumThreads(before);
  }

  /** Switches recording for gradients off in this thread until the scope is closed. */
  public static Scope withoutGradients() {
    return gradients(false);
  }

  /** Switches recording for gradients on in this thread until the scope is closed. */
  public static Scope withGradients() {
    return gradients(true);
  }

  private static Scope gradients(boolean on) {
    engine();
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
    return () -> JniUtils.setGradMode(before);
  }

  /** Adds the gradient of the scalar {@code loss} to every tensor that it was computed from. */
  public static void backward(NDArray loss) {
    try (NDArray one = loss.getManager().ones(loss.getShape(), loss.getDataType())) {
      JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    }
  }

  /** The gradient that has been added to {@code array}, or null before the first. */
  public static NDArray gradient(NDArray array, NDManager owner) {
    NDArray gradient = JniUtils.getGradient((PtNDArray) array);
    if (gradient != null) {
      gradient.attach(owner);
    }
    return gradient;
  }

  /** Sets the gradient of {@code array} to zero. */
  public static void zeroGradient(NDArray array) {
    JniUtils.zeroGrad((PtNDArray) array);
  }

  /** A tensor of the given shape from row-major numbers. */
  public static NDArray tensor(NDManager owner, float[] values, long... shape) {
    NDArray array = owner.create(new Shape(shape), DataType.FLOAT32);
    write(array, memory -> memory.asFloatBuffer().put(values));
    return array;
  }

  /**
   * Every number times {@code factor}, for expressions that gradients are taken of.
   *
   * <p>DJL's own {@code mul(Number)} and {@code div(Number)} keep the number in a Java buffer that
   * may be collected before the backward pass reads it; gradients then hold garbage.
   */
  public static NDArray times(NDArray array, double factor) {
    return array.mul(tensor(array.getManager(), new float[] {(float) factor}, 1));
  }

  /** A tensor of whole numbers, row by row. */
  public static NDArray tensor(NDManager owner, long[] values, long... shape) {
    NDArray array = owner.create(new Shape(shape), DataType.INT64);
    write(array, memory -> memory.asLongBuffer().put(values));
    return array;
  }

  /**
   * Writes the numbers of a tensor that was made by a manager. Writing into its memory leaves
   * nothing for Java's collector; the buffers that {@code create} takes pile up until it next runs,
   * by gigabytes in a long training.
   */
  private static void write(NDArray array, Consumer<ByteBuffer> numbers) {
    if (array.getDevice().isGpu()) {
      try (NDManager near = array.getManager().newSubManager(Device.cpu())) {
        NDArray copied = near.create(array.getShape(), array.getDataType());
        write(copied, numbers);
        copied.copyTo(array);
      }
      return;
    }
    numbers.accept(memory(array).order(ByteOrder.nativeOrder()));
  }

  /** Writes the numbers of a float32 tensor that was made by a manager, row by row. */
  public static void writeFloats(NDArray array, Consumer<FloatBuffer> numbers) {
    write(array, memory -> numbers.accept(memory.asFloatBuffer()));
  }

  /** The memory of a tensor; of one on a GPU, that of a copy. */
  private static ByteBuffer memory(NDArray array) {
    return JniUtils.getByteBuffer((PtNDArray) array, true);
  }

  /**
   * The numbers of a float32 tensor row by row, where they lie if they lie so, else copied; not to
   * be written to, nor read after the tensor is closed.
   */
  public static FloatBuffer numbers(NDArray array) {
    NDArray row = array.reshape(-1); // copies what is not contiguous
    ByteBuffer memory = memory(row);
    if (memory == null) {
      byte[] copy = row.toByteArray();
      memory = ByteBuffer.allocateDirect(copy.length);
      memory.put(copy).flip();
    }
    return memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Something to put back in order at the end. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
