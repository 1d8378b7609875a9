package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import dev.kindred.measure.functional.RegionSimilarity;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Labels that a network gave to the same points at many epochs, from a file that somebody wrote:
 * whole numbers from 0 to 255, epochs × points (further axes, such as planes × points, are taken as
 * one). Held in memory, a byte a label.
 */
public final class EpochLabels implements RegionSimilarity.Labels {
  private static final int LARGEST = 255;

  /** Labels that are read at a time. */
  private static final int AT_ONCE = 1 << 20;

  private final List<Integer> epochs;
  private final byte[][] labels;

  private EpochLabels(List<Integer> epochs, byte[][] labels) {
    this.epochs = epochs;
    this.labels = labels;
  }

  /**
   * Reads labels.
   *
   * @param epochs numbers of the epochs, one for each row; none for 0, 1, 2 …
   * @throws InputException if the file holds anything else
   */
  public static EpochLabels read(Path file, List<Integer> epochs) {
    try (ArrayFile arrays = ArrayFile.open(file)) {
      NumericArray array = arrays.array();
      long[] shape = array.shape();
      if (shape.length < 2 || array.size() == 0) {
        throw new InputException(
            file + ": expected labels, epochs × points, found the shape " + Arrays.toString(shape));
      }
      String type = array.type().name().toLowerCase(Locale.ROOT);
      if (type.contains("float")) {
        throw new InputException(file + ": expected whole numbers as labels, found " + type);
      }
      int rows = Math.toIntExact(shape[0]);
      List<Integer> numbers =
          epochs.isEmpty() ? IntStream.range(0, rows).boxed().toList() : List.copyOf(epochs);
      if (numbers.size() != rows) {
        throw new InputException(
            file + ": expected " + rows + " epochs, one for each row, found " + numbers.size());
      }
      EpochMap.requireRising(file.toString(), numbers);
      long points = array.size() / rows;
      if (points > Integer.MAX_VALUE - 8) {
        throw new InputException(file + ": expected fewer points an epoch than " + points);
      }
      byte[][] labels = new byte[rows][(int) points];
      for (int row = 0; row < rows; row++) {
        read(file, array, row, labels[row]);
      }
      return new EpochLabels(numbers, labels);
    }
  }

  private static void read(Path file, NumericArray array, int row, byte[] labels) {
    double[] part = new double[Math.min(labels.length, AT_ONCE)];
    for (int at = 0; at < labels.length; at += part.length) {
      Progress.checkCancelled();
      int count = Math.min(part.length, labels.length - at);
      array.read((long) row * labels.length + at, DoubleBuffer.wrap(part, 0, count));
      for (int i = 0; i < count; i++) {
        if (part[i] < 0 || part[i] > LARGEST) {
          throw new InputException(
              file
                  + ": row "
                  + row
                  + ", point "
                  + (at + i)
                  + ": expected a label from 0 to "
                  + LARGEST
                  + ", found "
                  + (long) part[i]);
        }
        labels[at + i] = (byte) part[i];
      }
    }
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public long points() {
    return labels[0].length;
  }

  @Override
  public void read(int labelling, long from, int points, byte[] target) {
    System.arraycopy(labels[labelling], (int) from, target, 0, points);
  }

  /** The share of points with equal labels, for every two epochs. */
  public EpochMap map(Progress progress) {
    return new EpochMap(
        "decision-region similarity", epochs, RegionSimilarity.matrix(this, progress));
  }
}
