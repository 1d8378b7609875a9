package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.Quantile;
import dev.kindred.study.Claim;
import dev.kindred.study.DecisionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The claims of the paper and the rules that decide them, all fixed beforehand. Every quantity is
 * evaluated on the same bootstrap replicates over models and data sets. A claim whose sets do not
 * occur in the data is not decidable.
 */
public final class ConsistencyClaims {
  private static final String OBJECTIVE = "objective";
  private static final String DATA = "training data";
  private static final String ARCHITECTURE = "architecture";
  private static final String SIZE = "size";
  private static final String IMAGE_TEXT = "Img-Txt";
  private static final String SELF_SUPERVISED = "SSL";
  private static final String SUPERVISED = "Sup";
  private static final String MULTI_DOMAIN = "natural (multi-domain)";
  private static final String SINGLE_DOMAIN = "natural (single-domain)";

  /** Half-width around the published mean within which a mean counts as the same. */
  private static final double SAME_MEAN = 0.1;

  /** Difference of two medians of R that counts as none. */
  private static final double NO_DIFFERENCE = 0.05;

  /** Correlation from which on two measures agree, and gaps are strongly related. */
  private static final double STRONG = 0.5;

  private final SimilaritySet similarities;
  private final ModelTable models;
  private final List<Definition> definitions = new ArrayList<>();

  /** One object per set pair, as {@link Consistency} remembers results by it. */
  private final Map<String, Map<String, PairSet>> pairSets = new HashMap<>();

  private ConsistencyClaims(SimilaritySet similarities, ModelTable models) {
    this.similarities = similarities;
    this.models = models;
  }

  /**
   * Decides every claim.
   *
   * @param similarities by the headline measure, linear CKA
   * @param models attributes of the same models; objective, training data, architecture and size,
   *     with the paper's values
   * @param other by other measures, name → similarities of the same models on the same data sets;
   *     may be empty
   * @param gaps accuracies of the same models, where they are known
   * @param replicates number of bootstrap replicates, such as 1000
   * @param seeds random streams
   */
  public static List<Claim> decide(
      SimilaritySet similarities,
      ModelTable models,
      Map<String, SimilaritySet> other,
      Optional<PerformanceGap> gaps,
      int replicates,
      Seeds seeds) {
    ConsistencyClaims study = new ConsistencyClaims(similarities, models);
    study.overall();
    study.objectives();
    study.otherAttributes();
    study.shapes(other);
    study.dataSetCategories();
    gaps.ifPresent(study::performance);
    study.anchors();
    return study.decide(replicates, seeds);
  }

  private void overall() {
    add(
        "Similarities carry over from one data set to another",
        "mean 0.756 (std 0.124)",
        "mean R(all, all)",
        replicate -> replicate.mean(all()),
        new DecisionRule.Near(PublishedResults.MEAN_CONSISTENCY, SAME_MEAN));
  }

  private void objectives() {
    add(
        "Self-supervised models are the most consistent among themselves",
        "Figure 6",
        "median R(SSL, SSL) less the larger one of R(Img-Txt, Img-Txt) and R(Sup, Sup)",
        r ->
            median(r, OBJECTIVE, SELF_SUPERVISED, SELF_SUPERVISED)
                - Math.max(
                    median(r, OBJECTIVE, IMAGE_TEXT, IMAGE_TEXT),
                    median(r, OBJECTIVE, SUPERVISED, SUPERVISED)),
        new DecisionRule.Above(0));
    add(
        "Self-supervised models are also consistent with models of other objectives",
        "Figure 6",
        "smaller median of R(SSL, Img-Txt) and R(SSL, Sup), less that of R(Img-Txt, Sup)",
        r ->
            Math.min(
                    median(r, OBJECTIVE, SELF_SUPERVISED, IMAGE_TEXT),
                    median(r, OBJECTIVE, SELF_SUPERVISED, SUPERVISED))
                - median(r, OBJECTIVE, IMAGE_TEXT, SUPERVISED),
        new DecisionRule.Above(0));
    add(
        "Image–text with supervised models are the least consistent",
        "Figure 6",
        "smallest other median R of the objectives, less that of R(Img-Txt, Sup)",
        r -> {
          double least = median(r, OBJECTIVE, IMAGE_TEXT, SUPERVISED);
          double other = Double.POSITIVE_INFINITY;
          for (String[] pair :
              new String[][] {
                {IMAGE_TEXT, IMAGE_TEXT},
                {SELF_SUPERVISED, SELF_SUPERVISED},
                {SUPERVISED, SUPERVISED},
                {SELF_SUPERVISED, IMAGE_TEXT},
                {SELF_SUPERVISED, SUPERVISED}
              }) {
            other = Math.min(other, median(r, OBJECTIVE, pair[0], pair[1]));
          }
          return other - least;
        },
        new DecisionRule.Above(0));
    add(
        "Image–text models are the most similar to each other",
        "Figure 2",
        "mean similarity within Img-Txt, less the larger one within SSL and within Sup",
        r ->
            meanSimilarity(r, set(OBJECTIVE, IMAGE_TEXT, IMAGE_TEXT))
                - Math.max(
                    meanSimilarity(r, set(OBJECTIVE, SELF_SUPERVISED, SELF_SUPERVISED)),
                    meanSimilarity(r, set(OBJECTIVE, SUPERVISED, SUPERVISED))),
        new DecisionRule.Above(0));
  }

  private void otherAttributes() {
    add(
        "Convolutional and transformer models do not differ in consistency",
        "Figure 6",
        "median R(CNN, CNN) less R(TX, TX)",
        r -> median(r, ARCHITECTURE, "CNN", "CNN") - median(r, ARCHITECTURE, "TX", "TX"),
        new DecisionRule.Near(0, NO_DIFFERENCE));
    add(
        "Pairs across architectures are slightly less consistent",
        "Figure 6",
        "mean of the medians R(CNN, CNN) and R(TX, TX), less R(CNN, TX)",
        r ->
            0.5 * (median(r, ARCHITECTURE, "CNN", "CNN") + median(r, ARCHITECTURE, "TX", "TX"))
                - median(r, ARCHITECTURE, "CNN", "TX"),
        new DecisionRule.Above(0));
    add(
        "Models of one size class are more consistent than models of different ones",
        "Figure 6",
        "mean of the medians R within size classes, less that across them",
        r -> within(r, SIZE) - across(r, SIZE),
        new DecisionRule.Above(0));
    add(
        "(IN21k, Large) and (IN21k, XLarge) have a low median",
        "Figure 6",
        "mean of the other medians R of the training data, less the larger one of the two",
        r -> {
          double larger =
              Math.max(median(r, DATA, "IN21k", "Large"), median(r, DATA, "IN21k", "XLarge"));
          return others(r, Consistency::median) - larger;
        },
        new DecisionRule.Above(0));
    add(
        "(IN21k, Large) and (IN21k, XLarge) have a high spread",
        "Figure 6",
        "smaller quartile distance of the two, less the mean of the others",
        r -> {
          double smaller =
              Math.min(
                  quantity(r, set(DATA, "IN21k", "Large"), Consistency::spread),
                  quantity(r, set(DATA, "IN21k", "XLarge"), Consistency::spread));
          return smaller - others(r, Consistency::spread);
        },
        new DecisionRule.Above(0));
  }

  private void shapes(Map<String, SimilaritySet> other) {
    add(
        "The deviation over data sets is an inverse U of the mean similarity",
        "Figure 3",
        "– quadratic coefficient of deviation on standardised mean, over its deviation",
        r -> -MeanAndDeviation.curvature(r),
        new DecisionRule.Above(0));
    other.forEach(
        (name, set) ->
            add(
                "Measures agree: " + name + " ranks model pairs as the headline measure does",
                "Figure 3",
                "correlation of the two mean similarities over model pairs",
                r -> MeanAndDeviation.agreement(r, set),
                new DecisionRule.Above(STRONG)));
  }

  private void dataSetCategories() {
    add(
        "Consistency is highest within natural multi-domain data",
        "Figure 7",
        "mean R of two multi-domain data sets, less that of all other pairs",
        r ->
            r.mean(all(), both(MULTI_DOMAIN))
                - r.mean(all(), (a, b) -> !both(MULTI_DOMAIN).test(a, b)),
        new DecisionRule.Above(0));
    Predicate<DataSet> unusual =
        set ->
            set.name().equals("FGVC Aircraft")
                || set.name().equals("Diabetic Retinopathy")
                || set.name().startsWith("PatchCamelyon");
    Predicate<DataSet> specialised = set -> set.category().equals("specialized");
    boolean medical = similarities.dataSets().stream().anyMatch(unusual);
    Predicate<DataSet> low = medical ? unusual : specialised;
    add(
        "Medical sets and FGVC Aircraft are inconsistent with the others",
        "Figure 7",
        (medical ? "" : "specialised sets in their place: ")
            + "mean R of pairs without them, less that of pairs with one",
        r -> r.mean(all(), (a, b) -> !either(low).test(a, b)) - r.mean(all(), either(low)),
        new DecisionRule.Above(0));
  }

  private void performance(PerformanceGap gaps) {
    for (String category : List.of(SINGLE_DOMAIN, "structured")) {
      add(
          "Similar models perform alike: " + category + " data",
          "strongly negative, Figures 8 and 15",
          "– mean correlation of similarity and accuracy gap, over these data sets",
          r -> -meanGapCorrelation(r, gaps, set -> set.category().equals(category)),
          new DecisionRule.Above(STRONG / 2));
    }
    add(
        "The relation is weaker for multi-domain than for single-domain data",
        "Figures 8 and 15",
        "mean correlation over multi-domain less that over single-domain data sets",
        r ->
            meanGapCorrelation(r, gaps, set -> set.category().equals(MULTI_DOMAIN))
                - meanGapCorrelation(r, gaps, set -> set.category().equals(SINGLE_DOMAIN)),
        new DecisionRule.Above(0));
    add(
        "There is no or a weak relation for specialised data",
        "Figures 8 and 15",
        "mean correlation of similarity and accuracy gap, over these data sets",
        r -> meanGapCorrelation(r, gaps, set -> set.category().equals("specialized")),
        new DecisionRule.Near(0, STRONG / 2));
    singleOut(gaps, "ImageNet-1k", MULTI_DOMAIN, "ImageNet has the weakest relation");
    singleOut(gaps, "SVHN", SINGLE_DOMAIN, "SVHN is the outlier among single-domain data sets");
  }

  /** The correlation on one data set against the mean of the others of its category. */
  private void singleOut(PerformanceGap gaps, String name, String category, String statement) {
    add(
        statement,
        "Figure 15",
        "correlation on " + name + " less the mean of the other " + category + " sets",
        r ->
            meanGapCorrelation(r, gaps, set -> set.name().equals(name))
                - meanGapCorrelation(
                    r, gaps, set -> !set.name().equals(name) && set.category().equals(category)),
        new DecisionRule.Above(0),
        ConsistencyBootstrap.Over.MODELS); // of a single data set there are no other draws
  }

  private void anchors() {
    Map<String, int[]> sets =
        models.attributes().containsKey(OBJECTIVE) ? models.sets(OBJECTIVE) : Map.of();
    add(
        "Anchor models of any objective are most consistent with self-supervised models",
        "Figure 14",
        "median over anchors of median R({anchor}, SSL) less the larger one of the other objectives",
        r -> {
          if (!sets.keySet().containsAll(List.of(SELF_SUPERVISED, IMAGE_TEXT, SUPERVISED))) {
            return Double.NaN;
          }
          List<Double> differences = new ArrayList<>();
          for (int anchor = 0; anchor < models.models().size(); anchor++) {
            if (r.modelWeight(anchor) > 0) {
              double ssl = r.median(anchor(anchor, sets.get(SELF_SUPERVISED)));
              double rest =
                  Math.max(
                      r.median(anchor(anchor, sets.get(IMAGE_TEXT))),
                      r.median(anchor(anchor, sets.get(SUPERVISED))));
              if (!Double.isNaN(ssl - rest)) {
                differences.add(ssl - rest);
              }
            }
          }
          return differences.isEmpty()
              ? Double.NaN
              : Quantile.of(differences.stream().mapToDouble(d -> d).toArray(), 0.5);
        },
        new DecisionRule.Above(0));
  }

  /** R({anchor}, Φ): the anchor's row without itself (Appendix F). */
  public static PairSet anchor(int anchor, int[] phi) {
    return PairSet.between("anchor " + anchor, new int[] {anchor}, phi);
  }

  private void add(
      String statement,
      String published,
      String quantity,
      ToDoubleFunction<Consistency> measured,
      DecisionRule rule) {
    add(statement, published, quantity, measured, rule, ConsistencyBootstrap.Over.BOTH);
  }

  private void add(
      String statement,
      String published,
      String quantity,
      ToDoubleFunction<Consistency> measured,
      DecisionRule rule,
      ConsistencyBootstrap.Over over) {
    definitions.add(new Definition(statement, published, quantity, measured, rule, over));
  }

  private record Definition(
      String statement,
      String published,
      String quantity,
      ToDoubleFunction<Consistency> measured,
      DecisionRule rule,
      ConsistencyBootstrap.Over over) {}

  private List<Claim> decide(int replicates, Seeds seeds) {
    Map<Definition, Interval> intervals = new HashMap<>();
    definitions.stream()
        .collect(Collectors.groupingBy(Definition::over))
        .forEach(
            (over, group) -> {
              List<Interval> found =
                  ConsistencyBootstrap.intervals(
                      similarities,
                      over,
                      replicates,
                      seeds,
                      group.stream().map(Definition::measured).toList());
              for (int i = 0; i < found.size(); i++) {
                intervals.put(group.get(i), found.get(i));
              }
            });
    Consistency observed = new Consistency(similarities);
    List<Claim> claims = new ArrayList<>();
    for (Definition claim : definitions) {
      claims.add(
          new Claim(
              claim.statement,
              claim.published,
              claim.quantity,
              claim.measured.applyAsDouble(observed),
              intervals.get(claim),
              claim.rule));
    }
    return claims;
  }

  private PairSet all() {
    return similarities.allPairs();
  }

  /**
   * Set pairs of an attribute; the published table has classes beside the attributes themselves.
   */
  private Map<String, PairSet> sets(String attribute) {
    return pairSets.computeIfAbsent(
        attribute,
        name -> {
          String column = models.attributes().containsKey(name + " class") ? name + " class" : name;
          return models.attributes().containsKey(column) ? PairSet.of(models, column) : Map.of();
        });
  }

  private Optional<PairSet> set(String attribute, String theta, String phi) {
    PairSet pairs = sets(attribute).get(PairSet.name(theta, phi));
    return Optional.ofNullable(
        pairs != null ? pairs : sets(attribute).get(PairSet.name(phi, theta)));
  }

  private double median(Consistency replicate, String attribute, String theta, String phi) {
    return quantity(replicate, set(attribute, theta, phi), Consistency::median);
  }

  private interface Quantity {
    double of(Consistency consistency, PairSet pairs);
  }

  private static double quantity(
      Consistency replicate, Optional<PairSet> pairs, Quantity quantity) {
    return pairs.map(set -> quantity.of(replicate, set)).orElse(Double.NaN);
  }

  private double within(Consistency replicate, String attribute) {
    return meanOf(replicate, attribute, Consistency::median, PairSet::isWithin);
  }

  private double across(Consistency replicate, String attribute) {
    return meanOf(replicate, attribute, Consistency::median, pairs -> !pairs.isWithin());
  }

  /** Mean over the training-data set pairs other than the two that the paper singles out. */
  private double others(Consistency replicate, Quantity quantity) {
    List<PairSet> singled =
        List.of(set(DATA, "IN21k", "Large"), set(DATA, "IN21k", "XLarge")).stream()
            .flatMap(Optional::stream)
            .toList();
    return meanOf(replicate, DATA, quantity, pairs -> !singled.contains(pairs));
  }

  private double meanOf(
      Consistency replicate, String attribute, Quantity quantity, Predicate<PairSet> taken) {
    double sum = 0;
    int count = 0;
    for (PairSet pairs : sets(attribute).values()) {
      double value = taken.test(pairs) ? quantity.of(replicate, pairs) : Double.NaN;
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private static double meanSimilarity(Consistency replicate, Optional<PairSet> pairs) {
    return pairs.map(set -> MeanAndDeviation.meanSimilarity(replicate, set)).orElse(Double.NaN);
  }

  private Consistency.DataSetPairs both(String category) {
    List<DataSet> sets = similarities.dataSets();
    return (a, b) ->
        sets.get(a).category().equals(category) && sets.get(b).category().equals(category);
  }

  private Consistency.DataSetPairs either(Predicate<DataSet> chosen) {
    List<DataSet> sets = similarities.dataSets();
    return (a, b) -> chosen.test(sets.get(a)) || chosen.test(sets.get(b));
  }

  private double meanGapCorrelation(
      Consistency replicate, PerformanceGap gaps, Predicate<DataSet> chosen) {
    double sum = 0;
    double total = 0;
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      double weight = replicate.dataSetWeights()[d];
      if (weight > 0 && chosen.test(similarities.dataSets().get(d))) {
        double correlation = gaps.correlation(replicate, d);
        if (!Double.isNaN(correlation)) {
          sum += weight * correlation;
          total += weight;
        }
      }
    }
    return total == 0 ? Double.NaN : sum / total;
  }
}
