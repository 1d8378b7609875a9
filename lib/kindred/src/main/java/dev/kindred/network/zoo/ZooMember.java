package dev.kindred.network.zoo;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.network.Descriptor;
import dev.kindred.network.FeatureFile;
import dev.kindred.network.Pooling;
import dev.kindred.network.RepresentationSource;
import dev.kindred.network.ResponseGrid;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.TorchScriptModel;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A model of the zoo, trained here or imported. Its weights are read when it is opened. */
public final class ZooMember {
  private final StoredNetwork network;
  private final ModelAttributes attributes;
  private final ModelScores scores;
  private final LearningCurve curve;
  private final String tap;

  ZooMember(
      String name,
      ModelAttributes attributes,
      Provenance provenance,
      ModelScores scores,
      LearningCurve curve,
      String tap,
      Supplier<RepresentationSource> opener) {
    this.network = new StoredNetwork(name, provenance, opener);
    this.attributes = Objects.requireNonNull(attributes);
    this.scores = scores;
    this.curve = curve;
    this.tap = Objects.requireNonNull(tap);
  }

  /**
   * A pre-trained network from a TorchScript file.
   *
   * @param tap the output that stands for the model, the penultimate layer
   */
  public static ZooMember torchScript(
      Path file, Descriptor descriptor, String tap, ModelAttributes attributes) {
    if (!descriptor.outputs().contains(tap)) {
      throw new InputException(file + " has no output " + tap + "; it has " + descriptor.outputs());
    }
    try (TorchScriptModel model = TorchScriptModel.load(file, descriptor)) {
      return new ZooMember(
          model.id(),
          attributes,
          model.provenance(),
          null,
          null,
          tap,
          () -> TorchScriptModel.load(file, descriptor));
    }
  }

  /** Features that were computed elsewhere, for one fixed set of stimuli. */
  public static ZooMember features(Representation features, ModelAttributes attributes) {
    return new ZooMember(
        features.id(),
        attributes,
        features.provenance(),
        null,
        null,
        FeatureFile.TAP,
        () -> new FeatureFile(features));
  }

  public String name() {
    return network.name();
  }

  public ModelAttributes attributes() {
    return attributes;
  }

  /** Its scores; imported models have none. */
  public Optional<ModelScores> scores() {
    return Optional.ofNullable(scores);
  }

  /** Loss and errors of its training; imported models have none. */
  public Optional<LearningCurve> curve() {
    return Optional.ofNullable(curve);
  }

  /** The layer that stands for the model: the penultimate one. */
  public String tap() {
    return tap;
  }

  /** The model itself; the caller closes it. */
  public RepresentationSource open() {
    return network.open();
  }

  /** The model as the grid of responses takes it. */
  public StoredNetwork stored() {
    return network;
  }

  /**
   * Its penultimate layer's responses, pooled, named as the model; kept in a store.
   *
   * @param images the stimuli
   * @param store where responses are kept by model and stimuli
   */
  public Representation represent(ImageSet images, Store store) {
    return new ResponseGrid(store)
        .responses(network, List.of(tap), images, Pooling.POOLED)
        .get(tap)
        .withId(name());
  }

  @Override
  public String toString() {
    return name() + " " + attributes;
  }
}
