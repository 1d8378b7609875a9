package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private static final String THREADS = "kindred.threads";

  @BeforeEach
  void twoThreads() {
    System.setProperty(THREADS, "2");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty(THREADS);
    Thread.interrupted();
  }

  @Test
  void everyPieceIsDoneOnce() {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    Parallel.forEach(1000, done::incrementAndGet);
    for (int i = 0; i < 1000; i++) {
      assertThat(done.get(i)).isEqualTo(1);
    }
  }

  /** The caller has done its piece and waits for the helper. */
  @Test
  void anInterruptOfACallerThatWaitsStopsTheHelper() {
    Thread caller = Thread.currentThread();
    assertStopsTheHelper(() -> {}, caller::interrupt);
  }

  /** The caller has stopped at the interrupt and waits for the helper. */
  @Test
  void anInterruptThatTheCallerHasSeenStopsTheHelper() {
    assertStopsTheHelper(
        () -> {
          Thread.currentThread().interrupt();
          Progress.checkCancelled();
        },
        () -> {});
  }

  /**
   * @param onCaller the end of the piece of the caller, who then waits
   * @param onHelper runs while the caller waits
   */
  private static void assertStopsTheHelper(Runnable onCaller, Runnable onHelper) {
    Thread caller = Thread.currentThread();
    CountDownLatch helping = new CountDownLatch(1);
    AtomicBoolean stopped = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    2,
                    piece -> {
                      if (Thread.currentThread() == caller) {
                        awaitUninterrupted(helping);
                        onCaller.run();
                        return;
                      }
                      helping.countDown();
                      awaitWaiting(caller);
                      onHelper.run();
                      awaitWaiting(caller);
                      stopped.set(isStopped());
                    }))
        .isInstanceOf(CancelledException.class);
    assertThat(stopped).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until the thread waits, and its waiting has cleared its flag. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING || thread.isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  /** Whether a check says so before long. */
  private static boolean isStopped() {
    for (int i = 0; i < 200; i++) {
      try {
        Progress.checkCancelled();
        Thread.sleep(10);
      } catch (CancelledException e) {
        return true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return false;
  }
}
