package dev.kindred.measure.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTest {

  @Test
  void foldsAreThoseOfKFold() {
    int[][] folds = new Folds(3, false, 0).heldOut(8);
    assertThat(folds).isDeepEqualTo(new int[][] {{0, 1, 2}, {3, 4, 5}, {6, 7}});
    assertThat(Folds.training(8, folds[1])).containsExactly(0, 1, 2, 6, 7);
  }

  @Test
  void shuffledFoldsPartitionTheStimuliBySeed() {
    int[][] folds = new Folds(3, true, 5).heldOut(20);
    assertThat(Arrays.stream(folds).flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, 20).toArray());
    assertThat(new Folds(3, true, 5).heldOut(20)).isDeepEqualTo(folds);
    assertThat(Arrays.deepEquals(new Folds(3, true, 6).heldOut(20), folds)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear-predictivity", "procrustes-predictivity"})
  void directionsAreMirrored(String name) {
    Representation x = gaussian("x", 60, 4, 1);
    Representation y = mixed(x, 6, 0.5, 2);
    double forward = Measures.parse(name).compare(x, y);
    double backward = Measures.parse(name + "[direction=backward]").compare(x, y);
    assertThat(Measures.parse(name).compare(y, x)).isCloseTo(backward, within(1e-12));
    assertThat(Measures.parse(name + "[direction=mean]").compare(x, y))
        .isCloseTo((forward + backward) / 2, within(1e-12));
    assertThat(forward).isNotCloseTo(backward, within(1e-4));
    assertThat(Measures.parse(name + "[seed=3]").compare(x, y)).isNotCloseTo(forward, within(1e-9));
  }

  @Test
  void aRotationIsPredictedHeldOut() {
    Representation x = gaussian("x", 60, 4, 1);
    Representation y = rotated(x, 4, 2);
    assertThat(Measures.parse("procrustes-predictivity").compare(x, y)).isCloseTo(1, within(1e-9));
    // A rotation into more units: the narrower side is padded with zeros, either way.
    Representation wide = rotated(x, 7, 3);
    assertThat(Measures.parse("procrustes-predictivity").compare(x, wide))
        .isCloseTo(1, within(1e-9));
    assertThat(Measures.parse("procrustes-predictivity").compare(wide, x))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void forgivenessGrowsFromPermutationToRotationToLinearMap() {
    Representation x = gaussian("x", 400, 8, 4);
    Representation y = mixed(x, 8, 0.3, 5);
    double linear = Measures.parse("linear-predictivity[seed=1]").compare(x, y);
    double rotation = Measures.parse("procrustes-predictivity[seed=1]").compare(x, y);
    double matching = Measures.parse("soft-matching[folds=5,seed=1]").compare(x, y);
    assertThat(linear).isGreaterThan(rotation);
    assertThat(rotation).isGreaterThan(matching);
    assertThat(matching).isGreaterThan(0.1);
  }

  @Test
  void aPermutationIsMatchedHeldOut() {
    Representation x = gaussian("x", 50, 6, 1);
    Representation y = Representation.of("y", columns(x, 3, 0, 5, 1, 4, 2));
    for (String specification :
        new String[] {"soft-matching[folds=5]", "soft-matching", "permutation-matching"}) {
      assertThat(Measures.parse(specification).compare(x, y))
          .as(specification)
          .isCloseTo(1, within(1e-12));
    }
    // Two copies of every unit: mass is split, one partner each is enough for a permutation.
    Representation doubled = Representation.of("d", columns(x, 0, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 0));
    assertThat(Measures.parse("soft-matching").compare(x, doubled)).isCloseTo(1, within(1e-12));
    assertThat(Measures.parse("permutation-matching").compare(doubled, x))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void constantUnitsAreDroppedOrMatchedWithNothing() {
    Representation x = gaussian("x", 40, 3, 1);
    double[][] rows = columns(x, 0, 1, 2, 2);
    for (double[] row : rows) {
      row[3] = 7;
    }
    Representation y = Representation.of("y", rows);
    assertThat(Measures.parse("soft-matching").compare(x, y)).isCloseTo(1, within(1e-12));
    assertThat(Measures.parse("permutation-matching").compare(y, y)).isCloseTo(0.75, within(1e-12));
    assertThat(Measures.parse("linear-predictivity[ridge=0]").compare(x, y))
        .isCloseTo(1, within(1e-9));
  }

  /**
   * Where all eigenvalues are below netrep's floor they count as equal: whitening of any degree is
   * then a scale, which c takes back. A repeated unit is one more eigenvalue at the floor.
   */
  @Test
  void belowItsFloorNetrepWhitensNothing() {
    Representation wide = gaussian("x", 20, 5, 1);
    Representation x = Representation.of("x", scaled(columns(wide, 0, 1, 2, 3, 3), 1e-6));
    Representation y =
        Representation.of("y", scaled(columns(gaussian("y", 20, 3, 2), 0, 1, 2), 1e-6));
    for (String score : new String[] {"angle", "euclidean"}) {
      double plain = Measures.parse("shape[score=" + score + "]").compare(x, y);
      double whitened =
          Measures.parse("shape[alpha=0.5,floor=netrep,score=" + score + "]").compare(x, y);
      assertThat(whitened).as(score).isCloseTo(plain, within(1e-6 * plain));
    }
  }

  /** A penalty that leaves predictions whose squares vanish leaves their correlation as it is. */
  @Test
  void predictionsMayBeAsSmallAsThePenaltyMakesThem() {
    Representation x = gaussian("x", 40, 3, 1);
    Representation y = mixed(x, 4, 0.5, 2);
    String specification = "linear-predictivity[ridge=%s]";
    assertThat(Measures.parse(specification.formatted("1e200")).compare(x, y))
        .isCloseTo(Measures.parse(specification.formatted("1e20")).compare(x, y), within(1e-12))
        .isGreaterThan(0.3);
  }

  @ParameterizedTest
  @CsvSource({
    "pearson-per-fold, -1",
    "pearson-concatenated, -1",
    "r2-pooled, -Infinity",
    "r2-uniform, -Infinity",
    "r2-weighted, -Infinity"
  })
  void correlationsEndAtMinusOneAndSharesOfVarianceNowhere(String score, double minimum) {
    for (String name : new String[] {"linear-predictivity", "pls"}) {
      MeasureInfo info = Measures.parse(name + "[score=" + score + "]").info();
      assertThat(info.minimum()).isEqualTo(minimum);
    }
  }

  /** In a fold in which a unit does not vary its variance cannot be explained, only met. */
  @Test
  void unitsThatDoNotVaryInAFoldCountWhatIsMet() {
    double[][] predicted = {{1, 2}, {1, 3}, {1, 4}};
    double[][] met = {{1, 2}, {1, 3}, {1, 4}};
    double[][] missed = {{2, 2}, {2, 3}, {2, 4}};
    assertThat(heldOut(HeldOutScore.R2_UNIFORM, predicted, met)).isEqualTo(1);
    assertThat(heldOut(HeldOutScore.R2_UNIFORM, predicted, missed)).isEqualTo(0.5);
    assertThat(heldOut(HeldOutScore.R2_WEIGHTED, predicted, missed)).isEqualTo(1);
    assertThat(heldOut(HeldOutScore.R2_WEIGHTED, predicted, new double[3][2])).isZero();
  }

  private static double heldOut(HeldOutScore score, double[][] predicted, double[][] observed) {
    HeldOutScore.Tally tally = score.new Tally(new double[2], new boolean[2]);
    tally.add(Matrix.ofRows(predicted), Matrix.ofRows(observed), new double[2]);
    return tally.result();
  }

  private static double[][] scaled(double[][] rows, double factor) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(value -> factor * value).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "procrustes",
        "shape",
        "shape[alpha=0]",
        "linear-predictivity",
        "procrustes-predictivity",
        "permutation-matching",
        "semi-matching",
        "soft-matching",
        "soft-matching[folds=2]",
        "cca",
        "svcca",
        "pwcca",
        "linear-regression",
        "gulp"
      })
  void nothingThatVariesIsAnError(String specification) {
    Measure measure = Measures.parse(specification);
    double[][] constant = new double[20][3];
    for (double[] row : constant) {
      Arrays.fill(row, 0.1);
    }
    assertThatThrownBy(() -> measure.prepare(Representation.of("flat", constant)))
        .isInstanceOf(InputException.class)
        .hasMessage("flat: every unit is constant; expected at least one that varies");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "procrustes[score=similarity,scale=false]",
        "shape[alpha=1.5]",
        "svcca[variance=0]",
        "svcca[variance=2]",
        "soft-matching[seed=3]",
        "soft-matching[score=distance,folds=5]",
        "linear-predictivity[folds=1]",
        "linear-predictivity[ridge=-1]",
        "cknna[k=1]",
        "mutual-knn[k=0]"
      })
  void settingsWithoutMeaningAreRefused(String specification) {
    assertThatThrownBy(() -> Measures.parse(specification))
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static Representation gaussian(String id, int n, int p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n * p];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Representation.of(id, n, p, values);
  }

  /** X·W + noise, with half of W the identity, so that units keep some of themselves. */
  private static Representation mixed(Representation x, int q, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int p = x.units();
    double[][] rows = new double[x.stimuli()][q];
    double[][] weights = new double[p][q];
    for (int k = 0; k < p; k++) {
      for (int j = 0; j < q; j++) {
        weights[k][j] = random.nextGaussian() + (k == j ? 1 : 0);
      }
    }
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < q; j++) {
        rows[i][j] = noise * random.nextGaussian();
        for (int k = 0; k < p; k++) {
          rows[i][j] += x.get(i, k) * weights[k][j];
        }
      }
    }
    return Representation.of("mixed", rows);
  }

  /** X·Q + shift with a p×q matrix Q of orthonormal rows. */
  private static Representation rotated(Representation x, int q, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[q * x.units()];
    Arrays.setAll(values, i -> random.nextGaussian());
    Matrix axes = Qr.orthonormal(Matrix.ofColumnMajor(q, x.units(), values));
    double[][] rows = new double[x.stimuli()][q];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < q; j++) {
        rows[i][j] = 3;
        for (int k = 0; k < x.units(); k++) {
          rows[i][j] += x.get(i, k) * axes.get(j, k);
        }
      }
    }
    return Representation.of("rotated", rows);
  }

  private static double[][] columns(Representation x, int... order) {
    double[][] rows = new double[x.stimuli()][order.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < order.length; j++) {
        rows[i][j] = x.get(i, order[j]);
      }
    }
    return rows;
  }
}
