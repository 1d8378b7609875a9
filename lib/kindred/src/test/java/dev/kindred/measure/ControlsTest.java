package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.representation.Controls;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Measures on controls: what a control takes away, and what it leaves. */
class ControlsTest {
  /** Heavy-tailed units, so that their axes are special. */
  private static Representation sparse(int n, int p) {
    SplittableRandom random = new SplittableRandom(11);
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> Math.pow(random.nextGaussian(), 5));
    }
    return Representation.of("sparse", rows)
        .withStimulusIds(IntStream.range(0, n).mapToObj(i -> "image " + i).toList());
  }

  @Test
  void aRotationKeepsGeometryAndLosesUnits() {
    Representation x = sparse(200, 16);
    Representation rotated = Controls.rotated(x, new Seeds(1));

    assertThat(Measures.parse("procrustes[score=similarity]").compare(x, rotated))
        .isCloseTo(1, within(1e-12));
    assertThat(Measures.parse("rsa[rdm=euclidean]").compare(x, rotated)).isCloseTo(1, within(1e-9));
    assertThat(Measures.parse("permutation-matching").compare(x, rotated)).isLessThan(0.8);
    assertThat(rotated.stimulusIds()).isEqualTo(x.stimulusIds());
  }

  @Test
  void rotationsAreUniform() {
    // The image of one axis is uniform on the sphere: its coordinates have mean 0, and squares 1/p.
    Representation axis = Representation.of("axis", new double[][] {{1, 0, 0}});
    double[] sums = new double[3];
    double[] squares = new double[3];
    int draws = 3000;
    for (int seed = 0; seed < draws; seed++) {
      double[] image = Controls.rotated(axis, new Seeds(seed)).row(0);
      for (int j = 0; j < 3; j++) {
        sums[j] += image[j] / draws;
        squares[j] += image[j] * image[j] / draws;
      }
    }
    // Five standard errors: √(1/3/3000) of means, √(4/45/3000) of squares.
    assertThat(sums).containsExactly(new double[] {0, 0, 0}, within(0.053));
    assertThat(squares).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(0.028));
  }

  @Test
  void aRotationAboutTheMeanKeepsItAndGeometry() {
    for (int p : new int[] {1, 2, 3, 16, 65}) {
      Representation x = sparse(40, p);
      Representation rotated = Controls.rotatedAboutMean(x, new Seeds(1));
      assertThat(rotated.stimulusIds()).isEqualTo(x.stimulusIds());
      for (int i = 0; i < 40; i++) {
        double[] before = x.row(i);
        double[] after = rotated.row(i);
        assertThat(mean(after)).isCloseTo(mean(before), within(1e-12 * scale(x)));
        assertThat(distance(after, rotated.row(0)))
            .isCloseTo(distance(before, x.row(0)), within(1e-12 * scale(x)));
      }
      if (p > 2) { // two can only stay or change places
        assertThat(distance(rotated.row(0), x.row(0))).isGreaterThan(1e-3 * scale(x));
      }
    }
    Representation x = sparse(200, 16);
    Representation rotated = Controls.rotatedAboutMean(x, new Seeds(1));
    assertThat(Measures.parse("permutation-matching").compare(x, rotated)).isLessThan(0.8);
    assertThat(rotated.row(3)).isEqualTo(Controls.rotatedAboutMean(x, new Seeds(1)).row(3));
    assertThat(rotated.row(3)).isNotEqualTo(Controls.rotatedAboutMean(x, new Seeds(2)).row(3));
  }

  /** Orthogonal to (1, 1, 1, 1), the image of an axis is uniform on a sphere. */
  @Test
  void rotationsAboutTheMeanAreUniform() {
    Representation axis = Representation.of("axis", new double[][] {{1.5, -0.5, -0.5, -0.5}});
    double[] sums = new double[4];
    double[] squares = new double[4];
    int draws = 3000;
    for (int seed = 0; seed < draws; seed++) {
      double[] image = Controls.rotatedAboutMean(axis, new Seeds(seed)).row(0);
      for (int j = 0; j < 4; j++) {
        sums[j] += image[j] / draws;
        squares[j] += image[j] * image[j] / draws;
      }
    }
    // A coordinate is 1.5 times one of a unit vector in three dimensions: five standard errors.
    assertThat(sums).containsExactly(new double[] {0, 0, 0, 0}, within(1.5 * 0.053));
    assertThat(squares)
        .containsExactly(new double[] {0.75, 0.75, 0.75, 0.75}, within(1.5 * 1.5 * 0.028));
  }

  /**
   * Units that share a common positive factor and nothing else: no single unit corresponds to
   * another. Only a rotation that leaves the factor in place finds no fall.
   */
  @Test
  void whatAllUnitsShareIsNoCorrespondenceOfUnits() {
    double[] factor = new SplittableRandom(3).doubles(400).map(u -> -2 * Math.log(u)).toArray();
    Representation x = sharing(factor, 4);
    Representation y = sharing(factor, 5);
    Measure matching = Measures.parse("permutation-matching[folds=5,seed=1]");

    double alike = matching.compare(x, y);
    assertThat(alike).isGreaterThan(0.6);
    assertThat(matching.compare(x, Controls.rotated(y, new Seeds(1)))).isLessThan(alike - 0.2);
    assertThat(matching.compare(x, Controls.rotatedAboutMean(y, new Seeds(1))))
        .isCloseTo(alike, within(0.05));
  }

  private static Representation sharing(double[] factor, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[factor.length][12];
    for (int i = 0; i < rows.length; i++) {
      double shared = factor[i];
      Arrays.setAll(rows[i], j -> shared + random.nextGaussian());
    }
    return Representation.of("seed " + seed, rows);
  }

  private static double scale(Representation x) {
    return IntStream.range(0, x.stimuli())
        .mapToDouble(i -> distance(x.row(i), new double[x.units()]))
        .max()
        .orElseThrow();
  }

  private static double mean(double[] row) {
    return Arrays.stream(row).average().orElseThrow();
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length).mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j])).sum());
  }

  @Test
  void shufflingKeepsResponsesAndLosesStimuli() {
    Representation x = sparse(200, 16);
    Representation shuffled = Controls.shuffled(x, new Seeds(2));

    assertThat(shuffled.stimulusIds()).isEqualTo(x.stimulusIds());
    assertThat(rows(shuffled)).isEqualTo(rows(x));
    assertThat(Measures.parse("cka").compare(x, shuffled)).isCloseTo(0, within(0.05));
    assertThat(Controls.shuffled(x, new Seeds(2)).row(0)).isEqualTo(shuffled.row(0));
    assertThat(
            IntStream.range(0, 200).filter(i -> Arrays.equals(x.row(i), shuffled.row(i))).count())
        .isLessThan(10);
  }

  private static Set<List<Double>> rows(Representation x) {
    Set<List<Double>> rows = new HashSet<>();
    for (int i = 0; i < x.stimuli(); i++) {
      rows.add(Arrays.stream(x.row(i)).boxed().toList());
    }
    return rows;
  }
}
