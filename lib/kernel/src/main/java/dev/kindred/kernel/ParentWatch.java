package dev.kindred.kernel;

import java.util.Optional;

/** Ends this process soon after the server that started it, however that ended. */
final class ParentWatch {
  private static final long PERIOD_MS = 500;

  private ParentWatch() {}

  /** Watches the process whose id is in {@code JPY_PARENT_PID}; without it, watches nothing. */
  static void start() {
    Optional<ProcessHandle> server = server(System.getenv("JPY_PARENT_PID"));
    if (server.isEmpty()) {
      return;
    }
    long parent = parent();
    boolean isParent = parent == server.get().pid();
    Thread watch =
        new Thread(
            () -> {
              // A killed process that nobody has waited for still counts as alive; but its
              // children have got another parent.
              while (server.get().isAlive() && (!isParent || parent() == parent)) {
                pause();
              }
              Shutdown.endNow();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static Optional<ProcessHandle> server(String id) {
    try {
      return id == null ? Optional.empty() : ProcessHandle.of(Long.parseLong(id.strip()));
    } catch (NumberFormatException notAnId) {
      return Optional.empty();
    }
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
