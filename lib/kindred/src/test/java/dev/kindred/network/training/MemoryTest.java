package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindred.base.Progress;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final Path STATUS = Path.of("/proc/self/statm");

  /** Native tensors of a batch take megabytes: a thousand forgotten ones could not be missed. */
  @Test
  void aThousandBatchesLeaveNothingBehind() {
    assumeTrue(Files.isReadable(STATUS), "resident memory is read from /proc");
    TrainingPlan plan =
        new TrainingPlan(
            "memory",
            PlainCnn.plain(2).withStemStride(2),
            new Supervised(0, Augmentation.CROP_FLIP),
            new Optimizer.Adam(1e-3),
            16,
            125,
            1);
    long[] held = new long[2];
    long[] resident = new long[2];
    try (Trainer trainer = new Trainer(plan, TestImages.bars(128, 32, 3, 1))) {
      trainer
          .threads(1)
          .evaluateEvery(1000)
          .progress(Progress.NONE)
          .onEpoch(
              new EpochListener() {
                @Override
                public boolean wants(int epoch) {
                  return epoch == 25 || epoch == 125;
                }

                @Override
                public void epoch(int epoch, dev.kindred.network.Network network) {
                  int i = epoch == 25 ? 0 : 1;
                  held[i] = trainer.heldTensors();
                  resident[i] = nativeBytes();
                }
              });
      trainer.train().close();
    }
    assertThat(held[1]).isEqualTo(held[0]);
    // 800 batches between: input images alone, 197 kB a batch, would be 157 MB
    assertThat(resident[1] - resident[0]).isLessThan(100_000_000L);
  }

  /** Resident memory less the Java heap, which grows to its own liking. */
  private static long nativeBytes() {
    System.gc();
    return residentBytes() - Runtime.getRuntime().totalMemory();
  }

  private static long residentBytes() {
    try {
      return Long.parseLong(Files.readString(STATUS).split(" ")[1]) * 4096;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
