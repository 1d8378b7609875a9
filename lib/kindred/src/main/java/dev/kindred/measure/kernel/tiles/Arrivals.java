package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Work on models that arrive one after another, while others are still being read: every model is
 * prepared once, in order, and pieces of work begin as soon as the first models are prepared.
 *
 * <p>Threads prefer models that are there, then work that needs no further model; when there is
 * neither, one of them waits for the next model.
 */
final class Arrivals {
  private static final long POLL_MILLISECONDS = 5;

  private final boolean[] prepared;
  private final IntPredicate isHere;
  private final IntConsumer prepare;
  private int claimed;
  private int finished;
  private int ready;
  private boolean failed;

  /** Work in pieces, which depend on no order but their own. */
  interface Pieces {
    /**
     * A piece that can be done with the first {@code ready} models and that no other thread has;
     * null if there is none now.
     */
    Runnable next(int ready);

    /** Whether the last piece has been given out. */
    boolean isOver();
  }

  /**
   * @param models how many
   * @param isHere whether a model can be prepared without waiting for it
   * @param prepare what each needs before any work on it
   */
  Arrivals(int models, IntPredicate isHere, IntConsumer prepare) {
    this.prepared = new boolean[models];
    this.isHere = isHere;
    this.prepare = prepare;
  }

  /** Only prepares the models. */
  void run() {
    Parallel.forEach(prepared.length, this::prepare);
  }

  /** Prepares the models and does all pieces. */
  void run(Pieces pieces) {
    Parallel.forEach(
        Parallel.threads(),
        t -> {
          try {
            for (Runnable work = take(pieces); work != null; work = take(pieces)) {
              work.run();
              wake();
            }
          } catch (Throwable e) {
            fail();
            throw e;
          }
        });
  }

  private synchronized Runnable take(Pieces pieces) {
    // All are prepared, even if an earlier run has done all pieces.
    while (!failed && !(pieces.isOver() && finished == prepared.length)) {
      Progress.checkCancelled();
      boolean left = claimed < prepared.length;
      Runnable piece = left && isHere.test(claimed) ? null : pieces.next(ready);
      if (piece != null) {
        return piece;
      }
      if (left && (isHere.test(claimed) || claimed == finished)) {
        int model = claimed++;
        return () -> prepare(model);
      }
      await();
    }
    return null;
  }

  private void prepare(int model) {
    prepare.accept(model);
    synchronized (this) {
      prepared[model] = true;
      finished++;
      while (ready < prepared.length && prepared[ready]) {
        ready++;
      }
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void fail() {
    failed = true;
    notifyAll();
  }

  /** Some time, or until another thread has done something. */
  private void await() {
    try {
      wait(POLL_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
