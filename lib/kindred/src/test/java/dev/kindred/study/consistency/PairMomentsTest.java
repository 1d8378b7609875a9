package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Correlations by moments are those over the pairs themselves. */
class PairMomentsTest {
  private static final int DECLARATIONS = 7;
  private static final int COPIES = 3;
  private static final int MODELS = DECLARATIONS * COPIES;
  private static final int DATA_SETS = 5;

  /** Copies need not stand beside each other: model m is of declaration m mod 7. */
  private static SimilaritySet similarities(double spread) {
    List<String> models = IntStream.range(0, MODELS).mapToObj(m -> "m" + m).toList();
    List<DataSet> dataSets = new ArrayList<>();
    List<LabelledMatrix> matrices = new ArrayList<>();
    Random random = new Random(new Seeds(3).stream("planted").nextLong());
    for (int d = 0; d < DATA_SETS; d++) {
      double[][] values = new double[MODELS][MODELS];
      for (int i = 0; i < MODELS; i++) {
        for (int j = 0; j < i; j++) {
          values[i][j] = 0.8 + spread * random.nextGaussian() + 0.1 * ((i * j) % 5);
          values[j][i] = values[i][j];
        }
        values[i][i] = 1;
      }
      dataSets.add(new DataSet("d" + d, "x"));
      matrices.add(new LabelledMatrix("s", models, models, values, Provenance.of("test")));
    }
    return new SimilaritySet(dataSets, matrices)
        .declaredAs(IntStream.range(0, MODELS).mapToObj(m -> "of " + m % DECLARATIONS).toList());
  }

  private static double[] weights(boolean together) {
    Random random = new Random(7);
    int[] counts = random.ints(MODELS, 0, 4).toArray();
    return IntStream.range(0, MODELS)
        .mapToDouble(m -> counts[together ? m % DECLARATIONS : m])
        .toArray();
  }

  private static int[] of(int from, int to) {
    return IntStream.range(0, MODELS)
        .filter(m -> m % DECLARATIONS >= from && m % DECLARATIONS < to)
        .toArray();
  }

  private static double[][] byPairs(SimilaritySet set, double[] weights, PairSet pairs) {
    return Correlation.Method.PEARSON.weighted(
        pairs.values((i, j) -> set.areCopies(i, j) ? 0 : weights[i] * weights[j]),
        set.vectors(pairs));
  }

  private static void areEqual(double[][] one, double[][] other) {
    for (int a = 0; a < DATA_SETS; a++) {
      assertThat(one[a]).containsExactly(other[a], within(1e-12));
    }
  }

  @Test
  void areThoseOverThePairs() {
    SimilaritySet set = similarities(0.05);
    PairMoments moments = set.moments().orElseThrow();
    for (PairSet pairs :
        List.of(
            set.allPairs(),
            PairSet.between("within", of(0, 4), of(0, 4)),
            PairSet.between("across", of(0, 4), of(4, 7)),
            PairSet.between("overlapping", of(0, 5), of(3, 7)))) {
      int[] blocks = moments.blocks(pairs).orElseThrow();
      for (double[] weights : List.of(Consistency.ones(MODELS), weights(true))) {
        double[][] known = byPairs(set, weights, pairs);
        areEqual(moments.correlations(blocks, weights).orElseThrow(), known);
        Consistency drawn =
            new Consistency(set, Correlation.Method.PEARSON, weights, Consistency.ones(DATA_SETS));
        areEqual(drawn.matrix(pairs).values(), known);
      }
    }
  }

  @Test
  void thePairsThemselvesAreAskedWhereMomentsCannotTell() {
    SimilaritySet set = similarities(0.05);
    PairMoments moments = set.moments().orElseThrow();
    PairSet anchor = ConsistencyClaims.anchor(0, of(1, 7)); // one copy of three
    assertThat(moments.blocks(anchor)).isEmpty();
    int[] all = moments.blocks(set.allPairs()).orElseThrow();
    assertThat(moments.correlations(all, weights(false))).isEmpty();
    assertThat(moments.correlations(all, new double[MODELS])).isEmpty();
    Consistency apart =
        new Consistency(
            set, Correlation.Method.PEARSON, weights(false), Consistency.ones(DATA_SETS));
    areEqual(apart.matrix(set.allPairs()).values(), byPairs(set, weights(false), set.allPairs()));
    areEqual(
        new Consistency(set).matrix(anchor).values(),
        byPairs(set, Consistency.ones(MODELS), anchor));
  }

  @Test
  void smallDifferencesFarFromTheCentreKeepTheirDigits() {
    // Similarities of one block pair lie together, far from all others.
    SimilaritySet set = similarities(1e-4).map("steps", value -> value > 1.1 ? value : value / 100);
    for (PairSet pairs : List.of(set.allPairs(), PairSet.between("across", of(0, 1), of(2, 3)))) {
      areEqual(
          new Consistency(set).matrix(pairs).values(),
          byPairs(set, Consistency.ones(MODELS), pairs));
    }
  }

  @Test
  void modelsWithoutCopiesHaveNone() {
    SimilaritySet set = similarities(0.05);
    assertThat(set.declaredAs(set.models()).moments()).isEmpty();
  }
}
