package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.recording.EpochGrid;

/**
 * What is recorded of a run, the same for all runs of a study.
 *
 * @param evaluations epochs at which errors are measured
 * @param maps epochs at which layers are recorded
 * @param probes epochs at which linear probes are trained
 * @param responses those of the recorded epochs at which whole responses are kept until the run is
 *     over, for the unbiased similarity of all images at once
 * @param batches class-balanced batches of test images that layers are compared on
 * @param batchSize images of a batch
 * @param planes planes of decision regions
 * @param resolution points along each side of a plane
 * @param drawn points along each side of the finer grid by which the first plane is drawn
 * @param initialisations other random initialisations that the first layer is compared with
 */
public record RunPlan(
    EpochGrid evaluations,
    EpochGrid maps,
    EpochGrid probes,
    EpochGrid responses,
    int batches,
    int batchSize,
    int planes,
    int resolution,
    int drawn,
    int initialisations) {

  public RunPlan {
    if (batches < 1
        || batchSize < 4
        || planes < 1
        || resolution < 2
        || drawn < 2
        || initialisations < 0) {
      throw new InputException(
          "expected at least 1 batch of 4 images, 1 plane of 2 × 2 points and no negative number of"
              + " initialisations, found "
              + batches
              + " of "
              + batchSize
              + ", "
              + planes
              + " of "
              + resolution
              + ", pictures of "
              + drawn
              + " and "
              + initialisations);
    }
  }

  /**
   * Grids that have about so many epochs in every doubling of the epoch: layers are recorded at
   * every second evaluated epoch, probes are trained at every fourth.
   */
  static RunPlan logarithmic(
      int perOctave,
      int batches,
      int batchSize,
      int planes,
      int resolution,
      int drawn,
      int initialisations) {
    return new RunPlan(
        EpochGrid.logarithmic(4 * perOctave),
        EpochGrid.logarithmic(2 * perOctave),
        EpochGrid.logarithmic(perOctave),
        EpochGrid.logarithmic(2 * perOctave),
        batches,
        batchSize,
        planes,
        resolution,
        drawn,
        initialisations);
  }
}
