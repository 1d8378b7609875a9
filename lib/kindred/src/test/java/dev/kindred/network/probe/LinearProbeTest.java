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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearProbeTest {
  private static final int CLASSES = 3;

  /** Clusters around three corners, with noise, and a unit that is constant. */
  private static Representation clusters(int n, long seed, double noise) {
    SplittableRandom random = new Seeds(seed).stream("clusters");
    double[][] rows = new double[n][5];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 4; j++) {
        rows[i][j] = 100 + (j == i % CLASSES ? 3 : 0) + noise * random.nextGaussian();
      }
      rows[i][4] = 7;
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

  @Test
  void findsNothingInNoise() {
    int[] labels = labels(300);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    ProbeSearch.Result found =
        ProbeSearch.CONSISTENCY
            .withSeeds(1)
            .train(clusters(300, 1, 0.5), labels, CLASSES, new Seeds(3));
    assertThat(found.accuracy(clusters(150, 2, 0.5), labels(150))).isBetween(0.1, 0.6);
  }

  /** Training side by side is training one by one. */
  @Test
  void manyProbesAtOnceEqualEachAlone() {
    Representation x = clusters(90, 1, 1);
    ProbeTraining training = new ProbeTraining(4, 30, true, true);
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

  /** Where the features lie changes no bit, with and without scaling to deviation 1. */
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
      for (boolean standardize : new boolean[] {false, true}) {
        ProbeTraining training = new ProbeTraining(4, 32, true, standardize);
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
    ProbeTraining oneStep = new ProbeTraining(1, 2, false, false);
    LinearProbe still =
        oneStep.train(x, new int[] {0, 1}, 2, List.of(new Setting(1e-12, 0)), new Seeds(1)).get(0);
    LinearProbe moved =
        oneStep.train(x, new int[] {0, 1}, 2, List.of(new Setting(0.5, 0)), new Seeds(1)).get(0);
    // the first unit alone separates the classes by its sign: its weight for class 0 must rise
    assertThat(moved.weight(0, 0) - still.weight(0, 0)).isCloseTo(0.5, within(1e-3));
    assertThat(moved.weight(0, 1) - still.weight(0, 1)).isCloseTo(-0.5, within(1e-3));
  }

  @Test
  void papersTwoProbeHasTheStatedSettings() {
    LinearProbe probe =
        ProbeTraining.dynamics(clusters(60, 1, 0.5), labels(60), CLASSES, new Seeds(1));
    assertThat(probe.units()).isEqualTo(5);
    assertThat(ProbeTraining.DYNAMICS.epochs()).isEqualTo(10);
    assertThat(probe.predict(clusters(60, 1, 0.5))).hasSize(60);
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
