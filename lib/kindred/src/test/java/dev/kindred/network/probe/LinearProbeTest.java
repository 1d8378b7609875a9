package dev.kindred.network.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.network.Classification;
import dev.kindred.network.probe.ProbeTraining.Setting;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationBuilder;
import dev.kindred.representation.Spill;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearProbeTest {
  private static final int CLASSES = 3;

  /** Clusters in three directions, with noise, and a unit that is constant. */
  private static Representation clusters(int n, long seed, double noise) {
    SplittableRandom random = new Seeds(seed).stream("clusters");
    double[][] rows = new double[n][5];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 4; j++) {
        rows[i][j] = 1 + (j == i % CLASSES ? 3 : 0) + noise * random.nextGaussian();
      }
      rows[i][4] = 2;
    }
    return Representation.of("clusters", rows);
  }

  private static int[] labels(int n) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % CLASSES;
    }
    return labels;
  }

  @Test
  void readsWhatIsLinearlyThere() {
    ProbeSearch.Result found =
        ProbeSearch.CONSISTENCY.train(clusters(300, 1, 0.5), labels(300), CLASSES, new Seeds(3));
    assertThat(found.probes()).hasSize(3);
    assertThat(found.accuracy(clusters(150, 2, 0.5), labels(150))).isGreaterThan(0.97);
    assertThat(found.validationAccuracy()).isGreaterThan(0.97);
  }

  /**
   * Labels that have nothing to do with many units of noise: they can be learnt by heart, but not
   * guessed, neither for the stimuli held out, although the best of many settings is taken, nor for
   * new ones.
   */
  @Test
  void findsNothingInNoise() {
    Representation x = noise(300, 150, 1);
    int[] labels = randomLabels(300, 5);
    ProbeSearch.Result found = ProbeSearch.FEW_STIMULI.train(x, labels, CLASSES, new Seeds(3));
    assertThat(found.accuracy(x, labels)).as("learnt by heart").isGreaterThan(0.8);
    // Chance is 1/3 with a standard error of 0.061 on 60 stimuli, of 0.015 on 1000.
    assertThat(found.validationAccuracy()).isBetween(1 / 3.0 - 3 * 0.061, 1 / 3.0 + 3 * 0.061);
    assertThat(found.accuracy(noise(1000, 150, 2), randomLabels(1000, 6)))
        .isCloseTo(1 / 3.0, within(3 * 0.015));
  }

  private static Representation noise(int n, int units, long seed) {
    SplittableRandom random = new Seeds(seed).stream("noise");
    double[][] rows = new double[n][units];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return Representation.of("noise", rows);
  }

  private static int[] randomLabels(int n, long seed) {
    return new SplittableRandom(seed).ints(n, 0, CLASSES).toArray();
  }

  /**
   * As many images as the demo shows, of features like a network's: about 0, many near 0, wide
   * apart in scale. Their classes are found, though 20 epochs of the paper's batch are 20 steps.
   */
  @Test
  void fourHundredStimuliAreEnough() {
    Representation train = reluFeatures(400, 1);
    Representation test = reluFeatures(200, 2);
    ProbeSearch.Result found =
        ProbeSearch.FEW_STIMULI.train(train, labels(400), CLASSES, new Seeds(3));
    assertThat(found.accuracy(test, labels(200))).isGreaterThan(0.95);
    assertThat(ProbeSearch.FEW_STIMULI.training().steps(400)).isEqualTo(80);
  }

  /** The class moves ten of sixty units by half a deviation; what is below 0 is cut off. */
  private static Representation reluFeatures(int n, long seed) {
    SplittableRandom random = new Seeds(seed).stream("relu");
    double[][] rows = new double[n][60];
    for (int i = 0; i < n; i++) {
      double loudness = Math.exp(random.nextGaussian());
      for (int j = 0; j < 60; j++) {
        double mine = j / 10 == i % CLASSES ? 1 : 0;
        rows[i][j] = loudness * Math.max(0, random.nextGaussian() + mine);
      }
    }
    return Representation.of("relu", rows);
  }

  /** A row counts by its direction: what each row is multiplied by changes nothing. */
  @Test
  void rowsHaveLengthOne() {
    Representation x = clusters(90, 1, 1);
    double[][] scaled = new double[90][];
    for (int i = 0; i < 90; i++) {
      double factor = Math.scalb(1, i % 120 - 60);
      scaled[i] = Arrays.stream(x.row(i)).map(v -> factor * v).toArray();
    }
    Representation loud = Representation.of("loud", scaled);
    List<Setting> settings = List.of(new Setting(0.1, 0.01));
    ProbeTraining training = ProbeTraining.CONSISTENCY;
    LinearProbe expected = training.train(x, labels(90), CLASSES, settings, new Seeds(1)).get(0);
    LinearProbe found = training.train(loud, labels(90), CLASSES, settings, new Seeds(1)).get(0);
    assertSame(found, expected, 1e-6);
    assertThat(found.predict(loud)).isEqualTo(expected.predict(x));
    Representation once = Representation.of("one", new double[][] {{3, 0, 4, 0, 0}});
    double[] scores = expected.scores(once).row(0);
    for (int c = 0; c < CLASSES; c++) {
      assertThat(scores[c])
          .isCloseTo(
              0.6 * expected.weight(0, c) + 0.8 * expected.weight(2, c) + expected.bias(c),
              within(1e-6));
    }
  }

  /** Units of any scale and offset give the same predictions where units are standardised. */
  @Test
  void standardUnitsIgnoreScaleAndOffsetOfEveryUnit() {
    Representation x = clusters(90, 1, 1);
    double[][] moved = rows(x);
    for (double[] row : moved) {
      Arrays.setAll(row, j -> (row[j] + 10 * j) * Math.scalb(1, 3 * j));
    }
    Representation other = Representation.of("moved", moved);
    ProbeTraining training = new ProbeTraining(5, 32, true, FeatureScale.STANDARD_UNITS);
    List<Setting> settings = List.of(new Setting(0.1, 0.01));
    LinearProbe a = training.train(x, labels(90), CLASSES, settings, new Seeds(1)).get(0);
    LinearProbe b = training.train(other, labels(90), CLASSES, settings, new Seeds(1)).get(0);
    assertThat(a.scale()).isEqualTo(FeatureScale.RAW);
    assertThat(b.predict(other)).isEqualTo(a.predict(x));
    for (int c = 0; c < CLASSES; c++) {
      assertThat(b.scores(other).row(0)[c]).isCloseTo(a.scores(x).row(0)[c], within(1e-2));
    }
  }

  /** Few steps on few units: labels hang on random first weights, and hardly on anything else. */
  @Test
  void fromZeroTwoOrdersGiveTheSameLabels() {
    SplittableRandom random = new Seeds(7).stream("features");
    double[][] rows = new double[1000][10];
    int[] labels = new int[600];
    for (int i = 0; i < rows.length; i++) {
      int label = random.nextInt(10);
      for (int j = 0; j < 10; j++) {
        rows[i][j] = random.nextGaussian() + (j == label ? 2 : 0);
      }
      if (i < 600) {
        labels[i] = label;
      }
    }
    Representation train = Representation.of("train", Arrays.copyOf(rows, 600));
    Representation test = Representation.of("test", Arrays.copyOfRange(rows, 600, 1000));
    ProbeTraining training = new ProbeTraining(30, 128, true, FeatureScale.STANDARD_UNITS);
    Setting setting = new Setting(5e-3, 0);
    int[][] zero = new int[2][];
    int[][] usual = new int[2][];
    for (int i = 0; i < 2; i++) {
      Seeds seeds = new Seeds(i);
      zero[i] = training.trainFromZero(train, labels, 10, setting, seeds).predict(test);
      usual[i] =
          new ProbeTraining(10, 128, false, FeatureScale.STANDARD_UNITS)
              .train(train, labels, 10, List.of(new Setting(2e-3, 0)), seeds)
              .get(0)
              .predict(test);
    }
    int[] converged =
        new ProbeTraining(100, 128, true, FeatureScale.STANDARD_UNITS)
            .trainFromZero(train, labels, 10, setting, new Seeds(3))
            .predict(test);
    assertThat(Classification.accuracy(usual[0], usual[1])).isLessThan(0.8);
    assertThat(Classification.accuracy(zero[0], zero[1])).isGreaterThan(0.95);
    assertThat(Classification.accuracy(zero[0], converged)).isGreaterThan(0.9);
  }

  @Test
  void aSilentRowStaysSilent() {
    Representation x = Representation.of("x", new double[][] {{0, 0}, {1, 0}, {0, 1}});
    ProbeTraining training = new ProbeTraining(3, 2, true, FeatureScale.UNIT_ROWS);
    LinearProbe probe =
        training
            .train(x, new int[] {0, 1, 0}, 2, List.of(new Setting(0.1, 0)), new Seeds(1))
            .get(0);
    for (int c = 0; c < 2; c++) {
      assertThat(probe.scores(x).row(0)[c]).isEqualTo(probe.bias(c)).isFinite();
    }
  }

  private static void assertSame(LinearProbe found, LinearProbe expected, double tolerance) {
    for (int c = 0; c < CLASSES; c++) {
      for (int j = 0; j < found.units(); j++) {
        assertThat(found.weight(j, c)).isCloseTo(expected.weight(j, c), within(tolerance));
      }
      assertThat(found.bias(c)).isCloseTo(expected.bias(c), within(tolerance));
    }
  }

  /** Training side by side is training one by one. */
  @Test
  void manyProbesAtOnceEqualEachAlone() {
    Representation x = clusters(90, 1, 1);
    ProbeTraining training = new ProbeTraining(4, 30, true, FeatureScale.UNIT_ROWS);
    List<Setting> settings =
        List.of(new Setting(0.1, 0), new Setting(0.01, 1), new Setting(0.001, 10));
    List<LinearProbe> together = training.train(x, labels(90), CLASSES, settings, new Seeds(9));
    Representation fresh = clusters(90, 2, 1);
    for (int i = 0; i < 3; i++) {
      LinearProbe alone =
          training.train(x, labels(90), CLASSES, List.of(settings.get(i)), new Seeds(9)).get(0);
      assertThat(together.get(i).predict(fresh)).isEqualTo(alone.predict(fresh));
    }
  }

  /** Where the features lie changes no bit, whatever is done to the rows. */
  @Test
  void featuresOnDiskGiveTheSameProbes(@TempDir Path folder) {
    Representation x = clusters(90, 1, 1);
    try (Spill spill = new Spill(0, folder)) {
      RepresentationBuilder builder =
          new RepresentationBuilder("spilled", 90, 5, x.precision(), spill);
      for (int i = 0; i < 90; i++) {
        builder.append(DoubleBuffer.wrap(x.row(i)));
      }
      Representation spilled = builder.build(x.provenance());
      assertThat(spill.spilled()).isEqualTo(x.bytes());
      for (FeatureScale scale : FeatureScale.values()) {
        ProbeTraining training = new ProbeTraining(4, 32, true, scale);
        List<Setting> settings = List.of(new Setting(0.1, 0), new Setting(0.01, 1));
        List<LinearProbe> expected = training.train(x, labels(90), CLASSES, settings, new Seeds(9));
        List<LinearProbe> found =
            training.train(spilled, labels(90), CLASSES, settings, new Seeds(9));
        for (int q = 0; q < 2; q++) {
          for (int weight = 0; weight < 5 * CLASSES; weight++) {
            assertThat(found.get(q).weight(weight / CLASSES, weight % CLASSES))
                .isEqualTo(expected.get(q).weight(weight / CLASSES, weight % CLASSES));
          }
        }
        assertThat(found.get(0).predict(spilled)).isEqualTo(expected.get(0).predict(x));
      }
    }
  }

  /**
   * One step of AdamW from known weights: the first step of Adam moves every weight by its rate
   * against the sign of the gradient.
   */
  @Test
  void theFirstStepMovesEveryWeightByTheRate() {
    Representation x = Representation.of("x", new double[][] {{1, 2}, {-1, 0.5}});
    ProbeTraining oneStep = new ProbeTraining(1, 2, false, FeatureScale.RAW);
    LinearProbe still =
        oneStep.train(x, new int[] {0, 1}, 2, List.of(new Setting(1e-12, 0)), new Seeds(1)).get(0);
    LinearProbe moved =
        oneStep.train(x, new int[] {0, 1}, 2, List.of(new Setting(0.5, 0)), new Seeds(1)).get(0);
    // the first unit alone separates the classes by its sign: its weight for class 0 must rise
    assertThat(moved.weight(0, 0) - still.weight(0, 0)).isCloseTo(0.5, within(1e-3));
    assertThat(moved.weight(0, 1) - still.weight(0, 1)).isCloseTo(-0.5, within(1e-3));
  }

  /** Adam at the constant rate 1e-4, 10 epochs in batches of 128, on the rows as they are. */
  @Test
  void papersTwoProbeHasTheStatedSettings() {
    Representation x = clusters(300, 1, 0.5);
    LinearProbe probe = ProbeTraining.dynamics(x, labels(300), CLASSES, new Seeds(1));
    ProbeReference reference = new ProbeReference(start(x, 1), 1e-4, 0);
    int steps = reference.train(rows(x), labels(300), 10, 128, false, new Seeds(1));
    assertThat(steps).isEqualTo(30);
    assertThat(ProbeTraining.DYNAMICS.steps(300)).isEqualTo(30);
    assertThat(reference.largestDifference(probe)).isLessThan(2e-6);
    assertThat(probe.scale()).isEqualTo(FeatureScale.RAW);
  }

  /**
   * AdamW along a cosine, 20 epochs in batches of 1024 of which the last holds what is left, on
   * rows of length 1.
   */
  @Test
  void papersOneProbeHasTheStatedSettings() {
    int n = 1024 + 476;
    Representation x = clusters(n, 1, 0.5);
    double[][] unit = rows(x);
    for (double[] row : unit) {
      double length = Math.sqrt(Arrays.stream(row).map(v -> v * v).sum());
      Arrays.setAll(row, j -> row[j] / length);
    }
    LinearProbe probe =
        ProbeTraining.CONSISTENCY
            .train(x, labels(n), CLASSES, List.of(new Setting(0.1, 0.5)), new Seeds(1))
            .get(0);
    ProbeReference reference = new ProbeReference(start(x, 1), 0.1, 0.5);
    int steps = reference.train(unit, labels(n), 20, 1024, true, new Seeds(1));
    assertThat(steps).isEqualTo(40);
    assertThat(ProbeTraining.CONSISTENCY.steps(n)).isEqualTo(40);
    assertThat(ProbeTraining.CONSISTENCY.steps(1024)).isEqualTo(20);
    assertThat(ProbeTraining.CONSISTENCY.steps(1025)).isEqualTo(40);
    assertThat(reference.largestDifference(probe)).isLessThan(2e-5);
  }

  private static double[][] rows(Representation x) {
    double[][] rows = new double[x.stimuli()][];
    Arrays.setAll(rows, x::row);
    return rows;
  }

  /** The weights that a probe starts from: those of one that hardly moves. */
  private static LinearProbe start(Representation x, long seed) {
    return new ProbeTraining(1, x.stimuli(), false, FeatureScale.RAW)
        .train(x, labels(x.stimuli()), CLASSES, List.of(new Setting(1e-12, 0)), new Seeds(seed))
        .get(0);
  }

  @Test
  void aProbeMayGuessMoreThanOnce() {
    Representation x = clusters(60, 1, 2);
    LinearProbe probe = ProbeTraining.dynamics(x, labels(60), CLASSES, new Seeds(1));
    double[] top = new double[CLASSES + 1];
    for (int guesses = 1; guesses <= CLASSES; guesses++) {
      top[guesses] = Classification.accuracy(probe.scores(x), labels(60), guesses);
      assertThat(probe.accuracy(x, labels(60), guesses)).isEqualTo(top[guesses]);
    }
    assertThat(top[1]).isEqualTo(probe.accuracy(x, labels(60))).isLessThan(1);
    assertThat(top[2]).isGreaterThan(top[1]);
    assertThat(top[3]).isEqualTo(1);
    Representation equal = Representation.of("equal", new double[][] {{1, 1, 0}, {0, 1, 1}});
    assertThat(Classification.accuracy(equal, new int[] {1, 1}, 1)).isEqualTo(0.5);
    assertThat(Classification.accuracy(equal, new int[] {1, 2}, 2)).isEqualTo(1);
    assertThatThrownBy(() -> Classification.accuracy(equal, new int[] {1, 1}, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 1 guess");
  }

  @Test
  void decaysAreLogSpacedAndHeldOutStimuliStratified() {
    assertThat(ProbeSearch.CONSISTENCY.decay(0)).isEqualTo(1e-6);
    assertThat(ProbeSearch.CONSISTENCY.decay(95)).isCloseTo(1e2, within(1e-9));
    int[] labels = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    boolean[] marked = ProbeSearch.stratified(labels, 2, 0.2, new SplittableRandom(1));
    int[] counts = new int[2];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]] += marked[i] ? 1 : 0;
    }
    assertThat(counts).containsExactly(1, 2);
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                ProbeTraining.dynamics(clusters(6, 1, 1), new int[] {0, 1}, CLASSES, new Seeds(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 6 rows, but there are 2 labels");
    assertThatThrownBy(
            () ->
                ProbeTraining.dynamics(
                    clusters(3, 1, 1), new int[] {0, 1, 3}, CLASSES, new Seeds(1)))
        .hasMessageContaining("row 2 has label 3");
  }
}
