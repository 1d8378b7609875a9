package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dkindred.kills=20} kills more often than the test needs. */
class RecorderKillTest {
  private static final int KILLS = Integer.getInteger("kindred.kills", 5);

  /**
   * Killed while it appends, read as it is, and continued: in the end it is the recording of an
   * uninterrupted run, and nothing half written is left.
   */
  @Test
  void aKilledRecordingIsReadableAndGoesOn(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("whole");
    KilledRecorder.record(whole);
    Recording expected = Recording.open(whole);
    assertThat(expected.epochs()).hasSize(KilledRecorder.EPOCHS);

    SplittableRandom random = new SplittableRandom(5);
    int round = 0;
    int amid = 0;
    for (int kills = 0; kills < KILLS; ) {
      Path killed = folder.resolve("killed " + round);
      int before = epochFiles(killed);
      Process process = run(killed);
      while (process.isAlive() && epochFiles(killed) == before) {
        process.waitFor(1, TimeUnit.MILLISECONDS); // until it appends
      }
      boolean ended = process.waitFor(random.nextLong(60), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      int after = epochFiles(killed);
      if (after > 0) {
        Recording found = Recording.open(killed);
        assertThat(found.epochs()).hasSize(after);
        assertThat(found.similarity("conv1").get(after - 1, after - 1)).isEqualTo(1);
      }
      amid += after > before && after < KilledRecorder.EPOCHS ? 1 : 0;
      round += ended ? 1 : 0; // it came to its end between two kills: the next begins anew
      kills += ended ? 0 : 1;
    }
    assertThat(amid).isPositive();
    for (int r = 0; r <= round; r++) {
      Path killed = folder.resolve("killed " + r);
      assertThat(run(killed).waitFor()).isZero();
      Recording found = Recording.open(killed);
      for (String tap : KilledRecorder.TAPS) {
        assertThat(found.similarity(tap).values()).isDeepEqualTo(expected.similarity(tap).values());
        assertThat(found.sketchError(tap).values())
            .isDeepEqualTo(expected.sketchError(tap).values());
      }
      try (Stream<Path> files = Files.list(killed)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.endsWith(".part"));
      }
    }
  }

  private static int epochFiles(Path folder) throws Exception {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.filter(file -> file.toString().endsWith(".kindred")).count();
    }
  }

  private static Process run(Path folder) throws Exception {
    return ChildJvm.of(KilledRecorder.class, folder)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
