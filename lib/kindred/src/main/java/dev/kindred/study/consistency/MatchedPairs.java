package dev.kindred.study.consistency;

import dev.kindred.base.Numbers;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The matched comparison: consistency by one attribute among pairs of models that agree in another,
 * and among those that differ in it. In published models attributes go together, most image–text
 * models have large training sets of their own; among models of one training set, what is left
 * between objectives is not a difference of training data.
 */
public final class MatchedPairs {
  private MatchedPairs() {}

  /**
   * Median R of every pair of sets of an attribute, with 95 % intervals over models and data sets.
   * Pairs that differ in their random start alone are not counted.
   *
   * @param attribute the attribute that is asked about, such as {@code objective}
   * @param matched the one in which the models of a pair agree, such as {@code training data}
   */
  public static Table table(
      SimilaritySet similarities,
      ModelTable models,
      String attribute,
      String matched,
      int replicates,
      Seeds seeds) {
    List<String> values = models.values(matched);
    StringColumn name = StringColumn.create(attribute);
    StringColumn kind = StringColumn.create(matched);
    IntColumn count = IntColumn.create("pairs");
    DoubleColumn median = DoubleColumn.create("median R");
    List<Part> medians = new ArrayList<>();
    Consistency observed = new Consistency(similarities);
    for (PairSet pairs : PairSet.of(models, attribute).values()) {
      for (boolean same : new boolean[] {true, false}) {
        PairSet taken =
            pairs.where(pairs.name(), (i, j) -> values.get(i).equals(values.get(j)) == same);
        if (taken.size() >= 2) {
          name.append(pairs.name());
          kind.append(same ? "the same" : "different");
          count.append((int) Arrays.stream(observed.weights(taken)).sum());
          median.append(Numbers.rounded(observed.median(taken), 3));
          medians.add(
              Part.correlation(r -> r.median(taken), similarities.dataSets().size(), similarities));
        }
      }
    }
    List<Interval> intervals =
        new ConsistencyBootstrap(similarities, ConsistencyBootstrap.Over.BOTH, replicates, seeds)
            .intervals(medians);
    return Table.create(
        "Consistency by " + attribute + ", " + matched + " matched",
        name,
        kind,
        count,
        median,
        StringColumn.create("95 % interval", intervals.stream().map(Interval::toString).toList()));
  }
}
