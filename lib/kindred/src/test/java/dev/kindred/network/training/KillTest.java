package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import dev.kindred.network.Network;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

  /** Three times killed without warning in the middle of an epoch, the run ends as a whole one. */
  @Test
  void aKilledRunEndsInTheWeightsOfAnUninterruptedOne(@TempDir Path folder) throws Exception {
    Path expected = folder.resolve("whole.weights");
    try (Trainer trainer = KilledRun.trainer();
        Network network = trainer.train()) {
      network.write(expected);
    }
    Path checkpoint = folder.resolve("run.checkpoint");
    Path found = folder.resolve("killed.weights");
    SplittableRandom random = new SplittableRandom(1);
    List<String> said = new ArrayList<>();
    for (int killAt : new int[] {2, 5, 8}) {
      Process process = start(checkpoint, found);
      try (BufferedReader lines = reader(process)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          said.add(line);
          if (line.equals("epoch " + killAt)) {
            Thread.sleep(random.nextInt(30));
            break;
          }
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(Files.exists(found)).isFalse();
    }
    Process last = start(checkpoint, found);
    try (BufferedReader lines = reader(last)) {
      lines.lines().forEach(said::add);
    }
    assertThat(last.waitFor()).isZero();
    assertThat(Files.readAllBytes(found)).isEqualTo(Files.readAllBytes(expected));
    // nothing but the unfinished epochs was trained again
    assertThat(said.stream().filter("epoch 1"::equals)).hasSize(1);
    assertThat(said.get(said.size() - 1)).isEqualTo("epoch " + KilledRun.EPOCHS);
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Process start(Path checkpoint, Path weights) throws Exception {
    return ChildJvm.of(KilledRun.class, checkpoint, weights).start();
  }
}
