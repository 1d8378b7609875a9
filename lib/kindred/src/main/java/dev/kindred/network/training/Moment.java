package dev.kindred.network.training;

import dev.kindred.base.InputException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A moment of a training run.
 *
 * @param epoch whole visits of the training data, from 0
 * @param batch batches of the next visit, from 0: the end of epoch 1 is (1, 0)
 */
public record Moment(int epoch, int batch) implements Comparable<Moment> {
  private static final Comparator<Moment> ORDER =
      Comparator.comparingInt(Moment::epoch).thenComparingInt(Moment::batch);

  public Moment {
    if (epoch < 0 || batch < 0) {
      throw new InputException(
          "expected no negative epoch or batch, found epoch " + epoch + ", batch " + batch);
    }
  }

  /** The end of an epoch; 0 is the initialisation. */
  public static Moment afterEpoch(int epoch) {
    return new Moment(epoch, 0);
  }

  /** After some batches of the first epoch. */
  public static Moment afterBatches(int batch) {
    return new Moment(0, batch);
  }

  /** The ends of epochs {@code from} to {@code to}, both among them. */
  public static List<Moment> epochs(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Moment::afterEpoch).toList();
  }

  public boolean isWithinEpoch() {
    return batch > 0;
  }

  @Override
  public int compareTo(Moment other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "epoch " + epoch + (batch > 0 ? ", batch " + batch : "");
  }
}
