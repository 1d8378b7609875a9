package dev.kindred.base;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where things are on this machine, by environment variables with sensible defaults. */
public final class Places {
  private Places() {}

  /**
   * Trained networks, results and downloads: {@code KINDRED_CACHE}, or {@code .cache/kindred} in
   * the home folder.
   */
  public static Path cache() {
    return folder("KINDRED_CACHE")
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "kindred"));
  }

  /** One folder named by an environment variable; empty if it is not set. */
  public static Optional<Path> folder(String variable) {
    String value = System.getenv(variable);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
  }

  /** Folders named by an environment variable, separated as in {@code PATH}. */
  public static List<Path> folders(String variable) {
    List<Path> folders = new ArrayList<>();
    String value = System.getenv(variable);
    if (value != null) {
      for (String part : value.split(File.pathSeparator)) {
        if (!part.isBlank()) {
          folders.add(Path.of(part));
        }
      }
    }
    return folders;
  }
}
