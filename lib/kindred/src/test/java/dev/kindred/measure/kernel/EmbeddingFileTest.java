package dev.kindred.measure.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.measure.kernel.EmbeddingFile.Average;
import dev.kindred.measure.kernel.EmbeddingFile.Format;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cka[estimator=biased,batch=20] | MEAN | FLOAT32 | 1e-6",
        "cka[estimator=biased,batch=20] | RATIO | FLOAT32 | 1e-6",
        "cka[batch=25] | MEAN | FLOAT16 | 1e-4",
        "cka[batch=25] | RATIO | FLOAT32 | 1e-6",
        "cka[kernel=rbf,estimator=biased] | RATIO | FLOAT16 | 1e-4",
        "rsa[compare=pearson] | RATIO | FLOAT32 | 1e-6"
      })
  void mapsEqualTheMeasureItself(
      String specification, Average average, Format format, double tolerance) {
    EmbeddingFile file = EmbeddingFile.create(folder.resolve("e"), specification, 60, format);
    List<Representation> epochs = epochs(9);
    epochs.forEach(x -> file.append(x.id(), x));
    LabelledMatrix map = matrix(EmbeddingFile.open(file.path()).entries(), average).matrix();
    String same =
        average == Average.MEAN ? specification.replace("]", ",average=mean]") : specification;
    double[][] expected = new AllPairs(Measures.parse(same)).matrix(epochs).values();
    assertThat(map.rows()).containsExactlyElementsOf(epochs.stream().map(x -> x.id()).toList());
    for (int i = 0; i < epochs.size(); i++) {
      for (int j = 0; j < epochs.size(); j++) {
        assertThat(map.get(i, j)).isCloseTo(expected[i][j], within(tolerance));
      }
    }
  }

  @Test
  void recordsOfSeveralFilesAreComparedAndMemoryMayBeSmall() {
    EmbeddingFile a = EmbeddingFile.create(folder.resolve("a"), "cka", 60, Format.FLOAT32);
    EmbeddingFile b = EmbeddingFile.create(folder.resolve("b"), "cka", 60, Format.FLOAT32);
    List<Representation> epochs = epochs(4);
    a.append("0", epochs.get(0));
    a.append("1", epochs.get(1));
    b.append("2", epochs.get(2));
    b.append("3", epochs.get(3));
    List<EmbeddingFile.Entry> entries = new ArrayList<>(a.entries());
    entries.addAll(b.entries());
    double[][] expected = new AllPairs(Measures.parse("cka")).matrix(epochs).values();
    double[][] map = matrix(entries, Average.RATIO).budget(1).matrix().values();
    assertThat(map[0][3]).isCloseTo(expected[0][3], within(1e-6));
    assertThat(map[2][1]).isCloseTo(expected[2][1], within(1e-6));
  }

  @Test
  void theResultHasTheSameBitsWithOneThread() {
    EmbeddingFile file = EmbeddingFile.create(folder.resolve("e"), "cka", 60, Format.FLOAT16);
    epochs(8).forEach(x -> file.append(x.id(), x));
    double[][] many = matrix(file.entries(), Average.RATIO).matrix().values();
    System.setProperty("kindred.threads", "1");
    try {
      assertThat(matrix(file.entries(), Average.RATIO).matrix().values()).isDeepEqualTo(many);
    } finally {
      System.clearProperty("kindred.threads");
    }
  }

  @Test
  void whatAKillLeavesIsOverwritten() throws IOException {
    EmbeddingFile file = EmbeddingFile.create(folder.resolve("e"), "cka", 60, Format.FLOAT16);
    List<Representation> epochs = epochs(3);
    file.append("0", epochs.get(0));
    byte[] one = Files.readAllBytes(file.path());
    file.append("1", epochs.get(1));
    byte[] two = Files.readAllBytes(file.path());
    for (int torn : new int[] {one.length + 1, two.length - 1}) {
      Files.write(file.path(), java.util.Arrays.copyOf(two, torn));
      assertThat(EmbeddingFile.open(file.path()).entries()).hasSize(1);
    }
    byte[] damaged = two.clone();
    damaged[two.length - 100] ^= 1;
    Files.write(file.path(), damaged);
    assertThat(EmbeddingFile.open(file.path()).entries()).hasSize(1);
    EmbeddingFile.open(file.path()).append("2", epochs.get(2));
    assertThat(EmbeddingFile.open(file.path()).entries())
        .extracting(EmbeddingFile.Entry::name)
        .containsExactly("0", "2");
    assertThat(Files.size(file.path())).isEqualTo(two.length);
  }

  @Test
  void damageIsFound() throws IOException {
    EmbeddingFile file = EmbeddingFile.create(folder.resolve("e"), "cka", 60, Format.FLOAT16);
    List<Representation> epochs = epochs(2);
    file.append("0", epochs.get(0));
    file.append("1", epochs.get(1));
    file.verify();
    byte[] bytes = Files.readAllBytes(file.path());
    bytes[2000] ^= 4;
    Files.write(file.path(), bytes, StandardOpenOption.TRUNCATE_EXISTING);
    assertThatThrownBy(file::verify)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("record 0");
  }

  @Test
  void wrongInputIsRefused() throws IOException {
    Path path = folder.resolve("e");
    EmbeddingFile file = EmbeddingFile.create(path, "cka[batch=20]", 60, Format.FLOAT16);
    assertThatThrownBy(() -> file.append("x", epochs(1).get(0).select(new int[] {1, 2, 3})))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("60");
    assertThatThrownBy(() -> EmbeddingFile.create(path, "bures", 60, Format.FLOAT16))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> EmbeddingFile.create(path, "cka[batch=29]", 60, Format.FLOAT16))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("batch of 2");
    Files.writeString(path, "something else");
    assertThatThrownBy(() -> EmbeddingFile.open(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not a file of recorded embeddings");
  }

  @Test
  void twoRecordingsGiveTheBlockBetweenThem() {
    EmbeddingFile a = EmbeddingFile.create(folder.resolve("a"), "cka", 60, Format.FLOAT32);
    EmbeddingFile b = EmbeddingFile.create(folder.resolve("b"), "cka", 60, Format.FLOAT32);
    List<Representation> epochs = epochs(75);
    epochs.forEach(x -> (a.entries().size() < 5 ? a : b).append(x.id(), x));
    List<EmbeddingFile.Entry> entries = new ArrayList<>(a.entries());
    entries.addAll(b.entries());
    double[][] all = matrix(entries, Average.RATIO).matrix().values();
    LabelledMatrix block =
        new EmbeddingMatrix(
                EmbeddingFile.vectors(a.entries(), Average.RATIO),
                EmbeddingFile.vectors(b.entries(), Average.RATIO))
            .progress(Progress.NONE)
            .matrix();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 70; j++) {
        assertThat(block.get(i, j)).isCloseTo(all[i][5 + j], within(1e-6));
      }
    }
    EmbeddingFile other = EmbeddingFile.create(folder.resolve("c"), "cka", 50, Format.FLOAT32);
    int[] fewer = java.util.stream.IntStream.range(0, 50).toArray();
    other.append("x", epochs.get(0).select(fewer));
    assertThatThrownBy(
            () ->
                new EmbeddingMatrix(
                    EmbeddingFile.vectors(a.entries(), Average.RATIO),
                    EmbeddingFile.vectors(other.entries(), Average.RATIO)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("same stimuli");
  }

  @Test
  void piecesThatWereMultipliedAreKept() {
    EmbeddingFile file =
        EmbeddingFile.create(folder.resolve("e"), "cka[batch=20]", 60, Format.FLOAT32);
    epochs(8).forEach(x -> file.append(x.id(), x));
    double[][] expected = matrix(file.entries(), Average.MEAN).matrix().values();
    Progress interrupting =
        (label, total) ->
            new Progress.Task() {
              private int steps;

              @Override
              public void advance(long units) {
                steps += (int) units;
                if (steps == 2) {
                  throw new CancelledException("stopped on request");
                }
              }
            };
    List<Long> advances = new ArrayList<>();
    Progress noting =
        (label, total) ->
            new Progress.Task() {
              @Override
              public void advance(long units) {
                advances.add(units);
              }
            };
    Path parts = folder.resolve("parts");
    System.setProperty("kindred.checkpoint.seconds", "0");
    try {
      EmbeddingMatrix map = matrix(file.entries(), Average.MEAN).checkpoints(parts);
      assertThatThrownBy(() -> map.progress(interrupting).matrix())
          .isInstanceOf(CancelledException.class);
    } finally {
      System.clearProperty("kindred.checkpoint.seconds");
    }
    EmbeddingMatrix map = matrix(file.entries(), Average.MEAN).checkpoints(parts);
    assertThat(map.progress(noting).matrix().values()).isDeepEqualTo(expected);
    assertThat(advances).containsExactly(2L, 1L);
    // Another average is other work.
    assertThat(matrix(file.entries(), Average.RATIO).checkpoints(parts).matrix().values())
        .isDeepEqualTo(matrix(file.entries(), Average.RATIO).matrix().values());
  }

  private static EmbeddingMatrix matrix(List<EmbeddingFile.Entry> entries, Average average) {
    return new EmbeddingMatrix(EmbeddingFile.vectors(entries, average)).progress(Progress.NONE);
  }

  /** Slowly changing responses to 60 stimuli. */
  private static List<Representation> epochs(int count) {
    SplittableRandom random = new Seeds(5).stream("epochs");
    float[] values = new float[60 * 12];
    List<Representation> epochs = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) random.nextDouble(-1, 1);
      }
      epochs.add(Representation.of("epoch " + e, 60, 12, values.clone()));
    }
    return epochs;
  }
}
