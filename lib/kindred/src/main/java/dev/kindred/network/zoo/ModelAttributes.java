package dev.kindred.network.zoo;

import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.training.Objective;

/**
 * The four attributes by which paper 1 groups models, as text, so that imported models can have
 * any.
 *
 * @param objective {@code Img-Txt}, {@code SSL} or {@code Sup}
 * @param trainingData name of the training data
 * @param architecture {@code CNN} or {@code TX}
 * @param size {@code small}, {@code medium}, {@code large} or {@code xlarge}
 */
public record ModelAttributes(
    String objective, String trainingData, String architecture, String size) {

  /** Attributes of a network that is trained here; sizes are in the zoo's own classes. */
  public static ModelAttributes of(
      Objective.Kind kind, String trainingData, Architecture architecture, long parameters) {
    return new ModelAttributes(
        kind.toString(),
        trainingData,
        architecture.family() == Architecture.Family.CNN ? "CNN" : "TX",
        sizeClass(parameters));
  }

  /**
   * The size class of a small network: paper 1's borders of 100, 200 and 400 million parameters,
   * divided by a thousand.
   */
  public static String sizeClass(long parameters) {
    if (parameters < 100_000) {
      return "small";
    }
    return parameters < 200_000 ? "medium" : parameters < 400_000 ? "large" : "xlarge";
  }
}
