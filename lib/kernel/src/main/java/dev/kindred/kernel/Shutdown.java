package dev.kindred.kernel;

import dev.kindred.kernel.wire.Connection;
import dev.kindred.kernel.wire.Log;
import java.io.IOException;

/**
 * Ends this process: soon, in order if possible, in any case.
 *
 * <p>A JVM that ends, be it by {@link Runtime#halt}, unloads the native libraries below the threads
 * that compute in them; a backward pass of PyTorch then crashes. So cells are stopped first,
 * whatever the process ends of, and where one stays in a native call the operating system ends the
 * process, which unloads nothing.
 */
final class Shutdown {
  /** For the reply to leave, which is sent by the sockets' own thread. */
  private static final long REPLY_MS = 150;

  /** For the running cell, and for shutdown hooks of libraries. */
  private static final long HOOKS_MS = 1200;

  private Shutdown() {}

  /** Sees to the end of this process by a signal or by {@link System#exit}. */
  static void prepare(JavaKernel kernel) {
    Runnable hook =
        () -> {
          if (!kernel.becomesQuiet(HOOKS_MS)) {
            endNow();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(hook, "end-of-cells"));
  }

  static void begin(Connection connection) {
    start(
        "shutdown",
        () -> {
          connection.output().flush();
          connection.drain(REPLY_MS);
          pause(REPLY_MS);
          System.exit(0);
        });
    start(
        "shutdown-limit",
        () -> {
          pause(REPLY_MS * 2 + HOOKS_MS * 2);
          endNow();
        });
  }

  /**
   * Has the operating system end this process, by the default action of SIGTERM: no hook runs and
   * nothing is unloaded.
   */
  static void endNow() {
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
    } catch (ReflectiveOperationException | IOException e) {
      Log.warn("no orderly end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Windows has no sh; the first process of a container has no default actions.
    Runtime.getRuntime().halt(1);
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
