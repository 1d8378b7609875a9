package dev.kindred.measure.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Progress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionSimilarityTest {
  private record InMemory(byte[][] labels) implements RegionSimilarity.Labels {
    static InMemory random(int count, int points, int classes) {
      SplittableRandom random = new SplittableRandom(count + points + classes);
      byte[][] labels = new byte[count][points];
      for (byte[] labelling : labels) {
        for (int p = 0; p < points; p++) {
          labelling[p] = (byte) random.nextInt(classes);
        }
      }
      return new InMemory(labels);
    }

    @Override
    public int count() {
      return labels.length;
    }

    @Override
    public long points() {
      return labels[0].length;
    }

    @Override
    public void read(int labelling, long from, int points, byte[] target) {
      System.arraycopy(labels[labelling], (int) from, target, 0, points);
    }

    /** The definition. */
    double agreement(int a, int b) {
      int same = 0;
      for (int p = 0; p < labels[a].length; p++) {
        same += labels[a][p] == labels[b][p] ? 1 : 0;
      }
      return same / (double) labels[a].length;
    }
  }

  /** Of every number of bits; several blocks of labellings, several stretches of points. */
  @ParameterizedTest
  @CsvSource({"3,1,2", "5,31,2", "4,64,3", "7,1000,10", "70,333,16", "5,70001,17", "40,131073,256"})
  void valuesAreThoseOfTheDefinition(int count, int points, int classes) {
    InMemory labels = InMemory.random(count, points, classes);
    double[][] found = RegionSimilarity.matrix(labels, Progress.NONE);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        assertThat(found[i][j]).isEqualTo(labels.agreement(i, j));
      }
    }
  }

  /** The largest label may first be met late, and seldom. */
  @Test
  void oneOtherPointIsSeen() {
    InMemory labels = new InMemory(new byte[2][200_000]);
    labels.labels[1][199_999] = (byte) 255;
    assertThat(RegionSimilarity.matrix(labels, Progress.NONE)[1][0]).isEqualTo(199_999 / 200_000.0);
  }
}
