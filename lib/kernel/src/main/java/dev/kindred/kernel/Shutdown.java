package dev.kindred.kernel;

import dev.kindred.kernel.wire.Connection;

/** Ends this process: soon, in order if possible, in any case. */
final class Shutdown {
  /** For the reply to leave, which is sent by the sockets' own thread. */
  private static final long REPLY_MS = 150;

  /** For shutdown hooks of libraries. */
  private static final long HOOKS_MS = 1200;

  private Shutdown() {}

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
          pause(REPLY_MS * 2 + HOOKS_MS);
          Runtime.getRuntime().halt(0);
        });
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
