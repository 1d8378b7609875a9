package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import dev.kindred.network.training.Moment;
import dev.kindred.representation.Representation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dkindred.kills=20} kills more often than the test needs. */
class RecorderKillTest {
  private static final int KILLS = Integer.getInteger("kindred.kills", 5);

  /**
   * Killed while it trains and records, read as it is, and continued: in the end it is the
   * recording of an uninterrupted run, of every sink, and nothing half written is left.
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
      boolean ended = process.waitFor(random.nextLong(300), TimeUnit.MILLISECONDS);
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
      for (String layer : KilledRecorder.LAYERS) {
        assertThat(found.similarity(layer).values())
            .isDeepEqualTo(expected.similarity(layer).values());
        assertThat(found.sketchError(layer).values())
            .isDeepEqualTo(expected.sketchError(layer).values());
        assertThat(found.probeErrors(layer)).hasSize(12).isEqualTo(expected.probeErrors(layer));
        for (int epoch = 0; epoch < KilledRecorder.EPOCHS; epoch++) {
          if (KilledRecorder.PROBED.contains(epoch)) {
            assertThat(found.labels(layer, epoch)).isEqualTo(expected.labels(layer, epoch));
          }
          for (int batch = 0; batch < 2; batch++) {
            Moment moment = new Moment(epoch, batch);
            if (KilledRecorder.responses(moment) && epoch + batch < KilledRecorder.EPOCHS) {
              assertThat(rows(found, layer, moment)).isDeepEqualTo(rows(expected, layer, moment));
            }
          }
        }
      }
      try (Stream<Path> files = Files.list(killed)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.endsWith(".part"));
      }
    }
  }

  private static double[][] rows(Recording recording, String layer, Moment moment) {
    Representation responses = recording.responses(layer, moment);
    return IntStream.range(0, responses.stimuli())
        .mapToObj(responses::row)
        .toArray(double[][]::new);
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
