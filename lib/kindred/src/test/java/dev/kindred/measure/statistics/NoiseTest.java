package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseTest {
  private static final Measure CKA = Measures.parse("cka");

  /** Values of {@code references_noise_ceiling.py}. */
  record Ceilings(
      String name, String method, int items, double[][] rdms, double lower, double upper) {}

  static Stream<Ceilings> ceilings() throws IOException {
    List<Ceilings> ceilings = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                NoiseTest.class.getResourceAsStream("/dev/kindred/oracle/noise-ceilings.jsonl"),
                StandardCharsets.UTF_8))) {
      reader.lines().map(line -> new Gson().fromJson(line, Ceilings.class)).forEach(ceilings::add);
    }
    assertThat(ceilings).hasSize(12);
    return ceilings.stream();
  }

  @ParameterizedTest
  @MethodSource("ceilings")
  void noiseCeilingsAreThoseOfTheDefinition(Ceilings reference) {
    NoiseCeiling found =
        NoiseCeiling.of(
            Correlation.Method.valueOf(reference.method().toUpperCase(Locale.ROOT)),
            Arrays.stream(reference.rdms()).map(r -> rdm(r, reference.items())).toList());
    assertThat(found.lower()).isCloseTo(reference.lower(), within(1e-12));
    assertThat(found.upper()).isCloseTo(reference.upper(), within(1e-12));
    assertThat(found.lower()).isLessThan(found.upper());
  }

  @Test
  void aCeilingNeedsTwoMatricesThatVary() {
    LabelledMatrix varied = rdm(new double[] {1, 2, 3}, 3);
    assertThatThrownBy(() -> NoiseCeiling.of(Correlation.Method.KENDALL, List.of(varied)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected at least 2");
    LabelledMatrix flat = rdm(new double[] {2, 2, 2}, 3);
    assertThatThrownBy(() -> NoiseCeiling.of(Correlation.Method.SPEARMAN, List.of(varied, flat)))
        .isInstanceOf(InputException.class)
        .hasMessage("noise ceiling: all dissimilarities of rdm are equal; expected them to differ");
  }

  /** Two fresh samples of all stimuli agree as Spearman and Brown say from halves. */
  @Test
  void reliabilityIsThatOfAnotherSampleOfAsManyStimuli() {
    Measure measure = Measures.parse("cka");
    double predicted = 0;
    double halves = 0;
    double found = 0;
    int worlds = 12;
    for (int world = 0; world < worlds; world++) {
      NoiseFloor floor =
          NoiseFloor.of(measure, models(world, 0, 60), 6, new Seeds(1), Progress.NONE);
      predicted += floor.reliability() / worlds;
      halves += floor.halves() / worlds;
      assertThat(floor.reliability())
          .isCloseTo(2 * floor.halves() / (1 + floor.halves()), within(1e-12));
      double[] first = values(measure, models(world, 1, 60));
      double[] second = values(measure, models(world, 2, 60));
      found += Correlation.Method.PEARSON.coefficient(first, second) / worlds;
    }
    assertThat(predicted).isCloseTo(found, within(0.05));
    assertThat(found - halves).isGreaterThan(0.08);
  }

  @Test
  void theFloorIsTheMeanOverPairsOfDifferentModels() {
    List<Representation> models = models(3, 1, 40).subList(0, 3);
    NoiseFloor noise = NoiseFloor.of(CKA, models, 1, new Seeds(1), Progress.NONE);
    double[][] differences = noise.differences().values();
    assertThat(noise.floor())
        .isCloseTo((differences[0][1] + differences[0][2] + differences[1][2]) / 3, within(1e-12));
    assertThat(noise.halves()).isBetween(-1.0, 1.0);
    assertThat(NoiseFloor.of(CKA, models.subList(0, 2), 1, new Seeds(1), Progress.NONE).halves())
        .isNaN();
  }

  @Test
  void whatHasNoHalvesIsRefused() {
    List<Representation> models = models(3, 1, 40).subList(0, 2);
    Seeds seeds = new Seeds(1);
    assertThatThrownBy(() -> NoiseFloor.of(CKA, models, 0, seeds, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("noise floor of 2 models over 0 splits; expected at least 2 and 1");
    assertThatThrownBy(() -> NoiseFloor.of(CKA, models.subList(0, 1), 3, seeds, Progress.NONE))
        .hasMessage("noise floor of 1 models over 3 splits; expected at least 2 and 1");
  }

  /** Nothing is compared over other stimuli. */
  @Test
  void otherStimuliAreRefused() {
    Representation x = models(3, 1, 40).get(0);
    Representation y = models(3, 1, 42).get(0).withId("y");
    List<Representation> both = List.of(x, y);
    Seeds seeds = new Seeds(1);
    List<Runnable> works =
        List.of(
            () -> NoiseFloor.of(CKA, both, 1, seeds, Progress.NONE),
            () -> Bootstrap.overStimuli(CKA, x, y, 9, 0.9, seeds, Progress.NONE),
            () -> Bootstrap.overStimuli(CKA, both, 9, 0.9, seeds, Run.quiet()),
            () -> NullCalibration.of(CKA, x, y, 9, 0.9, seeds, Progress.NONE),
            () -> NullCalibration.ofMatrix(CKA, both, 9, 0.9, seeds, Run.quiet()),
            () -> NullCalibration.ofLayers(CKA, List.of(x), List.of(y), 9, 0.9, seeds, Run.quiet()),
            () -> NullCalibration.ofLayers(CKA, both, List.of(x), 9, 0.9, seeds, Run.quiet()));
    for (Runnable work : works) {
      assertThatThrownBy(work::run)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("40")
          .hasMessageContaining("42")
          .hasStackTraceContaining("Representation.requireSameStimuli");
    }
  }

  @Test
  void theCeilingOfTwoDataSetsIsTheGeometricMean() {
    assertThat(floor(0.81).ceiling(floor(0.25))).isCloseTo(0.45, within(1e-12));
    assertThat(floor(-0.3).ceiling(floor(-0.3))).isZero();
    assertThat(floor(0.5).ceiling(floor(Double.NaN))).isNaN();
    assertThat(floor(Double.NaN).ceiling(floor(0.5))).isNaN();
  }

  private static NoiseFloor floor(double reliability) {
    return new NoiseFloor(rdm(new double[] {1, 2, 3}, 3), 0, 0, reliability, 1);
  }

  private static double[] values(Measure measure, List<Representation> models) {
    LabelledMatrix matrix = new AllPairs(measure).progress(Progress.NONE).matrix(models);
    return SymmetricPairs.upper(matrix.values(), "values");
  }

  /** Eight models that read one latent, some parts of it more than others. */
  private static List<Representation> models(int world, int sample, int n) {
    SplittableRandom weights = new SplittableRandom(world);
    double[][][] readout = new double[8][6][10];
    for (double[][] model : readout) {
      double[] strength = weights.doubles(6).map(u -> 0.3 + u * u).toArray();
      for (int k = 0; k < 6; k++) {
        double s = strength[k];
        Arrays.setAll(model[k], j -> s * weights.nextGaussian());
      }
    }
    SplittableRandom random = new SplittableRandom(1000L * (world + 1) + sample);
    double[][] latent = new double[n][];
    Arrays.setAll(
        latent, i -> IntStream.range(0, 6).mapToDouble(k -> random.nextGaussian()).toArray());
    List<Representation> models = new ArrayList<>();
    for (int m = 0; m < readout.length; m++) {
      double[][] values = new double[n][10];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 10; j++) {
          for (int k = 0; k < 6; k++) {
            values[i][j] += latent[i][k] * readout[m][k][j];
          }
        }
      }
      models.add(Representation.of("m" + m, values));
    }
    return models;
  }

  private static LabelledMatrix rdm(double[] pairs, int items) {
    List<String> names = IntStream.range(0, items).mapToObj(i -> "s" + i).toList();
    return new LabelledMatrix(
        "rdm", names, names, SymmetricPairs.matrix(pairs, items), Provenance.of("test"));
  }
}
