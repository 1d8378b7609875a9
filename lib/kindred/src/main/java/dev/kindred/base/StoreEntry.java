package dev.kindred.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

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
    Facts facts = new Facts();
    try {
      Files.walkFileTree(folder, facts);
    } catch (IOException e) {
      throw new UncheckedIOException("store: cannot read " + folder, e);
    }
    return new StoreEntry(folder, kind, state, recipe, facts.bytes, facts.last);
  }

  /** Sums sizes; files that another process moves away meanwhile are passed over. */
  private static final class Facts extends SimpleFileVisitor<Path> {
    private long bytes;
    private Instant last = Instant.EPOCH;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      Instant modified = attributes.lastModifiedTime().toInstant();
      last = modified.isAfter(last) ? modified : last;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
      return e instanceof NoSuchFileException
          ? FileVisitResult.CONTINUE
          : super.postVisitDirectory(visited, e);
    }
  }
}
