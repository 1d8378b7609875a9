package dev.kindred.base;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Independent pieces of work on all cores. A piece never depends on which thread runs it, so
 * results are the same bits whatever the number of threads.
 *
 * <p>The number of threads is the system property {@code kindred.threads}, by default the number of
 * processors. The calling thread works too; a call from inside a piece runs there, one after the
 * other.
 */
public final class Parallel {
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** For a thread that works on pieces: the call that they belong to. */
  private static final ThreadLocal<Call> CALL = new ThreadLocal<>();

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "kindred-worker-" + NAMES.incrementAndGet());
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(Parallel::outsideOfPieces);
            return thread;
          });

  private Parallel() {}

  /**
   * What pieces throw reaches their caller. What is left comes from the pool's own bookkeeping:
   * when memory runs out there, the caller is told of it by its own thread, and nobody needs a
   * trace.
   */
  private static void outsideOfPieces(Thread thread, Throwable thrown) {
    if (!(thrown instanceof OutOfMemoryError)) {
      thread.getThreadGroup().uncaughtException(thread, thrown);
    }
  }

  /** Number of threads that work at the same time. */
  public static int threads() {
    int threads = Integer.getInteger("kindred.threads", 0);
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** True if the calling thread, or the one on whose behalf it works, has been interrupted. */
  static boolean isInterrupted() {
    Call call = CALL.get();
    return Thread.currentThread().isInterrupted() || call != null && call.isInterrupted();
  }

  /** One call of {@link #forEach} and how it fares. */
  private static final class Call {
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Kept here, since waiting for the helpers clears the caller's own flag. */
    private volatile boolean interrupted;

    boolean isInterrupted() {
      return interrupted || caller.isInterrupted() || failure.get() instanceof CancelledException;
    }

    /** Waits for the helpers even when interrupted: they may write into the caller's buffers. */
    void await(CountDownLatch done) {
      while (true) {
        try {
          done.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  /**
   * Runs {@code body} for 0 … {@code count} − 1 and returns when all are done. Pieces start in
   * order. After an exception no further piece starts, and it is thrown here.
   *
   * @throws CancelledException if the calling thread is interrupted; pieces that run are awaited,
   *     so one that takes long calls {@link Progress#checkCancelled}
   */
  public static void forEach(int count, IntConsumer body) {
    int helpers = CALL.get() != null ? 0 : Math.min(threads(), count) - 1;
    if (helpers <= 0) {
      for (int i = 0; i < count; i++) {
        Progress.checkCancelled();
        body.accept(i);
      }
      return;
    }
    Call call = new Call();
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          CALL.set(call);
          try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              if (call.failure.get() != null) {
                return;
              }
              Progress.checkCancelled();
              body.accept(i);
            }
          } catch (Throwable e) {
            call.failure.compareAndSet(null, e);
          } finally {
            CALL.remove();
          }
        };
    CountDownLatch done = new CountDownLatch(helpers);
    for (int t = 0; t < helpers; t++) {
      POOL.execute(
          () -> {
            try {
              worker.run();
            } finally {
              done.countDown();
            }
          });
    }
    worker.run();
    call.await(done);
    rethrow(call.failure.get());
    Progress.checkCancelled();
  }

  /**
   * Starts {@code body} for 0 … {@code count} − 1, in order, on other threads and returns at once:
   * for what will be wanted and is only done ahead. Whatever is thrown, such as after an interrupt
   * of the calling thread, ends it and is told to nobody.
   */
  public static void ahead(int count, IntConsumer body) {
    Call call = new Call();
    AtomicInteger next = new AtomicInteger();
    for (int t = 0; t < Math.min(threads(), count); t++) {
      POOL.execute(
          () -> {
            CALL.set(call);
            try {
              for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                Progress.checkCancelled();
                body.accept(i);
              }
            } catch (Throwable e) {
              next.set(count);
            } finally {
              CALL.remove();
            }
          });
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
