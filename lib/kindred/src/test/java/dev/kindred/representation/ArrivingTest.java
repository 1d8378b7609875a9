package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read together, their numbers behind their heads. */
class ArrivingTest {
  @TempDir private Path folder;

  @Test
  void readTogetherIsAsReadAlone() {
    List<Path> files = new ArrayList<>();
    for (String name : List.of("a.npy", "b.npy", "c.npz", "d.csv", "e.npy")) {
      ElementType precision = name.equals("b.npy") ? ElementType.FLOAT64 : ElementType.FLOAT32;
      Representation x = RoundTripTest.random(40, 30 + files.size(), precision, files.size());
      Path file = folder.resolve(name);
      Representations.write(
          name.equals("e.npy")
              ? x.withStimulusIds(IntStream.range(0, 40).mapToObj(k -> "s" + k).toList())
              : x,
          file);
      files.add(file);
    }
    List<Representation> together =
        Representations.readAll(files, file -> ReadOptions.defaults().id("model " + file));
    for (int i = 0; i < files.size(); i++) {
      Representation alone = Representations.read(files.get(i));
      Representation x = together.get(i);
      assertThat(x.id()).isEqualTo("model " + files.get(i));
      assertThat(x).hasToString(alone.withId(x.id()).toString());
      assertThat(x.stimulusIds()).isEqualTo(alone.stimulusIds());
      assertThat(x.rounding()).isEqualTo(alone.rounding());
      for (int row = 0; row < 40; row++) {
        assertThat(x.row(row)).isEqualTo(alone.row(row));
      }
      assertThat(x.get(39, 29)).isEqualTo(alone.get(39, 29));
      assertThat(x.provenance()).isEqualTo(alone.provenance());
      assertThat(x.isRead()).isTrue();
    }
  }

  @Test
  void theHeadIsEnoughUntilNumbersAreWanted() throws IOException {
    Path file = folder.resolve("x.npy");
    Representations.write(RoundTripTest.random(50, 7, ElementType.FLOAT32, 1), file);
    Representation x = Representations.head(file, ReadOptions.defaults());
    assertThat(List.of(x.stimuli(), x.units())).containsExactly(50, 7);
    assertThat(x.isRead()).isFalse();
    Representation named = x.withId("y");
    assertThat(named.row(3)).isEqualTo(Representations.read(file).row(3));
    assertThat(x.isRead()).isTrue();
    // and once: what happens to the file does not matter any more
    String checksum = Checksums.sha256(file);
    Files.delete(file);
    assertThat(x.row(4)).isEqualTo(named.row(4));
    assertThat(x.provenance().parameters()).containsEntry("sha256", checksum);
  }

  @Test
  void aFileThatBecomesAnotherOneIsRefused() {
    Path file = folder.resolve("x.npy");
    Representations.write(RoundTripTest.random(50, 7, ElementType.FLOAT32, 1), file);
    Representation x = Representations.head(file, ReadOptions.defaults());
    Representations.write(RoundTripTest.random(50, 8, ElementType.FLOAT32, 1), file);
    assertThatThrownBy(() -> x.row(0))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": changed while it was read; read it again");
  }

  @Test
  void theFirstFileThatIsWrongIsNamed() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Path file = folder.resolve(i + ".npy");
      Representations.write(RoundTripTest.random(5, 3, ElementType.FLOAT32, i), file);
      files.add(file);
    }
    for (int i : List.of(2, 4)) {
      Files.write(files.get(i), new byte[0]);
    }
    assertThatThrownBy(() -> Representations.readAll(files, file -> ReadOptions.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(files.get(2) + ": ");
  }
}
