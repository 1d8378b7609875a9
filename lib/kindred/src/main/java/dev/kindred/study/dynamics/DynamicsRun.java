package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.recording.GramDiagonals;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a training run left behind.
 *
 * <p>Epochs lie on grids that grow thinner: all at first, then ever fewer in a doubling, as all
 * epoch axes are logarithmic. Epoch 0 is the initialisation.
 *
 * @param declaration what was trained
 * @param curve loss, training error (with the labels that were trained on) and test error at the
 *     evaluated epochs; batch statistics were estimated anew for each, on training images changed
 *     as in training
 * @param epochs recorded epochs
 * @param probeEpochs those at which probes were trained
 * @param layers from the input to the output
 * @param plane decision regions to be drawn
 * @param otherInitialisations the first layer at every recorded epoch (columns) against that of
 *     networks of other random initial weights (rows), as {@link LayerDynamics#similarity}; its own
 *     initialisation is the first row of that map
 * @param labels classes of the test images that the layers are compared on
 * @param predicted the classes that the network gave to these images, at the epochs of the unbiased
 *     similarity
 */
public record DynamicsRun(
    RunDeclaration declaration,
    LearningCurve curve,
    List<Integer> epochs,
    List<Integer> probeEpochs,
    List<LayerDynamics> layers,
    PlaneLabels plane,
    double[][] otherInitialisations,
    int[] labels,
    int[][] predicted) {

  public DynamicsRun {
    epochs = List.copyOf(epochs);
    probeEpochs = List.copyOf(probeEpochs);
    layers = List.copyOf(layers);
    EpochMap.requireRising("recorded epochs", epochs);
    EpochMap.requireRising("probed epochs", probeEpochs);
  }

  /** The perfect-fitting threshold: the first evaluated epoch with no error on training images. */
  public OptionalInt perfectFit() {
    return curve.perfectFit();
  }

  /** What a layer did. */
  public LayerDynamics layer(String name) {
    return layers.stream()
        .filter(layer -> layer.layer().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    declaration.name()
                        + " has no layer "
                        + name
                        + "; it has "
                        + layers.stream().map(LayerDynamics::layer).toList()));
  }

  /** The first layer against its own initialisation, at every recorded epoch. */
  public double[] ownInitialisation() {
    return layers.get(0).similarity().values()[0].clone();
  }

  /**
   * The similarity of a layer at two recorded epochs, were the images of one of them shuffled.
   *
   * @param row number of an epoch among the recorded ones, from 0
   * @param other number of another
   */
  public GramDiagonals.Chance chance(LayerDynamics layer, int row, int other) {
    GramDiagonals diagonals = layer.diagonals();
    return diagonals.chance(row, other, labels.length / Math.max(1, diagonals.trace()[row].length));
  }
}
