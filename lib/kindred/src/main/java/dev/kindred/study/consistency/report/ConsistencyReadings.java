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
        "blocks of similar models keep together across data sets; image–text models are the most similar to each other",
        format(
                "the mean similarity of two models is %.2f, the mean deviation over data sets %.2f",
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
        "pairs of middling similarity vary most over data sets, an inverse U; RBF CKA and RSA order the pairs much as linear CKA does",
        thirds(findings)
            + "; correlation with the headline measure: "
            + byMeasure(others, findings::similarityAgreement));
  }

  /** Figure 11. */
  public Reading transformed() {
    return new Reading(
        "the inverse U stays, and is clearer, when high similarities are stretched",
        "on the scale of arccos, " + thirds(findings.stretched()));
  }

  private static String thirds(Findings of) {
    double[] thirds = of.deviationOfThirds();
    return format(
        "the mean deviation is %.3f for the third of pairs of lowest mean, %.3f for the middle and %.3f for the highest",
        thirds[0], thirds[1], thirds[2]);
  }

  /** Figure 4. */
  public Reading maps() {
    return new Reading(
        "models gather by objective more than by architecture, data or size",
        "share of models whose most similar model is of their set: "
            + list(findings.neighboursOfOwnSet()));
  }

  /** Figure 5. */
  public Reading between() {
    double[] all = findings.consistencies();
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
        "data sets of one category agree more, natural multi-domain ones most; medical sets and FGVC Aircraft agree with few",
        format(
            "mean consistency is %s within categories and %s across; the data set that agrees least with the others is %s",
            number(agreement.within()),
            number(agreement.across()),
            agreement.least().map(Named::name).orElse("none")));
  }

  /** Figures 12 and 13. */
  public Reading measures(Map<String, SimilaritySet> others) {
    return new Reading(
        "consistency by RBF CKA follows that by linear CKA closely, by RSA moderately; the order of the objectives stays",
        "correlation with the headline measure over pairs of data sets, all models: "
            + byMeasure(others, findings::consistencyAgreement));
  }

  /** Figure 14. */
  public Reading anchors(List<String> anchors) {
    String paper = "anchors of any objective agree most with self-supervised models";
    if (!objectives) {
      return new Reading(paper, "there is no attribute objective");
    }
    String counts =
        findings.setsOfAnchors(OBJECTIVE, anchors).entrySet().stream()
            .map(set -> set.getKey() + " for " + set.getValue())
            .collect(Collectors.joining(", "));
    return new Reading(
        paper,
        "the set with the highest median is " + counts + " of " + anchors.size() + " anchors");
  }

  /** Figures 8 and 15. */
  public Reading gaps(Optional<PerformanceGap> gaps) {
    return new Reading(
        "similar models perform alike on single-domain and structured data; for multi-domain data the relation is weak and varies, for specialised data there is none",
        gaps.map(known -> "mean correlation by category: " + list(findings.gapsByCategory(known)))
            .orElse("this source has no labels, so there are no accuracies"));
  }

  /** Figures 9 and 10. */
  public Reading sampleSizes(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    String paper =
        "ten images a class are enough for every measure but RBF CKA with the narrowest kernel";
    if (bySize.size() < 2) {
      return new Reading(paper, "this source has no labelled images to draw samples from");
    }
    List<Integer> sizes = List.copyOf(bySize.keySet());
    return new Reading(
        paper,
        format(
            "mean change from %d to %d images a class: %s",
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
