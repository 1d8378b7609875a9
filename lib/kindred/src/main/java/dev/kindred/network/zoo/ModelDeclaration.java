package dev.kindred.network.zoo;

import dev.kindred.base.Provenance;
import dev.kindred.base.StoreKey;
import dev.kindred.network.training.TrainingPlan;
import java.util.Map;

/**
 * A member of the zoo before it is trained.
 *
 * @param plan architecture, objective, optimiser, length and seed
 * @param data what it is trained on
 */
public record ModelDeclaration(TrainingPlan plan, TrainingData data) {
  /** Raised when the same declaration would give other weights or scores. */
  private static final int REVISION = 2;

  public String name() {
    return plan.id();
  }

  /** Training images that are shown in all, a measure of the work. */
  public long shown(int images) {
    return (long) plan.epochs() * images;
  }

  /** Names the trained network in the store. */
  StoreKey key() {
    return new StoreKey(
        "model",
        REVISION,
        Provenance.of("zoo model", Map.of("plan", plan.toString()), data.provenance()));
  }
}
