package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import dev.kindred.base.Store;
import dev.kindred.network.Network;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dkindred.kills=20} kills more often than the test needs. */
class ZooKillTest {
  private static final int KILLS = Integer.getInteger("kindred.kills", 5);

  /** Killed at random moments, from the start of the process to the last write, and run again. */
  @Test
  void aKilledZooEndsInTheWeightsAndScoresOfAnUninterruptedOne(@TempDir Path folder)
      throws Exception {
    Path whole = folder.resolve("whole");
    long start = System.nanoTime();
    assertThat(run(whole).waitFor()).isZero();
    long milliseconds = (System.nanoTime() - start) / 1_000_000;

    SplittableRandom random = new SplittableRandom(3);
    int round = 0;
    for (int kills = 0; kills < KILLS; ) {
      Process process = run(folder.resolve("killed " + round));
      boolean ended = process.waitFor(random.nextLong(milliseconds), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (ended) {
        round++; // it came to its end between two kills: the next begins anew
      } else {
        kills++;
      }
    }
    assertThat(run(folder.resolve("killed " + round)).waitFor()).isZero();
    for (int r = 0; r <= round; r++) {
      requireSame(whole, folder.resolve("killed " + r));
    }
  }

  private static void requireSame(Path whole, Path killed) {
    for (ModelDeclaration declaration : KilledZoo.declarations()) {
      ZooMember expected = Zoo.find(declaration, Store.open(whole)).orElseThrow();
      ZooMember found = Zoo.find(declaration, Store.open(killed)).orElseThrow();
      try (Network a = (Network) expected.open();
          Network b = (Network) found.open()) {
        assertThat(b.weights().learntValues()).isEqualTo(a.weights().learntValues());
        assertThat(b.weights().bufferValues()).isEqualTo(a.weights().bufferValues());
      }
      assertThat(found.curve()).isEqualTo(expected.curve());
      assertThat(found.scores().orElseThrow().probe())
          .isEqualTo(expected.scores().orElseThrow().probe());
    }
  }

  private static Process run(Path folder) throws Exception {
    return ChildJvm.of(KilledZoo.class, folder)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
