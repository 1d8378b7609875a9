package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenLastIsRead() {
    Run run = new Run(1, Progress.NONE, folder);
    assertThat(Checkpoint.of(run, "work", List.of()).read()).isEmpty();
    Checkpoint.of(run, "work", List.of()).write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    Checkpoint.of(run, "work", List.of()).write(ByteBuffer.wrap(new byte[] {0, 4, 5}, 1, 2));
    assertThat(Checkpoint.of(run, "work", List.of()).read())
        .hasValue(ByteBuffer.wrap(new byte[] {4, 5}));
    assertThat(Checkpoint.of(run, "other work", List.of()).read()).isEmpty();
  }

  /** A file that was cut, or in which a bit has turned, is none. */
  @Test
  void damagedFilesAreNotRead() throws IOException {
    Run run = new Run(1, Progress.NONE, folder);
    Checkpoint.of(run, "work", List.of()).write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.toList().get(0);
    }
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole).hasSize(11);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(Checkpoint.of(run, "work", List.of()).read()).isEmpty();
      byte[] turned = whole.clone();
      turned[length] ^= 4;
      Files.write(file, turned);
      assertThat(Checkpoint.of(run, "work", List.of()).read()).isEmpty();
    }
    Files.write(file, whole);
    assertThat(Checkpoint.of(run, "work", List.of()).read()).isPresent();
    // An empty list of finished pairs is written, too.
    Checkpoint.of(run, "work", List.of()).write(ByteBuffer.allocate(0));
    assertThat(Checkpoint.of(run, "work", List.of()).read()).hasValue(ByteBuffer.allocate(0));
  }

  @Test
  void writingIsDueAfterTheStatedTime() {
    Run run = new Run(1, Progress.NONE, folder);
    assertThat(Checkpoint.of(run, "work", List.of()).isDue()).isFalse();
    System.setProperty("kindred.checkpoint.seconds", "0");
    try {
      Checkpoint always = Checkpoint.of(run, "work", List.of());
      always.write(ByteBuffer.allocate(3));
      assertThat(always.isDue()).isTrue();
      Checkpoint none = Checkpoint.of(Run.quiet(), "work", List.of());
      none.write(ByteBuffer.allocate(3));
      assertThat(none.isDue()).isFalse();
      assertThat(none.read()).isEmpty();
    } finally {
      System.clearProperty("kindred.checkpoint.seconds");
    }
  }

  /** Results are found again by these names: whatever makes another result makes another name. */
  @Test
  void everythingThatMakesTheNumbersIsInTheName() {
    // More rows than are read at a time.
    int n = 140_000;
    double[] values = new Seeds(1).stream("values").doubles(n, -1, 1).toArray();
    double[] last = values.clone();
    last[n - 1] = -last[n - 1];
    float[] floats = new float[n];
    for (int i = 0; i < n; i++) {
      floats[i] = (float) values[i];
    }
    float[] lastFloat = floats.clone();
    lastFloat[n - 1] = -lastFloat[n - 1];
    Representation x = Representation.of("x", n, 1, values);
    List<List<Representation>> lists =
        List.of(
            List.of(x),
            List.of(x, x),
            List.of(x.withId("y")),
            List.of(x.withRounding(ElementType.FLOAT16)),
            List.of(Representation.of("x", n / 2, 2, values)),
            List.of(Representation.of("x", n, 1, last)),
            List.of(Representation.of("x", n, 1, floats)),
            List.of(Representation.of("x", n, 1, lastFloat)));
    Set<String> names = new HashSet<>(Set.of(Checkpoint.key("other work", lists.get(0))));
    for (List<Representation> list : lists) {
      assertThat(names.add(Checkpoint.key("work", list))).isTrue();
    }
    assertThat(names).allMatch(name -> name.matches("[0-9a-f]{32}"));
    assertThat(names).contains(Checkpoint.key("work", List.of(x.withId("x"))));
  }
}
