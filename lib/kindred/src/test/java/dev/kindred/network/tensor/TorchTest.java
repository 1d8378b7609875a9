package dev.kindred.network.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class TorchTest {

  /** The factor must outlive Java's collector, as the backward pass reads it. */
  @Test
  void aFactorIsStillThereForTheBackwardPass() {
    try (NDManager manager = Torch.newManager();
        Torch.Scope gradients = Torch.withGradients()) {
      NDArray x = Torch.tensor(manager, new float[] {1, 2, 3}, 3);
      x.setRequiresGradient(true);
      NDArray loss = Torch.times(x.square(), 0.5).sum();
      System.gc();
      for (int i = 0; i < 1000; i++) {
        Torch.tensor(manager, new float[] {Float.NaN}, 1);
      }
      Torch.backward(loss);
      assertThat(Torch.gradient(x, manager).toFloatArray()).containsExactly(1, 2, 3);
      Torch.zeroGradient(x);
      assertThat(Torch.gradient(x, manager).toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void aTensorHoldsTheNumbersThatItWasMadeOf() {
    try (NDManager manager = Torch.newManager()) {
      assertThat(Torch.tensor(manager, new long[] {3, 4}, 2).toLongArray()).containsExactly(3, 4);
      assertThat(Torch.tensor(manager, new float[] {3, 4, 5, 6}, 2, 2).get(1).toFloatArray())
          .containsExactly(5, 6);
    }
  }
}
