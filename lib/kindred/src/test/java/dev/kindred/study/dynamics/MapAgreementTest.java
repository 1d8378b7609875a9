package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Correlation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapAgreementTest {
  private static final String LAYER = "block2";

  private static LayerDynamics layer(double share, long root) {
    return new PlantedRun(PlantedStudy.NOISY, root)
        .regionShare(share)
        .drift(LAYER, 0.8)
        .make()
        .layer(LAYER);
  }

  private static MapAgreement agreement(double share, long root) {
    LayerDynamics layer = layer(share, root);
    return MapAgreement.of(layer.regions(), layer.similarity());
  }

  @Test
  void theCoefficientIsSpearmansOverPairs() {
    List<Integer> epochs =
        IntStream.rangeClosed(0, 32)
            .mapToObj(k -> (int) Math.round(Math.pow(2, k / 4.0)))
            .distinct()
            .toList();
    int n = epochs.size();
    SplittableRandom random = new SplittableRandom(1);
    double[][] x = new double[n][n];
    double[][] y = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        x[i][j] = x[j][i] = i == j ? 1 : random.nextDouble();
        y[i][j] = y[j][i] = i == j ? 1 : random.nextDouble();
      }
    }
    MapAgreement same = MapAgreement.of(new EpochMap("x", epochs, x), new EpochMap("x", epochs, x));
    assertThat(same.coefficient()).isCloseTo(1, within(1e-12));
    assertThat(same.beyondDrift()).isCloseTo(1, within(1e-12));
    double[][] on = OctaveMap.of(new EpochMap("x", epochs, x)).from(8).values();
    double[][] off = OctaveMap.of(new EpochMap("y", epochs, y)).from(8).values();
    double[] first = upper(on);
    double[] second = upper(off);
    assertThat(
            MapAgreement.of(new EpochMap("x", epochs, x), new EpochMap("y", epochs, y))
                .coefficient())
        .isCloseTo(Correlation.Method.SPEARMAN.coefficient(first, second), within(1e-12));
  }

  private static double[] upper(double[][] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .flatMapToDouble(i -> IntStream.range(i + 1, values.length).mapToDouble(j -> values[i][j]))
        .toArray();
  }

  @Test
  void mapsOfOnePathAgreeBeyondItsDrift() {
    for (int root = 0; root < 5; root++) {
      MapAgreement found = agreement(1, root);
      assertThat(found.coefficient()).isGreaterThan(0.7);
      assertThat(found.beyondDrift()).isGreaterThan(0.5);
    }
  }

  /** Where both maps jump at one time, each tells more of the other than the distance in time. */
  @Test
  void mapsThatJumpTogetherTellMoreThanNearness() {
    for (int root = 0; root < 5; root++) {
      LayerDynamics layer =
          new PlantedRun(PlantedStudy.NOISY, root)
              .drift(LAYER, 0.6)
              .path(LAYER, PlantedRun.jump(5, 1.5))
              .make()
              .layer(LAYER);
      MapAgreement found = MapAgreement.of(layer.regions(), layer.similarity());
      assertThat(found.coefficient()).isGreaterThan(found.withNearness() + 0.05);
    }
  }

  /** Both drift, so that near epochs are alike in both; nothing else is common. */
  @Test
  void mapsOfTwoPathsAgreeByTheirDriftAlone() {
    double coefficients = 0;
    double nearness = 0;
    double beyond = 0;
    for (int root = 0; root < 60; root++) {
      MapAgreement found = agreement(0, root);
      coefficients += found.coefficient() / 60;
      nearness += found.withNearness() / 60;
      beyond += found.beyondDrift() / 60;
    }
    assertThat(coefficients).isGreaterThan(0.4);
    assertThat(nearness).isGreaterThan(coefficients);
    assertThat(beyond).isBetween(-0.05, 0.05);
  }

  /** A map that knows nothing but the distance of epochs has nothing left beyond it. */
  @Test
  void nearnessIsTheRankOfTheDistance() {
    List<Integer> epochs = PlantedRun.epochs(12);
    int n = epochs.size();
    double[][] values = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double octaves =
            OctaveMap.octaves(Math.max(0.5, epochs.get(i)))
                - OctaveMap.octaves(Math.max(0.5, epochs.get(j)));
        values[i][j] = Math.exp(-octaves * octaves / 50);
      }
    }
    EpochMap distance = new EpochMap("distance", epochs, values);
    MapAgreement found = MapAgreement.of(distance, layer(1, 1).similarity());
    assertThat(found.withNearness()).isGreaterThan(0.99);
    assertThat(found.coefficient() - found.withNearness()).isNegative();
  }

  @Test
  void shortOrConstantMapsHaveNone() {
    EpochMap few = new EpochMap("x", List.of(0, 1), new double[][] {{1, .5}, {.5, 1}});
    assertThat(MapAgreement.of(few, few).coefficient()).isNaN();
    double[][] ones = new double[65][65];
    for (double[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    EpochMap constant = new EpochMap("x", IntStream.range(0, 65).boxed().toList(), ones);
    assertThat(MapAgreement.of(constant, constant).coefficient()).isNaN();
  }
}
