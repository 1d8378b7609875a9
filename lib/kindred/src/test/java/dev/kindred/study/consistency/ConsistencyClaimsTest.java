package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every claim on data where it is planted true, planted false, and where there is too little to
 * tell. The consistency of two data sets is about 1/(1 + noise²) of their noise.
 */
class ConsistencyClaimsTest {
  private static final int REPLICATES = 60;
  private static final String MULTI = "natural (multi-domain)";
  private static final String SINGLE = "natural (single-domain)";

  private static final Map<Plant, List<Claim>> DECIDED = new ConcurrentHashMap<>();

  /** What is planted: levels, noise, and the data sets on which accuracy follows similarity. */
  private record Plant(
      int models, int dataSets, Planted.Of level, Planted.Of noise, Predicate<DataSet> related) {
    static Plant noise(Planted.Of noise) {
      return new Plant(48, 23, (a, b, d) -> 0.5, noise, d -> false);
    }

    List<Claim> decide() {
      return DECIDED.computeIfAbsent(this, Plant::decideNow);
    }

    private List<Claim> decideNow() {
      ModelTable table = Planted.models(models);
      List<DataSet> sets = Planted.dataSets(dataSets);
      SimilaritySet similarities = Planted.similarities(table, sets, level, noise, 11);
      Map<String, double[]> accuracies = new HashMap<>();
      for (DataSet set : sets) {
        SplittableRandom random = new Seeds(3).stream(set.name());
        double[] values = new double[models];
        for (int i = 0; i < models; i++) {
          double position = Double.parseDouble(table.values("position").get(i));
          values[i] = related.test(set) ? position : random.nextDouble();
        }
        accuracies.put(set.name(), values);
      }
      Planted.Of otherLevel = (a, b, d) -> level.value(b, a, d);
      SimilaritySet same = similarities.map("cube", s -> s * s * s);
      SimilaritySet different = Planted.similarities(table, sets, otherLevel, noise, 99);
      return ConsistencyClaims.decide(
          similarities,
          table,
          Map.of("agreeing", same, "unrelated", different),
          Optional.of(new PerformanceGap(similarities, accuracies)),
          REPLICATES,
          new Seeds(5));
    }
  }

  private static Set<String> both(Map<String, String> a, Map<String, String> b, String name) {
    return new HashSet<>(List.of(a.get(name), b.get(name)));
  }

  private static Planted.Of objectives(
      double ssl, double sslOther, double own, double imageTextSup) {
    return (a, b, d) -> {
      Set<String> objectives = both(a, b, "objective");
      if (objectives.contains("SSL")) {
        return objectives.size() == 1 ? ssl : sslOther;
      }
      return objectives.size() == 1 ? own : imageTextSup;
    };
  }

  private static Planted.Of architectures(double cnn, double tx, double across) {
    return (a, b, d) -> {
      Set<String> kinds = both(a, b, "architecture");
      return kinds.size() == 2 ? across : kinds.contains("CNN") ? cnn : tx;
    };
  }

  private static Planted.Of sizes(double within, double across) {
    return (a, b, d) -> both(a, b, "size").size() == 1 ? within : across;
  }

  /** Noise that differs between every other data set, for one kind of pairs of training data. */
  private static Planted.Of data(double calm, double low, double high, boolean singledOut) {
    return (a, b, d) -> {
      Set<String> data = both(a, b, "training data");
      boolean single =
          data.equals(Set.of("IN21k", "Large")) || data.equals(Set.of("IN21k", "XLarge"));
      boolean first = Planted.dataSets(23).indexOf(d) % 2 == 0;
      return single == singledOut ? (first ? low : high) : calm;
    };
  }

  private static Plant imageTextLevel(double level) {
    return new Plant(
        48,
        23,
        (a, b, d) -> both(a, b, "objective").equals(Set.of("Img-Txt")) ? level : 0.4,
        (a, b, d) -> 1,
        d -> false);
  }

  /** Three levels of similarity, the middle one with its own noise. */
  private static Plant shape(double middleNoise, double outerNoise) {
    return new Plant(
        48,
        23,
        (a, b, d) -> level(a, b),
        (a, b, d) -> level(a, b) == 1.5 ? middleNoise : outerNoise,
        d -> false);
  }

  private static double level(Map<String, String> a, Map<String, String> b) {
    return (both(a, b, "objective").size() == 1 ? 1.5 : 0.5)
        + (both(a, b, "architecture").size() == 1 ? 1 : 0);
  }

  private static Plant dataSets(Predicate<DataSet> noisy, double high, double low) {
    return Plant.noise((a, b, d) -> noisy.test(d) ? high : low);
  }

  private static boolean unusual(DataSet set) {
    return set.name().equals("FGVC Aircraft")
        || set.name().equals("Diabetic Retinopathy")
        || set.name().startsWith("PatchCamelyon");
  }

  private static Plant gaps(Predicate<DataSet> related) {
    return new Plant(
        48,
        23,
        (a, b, d) ->
            1
                - 2
                    * Math.abs(
                        Double.parseDouble(a.get("position"))
                            - Double.parseDouble(b.get("position"))),
        (a, b, d) -> 1,
        related);
  }

  private static Arguments claim(String start, Plant holds, Plant fails) {
    return Arguments.of(start, holds, fails);
  }

  static Stream<Arguments> claims() {
    Plant ssl = Plant.noise(objectives(0.2, 0.6, 1, 2));
    Plant notSsl = Plant.noise(objectives(2, 2, 0.5, 0.3));
    Plant singledOut = Plant.noise(data(0.3, 0.2, 6, true));
    Plant notSingledOut = Plant.noise(data(0.1, 0.2, 6, false));
    Predicate<DataSet> multi = d -> d.category().equals(MULTI);
    Predicate<DataSet> single = d -> d.category().equals(SINGLE);
    Predicate<DataSet> structured = d -> d.category().equals("structured");
    Predicate<DataSet> specialised = d -> d.category().equals("specialized");
    return Stream.of(
        claim(
            "Similarities carry over", Plant.noise((a, b, d) -> 0.57), Plant.noise((a, b, d) -> 2)),
        claim("The objective matters more", ssl, Plant.noise(sizes(0.3, 2))),
        claim("Self-supervised models are the most consistent", ssl, notSsl),
        claim("Self-supervised models are also consistent", ssl, notSsl),
        claim("Image–text with supervised models are the least", ssl, notSsl),
        claim("Image–text models are the most similar", imageTextLevel(0.7), imageTextLevel(0.1)),
        claim(
            "Convolutional and transformer models do not differ",
            Plant.noise(architectures(0.2, 0.2, 1)),
            Plant.noise(architectures(0.2, 1.5, 1))),
        claim(
            "Pairs across architectures",
            Plant.noise(architectures(0.3, 0.3, 1)),
            Plant.noise(architectures(1, 1, 0.3))),
        claim("Models of one size", Plant.noise(sizes(0.3, 1)), Plant.noise(sizes(1, 0.3))),
        claim("(IN21k, Large) and (IN21k, XLarge) have a low", singledOut, notSingledOut),
        claim("(IN21k, Large) and (IN21k, XLarge) have a high", singledOut, notSingledOut),
        claim("The deviation over data sets", shape(2, 0.3), shape(0.3, 2)),
        claim("Measures agree: agreeing", Plant.noise((a, b, d) -> 0.3), null),
        claim("Measures agree: unrelated", null, Plant.noise((a, b, d) -> 0.3)),
        claim(
            "Consistency is highest within natural multi-domain",
            dataSets(multi, 0.3, 1),
            dataSets(multi, 1.5, 0.3)),
        claim(
            "Medical sets and FGVC Aircraft",
            dataSets(ConsistencyClaimsTest::unusual, 2, 0.3),
            dataSets(ConsistencyClaimsTest::unusual, 0.3, 2)),
        claim("Similar models perform alike: natural", gaps(single), gaps(multi)),
        claim("Similar models perform alike: structured", gaps(structured), gaps(multi)),
        claim("The relation is weaker for multi-domain", gaps(single), gaps(multi)),
        claim("There is no or a weak relation", gaps(single), gaps(specialised)),
        claim(
            "ImageNet has the weakest",
            gaps(multi.and(d -> !d.name().equals("ImageNet-1k"))),
            gaps(d -> d.name().equals("ImageNet-1k"))),
        claim(
            "SVHN is the outlier",
            gaps(single.and(d -> !d.name().equals("SVHN"))),
            gaps(d -> d.name().equals("SVHN"))),
        claim("Anchor models", ssl, notSsl));
  }

  private static Claim find(List<Claim> claims, String start) {
    return claims.stream()
        .filter(claim -> claim.statement().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void isDecidedAsPlanted(String start, Plant holds, Plant fails) {
    if (holds != null) {
      Claim claim = find(holds.decide(), start);
      assertThat(claim.verdict()).as("planted true: %s", claim).isEqualTo(Verdict.REPRODUCED);
    }
    if (fails != null) {
      Claim claim = find(fails.decide(), start);
      assertThat(claim.verdict()).as("planted false: %s", claim).isEqualTo(Verdict.NOT_REPRODUCED);
    }
  }

  private static Verdict tenImages(double linear, double narrowest) {
    ModelTable table = Planted.models(24);
    SimilaritySet similarities =
        Planted.similarities(table, Planted.dataSets(4), (a, b, d) -> 0.5, (a, b, d) -> 0.5, 3);
    LabelledMatrix at10 = similarities.matrix(0);
    Map<String, LabelledMatrix> at20 =
        Map.of("linear", changed(at10, linear), "RBF 0.2", changed(at10, narrowest));
    Claim claim =
        find(
            ConsistencyClaims.decide(
                similarities,
                table,
                Map.of(),
                Optional.empty(),
                Map.of(5, at20, 10, Map.of("linear", at10, "RBF 0.2", at10), 20, at20, 40, at20),
                REPLICATES,
                new Seeds(5)),
            "Ten images");
    return claim.verdict();
  }

  private static LabelledMatrix changed(LabelledMatrix matrix, double mean) {
    SplittableRandom random = new Seeds(8).stream("changes");
    double[][] values = matrix.values();
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < i; j++) {
        values[i][j] += 2 * mean * random.nextDouble();
        values[j][i] = values[i][j];
      }
    }
    return new LabelledMatrix("changed", matrix.rows(), matrix.rows(), values, matrix.provenance());
  }

  @Test
  void tenImagesAreEnoughIfAllButTheNarrowestStay() {
    assertThat(tenImages(0.005, 0.06)).isEqualTo(Verdict.REPRODUCED);
    assertThat(tenImages(0.06, 0.06)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(tenImages(0.005, 0.005)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(tenImages(0.02, 0.06)).isEqualTo(Verdict.NOT_DECIDABLE);
  }

  /** Twelve models on five data sets: too few even where every claim of the objectives is true. */
  @Test
  void smallStudiesDecideNothing() {
    Plant small = new Plant(12, 5, (a, b, d) -> 0.5, objectives(0.2, 0.6, 1, 2), d -> false);
    List<Claim> claims = small.decide();
    assertThat(claims).hasSize(24);
    for (String start :
        List.of(
            "The objective", "Self-supervised models", "Image–text", "Consistency is highest")) {
      Claim claim = find(claims, start);
      assertThat(claim.verdict()).as(claim.statement()).isEqualTo(Verdict.NOT_DECIDABLE);
      assertThat(claim.evidence().smallest()).as(claim.statement()).matches("≥ .*|none");
    }
  }

  @Test
  void whatDoesNotOccurIsNotTestable() {
    ModelTable table = Planted.models(24);
    ModelTable without =
        new ModelTable(table.models(), Map.of("architecture", table.values("architecture")));
    List<DataSet> sets =
        Planted.dataSets(12).stream()
            .filter(set -> !unusual(set) && !set.category().equals("structured"))
            .toList();
    SimilaritySet similarities =
        Planted.similarities(without, sets, (a, b, d) -> 0.5, (a, b, d) -> 0.8, 3);
    List<Claim> claims =
        ConsistencyClaims.decide(
            similarities, without, Map.of(), Optional.empty(), 30, new Seeds(5));
    assertThat(claims).hasSize(23);
    assertThat(claims)
        .filteredOn(claim -> claim.verdict() != Verdict.NOT_TESTABLE)
        .extracting(claim -> claim.statement().split(" ")[0])
        .containsExactlyInAnyOrder("Similarities", "Convolutional", "Pairs", "The", "Consistency");
    assertThat(find(claims, "Medical sets").verdict()).isEqualTo(Verdict.NOT_TESTABLE);
    assertThat(find(claims, "Similar models").verdict()).isEqualTo(Verdict.NOT_TESTABLE);
  }

  /** Where everything varies, two equal numbers would be one quantity that decides two claims. */
  @Test
  void noQuantityDecidesTwoClaims() {
    List<Claim> claims = new Exchangeable(48, 23, 1).decide(10);
    assertThat(claims).allMatch(claim -> claim.verdict() != Verdict.NOT_TESTABLE);
    assertThat(claims)
        .extracting(claim -> Math.abs(claim.evidence().value()))
        .doesNotHaveDuplicates();
  }

  @Test
  void carryingOverIsNotHavingThePublishedValue() {
    Claim claim = find(Plant.noise((a, b, d) -> 0.3).decide(), "Similarities carry over");
    assertThat(claim.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim.value()).hasValue(PublishedResults.MEAN_CONSISTENCY);
    assertThat(claim.evidence().interval().low()).as("R is about 0.9").isGreaterThan(0.756);
    assertThat(Claim.table(List.of(claim)).row(0).getString("published"))
        .isEqualTo("mean 0.756 (std 0.124), outside the interval here");
  }
}
