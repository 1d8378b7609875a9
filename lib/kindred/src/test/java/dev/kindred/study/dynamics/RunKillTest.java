package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunKillTest {
  private static final int KILLS = 3;

  /** Killed three times while it trains and records: in the end the numbers are the same bits. */
  @Test
  void aKilledRunGoesOnToTheSameMaps(@TempDir Path folder) throws Exception {
    Path killed = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(2);
    for (int kill = 0; kill < KILLS; kill++) {
      long before = recorded(killed);
      Process process = start(killed);
      while (process.isAlive() && recorded(killed) <= before + 1) {
        process.waitFor(1, TimeUnit.MILLISECONDS); // until it has gone on
      }
      process.waitFor(random.nextLong(30), TimeUnit.MILLISECONDS);
      assertThat(process.isAlive()).as("killed in the middle").isTrue();
      process.destroyForcibly().waitFor();
    }
    assertThat(start(killed).waitFor()).isZero();
    Path whole = folder.resolve("whole");
    assertThat(start(whole).waitFor()).isZero();
    assertThat(result(killed)).isEqualTo(result(whole));
  }

  private static Process start(Path store) throws IOException {
    return ChildJvm.of(KilledRun.class, store)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long recorded(Path store) {
    if (!Files.exists(store.resolve("working"))) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(store.resolve("working"))) {
      return files.filter(file -> file.toString().endsWith(".kindred")).count();
    } catch (UncheckedIOException | IOException e) {
      return 0; // it moves a file meanwhile
    }
  }

  private static byte[] result(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store.resolve("results"))) {
      Path run = files.filter(file -> file.endsWith("run.npz")).findFirst().orElseThrow();
      return Files.readAllBytes(run);
    }
  }
}
