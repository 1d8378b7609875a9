package dev.kindred.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One entry of a {@link Store}.
 *
 * @param folder where its files are
 * @param kind what it is
 * @param state whether it can be used
 * @param recipe what it was made from, as text; empty where unknown
 * @param bytes size of its files
 * @param lastUsed when it was last written or read
 */
public record StoreEntry(
    Path folder, String kind, State state, String recipe, long bytes, Instant lastUsed) {

  /** Whether an entry can be used. */
  public enum State {
    COMPLETE,
    UNFINISHED,
    UNREADABLE
  }

  static StoreEntry unfinished(Path folder) {
    return of(folder, State.UNFINISHED, "");
  }

  static StoreEntry unreadable(Path folder) {
    return of(folder, State.UNREADABLE, "");
  }

  static StoreEntry of(Path folder, State state, String recipe) {
    String name = folder.getFileName().toString();
    String kind = name.contains("-") ? name.substring(0, name.lastIndexOf('-')) : name;
    long bytes = 0;
    Instant last = Instant.EPOCH;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        last = modified.isAfter(last) ? modified : last;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("store: cannot read " + folder, e);
    }
    return new StoreEntry(folder, kind, state, recipe, bytes, last);
  }
}
