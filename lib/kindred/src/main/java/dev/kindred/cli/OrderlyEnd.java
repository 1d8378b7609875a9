package dev.kindred.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command that a signal asks to end: in order where that is soon, in any case after {@link
 * #PATIENCE_MS}.
 *
 * <p>A JVM that ends, be it by {@link Runtime#halt}, unloads the native libraries below the threads
 * that compute in them; a backward pass of PyTorch then crashes. So the command is interrupted and
 * stops after its batch or block. One that is in a longer native call is ended by the operating
 * system, which unloads nothing.
 */
final class OrderlyEnd {
  /** Those who stop services kill after ten seconds or more. */
  private static final long PATIENCE_MS = 3000;

  private static volatile boolean asked;

  private final Thread command = Thread.currentThread();
  private final CountDownLatch reached = new CountDownLatch(1);

  private OrderlyEnd() {}

  /** Sees to the end of the thread that calls. */
  static OrderlyEnd install() {
    OrderlyEnd end = new OrderlyEnd();
    Runtime.getRuntime().addShutdownHook(new Thread(end::hook, "orderly-end"));
    return end;
  }

  /** Whether the end was asked for from outside. */
  static boolean isAsked() {
    return asked;
  }

  /** The command has come to its end. */
  void reached() {
    reached.countDown();
  }

  private void hook() {
    if (reached.getCount() == 0) {
      return;
    }
    asked = true;
    command.interrupt();
    try {
      if (reached.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody does, there is no time left.
    }
    endByDefault();
  }

  /** Has the operating system end this process, by the default action of SIGTERM. */
  private static void endByDefault() {
    try {
      // By reflection, as the compiler warns of the class, which is there to stay (JEP 260). It
      // raises only what it handles itself, and a ProcessHandle does not end its own process.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object terminate = signal.getConstructor(String.class).newInstance("TERM");
      Object byDefault = handler.getField("SIG_DFL").get(null);
      signal.getMethod("handle", signal, handler).invoke(null, terminate, byDefault);
      String kill = "kill -s TERM " + ProcessHandle.current().pid();
      new ProcessBuilder("sh", "-c", kill).start().waitFor();
    } catch (ReflectiveOperationException | IOException | InterruptedException e) {
      // Then the JVM ends as it would without this, on Windows for one.
    }
  }
}
