package dev.kindred.network.training;

import ai.djl.ndarray.NDManager;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.stimuli.ImageSet;

/**
 * What a network is trained to do. Implementations are records, whose text names all settings; what
 * changes during a run is in the {@link Learning} that they begin.
 */
public interface Objective {
  /** How paper 1 groups objectives. */
  enum Kind {
    SUPERVISED,
    SELF_SUPERVISED,
    IMAGE_TEXT;

    @Override
    public String toString() {
      return switch (this) {
        case SUPERVISED -> "Sup";
        case SELF_SUPERVISED -> "SSL";
        case IMAGE_TEXT -> "Img-Txt";
      };
    }
  }

  Kind kind();

  /** Short name, such as {@code simclr}. */
  String name();

  /**
   * Prepares a run.
   *
   * @param network the network that will be trained
   * @param data the images that it will see
   * @param seeds for everything that is drawn once, before the run
   * @param owner owner of what the run keeps
   */
  Learning begin(Network network, ImageSet data, Seeds seeds, NDManager owner);
}
