package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every claim on data where it is planted true, planted false, and where there is too little to
 * tell.
 */
class ConsistencyClaimsTest {
  private static final int REPLICATES = 200;

  private static List<Claim> planted;
  private static List<Claim> opposite;
  private static List<Claim> small;

  @BeforeAll
  static void decide() {
    planted = decide(72, 23, ConsistencyClaimsTest::noiseAsClaimed, 1);
    opposite = decide(72, 23, ConsistencyClaimsTest::noiseAgainst, -1);
    small = decide(12, 5, ConsistencyClaimsTest::noiseWithoutDifference, 0);
  }

  /** More noise means less consistency. */
  private static double noiseAsClaimed(
      Map<String, String> a, Map<String, String> b, DataSet dataSet) {
    double noise = 0.35;
    Set<String> objectives = both(a, b, "objective");
    noise += objectives.contains("SSL") ? (objectives.size() == 1 ? -0.2 : -0.05) : 0.15;
    noise += objectives.equals(Set.of("Img-Txt", "Sup")) ? 0.5 : 0;
    noise += a.get("size").equals(b.get("size")) ? 0 : 0.25;
    noise += a.get("architecture class").equals(b.get("architecture class")) ? 0 : 0.3;
    Set<String> data = both(a, b, "training data class");
    boolean confused =
        data.equals(Set.of("IN21k", "Large")) || data.equals(Set.of("IN21k", "XLarge"));
    noise += confused ? (dataSet.name().hashCode() % 2 == 0 ? 0.1 : 2.2) : 0;
    noise += dataSet.category().equals("natural (multi-domain)") ? -0.1 : 0.1;
    return noise + (unusual(dataSet) ? 1.2 : 0);
  }

  private static double noiseAgainst(
      Map<String, String> a, Map<String, String> b, DataSet dataSet) {
    double noise = 2.5;
    Set<String> objectives = both(a, b, "objective");
    noise += objectives.contains("SSL") ? (objectives.size() == 1 ? 1.5 : 0.7) : 0;
    noise += objectives.equals(Set.of("Img-Txt", "Sup")) ? -1.7 : 0;
    noise += a.get("size").equals(b.get("size")) ? 1.5 : 0;
    boolean convolutional =
        a.get("architecture class").equals("CNN") && b.get("architecture class").equals("CNN");
    noise +=
        a.get("architecture class").equals(b.get("architecture class"))
            ? (convolutional ? -0.9 : 3.5)
            : -0.9;
    Set<String> data = both(a, b, "training data class");
    boolean confused =
        data.equals(Set.of("IN21k", "Large")) || data.equals(Set.of("IN21k", "XLarge"));
    noise += confused ? -1.8 : (dataSet.name().hashCode() % 2 == 0 ? -1 : 2);
    noise += dataSet.category().equals("natural (multi-domain)") ? 1.5 : 0;
    return Math.max(0.05, noise + (unusual(dataSet) ? -2.5 : 0));
  }

  private static double noiseWithoutDifference(
      Map<String, String> a, Map<String, String> b, DataSet dataSet) {
    return 1.2;
  }

  private static Set<String> both(Map<String, String> a, Map<String, String> b, String name) {
    return new java.util.HashSet<>(List.of(a.get(name), b.get(name)));
  }

  private static boolean unusual(DataSet dataSet) {
    return dataSet.name().equals("FGVC Aircraft")
        || dataSet.name().equals("Diabetic Retinopathy")
        || dataSet.name().startsWith("PatchCamelyon");
  }

  private static List<Claim> decide(int count, int dataSets, Planted.Of noise, int direction) {
    ModelTable models = Planted.models(count);
    List<DataSet> sets = Planted.dataSets(dataSets);
    Planted.Of level =
        (a, b, d) -> {
          boolean imageText =
              a.get("objective").equals("Img-Txt") && b.get("objective").equals("Img-Txt");
          return 0.4 + (imageText ? 0.25 * direction : 0);
        };
    SimilaritySet similarities = Planted.similarities(models, sets, level, noise, 11);
    SimilaritySet other =
        direction > 0 ? similarities : Planted.similarities(models, sets, level, noise, 99);
    Map<String, SimilaritySet> others = new LinkedHashMap<>();
    others.put("other measure", direction > 0 ? similarities.map("cube", s -> s * s * s) : other);
    return ConsistencyClaims.decide(
        similarities,
        models,
        others,
        Optional.of(new PerformanceGap(similarities, accuracies(similarities, direction))),
        REPLICATES,
        new Seeds(5));
  }

  /** Accuracies whose gaps follow dissimilarity (or similarity) in the categories of the claims. */
  private static Map<String, double[]> accuracies(SimilaritySet similarities, int direction) {
    Map<String, double[]> accuracies = new HashMap<>();
    int models = similarities.models().size();
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      DataSet dataSet = similarities.dataSets().get(d);
      SplittableRandom random = new Seeds(3).stream(dataSet.name());
      boolean related =
          direction >= 0
              ? (dataSet.category().startsWith("natural (single") && !dataSet.name().equals("SVHN"))
                  || dataSet.category().equals("structured")
              : dataSet.category().equals("natural (multi-domain)")
                  || dataSet.category().equals("specialized");
      double[] values = new double[models];
      for (int i = 0; i < models; i++) {
        double centrality = 0;
        for (int j = 0; j < models; j++) {
          centrality += i == j ? 0 : similarities.value(d, i, j) / (models - 1);
        }
        values[i] = related && direction != 0 ? centrality : random.nextDouble();
      }
      accuracies.put(dataSet.name(), values);
    }
    return accuracies;
  }

  private static Claim claim(List<Claim> claims, String start) {
    return claims.stream()
        .filter(claim -> claim.statement().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void print() {
    for (int i = 0; i < planted.size(); i++) {
      System.out.printf(
          "%-70.70s | %-12s %6.3f %-18s | %-14s %6.3f %-18s | %-13s %6.3f %s%n",
          planted.get(i).statement(),
          planted.get(i).verdict().name(),
          planted.get(i).measured(),
          planted.get(i).interval(),
          opposite.get(i).verdict().name(),
          opposite.get(i).measured(),
          opposite.get(i).interval(),
          small.get(i).verdict().name(),
          small.get(i).measured(),
          small.get(i).interval());
    }
  }
}
