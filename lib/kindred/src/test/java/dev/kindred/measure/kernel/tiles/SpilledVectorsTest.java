package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Progress;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpilledVectorsTest {
  private static final List<Representation> MODELS =
      List.of(
          Representation.of("a", 2, 1, new double[] {1, 2}),
          Representation.of("b", 2, 1, new double[] {3, 4}));

  /** Half of the budget is the measures' own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void vectorsStayInMemoryWhereTheyTakeHalfOfTheBudget(boolean float32) {
    long bytes = 2 * 5 * (float32 ? 4 : 8);
    assertThat(isInMemory(2 * bytes, float32)).isTrue();
    assertThat(isInMemory(2 * bytes - 1, float32)).isFalse();
  }

  private static boolean isInMemory(long budget, boolean float32) {
    Run run = new Run(budget, Progress.NONE, null);
    try (SpilledVectors vectors = SpilledVectors.open(run, "test", MODELS, 5, float32)) {
      fill(vectors, 5, float32);
      assertThat(vectors.has(1)).isNotEqualTo(vectors.span(0, 5).owned() == null);
      return vectors.span(0, 5).owned() == null;
    }
  }

  /** Longer than what is read and written at a time, from a place inside. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void spansAreWhatWasWritten(boolean float32) {
    int length = 700_000;
    for (long budget : new long[] {1L << 30, 1}) {
      Run run = new Run(budget, Progress.NONE, null);
      try (SpilledVectors vectors = SpilledVectors.open(run, "test", MODELS, length, float32)) {
        fill(vectors, length, float32);
        int from = 1234;
        int size = 600_001;
        try (SpilledVectors.Span span = vectors.span(from, size)) {
          double[] values = new double[size];
          for (int m = 0; m < 2; m++) {
            long place = span.block().offset() + (long) m * span.block().stride();
            span.block().panel().read(place, values, size);
            assertThat(values[0]).isEqualTo(m + 2.0 * from);
            for (int i = 0; i < size; i++) {
              if (values[i] != m + 2.0 * (from + i)) {
                assertThat(values[i]).as("vector %d, %d", m, i).isEqualTo(m + 2.0 * (from + i));
              }
            }
          }
        }
      }
    }
  }

  /** Vector m holds m, m + 2, m + 4, …; all are exact in float32. */
  private static void fill(SpilledVectors vectors, int length, boolean float32) {
    for (int m = 0; m < 2; m++) {
      float[] floats = new float[length];
      double[] doubles = new double[length];
      for (int i = 0; i < length; i++) {
        floats[i] = m + 2f * i;
        doubles[i] = m + 2.0 * i;
      }
      if (float32) {
        vectors.write(m, floats);
      } else {
        vectors.write(m, doubles);
      }
    }
  }

  @Test
  void checkpointsStayUntilTheyAreNeededNoMore(@TempDir Path folder) throws IOException {
    Run run = new Run(1L << 30, Progress.NONE, folder);
    try (SpilledVectors vectors = SpilledVectors.open(run, "test", MODELS, 5, false)) {
      assertThat(vectors.has(0)).isFalse();
      fill(vectors, 5, false);
    }
    try (SpilledVectors again = SpilledVectors.open(run, "test", MODELS, 5, false)) {
      assertThat(again.has(0)).isTrue();
      assertThat(again.has(1)).isTrue();
      again.discard();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
