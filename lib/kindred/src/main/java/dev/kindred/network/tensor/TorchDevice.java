package dev.kindred.network.tensor;

import ai.djl.Device;
import dev.kindred.base.InputException;
import java.util.function.BooleanSupplier;

/**
 * The device that networks are trained and run on, by the environment variable {@code
 * KINDRED_DEVICE}: {@code cpu} (the default), {@code gpu} (the first one), or {@code auto} for a
 * GPU where PyTorch finds one.
 */
public final class TorchDevice {
  private static volatile Device chosen;

  private TorchDevice() {}

  /**
   * Fails, before anything is computed, where the device is not there.
   *
   * @throws InputException if there is none, or no device has this name
   */
  public static void require() {
    get();
  }

  static Device get() {
    if (chosen == null) {
      chosen = choose(System.getenv("KINDRED_DEVICE"), Torch::findsGpu);
    }
    return chosen;
  }

  /**
   * @param wanted as the variable says, or null
   * @param gpu whether there is one; asked only where it matters, as that starts the engine
   */
  static Device choose(String wanted, BooleanSupplier gpu) {
    String name = wanted == null || wanted.isBlank() ? "cpu" : wanted.strip();
    return switch (name) {
      case "cpu" -> Device.cpu();
      case "auto" -> gpu.getAsBoolean() ? Device.gpu() : Device.cpu();
      case "gpu" -> {
        if (!gpu.getAsBoolean()) {
          throw new InputException(
              "KINDRED_DEVICE=gpu: PyTorch finds no GPU (README, \"On a GPU\", tells what it"
                  + " needs); expected cpu, auto, or a GPU");
        }
        yield Device.gpu();
      }
      default ->
          throw new InputException("KINDRED_DEVICE: expected cpu, gpu or auto, found " + name);
    };
  }
}
