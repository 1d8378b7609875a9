package dev.kindred.measure.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cases whose graphs, spectra and bars are known. */
class TopologyTest {
  private static final double[] TIMES = {0, 0.1, 1, 3.3, 10};

  @Test
  void heatOfACompleteGraphIsKnown() {
    NeighbourGraph graph = NeighbourGraph.of(normal("x", 7, 3, 1), 6);
    double[] traces = new HeatTrace(graph).at(TIMES);
    for (int t = 0; t < TIMES.length; t++) {
      // One eigenvalue 0 and six of n/(n − 1).
      assertThat(traces[t]).isCloseTo(1 + 6 * Math.exp(-TIMES[t] * 7 / 6), within(1e-12));
    }
  }

  @Test
  void heatOfARingIsKnown() {
    int n = 50;
    double[][] circle = new double[n][];
    for (int i = 0; i < n; i++) {
      circle[i] = new double[] {Math.cos(2 * Math.PI * i / n), Math.sin(2 * Math.PI * i / n)};
    }
    NeighbourGraph graph = NeighbourGraph.of(Representation.of("ring", circle), 2);
    double[] traces = new HeatTrace(graph).at(TIMES);
    for (int t = 0; t < TIMES.length; t++) {
      double expected = 0;
      for (int i = 0; i < n; i++) {
        expected += Math.exp(-TIMES[t] * (1 - Math.cos(2 * Math.PI * i / n)));
      }
      assertThat(traces[t]).isCloseTo(expected, within(1e-11));
    }
  }

  @Test
  void equallyFarStimuliAreAllNeighboursInWhateverOrder() {
    // Three silent stimuli and three on one axis: of each silent one the other two are nearest.
    double[][] rows = {{0}, {0}, {0}, {1}, {2}, {4}};
    NeighbourGraph graph = NeighbourGraph.of(Representation.of("x", rows), 1);
    assertThat(graph.neighbours(0)).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(graph.neighbours(3)).containsExactlyInAnyOrder(0, 1, 2, 4);
    assertThat(graph.neighbours(4)).containsExactlyInAnyOrder(3, 5);
    assertThat(graph.neighbours(5)).containsExactly(4);
  }

  @Test
  void theIntrinsicDistanceDoesNotKnowWhichStimulusIsWhich() {
    Measure imd = Measures.parse("imd");
    Representation x = normal("x", 40, 5, 2);
    Representation y = normal("y", 40, 5, 3);
    int[] reversed = new int[40];
    Arrays.setAll(reversed, i -> 39 - i);
    assertThat(imd.compare(x, y)).isGreaterThan(1);
    assertThat(imd.compare(x, y.select(reversed))).isCloseTo(imd.compare(x, y), within(1e-8));
  }

  @Test
  void aClusterThatMergesIsOneBar() {
    // Y brings stimulus 2 to the others at 1.5; X only at 3.
    double[][] x = {{0, 1, 3}, {1, 0, 3}, {3, 3, 0}};
    double[][] y = {{0, 1, 1.5}, {1, 0, 2}, {1.5, 2, 0}};
    assertThat(new CrossBarcode(x, y).totalLength()).isEqualTo(1.5);
    assertThat(new CrossBarcode(y, x).totalLength()).isZero();
  }

  @Test
  void aLoopThatYClosesIsOneBar() {
    // Y has the sides of a square at 1. X has two of them at 1, the third at 3 and the last at 6:
    // Y joins two clusters at 1 that X joins at 3, and closes a loop at 1 that X's diagonals fill
    // at 4.
    double[][] x = {{0, 1, 4, 6}, {1, 0, 3, 4}, {4, 3, 0, 1}, {6, 4, 1, 0}};
    double[][] y = {{0, 1, 5, 1}, {1, 0, 1, 5}, {5, 1, 0, 1}, {1, 5, 1, 0}};
    assertThat(new CrossBarcode(x, y).totalLength()).isEqualTo((3 - 1) + (4 - 1));
    // The other way about: X brings the diagonals at 4, with which its triangles come as well.
    assertThat(new CrossBarcode(y, x).totalLength()).isZero();
  }

  @Test
  void equalShapesAreAtDistanceZero() {
    Measure rtd = Measures.parse("rtd");
    Representation x = normal("x", 30, 4, 4);
    assertThat(rtd.compare(x, x)).isZero();
    assertThat(rtd.compare(x, normal("y", 30, 4, 5))).isGreaterThan(0.5);
  }

  @Test
  void samplesAreOfBothRepresentationsAlike() {
    Measure rtd = Measures.parse("rtd[batch=20,trials=3]");
    Representation x = normal("x", 60, 4, 6);
    double[][] scaled = new double[60][];
    Arrays.setAll(scaled, i -> Arrays.stream(x.row(i)).map(v -> -2 * v).toArray());
    assertThat(rtd.compare(x, Representation.of("y", scaled))).isCloseTo(0, within(1e-12));

    Representation y = normal("y", 60, 4, 7);
    double all = rtd.compare(x, y);
    assertThat(all).isEqualTo(rtd.compare(x, y)).isGreaterThan(0.1);
    assertThat(Measures.parse("rtd[batch=20,trials=3,seed=1]").compare(x, y)).isNotEqualTo(all);
    assertThat(Measures.parse("rtd[batch=60,trials=3]").compare(x, y))
        .isEqualTo(Measures.parse("rtd").compare(x, y));
  }

  @Test
  void tooFewOrEqualStimuliAreRefusedInOneLine() {
    Representation flat = Representation.of("flat", new double[9][2]);
    assertThatThrownBy(() -> Measures.parse("rtd").prepare(flat))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("flat: nearly all stimuli are equal");
    assertThatThrownBy(() -> Measures.parse("rtd").prepare(normal("x", 2, 2, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x has 2 stimuli; expected at least 3");
    assertThatThrownBy(() -> Measures.parse("imd").prepare(normal("x", 5, 2, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x has 5 stimuli; k=5 neighbours need at least 6");
  }

  private static Representation normal(String id, int n, int p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return Representation.of(id, rows);
  }
}
