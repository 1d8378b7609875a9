package dev.kindred.study.consistency.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.Reading;
import dev.kindred.study.consistency.Consistency;
import dev.kindred.study.consistency.ConsistencyClaims;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.PublishedResults;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One sentence of what the paper saw in each figure, and one of what there is to see here,
 * computed.
 */
public final class ConsistencyReadings {
  private static final String OBJECTIVE = "objective";

  private final SimilaritySet similarities;
  private final ModelTable models;
  private final Consistency consistency;
  private final Map<String, PairSet> objectives;

  public ConsistencyReadings(SimilaritySet similarities, ModelTable models) {
    this.similarities = similarities;
    this.models = models;
    this.consistency = new Consistency(similarities);
    this.objectives =
        models.attributes().containsKey(OBJECTIVE) ? PairSet.of(models, OBJECTIVE) : Map.of();
  }

  /** Figure 2. */
  public Reading matrices() {
    Map<String, Double> within = new LinkedHashMap<>();
    LabelledMatrix mean = similarities.mean();
    objectives.values().stream()
        .filter(PairSet::isWithin)
        .forEach(set -> within.put(set.name(), average(set.values(mean))));
    String most =
        within.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(
                entry ->
                    format(
                        "; of the objectives, %s pairs are the most similar (%.2f)",
                        entry.getKey(), entry.getValue()))
            .orElse("");
    return new Reading(
        "blocks of similar models keep together across data sets; image–text models are the most similar to each other",
        format(
                "the mean similarity of two models is %.2f, the mean deviation over data sets %.2f",
                average(similarities.allPairs().values(mean)),
                average(similarities.allPairs().values(similarities.standardDeviation())))
            + most);
  }

  /** Figure 3. */
  public Reading meanAndDeviation(Map<String, SimilaritySet> others) {
    List<String> agreements = new ArrayList<>();
    double[] mean = similarities.allPairs().values(similarities.mean());
    others.forEach(
        (name, other) ->
            agreements.add(
                name + " " + number(pearson(mean, similarities.allPairs().values(other.mean())))));
    return new Reading(
        "pairs of middling similarity vary most over data sets, an inverse U; RBF CKA and RSA order the pairs much as linear CKA does",
        thirds(similarities)
            + "; correlation with the headline measure: "
            + String.join(", ", agreements));
  }

  /** Figure 11. */
  public Reading transformed() {
    SimilaritySet stretched =
        similarities.map("arccos", s -> Math.acos(Math.max(-1, Math.min(1, s))));
    return new Reading(
        "the inverse U stays, and is clearer, when high similarities are stretched",
        "on the scale of arccos, " + thirds(stretched));
  }

  private static String thirds(SimilaritySet set) {
    double[] mean = set.allPairs().values(set.mean());
    double[] deviation = set.allPairs().values(set.standardDeviation());
    Integer[] order = new Integer[mean.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble(k -> mean[k]));
    double[] thirds = new double[3];
    for (int third = 0; third < 3; third++) {
      int from = third * order.length / 3;
      int to = (third + 1) * order.length / 3;
      for (int k = from; k < to; k++) {
        thirds[third] += deviation[order[k]] / Math.max(1, to - from);
      }
    }
    return format(
        "the mean deviation is %.3f for the third of pairs of lowest mean, %.3f for the middle and %.3f for the highest",
        thirds[0], thirds[1], thirds[2]);
  }

  /** Figure 4. */
  public Reading maps() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> attribute : models.attributes().entrySet()) {
      long sets = attribute.getValue().stream().distinct().count();
      if (sets > 1 && sets < models.models().size() / 2.0) {
        shares.put(attribute.getKey(), neighboursInSet(attribute.getValue()));
      }
    }
    StringBuilder here =
        new StringBuilder("share of models whose most similar model is of their set: ");
    here.append(
        String.join(
            ", ",
            shares.entrySet().stream()
                .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                .toList()));
    return new Reading(
        "models gather by objective more than by architecture, data or size", here.toString());
  }

  private double neighboursInSet(List<String> values) {
    LabelledMatrix mean = similarities.mean();
    int agreeing = 0;
    for (int i = 0; i < values.size(); i++) {
      int nearest = i == 0 ? 1 : 0;
      for (int j = 0; j < values.size(); j++) {
        nearest = j != i && mean.get(i, j) > mean.get(i, nearest) ? j : nearest;
      }
      agreeing += values.get(i).equals(values.get(nearest)) ? 1 : 0;
    }
    return (double) agreeing / values.size();
  }

  /** Figure 5. */
  public Reading between() {
    double[] all = consistency.distribution(similarities.allPairs());
    return new Reading(
        "some pairs of data sets agree closely, others hardly; within self-supervised models the points lie near a line",
        format(
            "over the %d pairs of data sets, r runs from %.2f to %.2f",
            all.length,
            Arrays.stream(all).min().orElse(Double.NaN),
            Arrays.stream(all).max().orElse(Double.NaN)));
  }

  /** Figure 6. */
  public Reading distributions() {
    double[] all = consistency.distribution(similarities.allPairs());
    String extremes =
        objectives.isEmpty()
            ? ""
            : "; by objective, the highest median is that of "
                + extreme(1)
                + ", the lowest that of "
                + extreme(-1);
    return new Reading(
        format(
            "the mean over all pairs is %.3f (standard deviation %.3f); self-supervised models are"
                + " the most consistent, image–text with supervised ones the least",
            PublishedResults.MEAN_CONSISTENCY, PublishedResults.DEVIATION_OF_CONSISTENCY),
        format(
                "the mean over all model pairs is %.3f (standard deviation %.3f)",
                average(all), deviation(all))
            + extremes);
  }

  private String extreme(int sign) {
    return objectives.values().stream()
        .filter(set -> !Double.isNaN(consistency.median(set)))
        .max(Comparator.comparingDouble(set -> sign * consistency.median(set)))
        .map(set -> set.name() + " (" + number(consistency.median(set)) + ")")
        .orElse("none");
  }

  /** Figure 7. */
  public Reading dataSets() {
    LabelledMatrix matrix = consistency.matrix(similarities.allPairs());
    List<DataSet> sets = similarities.dataSets();
    Map<String, Double> means = new LinkedHashMap<>();
    double within = 0;
    double across = 0;
    int inside = 0;
    int outside = 0;
    for (int i = 0; i < sets.size(); i++) {
      double sum = 0;
      int defined = 0;
      for (int j = 0; j < sets.size(); j++) {
        if (i != j && !Double.isNaN(matrix.get(i, j))) {
          sum += matrix.get(i, j);
          defined++;
          if (sets.get(i).category().equals(sets.get(j).category())) {
            within += matrix.get(i, j);
            inside++;
          } else {
            across += matrix.get(i, j);
            outside++;
          }
        }
      }
      if (defined > 0) {
        means.put(sets.get(i).name(), sum / defined);
      }
    }
    String least =
        means.entrySet().stream()
            .min(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("none");
    return new Reading(
        "data sets of one category agree more, natural multi-domain ones most; medical sets and FGVC Aircraft agree with few",
        format(
            "mean consistency is %s within categories and %s across; the data set that agrees least with the others is %s",
            number(within / inside), number(across / outside), least));
  }

  /** Figures 12 and 13. */
  public Reading measures(Map<String, SimilaritySet> others) {
    List<String> agreements = new ArrayList<>();
    LabelledMatrix headline = consistency.matrix(similarities.allPairs());
    others.forEach(
        (name, other) ->
            agreements.add(
                name
                    + " "
                    + number(
                        agreement(
                            headline, new Consistency(other).matrix(similarities.allPairs())))));
    return new Reading(
        "consistency by RBF CKA follows that by linear CKA closely, by RSA moderately; the order of the objectives stays",
        "correlation with the headline measure over pairs of data sets, all models: "
            + String.join(", ", agreements));
  }

  /** Correlation over the pairs of data sets where both are defined. */
  private static double agreement(LabelledMatrix headline, LabelledMatrix other) {
    List<double[]> cells = new ArrayList<>();
    for (int i = 0; i < headline.rows().size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!Double.isNaN(headline.get(i, j)) && !Double.isNaN(other.get(i, j))) {
          cells.add(new double[] {headline.get(i, j), other.get(i, j)});
        }
      }
    }
    return pearson(
        cells.stream().mapToDouble(cell -> cell[0]).toArray(),
        cells.stream().mapToDouble(cell -> cell[1]).toArray());
  }

  /** Figure 14. */
  public Reading anchors(List<String> anchors) {
    if (objectives.isEmpty()) {
      return new Reading(
          "anchors of any objective agree most with self-supervised models",
          "there is no attribute objective");
    }
    Map<String, int[]> sets = models.sets(OBJECTIVE);
    Map<String, Integer> best = new LinkedHashMap<>();
    for (String anchor : anchors) {
      int index = models.models().indexOf(anchor);
      sets.entrySet().stream()
          .filter(set -> !Double.isNaN(median(index, set.getValue())))
          .max(Comparator.comparingDouble(set -> median(index, set.getValue())))
          .ifPresent(set -> best.merge(set.getKey(), 1, Integer::sum));
    }
    List<String> counts = new ArrayList<>();
    best.forEach((set, count) -> counts.add(set + " for " + count));
    return new Reading(
        "anchors of any objective agree most with self-supervised models",
        "the set with the highest median is "
            + String.join(", ", counts)
            + " of "
            + anchors.size()
            + " anchors");
  }

  private double median(int anchor, int[] set) {
    return consistency.median(ConsistencyClaims.anchor(anchor, set));
  }

  /** Figures 8 and 15. */
  public Reading gaps(Optional<PerformanceGap> gaps) {
    String paper =
        "similar models perform alike on single-domain and structured data; for multi-domain data the relation is weak and varies, for specialised data there is none";
    if (gaps.isEmpty()) {
      return new Reading(paper, "this source has no labels, so there are no accuracies");
    }
    Map<String, List<Double>> byCategory = new LinkedHashMap<>();
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      byCategory
          .computeIfAbsent(similarities.dataSets().get(d).category(), c -> new ArrayList<>())
          .add(gaps.get().correlation(d));
    }
    List<String> means = new ArrayList<>();
    byCategory.forEach(
        (category, values) ->
            means.add(
                category
                    + " "
                    + number(
                        average(
                            values.stream()
                                .mapToDouble(Double::doubleValue)
                                .filter(value -> !Double.isNaN(value))
                                .toArray()))));
    return new Reading(paper, "mean correlation by category: " + String.join(", ", means));
  }

  /** Figures 9 and 10. */
  public Reading sampleSizes(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    String paper =
        "ten images a class are enough for every measure but RBF CKA with the narrowest kernel";
    if (bySize.size() < 2) {
      return new Reading(paper, "this source has no labelled images to draw samples from");
    }
    List<Integer> sizes = List.copyOf(bySize.keySet());
    Map<String, LabelledMatrix> last = bySize.get(sizes.get(sizes.size() - 1));
    Map<String, LabelledMatrix> before = bySize.get(sizes.get(sizes.size() - 2));
    List<String> changes = new ArrayList<>();
    last.forEach(
        (measure, matrix) -> {
          PairSet all = PairSet.all(matrix.rows().size());
          LabelledMatrix previous = before.get(measure);
          changes.add(
              measure
                  + " "
                  + format(
                      "%.3f",
                      average(
                          all.values((i, j) -> Math.abs(matrix.get(i, j) - previous.get(i, j))))));
        });
    return new Reading(
        paper,
        format(
            "mean change from %d to %d images a class: %s",
            sizes.get(sizes.size() - 2), sizes.get(sizes.size() - 1), String.join(", ", changes)));
  }

  private static double pearson(double[] x, double[] y) {
    return x.length < 2 ? Double.NaN : Correlation.Method.PEARSON.coefficient(x, y);
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double deviation(double[] values) {
    double mean = average(values);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "undefined" : format("%.2f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
