package dev.kindred.study.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.measure.Measure;
import dev.kindred.measure.OwnMeasure;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.representation.Representation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class FunctionGroundingTest {
  private static final int STIMULI = 40;
  private static final List<String> MEASURES = List.of("procrustes", "cka", "magnitude-difference");

  @TempDir Path temporary;

  /** Networks of one direction that turns into another by an angle; scales are drawn. */
  private static List<Representation> turning(double[] angles, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] first = gaussian(random);
    double[][] second = gaussian(random);
    List<Representation> networks = new ArrayList<>();
    for (int k = 0; k < angles.length; k++) {
      double scale = 1 + random.nextDouble();
      double[][] rows = new double[STIMULI][3];
      for (int i = 0; i < STIMULI; i++) {
        for (int j = 0; j < 3; j++) {
          rows[i][j] =
              scale * (Math.cos(angles[k]) * first[i][j] + Math.sin(angles[k]) * second[i][j]);
        }
      }
      networks.add(Representation.of("network " + k, rows));
    }
    return networks;
  }

  private static double[][] gaussian(SplittableRandom random) {
    double[][] rows = new double[STIMULI][3];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[] angles(int count) {
    double[] angles = new double[count];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < count; i++) {
      angles[i] = random.nextDouble() * 1.2;
    }
    return angles;
  }

  private Table ranking(List<Representation> networks, double[] function, int replicates) {
    return FunctionGrounding.ranking(
        networks,
        function,
        FunctionGrounding.named(MEASURES),
        replicates,
        new Seeds(7),
        Store.open(temporary));
  }

  @Test
  void aMeasureThatFollowsTheFunctionComesFirstAndOneThatDoesNotLast() {
    double[] angles = angles(12);
    Table ranking = ranking(turning(angles, 1), angles, 200);

    assertThat(ranking.stringColumn("measure").asList())
        .containsExactlyInAnyOrderElementsOf(MEASURES)
        .last()
        .isEqualTo("magnitude-difference");
    assertThat(ranking.doubleColumn("rho").asDoubleArray()[0]).isGreaterThan(0.9);
    assertThat(ranking.doubleColumn("permutation_p").asDoubleArray()[0]).isLessThan(0.01);
    assertThat(ranking.doubleColumn("permutation_p").asDoubleArray()[2]).isGreaterThan(0.05);
    for (int m = 0; m < MEASURES.size(); m++) {
      double low = ranking.doubleColumn("rho_low").get(m);
      double high = ranking.doubleColumn("rho_high").get(m);
      double tau = ranking.doubleColumn("tau").get(m);
      assertThat(ranking.doubleColumn("tau_low").get(m)).isLessThanOrEqualTo(tau);
      assertThat(ranking.doubleColumn("tau_high").get(m)).isGreaterThanOrEqualTo(tau);
      assertThat(ranking.doubleColumn("rho").get(m)).isBetween(low, high);
    }
    // The last rank can be told from the first.
    assertThat(ranking.doubleColumn("rank_low").get(2))
        .isGreaterThan(ranking.doubleColumn("rank_high").get(0) - 1);
    assertThat(ranking.doubleColumn("rank").asDoubleArray()).containsExactly(1, 2, 3);
  }

  /** A distance and its square order all pairs alike: which of the two comes first says nothing. */
  @Test
  void equalMeasuresShareTheirRanks() {
    double[] angles = angles(8);
    Table ranking =
        FunctionGrounding.ranking(
            turning(angles, 1),
            angles,
            FunctionGrounding.named(
                List.of("procrustes", "procrustes[score=distance]", "magnitude-difference")),
            50,
            new Seeds(7),
            Store.open(temporary));

    assertThat(ranking.doubleColumn("rank").asDoubleArray()).containsExactly(1.5, 1.5, 3);
    for (int m = 0; m < 2; m++) {
      assertThat(ranking.doubleColumn("rank_low").get(m)).isLessThanOrEqualTo(1.5);
      assertThat(ranking.doubleColumn("rank_high").get(m)).isBetween(1.5, 3.0);
    }
    assertThat(ranking.doubleColumn("seconds_per_preparation").asList())
        .allMatch(seconds -> seconds > 0);
  }

  /** .89, .90 and .91 lie one apart each, though not to the last bit. */
  @Test
  void equalDifferencesAreEqualInSpiteOfRounding() {
    double[] hundredths = {91, 88, 90, 95, 89, 93, 86, 92};
    List<Representation> networks = turning(angles(hundredths.length), 1);
    double[] shares = new double[hundredths.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = hundredths[i] / 100;
    }
    Table whole = ranking(networks, hundredths, 20);
    Table rounded = ranking(networks, shares, 20);
    for (String column : List.of("rho", "tau", "permutation_p", "rho_low", "tau_high")) {
      assertThat(rounded.doubleColumn(column).asDoubleArray())
          .as(column)
          .containsExactly(whole.doubleColumn(column).asDoubleArray(), within(1e-12));
    }
  }

  /** Of an asymmetric measure, the mean of both directions: the order of networks is no matter. */
  @Test
  void directionsAreAveraged() {
    double[] angles = angles(6);
    List<Representation> networks = turning(angles, 2);
    double[] drawn = new SplittableRandom(5).doubles(angles.length).toArray();
    List<Double> found = new ArrayList<>();
    for (boolean turned : List.of(false, true)) {
      List<Representation> ordered = new ArrayList<>(networks);
      List<Double> function = new ArrayList<>();
      for (double number : drawn) {
        function.add(number);
      }
      if (turned) {
        Collections.reverse(ordered);
        Collections.reverse(function);
      }
      found.add(
          FunctionGrounding.ranking(
                  ordered,
                  function.stream().mapToDouble(f -> f).toArray(),
                  FunctionGrounding.named(List.of("linear-regression")),
                  10,
                  new Seeds(7),
                  Store.open(temporary))
              .doubleColumn("rho")
              .get(0));
    }
    assertThat(found.get(0)).isCloseTo(found.get(1), within(1e-12)).isBetween(-0.9, 0.9);
  }

  /** A function may be changed under its name: what it found before must not come back. */
  @Test
  void aMeasureOfOnesOwnIsRankedAndNotKept() {
    double[] angles = angles(8);
    List<Representation> networks = turning(angles, 1);
    List<Double> found = new ArrayList<>();
    for (double sign : new double[] {1, -1}) {
      Measure own =
          OwnMeasure.distance(
              "own",
              (x, y) ->
                  2 + sign * Math.abs(angles[networks.indexOf(x)] - angles[networks.indexOf(y)]));
      Table ranking =
          FunctionGrounding.ranking(
              networks, angles, Map.of("own", own), 20, new Seeds(7), Store.open(temporary));
      assertThat(ranking.stringColumn("measure").get(0)).isEqualTo("own");
      found.add(ranking.doubleColumn("rho").get(0));
    }
    assertThat(found).containsExactly(1.0, -1.0);
  }

  @Test
  void correlationsAreThoseOfAllPairs() {
    double[] angles = angles(5);
    List<Representation> networks = turning(angles, 1);
    Table ranking = ranking(networks, angles, 50);

    List<Double> distances = new ArrayList<>();
    List<Double> gaps = new ArrayList<>();
    var measure = FunctionGrounding.named(List.of("procrustes")).get("procrustes");
    for (int i = 0; i < 5; i++) {
      for (int j = i + 1; j < 5; j++) {
        distances.add(measure.compare(networks.get(i), networks.get(j)));
        gaps.add(Math.abs(angles[i] - angles[j]));
      }
    }
    Correlation expected =
        Correlation.of(
            Correlation.Method.KENDALL,
            distances.stream().mapToDouble(d -> d).toArray(),
            gaps.stream().mapToDouble(d -> d).toArray());
    int row = ranking.stringColumn("measure").asList().indexOf("procrustes");
    assertThat(ranking.doubleColumn("tau").get(row)).isEqualTo(expected.coefficient());
    assertThat(ranking.doubleColumn("tau_p").get(row)).isEqualTo(expected.oneSidedP());
  }

  /** Where the function has nothing to do with the networks, no more is found than by chance. */
  @Test
  void exchangeableNetworksAreRarelyFound() {
    int found = 0;
    int trials = 60;
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < trials; trial++) {
      double[] function = random.doubles(10).toArray();
      Table ranking = ranking(turning(angles(10), trial), function, 99);
      int row = ranking.stringColumn("measure").asList().indexOf("procrustes");
      found += ranking.doubleColumn("permutation_p").get(row) <= 0.05 ? 1 : 0;
    }
    // Binomial(60, 0.05): more than 9 has a probability below 0.2 %.
    assertThat(found).isLessThanOrEqualTo(9);
  }

  @Test
  void badInputIsRefused() {
    List<Representation> three = turning(angles(3), 1);
    assertThatThrownBy(() -> ranking(three, angles(3), 10))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected at least 4 networks with one number each, found 3");
    List<Representation> five = turning(angles(5), 1);
    assertThatThrownBy(() -> ranking(five, new double[5], 10))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("all 5 networks have the function 0.0");
    assertThatThrownBy(() -> ranking(five, new double[] {1, 2, 3, 4, Double.NaN}, 10))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("finite");
  }
}
