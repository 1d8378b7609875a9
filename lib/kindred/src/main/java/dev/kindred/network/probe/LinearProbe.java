package dev.kindred.network.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Classification;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationBuilder;
import java.util.Arrays;

/**
 * A linear classifier on a representation: scores = x·W + b, where x is a row as it is or divided
 * by its length, as the probe was trained ({@link FeatureScale}).
 *
 * <p>Scores of n stimuli take n·classes numbers; predictions are made in parts, so a large n is no
 * burden.
 */
public final class LinearProbe {
  private static final int ROWS_AT_ONCE = 4096;

  /** So that rows of many units do not take more memory than 64 MiB. */
  private static final int NUMBERS_AT_ONCE = 1 << 24;

  private final int units;
  private final int classes;
  private final float[] weights;
  private final float[] bias;
  private final FeatureScale scale;

  /**
   * @param units number of units p
   * @param classes number of classes
   * @param weights p×classes, row by row; taken over
   * @param bias one per class; taken over
   * @param scale what is done to a row before it is read
   */
  LinearProbe(int units, int classes, float[] weights, float[] bias, FeatureScale scale) {
    this.units = units;
    this.classes = classes;
    this.weights = weights;
    this.bias = bias;
    this.scale = scale;
  }

  public int units() {
    return units;
  }

  public int classes() {
    return classes;
  }

  /** The weight of a unit of a scaled row in the score of a class. */
  public double weight(int unit, int label) {
    return weights[java.util.Objects.checkIndex(unit, units) * classes + label];
  }

  /** What is added to the score of a class. */
  public double bias(int label) {
    return bias[label];
  }

  /** What is done to a row before it is read. */
  public FeatureScale scale() {
    return scale;
  }

  /** The predicted class of every stimulus. */
  public int[] predict(Representation x) {
    int[] predicted = new int[x.stimuli()];
    forEachPart(
        x,
        (from, scores) -> {
          int[] labels = best(scores);
          System.arraycopy(labels, 0, predicted, from, labels.length);
        });
    return predicted;
  }

  /** The scores of all classes for every stimulus, (n, classes). */
  public Representation scores(Representation x) {
    RepresentationBuilder scores =
        new RepresentationBuilder(x.id() + " scores", x.stimuli(), classes, ElementType.FLOAT32);
    forEachPart(x, (from, part) -> scores.append(Torch.numbers(part)));
    return scores.build(Provenance.of("scores of a linear probe", x.provenance()));
  }

  private interface PartReader {
    void read(int from, NDArray scores);
  }

  private void forEachPart(Representation x, PartReader reader) {
    if (x.units() != units) {
      throw new InputException(
          "the probe reads " + units + " units, " + x.id() + " has " + x.units());
    }
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager()) {
      Placed placed = place(manager);
      int atOnce = Math.max(1, Math.min(ROWS_AT_ONCE, NUMBERS_AT_ONCE / Math.max(1, units)));
      for (int from = 0; from < x.stimuli(); from += atOnce) {
        int to = Math.min(x.stimuli(), from + atOnce);
        try (NDManager part = manager.newSubManager()) {
          NDArray rows = part.create(new Shape(to - from, units), DataType.FLOAT32);
          int first = from;
          Torch.writeFloats(rows, numbers -> x.read(first, to, numbers));
          scale.apply(rows);
          reader.read(from, placed.scores(rows));
        }
      }
    }
  }

  /** The probe where a network's responses are, for batch after batch of them. */
  public Placed place(NDManager owner) {
    return new Placed(
        Torch.tensor(owner, weights, units, classes), Torch.tensor(owner, bias, 1, classes), scale);
  }

  /** A probe whose weights are tensors; they live as long as their owner. */
  public static final class Placed {
    private final NDArray weights;
    private final NDArray bias;
    private final FeatureScale scale;

    private Placed(NDArray weights, NDArray bias, FeatureScale scale) {
      this.weights = weights;
      this.bias = bias;
      this.scale = scale;
    }

    /**
     * The predicted class of every row.
     *
     * @param rows n×p responses
     */
    public int[] predict(NDArray rows) {
      if (scale == FeatureScale.RAW) {
        return best(scores(rows));
      }
      try (NDArray scaled = rows.duplicate()) {
        scale.apply(scaled);
        return best(scores(scaled));
      }
    }

    private NDArray scores(NDArray rows) {
      return rows.matMul(weights).add(bias);
    }
  }

  private static int[] best(NDArray scores) {
    long[] best = scores.argMax(1).toType(DataType.INT64, false).toLongArray();
    return Arrays.stream(best).mapToInt(Math::toIntExact).toArray();
  }

  /** The share of stimuli that get their label. */
  public double accuracy(Representation x, int[] labels) {
    return Classification.accuracy(predict(x), labels);
  }

  /** The share of stimuli whose label is among the first guesses (top-k accuracy). */
  public double accuracy(Representation x, int[] labels, int guesses) {
    return guesses == 1 ? accuracy(x, labels) : Classification.accuracy(scores(x), labels, guesses);
  }
}
