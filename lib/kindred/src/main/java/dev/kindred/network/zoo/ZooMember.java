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
  private final String layer;

  ZooMember(
      String name,
      ModelAttributes attributes,
      Provenance provenance,
      ModelScores scores,
      LearningCurve curve,
      String layer,
      Supplier<RepresentationSource> opener) {
    this.network = new StoredNetwork(name, provenance, opener);
    this.attributes = Objects.requireNonNull(attributes);
    this.scores = scores;
    this.curve = curve;
    this.layer = Objects.requireNonNull(layer);
  }

  /**
   * A pre-trained network from a TorchScript file.
   *
   * @param layer the layer that stands for the model, the penultimate layer
   */
  public static ZooMember torchScript(
      Path file, Descriptor descriptor, String layer, ModelAttributes attributes) {
    if (!descriptor.layers().contains(layer)) {
      throw new InputException(file + " has no layer " + layer + "; it has " + descriptor.layers());
    }
    try (TorchScriptModel model = TorchScriptModel.load(file, descriptor)) {
      return new ZooMember(
          model.id(),
          attributes,
          model.provenance(),
          null,
          null,
          layer,
          () -> TorchScriptModel.load(file, descriptor));
    }
  }

  /** A network from a TorchScript file; the last layer of its descriptor stands for the model. */
  static ZooMember torchScript(Path file, ModelAttributes attributes) {
    Descriptor descriptor = Descriptor.beside(file).orElseThrow(() -> undescribed(file));
    List<String> layers = descriptor.layers();
    return torchScript(file, descriptor, layers.get(layers.size() - 1), attributes);
  }

  private static InputException undescribed(Path file) {
    return new InputException(file + ": expected a descriptor in " + file + ".json beside it");
  }

  /** Features that were computed elsewhere, for one fixed set of stimuli. */
  public static ZooMember features(Representation features, ModelAttributes attributes) {
    return new ZooMember(
        features.id(),
        attributes,
        features.provenance(),
        null,
        null,
        FeatureFile.LAYER,
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
  public String layer() {
    return layer;
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
        .responses(network, List.of(layer), images, Pooling.POOLED)
        .get(layer)
        .withId(name());
  }

  @Override
  public String toString() {
    return name() + " " + attributes;
  }
}
