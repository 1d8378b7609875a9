package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.nio.file.Path;

/** Names of entries: which to refuse and which to pass over. */
final class EntryNames {
  private EntryNames() {}

  /**
   * The name with {@code /} between folders and without a leading {@code ./}.
   *
   * @throws InputException if it is absolute or climbs out of the archive (a "zip slip")
   */
  static String normalise(String name, Path archive) {
    String path = name.replace('\\', '/');
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (path.startsWith("/")
        || path.matches("[A-Za-z]:.*")
        || path.equals("..")
        || path.startsWith("../")
        || path.contains("/../")
        || path.endsWith("/..")
        || path.indexOf('\0') >= 0) {
      throw new InputException(
          archive + ": entry \"" + name + "\" points out of the archive; it is not opened");
    }
    return path;
  }

  /** Whether the entry is a system's litter: hidden files and macOS resource forks. */
  static boolean isHidden(String path) {
    return path.startsWith(".")
        || path.contains("/.")
        || path.startsWith("__MACOSX/")
        || path.endsWith("/Thumbs.db");
  }
}
