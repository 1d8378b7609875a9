package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.network.training.LearningCurve;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstLayerReturnTest {
  private static final List<Integer> EPOCHS = List.of(0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512);

  /** Similarity 1 less the distance of two places. */
  private static EpochMap map(double... places) {
    double[][] values = new double[places.length][places.length];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < places.length; j++) {
        values[i][j] = 1 - Math.abs(places[i] - places[j]);
      }
    }
    return new EpochMap("CKA", EPOCHS.subList(0, places.length), values);
  }

  /** The test error falls to epoch 8 and is good from 4 to 16; the threshold may be told. */
  private static LearningCurve curve(int fit) {
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int epoch = 0; epoch <= 512; epoch++) {
      double test = epoch < 4 ? 0.9 : epoch <= 18 ? 0.3 : 0.5;
      points.add(new LearningCurve.Point(epoch, 1, epoch >= fit ? 0 : 0.5, test));
    }
    return new LearningCurve(points);
  }

  @Test
  void thereAndBack() {
    FirstLayerReturn found =
        FirstLayerReturn.of(map(0, .1, .2, .4, .4, .4, .3, .1, .1, .3, .3), curve(64));
    // Good: 8 and 16, at 0.4. Perfect fitting: 64, 128, 256 at an octave, 512 at half of one.
    double start = (0.9 + 0.9 + 0.7 + 0.5 * 0.7) / 3.5;
    double good = (0.7 + 0.7 + 0.9 + 0.5 * 0.9) / 3.5;
    assertThat(found.nearer()).isCloseTo(start - good, within(1e-9));
    assertThat(found.back()).isCloseTo(start - 0.6, within(1e-9));
    // Around: 32, 64 and 128; at the end: 512.
    double around = (0.7 + 0.9 + 0.9) / 3;
    assertThat(found.around()).isCloseTo(around - 0.6, within(1e-9));
    assertThat(found.leftAgain()).isCloseTo(around - 0.7, within(1e-9));
  }

  @Test
  void stayingAwayIsNoReturn() {
    FirstLayerReturn found =
        FirstLayerReturn.of(map(0, .1, .2, .4, .4, .4, .5, .5, .5, .5, .5), curve(64));
    assertThat(found.nearer()).isNegative();
    assertThat(found.back()).isNegative();
  }

  /** The last epoch alone cannot tell of perfect fitting, nor of what is around the threshold. */
  @Test
  void lessThanHalfAnOctaveOfPerfectFittingTellsNothing() {
    EpochMap map = map(0, .1, .2, .4, .4, .4, .3, .1, .1, .3, .3);
    FirstLayerReturn late = FirstLayerReturn.of(map, curve(363)); // √2 times this is 513
    assertThat(late.nearer()).isNaN();
    assertThat(late.back()).isNaN();
    assertThat(late.around()).isNaN();
    assertThat(FirstLayerReturn.of(map, curve(362)).back()).isNotNaN(); // √2 times this is 511.9
  }

  @Test
  void whatIsNotThereIsMissing() {
    EpochMap map = map(0, .1, .2, .4, .4, .4, .3, .1, .1, .3, .3);
    assertThat(FirstLayerReturn.of(map, curve(9999)).back()).isNaN(); // never fits
    assertThat(FirstLayerReturn.of(map, curve(0)).back()).isNaN(); // fits from the start
    assertThat(FirstLayerReturn.of(map, curve(200)).leftAgain()).isNaN(); // ends soon after
    assertThat(FirstLayerReturn.of(map, curve(200)).back()).isNotNaN();
    map.values()[0][9] = Double.NaN; // a gap is left out
    map.values()[9][0] = Double.NaN;
    assertThat(FirstLayerReturn.of(map, curve(64)).back()).isNotNaN();
    EpochMap none = new EpochMap("CKA", List.of(), new double[0][]);
    assertThat(FirstLayerReturn.of(none, curve(64)).nearer()).isNaN();
  }
}
