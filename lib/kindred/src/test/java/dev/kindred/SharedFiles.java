package dev.kindred;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real images and networks that lie beside the project where it is developed and not on a user's
 * machine; tests that need them are skipped without them, each one counted. Values to compare with
 * are no such files: they are test resources.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /** The repository's root. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("lib/kindred"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("").toAbsolutePath() : folder;
  }

  /** A file or folder below {@code ../shared}; skips the calling test where it is missing. */
  public static Path require(String relative) {
    Path path = root().resolveSibling("shared").resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), () -> "../shared/" + relative + " is not here");
    return path;
  }
}
