package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.statistics.Bootstrap;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.Mantel;
import dev.kindred.measure.statistics.RankSets;
import dev.kindred.measure.statistics.Ties;
import dev.kindred.measure.statistics.WeightedKendall;
import dev.kindred.representation.Representation;
import dev.kindred.study.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Which measures' distances between networks follow the difference of something that the networks
 * do, one number for each: rank correlations over all pairs of networks.
 *
 * <p>Pairs that share a network depend on each other, so intervals come from drawing networks, not
 * pairs, and pairs of a network with its own copy are left out; beside the one-sided p of the text,
 * which takes pairs as independent, stands that of permuting networks.
 */
public final class FunctionGrounding {
  /** Fewer networks have too few pairs to rank anything by. */
  private static final int FEWEST = 4;

  /** Of the largest number of function; many times what a difference of two numbers is rounded. */
  private static final double ROUNDING = 1e-12;

  private FunctionGrounding() {}

  /** A measure with its numbers. */
  private record Row(
      String measure,
      Correlation rho,
      Correlation tau,
      double permutationP,
      double secondsPerComparison,
      double secondsPerPreparation,
      double[] distances) {}

  /**
   * The ranking, the best measure first; a measure that is not defined on these networks stands at
   * the end, with NaN.
   *
   * @param networks their responses to the same stimuli, at least four
   * @param function what each does, such as an accuracy; not the same for all
   * @param measures by specification
   * @param replicates bootstrap replicates and permutations
   * @param store where distances are kept
   * @return columns: measure, rho and tau each with interval and p, permutation_p, rank with the
   *     ranks that cannot be told from it, and processor seconds for one comparison, and for
   *     preparing one network's responses before; equal measures share the mean of their ranks
   */
  public static Table ranking(
      List<Representation> networks,
      double[] function,
      Map<String, Measure> measures,
      int replicates,
      Seeds seeds,
      Store store) {
    require(networks, function);
    double[][] gaps = gaps(function);
    double[] gapPairs = pairs(gaps);
    List<Row> rows = new ArrayList<>();
    List<String> undefined = new ArrayList<>();
    MeasuredPairs.square(networks)
        .under(measures, "distances", store)
        .forEach(
            (measure, outcome) -> {
              double[][] square = means(outcome.distances());
              double[] distances = pairs(square);
              if (isRankable(distances)) {
                rows.add(
                    new Row(
                        measure,
                        Correlation.of(Method.SPEARMAN, distances, gapPairs),
                        Correlation.of(Method.KENDALL, distances, gapPairs),
                        Mantel.test(square, gaps, Method.SPEARMAN, replicates, seeds).greaterP(),
                        outcome.times()[2] / outcome.times()[3],
                        outcome.times()[0] / outcome.times()[1],
                        distances));
              } else {
                undefined.add(measure);
              }
            });
    rows.sort(Comparator.comparingDouble(row -> -row.rho.coefficient()));
    int count = networks.size();
    return table(
        rows,
        undefined,
        scores(Method.SPEARMAN, rows, gapPairs, count, replicates, seeds),
        scores(Method.KENDALL, rows, gapPairs, count, replicates, seeds));
  }

  /** Every measure of the catalogue that applies to any networks. */
  public static Map<String, Measure> applicable() {
    return GroundedMeasures.all();
  }

  /** Specifications of the measures of the text. */
  public static List<String> textMeasures() {
    return GroundedMeasures.PAPER;
  }

  /** Measures by their canonical specifications. */
  public static Map<String, Measure> named(List<String> specifications) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String specification : specifications) {
      Measure measure = Measures.parse(specification);
      measures.put(measure.info().specification(), measure);
    }
    return measures;
  }

  private static void require(List<Representation> networks, double[] function) {
    if (networks.size() != function.length || function.length < FEWEST) {
      throw new InputException(
          "grounding: expected at least "
              + FEWEST
              + " networks with one number each, found "
              + networks.size()
              + " networks and "
              + function.length
              + " numbers");
    }
    if (!Arrays.stream(function).allMatch(Double::isFinite)) {
      throw new InputException("grounding: expected finite numbers of function");
    }
    if (Arrays.stream(function).allMatch(value -> value == function[0])) {
      throw new InputException(
          "grounding: all "
              + function.length
              + " networks have the function "
              + function[0]
              + "; expected numbers that differ");
    }
  }

  private static double[][] gaps(double[] function) {
    int count = function.length;
    double largest = Arrays.stream(function).map(Math::abs).max().orElseThrow();
    double[] gaps =
        Ties.joined(
            IntStream.range(0, count * count)
                .mapToDouble(pair -> Math.abs(function[pair / count] - function[pair % count]))
                .toArray(),
            ROUNDING * largest);
    return IntStream.range(0, count)
        .mapToObj(i -> Arrays.copyOfRange(gaps, i * count, (i + 1) * count))
        .toArray(double[][]::new);
  }

  /** Of both directions, with zeros on the diagonal. */
  private static double[][] means(double[][] distances) {
    double[][] means = new double[distances.length][distances.length];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < means.length; j++) {
        means[i][j] = i == j ? 0 : (distances[i][j] + distances[j][i]) / 2;
      }
    }
    return means;
  }

  private static double[] pairs(double[][] square) {
    return IntStream.range(0, square.length)
        .boxed()
        .flatMapToDouble(i -> Arrays.stream(square[i], i + 1, square.length))
        .toArray();
  }

  private static boolean isRankable(double[] distances) {
    return Arrays.stream(distances).allMatch(Double::isFinite)
        && Arrays.stream(distances).anyMatch(distance -> distance != distances[0]);
  }

  /** ρ or τ-b of every measure, with replicates; both of the same draws. */
  private static Scores scores(
      Method method, List<Row> rows, double[] gaps, int networks, int replicates, Seeds seeds) {
    SplittableRandom random = seeds.stream("networks");
    WeightedKendall gapOrder = WeightedKendall.of(gaps);
    List<WeightedKendall> orders =
        rows.stream().map(row -> WeightedKendall.of(row.distances)).toList();
    double[][] drawn = new double[replicates][rows.size()];
    for (double[] correlations : drawn) {
      Progress.checkCancelled();
      double[] counts = Bootstrap.counts(networks, random);
      double[] weights = new double[gaps.length];
      int at = 0;
      for (int i = 0; i < networks; i++) {
        for (int j = i + 1; j < networks; j++) {
          weights[at++] = counts[i] * counts[j];
        }
      }
      boolean enough = Arrays.stream(weights).filter(weight -> weight > 0).count() > 2;
      for (int m = 0; m < correlations.length; m++) {
        correlations[m] =
            !enough
                ? Double.NaN
                : method == Method.KENDALL
                    ? gapOrder.tauB(orders.get(m), weights)
                    : method.weighted(weights, gaps, rows.get(m).distances)[0][1];
      }
    }
    return new Scores(
        method.name(),
        rows.stream()
            .map(row -> method == Method.KENDALL ? row.tau : row.rho)
            .mapToDouble(Correlation::coefficient)
            .toArray(),
        drawn,
        networks - 1.0,
        Estimate.Scale.CORRELATION,
        /* leastError= */ 0,
        Scores.CORRELATIONS);
  }

  private static Table table(List<Row> rows, List<String> undefined, Scores rhos, Scores taus) {
    int all = rows.size() + undefined.size();
    StringColumn measures = StringColumn.create("measure");
    rows.forEach(row -> measures.append(row.measure));
    undefined.forEach(measures::append);
    List<DoubleColumn> columns = new ArrayList<>();
    for (String name :
        List.of(
            "rho",
            "rho_low",
            "rho_high",
            "rho_p",
            "tau",
            "tau_low",
            "tau_high",
            "tau_p",
            "permutation_p",
            "rank",
            "rank_low",
            "rank_high",
            "seconds_per_comparison",
            "seconds_per_preparation")) {
      columns.add(DoubleColumn.create(name, all));
    }
    RankSets ranks = rhos.ranks();
    for (int m = 0; m < rows.size(); m++) {
      Row row = rows.get(m);
      Interval interval = rhos.interval(m);
      Interval ofTau = taus.interval(m);
      double[] numbers = {
        row.rho.coefficient(),
        interval.low(),
        interval.high(),
        row.rho.oneSidedP(),
        row.tau.coefficient(),
        ofTau.low(),
        ofTau.high(),
        row.tau.oneSidedP(),
        row.permutationP,
        ranks.ranks()[m],
        ranks.lowest()[m],
        ranks.highest()[m],
        row.secondsPerComparison,
        row.secondsPerPreparation
      };
      for (int c = 0; c < numbers.length; c++) {
        columns.get(c).set(m, numbers[c]);
      }
    }
    Table table = Table.create("Ranking", measures);
    columns.forEach(table::addColumns);
    return table;
  }
}
