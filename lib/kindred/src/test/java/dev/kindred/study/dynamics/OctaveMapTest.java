package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OctaveMapTest {
  /** A similarity that falls by a tenth an octave, so that any line between epochs is exact. */
  private static EpochMap map(List<Integer> epochs) {
    double[][] values = new double[epochs.size()][epochs.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        values[i][j] = 1 - 0.1 * Math.abs(octave(epochs.get(i)) - octave(epochs.get(j)));
      }
    }
    return new EpochMap("similarity", epochs, values);
  }

  private static double octave(int epoch) {
    return epoch == 0 ? -1 : OctaveMap.octaves(epoch);
  }

  private static List<Integer> all(int last) {
    return IntStream.rangeClosed(0, last).boxed().toList();
  }

  @Test
  void everyGridHasTheSameRate() {
    for (List<Integer> epochs :
        List.of(
            all(128),
            List.of(0, 1, 2, 4, 8, 16, 32, 64, 128),
            List.of(0, 1, 3, 4, 5, 7, 30, 31, 32, 33, 100, 128))) {
      OctaveMap map = OctaveMap.of(map(epochs));
      assertThat(map.size()).as(epochs.toString()).isEqualTo(4 * 7 + 1);
      assertThat(map.evolutionRate()).as(epochs.toString()).isCloseTo(0.1, within(0.01));
      assertThat(map.values()[0][28]).as(epochs.toString()).isCloseTo(0.3, within(1e-9));
    }
  }

  @Test
  void epochsWithMissingValuesAreLeftOut() {
    EpochMap map = map(all(128));
    for (int i = 0; i < 129; i++) {
      map.values()[i][40] = Double.NaN;
      map.values()[40][i] = Double.NaN;
    }
    map.values()[64][2] = Double.NaN;
    map.values()[2][64] = Double.NaN;
    assertThat(OctaveMap.complete(map)).hasSize(127).doesNotContain(40);
    assertThat(OctaveMap.of(map).evolutionRate()).isCloseTo(0.1, within(0.01));
  }

  @Test
  void whatIsTooShortHasNoRate() {
    assertThat(OctaveMap.of(map(List.of(0, 1))).evolutionRate()).isNaN();
    assertThat(OctaveMap.of(map(List.of(0))).size()).isZero();
    assertThat(OctaveMap.of(map(List.of(20, 40, 80))).size()).isZero();
    assertThat(OctaveMap.of(map(List.of())).size()).isZero();
  }
}
