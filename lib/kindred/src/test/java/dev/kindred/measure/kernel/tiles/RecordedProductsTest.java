package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordedProductsTest {
  private static final int LENGTH = 9500;

  /** Vectors in memory that are stored twice as long as they are. */
  private record Vectors(float[][] values) implements RecordedVectors {
    static Vectors random(int count, int length, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[][] values = new float[count][length];
      for (float[] vector : values) {
        for (int i = 0; i < length; i++) {
          vector[i] = (float) random.nextDouble(-1, 1);
        }
      }
      return new Vectors(values);
    }

    @Override
    public String specification() {
      return "distance";
    }

    @Override
    public List<String> names() {
      return IntStream.range(0, values.length).mapToObj(v -> "vector " + v).toList();
    }

    @Override
    public List<String> sources() {
      return List.of("memory");
    }

    @Override
    public int length() {
      return values[0].length;
    }

    @Override
    public float weight() {
      return 0.5f;
    }

    @Override
    public double value(double inner, double square, double otherSquare) {
      return square + otherSquare - 2 * inner;
    }

    @Override
    public Reader reader() {
      return (vector, from, count, target) ->
          System.arraycopy(values[vector], from, target, 0, count);
    }

    double distance(int a, int b) {
      double sum = 0;
      for (int i = 0; i < values[a].length; i++) {
        sum += Math.pow(((double) values[a][i] - values[b][i]) / 2, 2);
      }
      return sum;
    }
  }

  private static RecordedProducts map(Vectors vectors) {
    return new RecordedProducts(vectors).progress(Progress.NONE);
  }

  /** Several pieces and several tiles, the last of both smaller than the others. */
  @Test
  void valuesAreThoseOfTheVectorsHoweverLittleMemoryThereIs() {
    Vectors vectors = Vectors.random(70, LENGTH, 1);
    LabelledMatrix map = map(vectors).matrix();
    double[][] small = map(vectors).budget(1).matrix().values();
    assertThat(map.rows()).isEqualTo(vectors.names()).isEqualTo(map.columns());
    for (int i = 0; i < 70; i++) {
      for (int j = 0; j < 70; j++) {
        assertThat(map.get(i, j)).isCloseTo(vectors.distance(i, j), within(1e-2));
        assertThat(small[i][j]).isCloseTo(map.get(i, j), within(1e-2));
      }
      assertThat(map.get(i, i)).isZero();
    }
    assertThat(map.get(0, 1)).isGreaterThan(1000);
  }

  @Test
  void theResultHasTheSameBitsWithOneThread() {
    Vectors vectors = Vectors.random(70, LENGTH, 1);
    double[][] many = map(vectors).matrix().values();
    System.setProperty("kindred.threads", "1");
    try {
      assertThat(map(vectors).matrix().values()).isDeepEqualTo(many);
    } finally {
      System.clearProperty("kindred.threads");
    }
  }

  @Test
  void twoRecordingsGiveTheBlockBetweenThem() {
    Vectors few = Vectors.random(5, LENGTH, 2);
    Vectors many = Vectors.random(75, LENGTH, 3);
    LabelledMatrix block = new RecordedProducts(few, many).progress(Progress.NONE).matrix();
    float[][] both = new float[80][];
    System.arraycopy(few.values, 0, both, 0, 5);
    System.arraycopy(many.values, 0, both, 5, 75);
    Vectors together = new Vectors(both);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 75; j++) {
        assertThat(block.get(i, j)).isCloseTo(together.distance(i, 5 + j), within(1e-2));
      }
    }
    assertThatThrownBy(() -> new RecordedProducts(few, Vectors.random(3, LENGTH - 1, 4)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("same stimuli");
  }
}
