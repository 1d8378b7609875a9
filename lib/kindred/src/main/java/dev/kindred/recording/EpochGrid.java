package dev.kindred.recording;

import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which epochs are recorded: from the first epoch of each span on, every so many.
 *
 * @param spans in order; the first begins at epoch 0
 */
public record EpochGrid(List<Span> spans) {

  /**
   * @param from first epoch of the span
   * @param every distance of its epochs
   */
  public record Span(int from, int every) {}

  /** Every epoch. */
  public static final EpochGrid ALL = every(1);

  /**
   * The grid of paper 2 for its long runs: all up to epoch 300, every third up to 900, then every
   * tenth.
   */
  public static final EpochGrid DYNAMICS =
      new EpochGrid(List.of(new Span(0, 1), new Span(300, 3), new Span(900, 10)));

  public EpochGrid {
    spans = List.copyOf(spans);
    if (spans.isEmpty() || spans.get(0).from != 0) {
      throw new InputException("expected spans of epochs that begin at 0, found " + spans);
    }
    for (int i = 0; i < spans.size(); i++) {
      if (spans.get(i).every < 1 || (i > 0 && spans.get(i).from <= spans.get(i - 1).from)) {
        throw new InputException(
            "expected spans of epochs in order, each with a distance of at least 1, found "
                + spans);
      }
    }
  }

  /** Every n-th epoch. */
  public static EpochGrid every(int n) {
    return new EpochGrid(List.of(new Span(0, n)));
  }

  /** The first epochs one by one, then ever fewer: about {@code perOctave} in every doubling. */
  public static EpochGrid logarithmic(int perOctave) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(0, 1));
    for (int every = 2; every < 1 << 20; every *= 2) {
      spans.add(new Span(every * perOctave, every));
    }
    return new EpochGrid(spans);
  }

  public boolean contains(int epoch) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      if (epoch >= span.from) {
        return (epoch - span.from) % span.every == 0;
      }
    }
    return false;
  }

  /** Whether an epoch is 0 or the first of the grid from some power of two on. */
  boolean isFirstOfOctave(int epoch) {
    if (!contains(epoch)) {
      return false;
    }
    for (int earlier = Integer.highestOneBit(epoch); earlier < epoch; earlier++) {
      if (contains(earlier)) {
        return false;
      }
    }
    return true;
  }
}
