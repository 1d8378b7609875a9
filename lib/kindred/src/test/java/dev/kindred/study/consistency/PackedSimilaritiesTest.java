package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedSimilaritiesTest {
  @TempDir Path folder;

  private Path write(double[][] values) throws IOException {
    Path file = folder.resolve("m.npz");
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
      PackedSimilarities.write(npz, "m", values);
    }
    return file;
  }

  private static double[][] random(int models, double largest) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] values = new double[models][models];
    for (int i = 0; i < models; i++) {
      values[i][i] = 1;
      for (int j = 0; j < i; j++) {
        values[i][j] = values[j][i] = largest * (2 * random.nextDouble() - 1);
      }
    }
    return values;
  }

  @Test
  void whatIsReadIsWithinHalfAStepOfWhatWasWritten() throws IOException {
    double[][] values = random(40, 1);
    Path file = write(values);
    assertThat(Files.size(file)).isLessThan(40 * 39 + 400);
    try (ArrayFile open = ArrayFile.open(file)) {
      double[][] found = PackedSimilarities.read(open.array("m"), 40);
      for (int i = 0; i < 40; i++) {
        for (int j = 0; j < 40; j++) {
          assertThat(found[i][j]).isCloseTo(values[i][j], within(0.5001 / 32767));
        }
      }
      assertThatThrownBy(() -> PackedSimilarities.read(open.array("m"), 41))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected 820 numbers for 41 models, found 780");
    }
  }

  @Test
  void valuesBeyondOneAreKeptAsTheyAre() throws IOException {
    double[][] values = random(5, 3);
    try (ArrayFile open = ArrayFile.open(write(values))) {
      assertThat(PackedSimilarities.read(open.array("m"), 5)).isDeepEqualTo(values);
    }
  }
}
