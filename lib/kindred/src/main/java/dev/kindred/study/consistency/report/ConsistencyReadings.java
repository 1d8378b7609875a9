package dev.kindred.study.consistency.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.study.Reading;
import dev.kindred.study.consistency.Findings;
import dev.kindred.study.consistency.Findings.DataSetAgreement;
import dev.kindred.study.consistency.Findings.Named;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.PublishedResults;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.ModelTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One sentence of what the paper saw in each figure, and one of what there is to see here,
 * computed.
 */
public final class ConsistencyReadings {
  private static final String OBJECTIVE = "objective";

  private final Findings findings;
  private final boolean objectives;

  public ConsistencyReadings(SimilaritySet similarities, ModelTable models) {
    findings = new Findings(similarities, models);
    objectives = models.attributes().containsKey(OBJECTIVE);
  }

  /** Figure 2. */
  public Reading matrices() {
    return new Reading(
        "models that are alike on one data set tend to be alike on others; image–text models are the most similar to each other",
        format(
                "the mean similarity of two models is %.2f, its standard deviation over data sets %.2f on average",
                findings.meanSimilarity(), findings.meanDeviation())
            + findings
                .mostSimilarWithin(OBJECTIVE)
                .map(
                    most ->
                        format(
                            "; of the objectives, %s pairs are the most similar (%.2f)",
                            most.name(), most.value()))
                .orElse(""));
  }

  /** Figure 3. */
  public Reading meanAndDeviation(Map<String, SimilaritySet> others) {
    return new Reading(
        "pairs of medium similarity vary most across data sets (an inverse U); RBF CKA and RSA rank the pairs much as linear CKA does",
        format(
                "the standard deviation averages %.3f in the third of pairs with the lowest mean, %.3f in the middle third and %.3f in the highest",
                boxed(findings.deviationOfThirds()))
            + "; correlation with the headline measure: "
            + byMeasure(others, findings::similarityAgreement));
  }

  /** Figure 11. */
  public Reading transformed() {
    return new Reading(
        "the inverse U remains, and is more pronounced, after both transformations",
        format(
            "after arccos, the standard deviation averages %.3f in the third of pairs that are most alike, %.3f in the middle third and %.3f in the third that are least alike",
            boxed(findings.stretched().deviationOfThirds())));
  }

  private static Object[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray();
  }

  /**
   * Figure 4.
   *
   * @param dataSets those that are drawn, by index
   */
  public Reading maps(List<Integer> dataSets) {
    String shares =
        findings.neighboursOfOwnSet(dataSets).entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + " "
                        + Arrays.stream(entry.getValue().shares())
                            .mapToObj(ConsistencyReadings::number)
                            .collect(Collectors.joining(", "))
                        + " (by chance "
                        + number(entry.getValue().chance())
                        + ")")
            .collect(Collectors.joining("; "));
    return new Reading(
        "models gather by objective, in part by training data, and not by architecture or size",
        "share of models whose most similar model has the same attribute, on "
            + dataSets.stream().map(findings::dataSet).collect(Collectors.joining(", "))
            + ": "
            + (shares.isEmpty() ? "no attribute has sets that are large enough" : shares));
  }

  /** Figure 5. */
  public Reading between() {
    double[] all = findings.consistencies();
    return new Reading(
        "similarities on two data sets correlate, some pairs of data sets more than others; most closely among self-supervised models, least among supervised ones",
        format(
            "over all %d pairs of data sets, r ranges from %.2f to %.2f",
            all.length,
            Arrays.stream(all).min().orElse(Double.NaN),
            Arrays.stream(all).max().orElse(Double.NaN)));
  }

  /** Figure 6. */
  public Reading distributions() {
    double[] all = findings.meanAndDeviationOfConsistency();
    String extremes =
        objectives
            ? "; by objective, the highest median is that of "
                + text(findings.mostConsistent(OBJECTIVE))
                + ", the lowest that of "
                + text(findings.leastConsistent(OBJECTIVE))
            : "";
    return new Reading(
        format(
            "the mean over all pairs is %.3f (standard deviation %.3f); self-supervised models are the most consistent, image–text with supervised ones the least",
            PublishedResults.MEAN_CONSISTENCY, PublishedResults.DEVIATION_OF_CONSISTENCY),
        format("the mean over all model pairs is %.3f (standard deviation %.3f)", all[0], all[1])
            + extremes);
  }

  private static String text(Optional<Named> extreme) {
    return extreme.map(named -> named.name() + " (" + number(named.value()) + ")").orElse("none");
  }

  /** Figure 7. */
  public Reading dataSets() {
    DataSetAgreement agreement = findings.dataSetAgreement();
    return new Reading(
        "data sets of the same category agree more, natural multi-domain ones the most; medical sets and FGVC Aircraft agree with hardly any other",
        format(
            "mean consistency is %s within categories and %s across; the data set that agrees least with the others is %s",
            number(agreement.within()),
            number(agreement.across()),
            agreement.least().map(Named::name).orElse("none")));
  }

  /** Figures 12 and 13. */
  public Reading measures(Map<String, SimilaritySet> others) {
    return new Reading(
        "consistency by RBF CKA follows consistency by linear CKA closely, that by RSA less so; the order of the objectives is the same",
        "correlation with the headline measure over pairs of data sets, for all models: "
            + byMeasure(others, findings::consistencyAgreement));
  }

  /** Figure 14. */
  public Reading anchors(List<String> anchors) {
    String paper =
        "whatever its objective, an anchor is most consistent with self-supervised models";
    if (!objectives) {
      return new Reading(paper, "there is no attribute objective");
    }
    String counts =
        findings.setsOfAnchors(OBJECTIVE, anchors).entrySet().stream()
            .map(set -> set.getKey() + " for " + set.getValue())
            .collect(Collectors.joining(", "));
    return new Reading(
        paper,
        "the set with the highest median is " + counts + " of the " + anchors.size() + " anchors");
  }

  /** Figures 8 and 15. */
  public Reading gaps(Optional<PerformanceGap> gaps) {
    return new Reading(
        "similar models perform alike on single-domain and structured data; on multi-domain data the relation is weak and varies, on specialised data there is little or none",
        gaps.map(
                known ->
                    "correlation, averaged by category: " + list(findings.gapsByCategory(known)))
            .orElse("this source has no labels, so there are no accuracies"));
  }

  /** Figures 9 and 10. */
  public Reading sampleSizes(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    String paper =
        "ten images per class are enough for every measure except RBF CKA with the narrowest kernel";
    if (bySize.size() < 2) {
      return new Reading(paper, "this source has no labelled images to draw samples from");
    }
    List<Integer> sizes = List.copyOf(bySize.keySet());
    return new Reading(
        paper,
        format(
            "mean change from %d to %d images per class: %s",
            sizes.get(sizes.size() - 2),
            sizes.get(sizes.size() - 1),
            Findings.lastChange(bySize).entrySet().stream()
                .map(change -> format("%s %.3f", change.getKey(), change.getValue()))
                .collect(Collectors.joining(", "))));
  }

  private static String byMeasure(
      Map<String, SimilaritySet> others, ToDoubleFunction<SimilaritySet> agreement) {
    Map<String, Double> values = new LinkedHashMap<>();
    others.forEach((name, other) -> values.put(name, agreement.applyAsDouble(other)));
    return list(values);
  }

  private static String list(Map<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> number(entry.getValue()) + " (" + entry.getKey() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "undefined" : format("%.2f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
