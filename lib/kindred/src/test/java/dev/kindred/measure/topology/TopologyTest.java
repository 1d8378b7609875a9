package dev.kindred.measure.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /**
   * All triangles of a small complex, reduced with a plain matrix: ends of bars are the earliest
   * triangles of the space that the coboundaries of edges span.
   */
  @Test
  void barsAreThoseOfTheWholeMatrix() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = 4 + seed % 9;
      double[][] x = distances(n, random);
      double[][] y = distances(n, random);
      assertThat(new CrossBarcode(x, y).totalLength())
          .as("seed " + seed)
          .isCloseTo(lengthByElimination(x, y), within(1e-12));
    }
  }

  /** Few different lengths in every other cloud, so that there are ties. */
  private static double[][] distances(int n, SplittableRandom random) {
    boolean ties = random.nextBoolean();
    double[][] distances = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = ties ? random.nextInt(1, 5) : random.nextDouble(1, 4);
        distances[j][i] = distances[i][j];
      }
    }
    return distances;
  }

  private static double lengthByElimination(double[][] x, double[][] y) {
    int n = x.length;
    // Points 0 … n − 1 and the cone n, which is at distance 0 of all.
    double[][] least = new double[n + 1][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        least[i][j] = Math.min(x[i][j], y[i][j]);
      }
    }
    Map<Set<Integer>, Double> weight = new HashMap<>();
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        weight.put(Set.of(a, b, n), x[a][b]);
        for (int c = b + 1; c < n; c++) {
          double longest = Math.max(least[a][b], Math.max(least[b][c], least[a][c]));
          weight.put(Set.of(a, b, c), longest);
        }
      }
    }
    List<Set<Integer>> triangles = new ArrayList<>(weight.keySet());
    triangles.sort(Comparator.comparing(weight::get));
    List<BitSet> columns = new ArrayList<>();
    double total = 0;
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        BitSet column = new BitSet();
        for (int t = 0; t < triangles.size(); t++) {
          column.set(t, triangles.get(t).containsAll(Set.of(a, b)));
        }
        for (BitSet other : columns) {
          if (column.get(other.nextSetBit(0))) {
            column.xor(other);
          }
        }
        total += weight.get(triangles.get(column.nextSetBit(0))) - least[a][b];
        // Of every column, the pivots of the others are taken out.
        for (BitSet other : columns) {
          if (other.get(column.nextSetBit(0))) {
            other.xor(column);
          }
        }
        columns.add(column);
      }
    }
    return total;
  }

  @Test
  void rotatedDuplicatesStayTied() {
    double[][] rows = new double[30][8];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 30; i++) {
      double[] earlier = i % 3 == 0 ? null : rows[i - i % 3];
      Arrays.setAll(rows[i], j -> earlier == null ? 5 + random.nextGaussian() : earlier[j]);
    }
    double[] gaussian = random.doubles(64, -1, 1).toArray();
    Matrix turn = Qr.orthonormal(Matrix.ofColumnMajor(8, 8, gaussian));
    double[][] turned = Matrix.ofRows(rows).times(turn).toRows();
    // Rounding differs from row to row where rows are turned one by one.
    for (int i = 1; i < 30; i++) {
      turned[i] = Matrix.ofRows(Arrays.copyOfRange(rows, 0, i + 1)).times(turn).toRows()[i];
    }
    NeighbourGraph graph = NeighbourGraph.of(Representation.of("x", rows), 1);
    NeighbourGraph found = NeighbourGraph.of(Representation.of("y", turned), 1);
    for (int i = 0; i < 30; i++) {
      assertThat(graph.neighbours(i)).hasSize(2);
      assertThat(found.neighbours(i)).containsExactlyInAnyOrder(graph.neighbours(i));
    }
  }

  @Test
  void memoryIsThatOfTheNumbers() {
    Representation x = normal("x", 20, 3, 1);
    assertThat(Measures.parse("imd").prepare(x).bytes()).isEqualTo(8 * 256);
    assertThat(Measures.parse("rtd").prepare(x).bytes()).isEqualTo(8 * 20 * 20);
    assertThat(Measures.parse("rtd[batch=10,trials=3]").prepare(x).bytes())
        .isEqualTo(3 * 8 * 10 * 10);
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
    assertThat(rtd.compare(y, x)).isCloseTo(all, within(1e-12));
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
    assertThat(Measures.parse("rtd").compare(normal("x", 3, 2, 1), normal("y", 3, 2, 2)))
        .isNotNegative();
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
