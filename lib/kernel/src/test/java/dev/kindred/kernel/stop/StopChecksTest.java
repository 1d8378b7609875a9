package dev.kindred.kernel.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class StopChecksTest {
  /** Woven below. */
  public static final class Sample {
    private Sample() {}

    public static int collatz(int n) {
      int steps = 0;
      while (n != 1) {
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        steps++;
      }
      return steps;
    }

    public static long spin() {
      long turns = 0;
      do {
        turns++;
      } while (turns >= 0);
      return turns;
    }

    public static int descend(int depth) {
      return depth < 0 ? 0 : descend(depth == 0 ? 0 : depth - 1);
    }
  }

  private static final class Defining extends ClassLoader {
    Class<?> define(byte[] classFile) {
      return defineClass(Sample.class.getName(), classFile, 0, classFile.length);
    }
  }

  private static Class<?> woven() throws IOException {
    String file = Sample.class.getName().replace('.', '/') + ".class";
    try (InputStream in = Sample.class.getClassLoader().getResourceAsStream(file)) {
      return new Defining().define(StopChecks.weave(in.readAllBytes()));
    }
  }

  @Test
  void leavesResultsAsTheyAre() throws Exception {
    Class<?> type = woven();
    assertThat(type.getMethod("collatz", int.class).invoke(null, 27)).isEqualTo(111);
  }

  @Test
  void stopsALoopAndARecursion() throws Exception {
    Class<?> type = woven();
    assertStopped(() -> type.getMethod("spin").invoke(null));
    assertStopped(() -> type.getMethod("descend", int.class).invoke(null, 5));
  }

  @Test
  void leavesAClassFileThatItDoesNotKnowAlone() {
    byte[] fromTheFuture = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 3, 0, 0, 1};
    assertThat(StopChecks.weave(fromTheFuture)).isSameAs(fromTheFuture);
  }

  private static void assertStopped(Callable<?> call) throws InterruptedException {
    ThreadGroup group = new ThreadGroup("stopped");
    Throwable[] thrown = new Throwable[1];
    StopSignal.stop(group);
    try {
      Thread thread =
          new Thread(
              group,
              () -> {
                try {
                  call.call();
                } catch (InvocationTargetException e) {
                  thrown[0] = e.getCause();
                } catch (Exception e) {
                  thrown[0] = e;
                }
              });
      thread.start();
      thread.join();
    } finally {
      StopSignal.releaseShared();
      StopSignal.release(group);
    }
    assertThat(thrown[0]).isInstanceOf(StopSignal.Stop.class);
  }

  @Test
  void otherThreadsGoOn() throws Exception {
    ThreadGroup group = new ThreadGroup("another");
    StopSignal.stop(group);
    try {
      assertThat(woven().getMethod("collatz", int.class).invoke(null, 27)).isEqualTo(111);
    } finally {
      StopSignal.releaseShared();
      StopSignal.release(group);
    }
  }
}
