package dev.kindred.kernel.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CellThreadTest {
  private static CellThread cell(Callable<?> body) {
    return new CellThread(new ThreadGroup("cell"), CellThreadTest.class.getClassLoader(), body);
  }

  @Test
  void givesTheValueAndTheContextOfItsBody() throws Throwable {
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    CellThread thread =
        new CellThread(
            new ThreadGroup("named"), loader, () -> Thread.currentThread().getContextClassLoader());
    assertThat(thread.await()).isSameAs(loader);
  }

  @Test
  void passesOnWhatItsBodyThrows() {
    StackOverflowError thrown = new StackOverflowError();
    assertThatThrownBy(
            cell(
                    () -> {
                      throw thrown;
                    })
                ::await)
        .isSameAs(thrown);
  }

  @Test
  void aStopBeforeTheStartKeepsItFromStarting() {
    AtomicReference<Boolean> ran = new AtomicReference<>(false);
    CellThread thread =
        cell(
            () -> {
              ran.set(true);
              return null;
            });
    thread.stop();
    assertThatThrownBy(thread::await).isInstanceOf(CellThread.StoppedException.class);
    assertThat(ran.get()).isFalse();
  }

  @Test
  void interruptsWhatWaits() throws Exception {
    assertStops(
        started -> {
          started.countDown();
          Thread.sleep(600_000);
        });
  }

  @Test
  void forcesCodeWithoutChecks() throws Exception {
    assertStops(
        started -> {
          started.countDown();
          BigInteger power = new BigInteger("3").pow(300_000_000);
          throw new AssertionError("ended by itself with " + power.bitLength());
        });
  }

  @Test
  void answersForAThreadThatWaitsWithoutEnd() throws Exception {
    assertStops(
        started -> {
          started.countDown();
          while (true) {
            LockSupport.park();
            Thread.interrupted();
          }
        });
  }

  /** Other work on all processors hides that a loop goes on: it hardly gets any time. */
  @Test
  void stopsAllThreadsOnABusyMachine() throws Exception {
    AtomicBoolean busy = new AtomicBoolean(true);
    for (int i = 0; i < 40 * Runtime.getRuntime().availableProcessors(); i++) {
      daemon(
              () -> {
                while (busy.get()) {
                  Thread.onSpinWait();
                }
              })
          .start();
    }
    CountDownLatch ended = new CountDownLatch(9);
    Runnable loop =
        () -> {
          try {
            while (true) {
              StopSignal.check();
            }
          } finally {
            ended.countDown();
          }
        };
    try {
      assertStops(
          started -> {
            for (int i = 0; i < 8; i++) {
              daemon(loop).start();
            }
            ForkJoinPool.commonPool().execute(loop);
            started.countDown();
            Thread.sleep(600_000);
          });
    } finally {
      Thread.sleep(500);
      busy.set(false);
    }
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    return thread;
  }

  private interface Endless {
    void run(CountDownLatch started) throws Exception;
  }

  private static void assertStops(Endless body) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CellThread thread =
        cell(
            () -> {
              body.run(started);
              return null;
            });
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                thread.await();
              } catch (Throwable t) {
                outcome.set(t);
              }
            });
    waiting.start();
    started.await();
    thread.stop();
    waiting.join();
    assertThat(outcome.get()).isInstanceOf(CellThread.StoppedException.class);
  }
}
