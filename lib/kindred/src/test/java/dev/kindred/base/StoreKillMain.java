package dev.kindred.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A resumable computation in a process of its own, so that {@link StoreTest} can kill it. */
final class StoreKillMain {
  static final int UNITS = 40;
  static final StoreKey KEY =
      new StoreKey("units", 1, Provenance.of("units", Map.of("count", UNITS)));

  private StoreKillMain() {}

  static String value(int unit) {
    return "value " + new Seeds(1).seed("unit " + unit);
  }

  static Process start(Path root) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            StoreKillMain.class.getName(),
            root.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) {
    Path root = Path.of(arguments[0]);
    Store.open(root.resolve("store"))
        .folder(
            KEY,
            folder -> {
              for (int unit = 0; unit < UNITS; unit++) {
                Path file = folder.resolve("unit-" + unit);
                if (Files.exists(file)) {
                  continue;
                }
                pause();
                Path beside = folder.resolveSibling("beside");
                Files.writeString(beside, value(unit));
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
                // A kill between the move and this line loses a log line; the unit is still not
                // computed again.
                Files.writeString(
                    root.resolve("log"),
                    unit + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
              }
            });
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
