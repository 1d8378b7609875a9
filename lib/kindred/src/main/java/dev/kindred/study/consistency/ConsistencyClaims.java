package dev.kindred.study.consistency;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.measure.statistics.Quantile;
import dev.kindred.study.Claim;
import dev.kindred.study.Claims;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate.Scale;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The claims of the paper and the rules that decide them, all fixed beforehand. Every quantity is
 * evaluated on the same bootstrap replicates over models and data sets, and no quantity decides two
 * claims. A claim about what does not occur in the data is not testable here.
 *
 * <p>Where the paper has no number, thresholds are Cohen's (Statistical Power Analysis, 1988): a
 * correlation is strong from 0.5 on, and at most weak below 0.3.
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
  private static final String SPECIALISED = "specialized";
  private static final String STRUCTURED = "structured";

  /** Difference of two medians of R that counts as none. */
  private static final double NO_DIFFERENCE = 0.05;

  /** Correlation that is strong. */
  private static final double STRONG = 0.5;

  /** Correlation up to which there is no relation or a weak one. */
  private static final double WEAK = 0.3;

  /** Mean change of a similarity, from one sample size to the next, that counts as none. */
  private static final double CONVERGED = 0.02;

  /** Images of a class that suffice. */
  static final int ENOUGH = 10;

  /** So many images at that number are enough to speak of the paper's data sets. */
  static final int LEAST_IMAGES = 2000;

  /** Generated data sets that look like the paper's medical ones. */
  private static final Set<String> MEDICAL = Set.of("cells", "tissues", "retina");

  /** Permutations that tell what chance gives an attribute's share. */
  private static final int PERMUTATIONS = 100;

  private static final DecisionRule POSITIVE = new DecisionRule.Above(0);

  private final SimilaritySet similarities;
  private final ModelTable models;
  private final Seeds seeds;
  private final Consistency observed;
  private final int replicates;
  private final Map<ConsistencyBootstrap.Over, ConsistencyBootstrap> bootstraps =
      new EnumMap<>(ConsistencyBootstrap.Over.class);
  private final Claims.Resampling<Part> overModels =
      parts -> bootstrap(ConsistencyBootstrap.Over.MODELS).estimates(parts);
  private final Claims<Part> claims =
      new Claims<>(parts -> bootstrap(ConsistencyBootstrap.Over.BOTH).estimates(parts));

  /** One object per set pair, as {@link Consistency} remembers results by it. */
  private final Map<String, Map<String, PairSet>> pairSets = new ConcurrentHashMap<>();

  private ConsistencyClaims(
      SimilaritySet similarities, ModelTable models, int replicates, Seeds seeds) {
    this.similarities = similarities;
    this.models = models;
    this.replicates = replicates;
    this.seeds = seeds;
    this.observed = new Consistency(similarities);
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
    return decide(similarities, models, other, gaps, Map.of(), replicates, seeds);
  }

  /**
   * Decides every claim, that about the number of images too.
   *
   * @param bySize images per class → variant of CKA → similarities of the same models, see {@link
   *     ConsistencyInput#sampleSizes}; may be empty
   */
  public static List<Claim> decide(
      SimilaritySet similarities,
      ModelTable models,
      Map<String, SimilaritySet> other,
      Optional<PerformanceGap> gaps,
      Map<Integer, Map<String, LabelledMatrix>> bySize,
      int replicates,
      Seeds seeds) {
    ConsistencyClaims study = new ConsistencyClaims(similarities, models, replicates, seeds);
    study.overall();
    study.objectives();
    study.otherAttributes();
    study.shapes(other);
    study.dataSetCategories();
    study.performance(gaps);
    study.anchors();
    study.sampleSizes(bySize);
    return study.claims.decide();
  }

  private void overall() {
    claims
        .define(
            "Similarities carry over from one data set to another",
            String.format(
                Locale.ROOT,
                "mean %.3f (std %.3f)",
                PublishedResults.MEAN_CONSISTENCY,
                PublishedResults.DEVIATION_OF_CONSISTENCY))
        .published(PublishedResults.MEAN_CONSISTENCY)
        .decide(
            "mean R over all model pairs",
            new DecisionRule.Above(STRONG),
            List.of(correlation(replicate -> replicate.mean(all()))));
    claims
        .define(
            "The objective matters more for consistency than every other attribute",
            "sections 4.5 and 5")
        .decide(
            "unique share of the variance of R, less that of each other attribute",
            POSITIVE,
            attributes());
  }

  private List<Part> attributes() {
    List<String> others =
        List.of(DATA, ARCHITECTURE, SIZE).stream()
            .filter(name -> models.attributes().containsKey(name))
            .filter(name -> PairSet.of(models, name).size() > 1)
            .toList();
    if (sets(OBJECTIVE).size() < 2) {
      return List.of();
    }
    AttributeEffect effect = new AttributeEffect(observed, models, PERMUTATIONS, seeds);
    return others.stream().map(other -> effect.difference(OBJECTIVE, other)).toList();
  }

  private void objectives() {
    claims
        .define("Self-supervised models are the most consistent among themselves", "Figure 6")
        .decide(
            "median R(SSL, SSL) less R(Img-Txt, Img-Txt), and less R(Sup, Sup)",
            POSITIVE,
            List.of(
                medians(OBJECTIVE, ssl(SELF_SUPERVISED), within(IMAGE_TEXT)),
                medians(OBJECTIVE, ssl(SELF_SUPERVISED), within(SUPERVISED))));
    claims
        .define(
            "Self-supervised models are also consistent with models of other objectives",
            "Figure 6")
        .decide(
            "median R(SSL, Img-Txt) and R(SSL, Sup), each less that of all model pairs",
            POSITIVE,
            List.of(aboveAll(ssl(IMAGE_TEXT)), aboveAll(ssl(SUPERVISED))));
    String[] least = {IMAGE_TEXT, SUPERVISED};
    claims
        .define("Image–text with supervised models are the least consistent", "Figure 6")
        .decide(
            "every other median R of two objectives, less R(Img-Txt, Sup)",
            POSITIVE,
            List.of(
                medians(OBJECTIVE, within(IMAGE_TEXT), least),
                medians(OBJECTIVE, ssl(SELF_SUPERVISED), least),
                medians(OBJECTIVE, within(SUPERVISED), least),
                medians(OBJECTIVE, ssl(IMAGE_TEXT), least),
                medians(OBJECTIVE, ssl(SUPERVISED), least)));
    claims
        .define("Image–text models are the most similar to each other", "Figure 2")
        .decide(
            "mean similarity within Img-Txt less that within SSL, and less that within Sup",
            POSITIVE,
            List.of(moreSimilar(SELF_SUPERVISED), moreSimilar(SUPERVISED)));
  }

  private static String[] ssl(String other) {
    return new String[] {SELF_SUPERVISED, other};
  }

  private static String[] within(String set) {
    return new String[] {set, set};
  }

  private Part aboveAll(String[] pair) {
    return between(
        List.of(set(OBJECTIVE, pair[0], pair[1])),
        r -> median(r, OBJECTIVE, pair[0], pair[1]) - r.median(all()));
  }

  private Part moreSimilar(String other) {
    Optional<PairSet> own = set(OBJECTIVE, IMAGE_TEXT, IMAGE_TEXT);
    Optional<PairSet> others = set(OBJECTIVE, other, other);
    return between(List.of(own, others), r -> meanSimilarity(r, own) - meanSimilarity(r, others));
  }

  private void otherAttributes() {
    claims
        .define("Convolutional and transformer models do not differ in consistency", "Figure 6")
        .decide(
            "median R(CNN, CNN) less R(TX, TX)",
            new DecisionRule.Near(0, NO_DIFFERENCE),
            List.of(medians(ARCHITECTURE, within("CNN"), within("TX"))));
    claims
        .define("Pairs across architectures are slightly less consistent", "Figure 6")
        .decide(
            "mean of the medians R(CNN, CNN) and R(TX, TX), less R(CNN, TX)",
            POSITIVE,
            List.of(
                between(
                    List.of(
                        set(ARCHITECTURE, "CNN", "CNN"),
                        set(ARCHITECTURE, "TX", "TX"),
                        set(ARCHITECTURE, "CNN", "TX")),
                    r ->
                        0.5
                                * (median(r, ARCHITECTURE, "CNN", "CNN")
                                    + median(r, ARCHITECTURE, "TX", "TX"))
                            - median(r, ARCHITECTURE, "CNN", "TX"))));
    claims
        .define(
            "Models of one size class are more consistent than models of different ones",
            "Figure 6")
        .decide(
            "mean of the medians R within size classes, less that across them",
            POSITIVE,
            sets(SIZE).size() < 2
                ? List.of()
                : List.of(
                    Part.difference(
                        r ->
                            meanOf(r, SIZE, Consistency::median, PairSet::isWithin)
                                - meanOf(r, SIZE, Consistency::median, set -> !set.isWithin()),
                        smallest(sets(SIZE).values().stream().map(Optional::of).toList()),
                        similarities)));
    claims
        .define("(IN21k, Large) and (IN21k, XLarge) have a low median", "Figure 6")
        .decide(
            "mean of the other medians R of the training data, less each of the two",
            POSITIVE,
            List.of(
                singledOut("Large", -1, Consistency::median),
                singledOut("XLarge", -1, Consistency::median)));
    claims
        .define("(IN21k, Large) and (IN21k, XLarge) have a high spread", "Figure 6")
        .decide(
            "quartile distance of R of each of the two, less the mean of the others",
            POSITIVE,
            List.of(
                singledOut("Large", 1, Consistency::spread),
                singledOut("XLarge", 1, Consistency::spread)));
  }

  /** One of the two set pairs that the paper singles out, against the mean of all but these two. */
  private Part singledOut(String large, int sign, Quantity quantity) {
    Optional<PairSet> pair = set(DATA, "IN21k", large);
    List<PairSet> singled =
        List.of(set(DATA, "IN21k", "Large"), set(DATA, "IN21k", "XLarge")).stream()
            .flatMap(Optional::stream)
            .toList();
    return between(
        List.of(pair),
        r ->
            sign
                * (quantity(r, pair, quantity)
                    - meanOf(r, DATA, quantity, set -> !singled.contains(set))));
  }

  private void shapes(Map<String, SimilaritySet> other) {
    claims
        .define("The deviation over data sets is an inverse U of the mean similarity", "Figure 3")
        .decide(
            "slope of deviation over mean before the break, and minus that after it (two lines)",
            POSITIVE,
            TwoLines.parts(observed, bootstrap(ConsistencyBootstrap.Over.BOTH)));
    String agree = "Measures agree";
    if (other.isEmpty()) {
      claims
          .define(agree, "Figure 3")
          .decide("correlation of two measures", new DecisionRule.Above(STRONG), List.of());
    }
    other.forEach(
        (name, set) ->
            claims
                .define(
                    agree + ": " + name + " ranks model pairs as the headline measure does",
                    "Figure 3")
                .decide(
                    "correlation of the mean similarities over model pairs",
                    new DecisionRule.Above(STRONG),
                    List.of(correlation(r -> MeanAndDeviation.agreement(r, set)))));
  }

  private void dataSetCategories() {
    List<Part> parts = new ArrayList<>();
    for (String category : List.of(SINGLE_DOMAIN, SPECIALISED, STRUCTURED)) {
      if (count(category) > 1) {
        parts.add(
            categories(
                category,
                r ->
                    labels ->
                        r.mean(all(), (a, b) -> labels[a] == 1 && labels[b] == 1)
                            - r.mean(all(), (a, b) -> labels[a] == 2 && labels[b] == 2)));
      }
    }
    if (count(MULTI_DOMAIN) > 1 && count(MULTI_DOMAIN) < similarities.dataSets().size()) {
      parts.add(
          categories(
              null,
              r ->
                  labels ->
                      r.mean(all(), (a, b) -> labels[a] == 1 && labels[b] == 1)
                          - r.mean(all(), (a, b) -> labels[a] != labels[b])));
    }
    claims
        .define("Consistency is highest within natural multi-domain data", "Figure 7")
        .decide(
            "mean R within multi-domain data, less that within each other category, and less that"
                + " across categories (also permuted)",
            POSITIVE,
            count(MULTI_DOMAIN) > 1 ? parts : List.of());
    Predicate<DataSet> unusual =
        set ->
            set.name().equals("FGVC Aircraft")
                || set.name().equals("Diabetic Retinopathy")
                || MEDICAL.contains(set.name())
                || set.name().startsWith("PatchCamelyon");
    int[] labels = labels(set -> unusual.test(set) ? 1 : 0);
    int found = Arrays.stream(labels).sum();
    claims
        .define("Medical sets and FGVC Aircraft are inconsistent with the others", "Figure 7")
        .decide(
            "mean R between other data sets, less that between these, or drawn ones like them, and"
                + " others (also permuted)",
            POSITIVE,
            found == 0
                ? List.of()
                : List.of(
                    permutable(
                        labels,
                        "unusual",
                        Math.min(found, labels.length - found),
                        r ->
                            l ->
                                r.mean(all(), (a, b) -> l[a] == 0 && l[b] == 0)
                                    - r.mean(all(), (a, b) -> l[a] != l[b]))));
  }

  /** A quantity of labels of data sets: 1 for multi-domain, 2 for another category. */
  private Part categories(String category, OfLabels quantity) {
    int[] labels =
        labels(
            set ->
                set.category().equals(MULTI_DOMAIN) ? 1 : set.category().equals(category) ? 2 : 0);
    int rest =
        (int) Arrays.stream(labels).filter(label -> label == (category == null ? 0 : 2)).count();
    return permutable(
        labels, "multi-domain and " + category, Math.min(count(MULTI_DOMAIN), rest), quantity);
  }

  private int[] labels(java.util.function.ToIntFunction<DataSet> label) {
    return similarities.dataSets().stream().mapToInt(label).toArray();
  }

  /** A quantity of a replicate as a function of the labels of the data sets. */
  private interface OfLabels {
    ToDoubleFunction<int[]> in(Consistency replicate);
  }

  private Part permutable(int[] labels, String name, int units, OfLabels quantity) {
    PermutationTest permuted =
        LabelPermutations.test(
            labels, seeds.stream("permuted categories " + name), quantity.in(observed));
    return new Part(
        r -> quantity.in(r).applyAsDouble(labels),
        similarities.models().size(),
        units,
        Scale.PLAIN,
        Optional.of(permuted));
  }

  private void performance(Optional<PerformanceGap> gaps) {
    OfReplicate<double[]> correlations = new OfReplicate<>(r -> gaps.orElseThrow().correlations(r));
    for (String category : List.of(SINGLE_DOMAIN, STRUCTURED)) {
      claims
          .define(
              "Similar models perform alike: " + category + " data",
              "strongly negative, Figures 8 and 15")
          .decide(
              "mean correlation of similarity and accuracy gap",
              new DecisionRule.Below(-STRONG),
              gapCorrelation(gaps, correlations, category));
    }
    claims
        .define(
            "The relation is weaker for multi-domain than for single-domain data",
            "Figures 8 and 15")
        .decide(
            "mean correlation over multi-domain less that over single-domain data (also permuted)",
            POSITIVE,
            gaps.isEmpty()
                    || known(gaps.get(), MULTI_DOMAIN) == 0
                    || known(gaps.get(), SINGLE_DOMAIN) == 0
                ? List.of()
                : List.of(weaker(gaps.get(), correlations)));
    claims
        .define("There is no or a weak relation for specialised data", "Figures 8 and 15")
        .decide(
            "mean correlation of similarity and accuracy gap",
            new DecisionRule.Near(0, WEAK),
            gapCorrelation(gaps, correlations, SPECIALISED));
    singleOut(gaps, "ImageNet-1k", MULTI_DOMAIN, "ImageNet has the weakest relation");
    singleOut(gaps, "SVHN", SINGLE_DOMAIN, "SVHN is the outlier among single-domain data sets");
  }

  private List<Part> gapCorrelation(
      Optional<PerformanceGap> gaps, OfReplicate<double[]> correlations, String category) {
    if (gaps.isEmpty() || known(gaps.get(), category) == 0) {
      return List.of();
    }
    List<DataSet> sets = similarities.dataSets();
    return List.of(
        Part.correlation(
            r -> mean(r, correlations.in(r), d -> sets.get(d).category().equals(category)),
            known(gaps.get(), category),
            similarities));
  }

  private Part weaker(PerformanceGap gaps, OfReplicate<double[]> correlations) {
    int[] labels =
        labels(
            set ->
                !gaps.isKnown(similarities.dataSets().indexOf(set))
                    ? 0
                    : set.category().equals(MULTI_DOMAIN)
                        ? 1
                        : set.category().equals(SINGLE_DOMAIN) ? 2 : 0);
    return permutable(
        labels,
        "relation to performance",
        Math.min(known(gaps, MULTI_DOMAIN), known(gaps, SINGLE_DOMAIN)),
        r -> {
          double[] known = correlations.in(r);
          return l -> mean(r, known, set -> l[set] == 1) - mean(r, known, set -> l[set] == 2);
        });
  }

  /** The correlation on one data set against that on each other one of its category. */
  private void singleOut(
      Optional<PerformanceGap> gaps, String name, String category, String statement) {
    List<DataSet> sets = similarities.dataSets();
    int[] found =
        IntStream.range(0, sets.size()).filter(d -> sets.get(d).name().equals(name)).toArray();
    List<Part> parts = new ArrayList<>();
    if (gaps.isPresent() && found.length > 0) {
      for (int d = 0; d < sets.size(); d++) {
        if (d != found[0] && gaps.get().isKnown(d) && sets.get(d).category().equals(category)) {
          int other = d;
          parts.add(
              Part.difference(
                  r -> gaps.get().correlation(r, found[0]) - gaps.get().correlation(r, other),
                  similarities));
        }
      }
    }
    claims
        .define(statement, "Figure 15")
        .over(overModels) // of a single data set there are no other draws
        .decide(
            "correlation on " + name + " less that on each other " + category + " set",
            POSITIVE,
            parts);
  }

  private void anchors() {
    Map<String, int[]> sets =
        models.attributes().containsKey(OBJECTIVE) ? models.sets(OBJECTIVE) : Map.of();
    List<String> objectives = List.of(SELF_SUPERVISED, IMAGE_TEXT, SUPERVISED);
    List<Part> parts = new ArrayList<>();
    if (sets.keySet().containsAll(objectives)) {
      Map<String, PairSet[]> rows = new HashMap<>();
      for (String objective : objectives) {
        PairSet[] row = new PairSet[models.models().size()];
        Arrays.setAll(row, anchor -> anchor(anchor, sets.get(objective)));
        rows.put(objective, row);
      }
      for (String own : objectives) {
        for (String other : List.of(IMAGE_TEXT, SUPERVISED)) {
          parts.add(
              Part.difference(
                  r -> anchors(r, sets.get(own), rows.get(SELF_SUPERVISED), rows.get(other)),
                  objectives.stream().mapToInt(o -> sets.get(o).length).min().orElseThrow(),
                  similarities));
        }
      }
    }
    claims
        .define(
            "Anchor models of any objective are most consistent with self-supervised models",
            "Figure 14")
        .decide(
            "median R({anchor}, SSL) less R({anchor}, Img-Txt), and less R({anchor}, Sup), median"
                + " over the anchors of each objective",
            POSITIVE,
            parts);
  }

  private void sampleSizes(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    List<Part> parts = new ArrayList<>();
    Optional<Integer> next =
        bySize.keySet().stream().filter(size -> size > ENOUGH).min(Comparator.naturalOrder());
    if (bySize.containsKey(ENOUGH) && next.isPresent()) {
      bySize
          .get(ENOUGH)
          .forEach(
              (variant, before) -> {
                LabelledMatrix after = bySize.get(next.get()).get(variant);
                double sign = variant.equals(FeatureInput.NARROWEST) ? -1 : 1;
                parts.add(
                    Part.difference(
                        r -> sign * (CONVERGED - meanChange(r, before, after)), similarities));
              });
    }
    claims
        .define(
            "Ten images a class are enough for every variant of CKA but the narrowest RBF",
            "Figures 9 and 10")
        .over(overModels) // on one data set
        .decide(
            String.format(
                Locale.ROOT,
                "%.2f less the mean change from ten images a class to the next sample; for RBF 0.2"
                    + " that change less %.2f",
                CONVERGED,
                CONVERGED),
            POSITIVE,
            parts);
  }

  /** Mean absolute difference of two matrices over model pairs. */
  private static double meanChange(
      Consistency replicate, LabelledMatrix before, LabelledMatrix after) {
    PairSet all = replicate.similarities().allPairs();
    double[] changes = all.values((i, j) -> Math.abs(after.get(i, j) - before.get(i, j)));
    double[] weights = replicate.weights(all);
    double sum = 0;
    double total = 0;
    for (int k = 0; k < changes.length; k++) {
      sum += weights[k] * changes[k];
      total += weights[k];
    }
    return sum / total;
  }

  private static double anchors(
      Consistency replicate, int[] anchors, PairSet[] ssl, PairSet[] other) {
    double[] differences =
        Arrays.stream(anchors)
            .filter(anchor -> replicate.modelWeight(anchor) > 0)
            .mapToDouble(a -> replicate.median(ssl[a]) - replicate.median(other[a]))
            .filter(difference -> !Double.isNaN(difference))
            .toArray();
    return differences.length == 0 ? Double.NaN : Quantile.of(differences, 0.5);
  }

  /** R({anchor}, Φ): the anchor's row without itself (Appendix F). */
  public static PairSet anchor(int anchor, int[] phi) {
    return PairSet.between("anchor " + anchor, new int[] {anchor}, phi);
  }

  private ConsistencyBootstrap bootstrap(ConsistencyBootstrap.Over over) {
    return bootstraps.computeIfAbsent(
        over, drawn -> new ConsistencyBootstrap(similarities, drawn, replicates, seeds));
  }

  private Part correlation(ToDoubleFunction<Consistency> quantity) {
    return Part.correlation(quantity, similarities.dataSets().size(), similarities);
  }

  private PairSet all() {
    return similarities.allPairs();
  }

  private int count(String category) {
    return (int)
        similarities.dataSets().stream().filter(set -> set.category().equals(category)).count();
  }

  /** Number of data sets of a category on which accuracies are known. */
  private int known(PerformanceGap gaps, String category) {
    List<DataSet> sets = similarities.dataSets();
    return (int)
        IntStream.range(0, sets.size())
            .filter(d -> gaps.isKnown(d) && sets.get(d).category().equals(category))
            .count();
  }

  private Map<String, PairSet> sets(String attribute) {
    return pairSets.computeIfAbsent(
        attribute,
        name -> {
          return models.attributes().containsKey(name) ? PairSet.of(models, name) : Map.of();
        });
  }

  private Optional<PairSet> set(String attribute, String theta, String phi) {
    PairSet pairs = sets(attribute).get(PairSet.name(theta, phi));
    return Optional.ofNullable(
        pairs != null ? pairs : sets(attribute).get(PairSet.name(phi, theta)));
  }

  private Part medians(String attribute, String[] more, String[] less) {
    return between(
        List.of(set(attribute, more[0], more[1]), set(attribute, less[0], less[1])),
        r -> median(r, attribute, more[0], more[1]) - median(r, attribute, less[0], less[1]));
  }

  /** A quantity of set pairs; undefined where one does not occur. */
  private Part between(List<Optional<PairSet>> sets, ToDoubleFunction<Consistency> quantity) {
    return Part.difference(quantity, smallest(sets), similarities);
  }

  private static int smallest(List<Optional<PairSet>> sets) {
    return sets.stream().flatMap(Optional::stream).mapToInt(PairSet::smallerSet).min().orElse(0);
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

  private double meanOf(
      Consistency replicate, String attribute, Quantity quantity, Predicate<PairSet> taken) {
    return sets(attribute).values().stream()
        .filter(taken)
        .mapToDouble(pairs -> quantity.of(replicate, pairs))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private static double meanSimilarity(Consistency replicate, Optional<PairSet> pairs) {
    return pairs.map(set -> MeanAndDeviation.meanSimilarity(replicate, set)).orElse(Double.NaN);
  }

  /** Weighted mean over the data sets that are taken, where there is a value. */
  private static double mean(Consistency replicate, double[] values, IntPredicate taken) {
    double sum = 0;
    double total = 0;
    for (int d = 0; d < values.length; d++) {
      if (taken.test(d) && !Double.isNaN(values[d])) {
        sum += replicate.dataSetWeights()[d] * values[d];
        total += replicate.dataSetWeights()[d];
      }
    }
    return sum / total;
  }
}
