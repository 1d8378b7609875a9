package dev.kindred.network.zoo;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Trains several networks at a time, each on a thread of its own, which an interrupt ends. */
final class Workers {
  private static final int LAST_BATCH_SECONDS = 10;

  private Workers() {}

  /** One training, or what it left in the store. */
  interface Training<T> {
    /**
     * @param images the images to train and to test on, opened when first asked for
     * @param epoch told how many epochs the training has had
     */
    T run(ModelDeclaration declaration, Supplier<ImageSet[]> images, IntConsumer epoch);
  }

  /**
   * Trainings in the order of their declarations, which have different names.
   *
   * @param what all of them, for one bar over the epochs of all
   * @param parallel how many run at a time
   */
  static <T> List<T> train(
      String what,
      List<ModelDeclaration> declarations,
      int parallel,
      Progress progress,
      Training<T> training) {
    Set<String> names = new HashSet<>();
    long total = 0;
    for (ModelDeclaration declaration : declarations) {
      if (!names.add(declaration.name())) {
        throw new InputException("two models of the zoo are named " + declaration.name());
      }
      total += declaration.plan().epochs();
    }
    Map<TrainingData, ImageSet[]> images = new ConcurrentHashMap<>();
    try (Progress.Task task = progress.begin(what, total)) {
      List<Callable<T>> jobs = new ArrayList<>();
      for (ModelDeclaration declaration : declarations) {
        int[] reported = {0};
        IntConsumer count =
            epoch -> {
              task.note(declaration.name());
              task.advance(epoch - reported[0]);
              reported[0] = epoch;
            };
        jobs.add(
            () -> {
              T made =
                  training.run(
                      declaration,
                      () ->
                          images.computeIfAbsent(
                              declaration.data(),
                              data -> new ImageSet[] {data.train(), data.test()}),
                      count);
              task.advance(declaration.plan().epochs() - reported[0]);
              return made;
            });
      }
      return all(jobs, parallel);
    }
  }

  /**
   * Results in the order of the jobs.
   *
   * @param parallel jobs that run at a time
   * @throws CancelledException if the calling thread is interrupted; the jobs are told, and awaited
   */
  private static <T> List<T> all(List<Callable<T>> jobs, int parallel) {
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
