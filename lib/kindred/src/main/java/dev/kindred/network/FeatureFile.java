package dev.kindred.network;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Features that were computed elsewhere, in place of a network: it knows its answer to one fixed
 * set of stimuli, and refuses others.
 */
public final class FeatureFile implements RepresentationSource {
  /** Its only layer. */
  public static final String LAYER = "features";

  private final Representation features;

  /**
   * @param features the responses; without ids of the stimuli only their number can be checked
   */
  public FeatureFile(Representation features) {
    this.features = features;
  }

  @Override
  public String id() {
    return features.id();
  }

  @Override
  public List<String> layers() {
    return List.of(LAYER);
  }

  @Override
  public Provenance provenance() {
    return features.provenance();
  }

  @Override
  public Map<String, Representation> represent(
      ImageSet images,
      List<String> layers,
      Pooling pooling,
      int batch,
      Spill spill,
      Progress progress) {
    ForwardPass.requireLayers(this, layers);
    if (images.size() != features.stimuli()) {
      throw new InputException(
          id()
              + " holds features of "
              + features.stimuli()
              + " stimuli, "
              + images.name()
              + " has "
              + images.size());
    }
    List<String> ids = images.stimulusIds();
    features
        .stimulusIds()
        .filter(known -> !known.equals(ids))
        .ifPresent(
            known -> {
              throw new InputException(
                  id() + " holds features of other stimuli than those of " + images.name());
            });
    Map<String, Representation> result = new LinkedHashMap<>();
    for (String layer : layers) {
      result.put(layer, features.withId(id() + "/" + layer).withStimulusIds(ids));
    }
    return result;
  }

  @Override
  public void close() {
    // the features are freed with their last reader
  }
}
