package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measures;
import dev.kindred.study.Claim;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the claims are decided on.
 *
 * @param similarities by the headline measure
 * @param models attributes of the same models
 * @param others specification of another measure → similarities of the same models
 * @param gaps accuracies of the same models, where they are known
 * @param bySize growing samples that can tell whether ten images of a class are enough; may be
 *     empty
 */
public record ClaimGrounds(
    SimilaritySet similarities,
    ModelTable models,
    Map<String, SimilaritySet> others,
    Optional<PerformanceGap> gaps,
    Map<Integer, Map<String, LabelledMatrix>> bySize) {

  /**
   * What an input has.
   *
   * @param measure the headline measure
   * @param others measures beside it; the headline measure among them is left out
   * @param seed seed of the growing samples
   */
  public static ClaimGrounds of(
      ConsistencyInput input, String measure, List<String> others, long seed) {
    SimilaritySet similarities = input.similarities(measure);
    Map<String, SimilaritySet> beside = new LinkedHashMap<>();
    for (String other : others) {
      String specification = Measures.parse(other).info().specification();
      if (!specification.equals(ConsistencyStudy.specification(measure))) {
        beside.put(specification, input.similarities(other));
      }
    }
    return new ClaimGrounds(
        similarities,
        input.modelTable(),
        beside,
        input.gaps(similarities),
        input.decidingSampleSizes(seed));
  }

  /** The same on some of the data sets. */
  public ClaimGrounds on(Predicate<DataSet> taken) {
    SimilaritySet some = similarities.on(taken);
    Map<String, SimilaritySet> beside = new LinkedHashMap<>();
    others.forEach((name, set) -> beside.put(name, set.on(taken)));
    return new ClaimGrounds(some, models, beside, gaps.map(known -> known.of(some)), bySize);
  }

  /**
   * The same without the data sets that models were trained on: there, they may be alike because
   * they know the images. Empty where fewer than two sets are left, or none is left out.
   */
  public Optional<ClaimGrounds> withoutTrainingSets() {
    List<String> trained = models.attributes().getOrDefault("training data", List.of());
    long left =
        similarities.dataSets().stream().filter(set -> !trained.contains(set.name())).count();
    return left < 2 || left == similarities.dataSets().size()
        ? Optional.empty()
        : Optional.of(on(set -> !trained.contains(set.name())));
  }

  /**
   * The same with one of the other measures as the headline measure.
   *
   * @param other its specification
   */
  public ClaimGrounds by(String other) {
    Map<String, SimilaritySet> beside = new LinkedHashMap<>(others);
    SimilaritySet headline = beside.remove(other);
    if (headline == null) {
      throw new InputException(
          "no other measure is " + other + "; there are " + String.join(", ", others.keySet()));
    }
    return new ClaimGrounds(
        headline, models, beside, gaps.map(known -> known.of(headline)), bySize);
  }

  /** Decides every claim; see {@link ConsistencyClaims}. */
  public List<Claim> claims(int replicates, Seeds seeds) {
    return ConsistencyClaims.decide(similarities, models, others, gaps, bySize, replicates, seeds);
  }
}
