package dev.kindred.study.consistency;

import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.study.Estimate.Scale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One quantity that a claim speaks of.
 *
 * @param quantity its value in a replicate
 * @param models the smallest number of models that it averages over
 * @param dataSets the smallest number of data sets that it averages over
 * @param scale where its error is the same everywhere
 * @param permuted a permutation test that has to agree
 */
record Part(
    ToDoubleFunction<Consistency> quantity,
    int models,
    int dataSets,
    Scale scale,
    Optional<PermutationTest> permuted) {
  /** A difference, over so many models at least and all data sets. */
  static Part difference(ToDoubleFunction<Consistency> quantity, int models, SimilaritySet all) {
    return new Part(quantity, models, all.dataSets().size(), Scale.PLAIN, Optional.empty());
  }

  /** A difference over everything. */
  static Part difference(ToDoubleFunction<Consistency> quantity, SimilaritySet all) {
    return difference(quantity, all.models().size(), all);
  }

  /** A correlation or mean correlation over all models and so many data sets. */
  static Part correlation(ToDoubleFunction<Consistency> quantity, int dataSets, SimilaritySet all) {
    return new Part(quantity, all.models().size(), dataSets, Scale.CORRELATION, Optional.empty());
  }
}
