package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Evidence;
import dev.kindred.study.Verdict;
import dev.kindred.study.models.DataSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The deviation of a pair as a known function of its mean. Means and noise have parts that belong
 * to the models, so that pairs are dependent.
 */
class TwoLinesTest {
  private static final int RUNS = 20;

  enum Curve {
    INVERSE_U(z -> 0.15 - 0.12 * z * z),
    RISING(z -> 0.09 + 0.06 * z),
    RISING_EVER_LESS(z -> 0.15 - 0.03 * (z - 1) * (z - 1)),
    FALLING(z -> 0.09 - 0.06 * z),
    FLAT(z -> 0.1),
    U(z -> 0.03 + 0.12 * z * z);

    private final DoubleUnaryOperator deviation;

    Curve(DoubleUnaryOperator deviation) {
      this.deviation = deviation;
    }
  }

  private static SimilaritySet similarities(Curve curve, int models, int dataSets, long seed) {
    SplittableRandom random = new Seeds(seed).stream("curve");
    double[] position = new double[models];
    for (int i = 0; i < models; i++) {
      position[i] = 2 * random.nextDouble() - 1;
    }
    List<String> names = Planted.models(models).models();
    List<DataSet> sets = Planted.dataSets(dataSets);
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (DataSet set : sets) {
      double[] shift = new double[models];
      for (int i = 0; i < models; i++) {
        shift[i] = 0.4 * random.nextGaussian();
      }
      double[][] values = new double[models][models];
      for (int i = 0; i < models; i++) {
        for (int j = 0; j < i; j++) {
          double z = 0.5 * (position[i] + position[j]);
          double noise = shift[i] + shift[j] + 0.8 * random.nextGaussian();
          values[i][j] = 0.5 + 0.3 * z + Math.max(0, curve.deviation.applyAsDouble(z)) * noise;
          values[j][i] = values[i][j];
        }
      }
      matrices.add(new LabelledMatrix("s", names, names, values, Provenance.of("curve")));
    }
    return new SimilaritySet(sets, matrices);
  }

  private static Verdict verdict(Curve curve, long seed) {
    SimilaritySet similarities = similarities(curve, 30, 20, seed);
    ConsistencyBootstrap bootstrap =
        new ConsistencyBootstrap(
            similarities, ConsistencyBootstrap.Over.BOTH, 100, new Seeds(seed));
    List<Part> parts = TwoLines.parts(new Consistency(similarities), bootstrap);
    DecisionRule rule = new DecisionRule.Above(0);
    Evidence evidence = rule.judge(bootstrap.estimates(parts));
    return new Claim("", "", OptionalDouble.empty(), "", rule, evidence).verdict();
  }

  private static final Map<Curve, List<Verdict>> VERDICTS = new ConcurrentHashMap<>();

  private static long count(Curve curve, Verdict verdict) {
    return VERDICTS
        .computeIfAbsent(
            curve, of -> LongStream.range(0, RUNS).mapToObj(seed -> verdict(of, seed)).toList())
        .stream()
        .filter(verdict::equals)
        .count();
  }

  /** A quadratic coefficient took 19 of 20 curves that rise ever less for an inverse U. */
  @ParameterizedTest
  @EnumSource(names = "INVERSE_U", mode = EnumSource.Mode.EXCLUDE)
  void noOtherCurveIsTakenForAnInverseU(Curve curve) {
    assertThat(count(curve, Verdict.REPRODUCED)).isLessThanOrEqualTo(1);
  }

  @Test
  void anInverseUIsFound() {
    assertThat(count(Curve.INVERSE_U, Verdict.REPRODUCED)).isGreaterThanOrEqualTo(15);
  }

  @Test
  void aUIsNotReproduced() {
    assertThat(count(Curve.U, Verdict.NOT_REPRODUCED)).isGreaterThanOrEqualTo(15);
  }

  @Test
  void theBreakIsNearTheTop() {
    SimilaritySet similarities = similarities(Curve.INVERSE_U, 30, 16, 1);
    ConsistencyBootstrap bootstrap =
        new ConsistencyBootstrap(similarities, ConsistencyBootstrap.Over.BOTH, 100, new Seeds(1));
    assertThat(TwoLines.breakAt(new Consistency(similarities), bootstrap)).isBetween(0.3, 0.7);
  }
}
