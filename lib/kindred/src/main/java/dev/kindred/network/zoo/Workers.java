package dev.kindred.network.zoo;

import dev.kindred.base.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Trains several networks at a time, each on a thread of its own, which an interrupt ends. */
final class Workers {
  private static final int LAST_BATCH_SECONDS = 10;

  private Workers() {}

  /**
   * Results in the order of the jobs.
   *
   * @param parallel jobs that run at a time
   * @throws CancelledException if the calling thread is interrupted; the jobs are told, and awaited
   */
  static <T> List<T> all(List<Callable<T>> jobs, int parallel) {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            parallel,
            task -> {
              Thread thread = new Thread(task, "kindred-zoo");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> waiting = new ArrayList<>();
      for (Callable<T> job : jobs) {
        waiting.add(workers.submit(job));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : waiting) {
        results.add(result(future));
      }
      return results;
    } finally {
      workers.shutdownNow();
      awaitEnd(workers);
    }
  }

  /** Until the last batch is over, files are written; who is interrupted waits for that too. */
  private static void awaitEnd(ExecutorService workers) {
    boolean interrupted = Thread.interrupted();
    try {
      workers.awaitTermination(LAST_BATCH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("stopped on request");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
