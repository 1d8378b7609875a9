package dev.kindred.study.source;

import dev.kindred.base.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A store that is empty at first and gone when it is closed: what it gives is computed anew. */
public final class TemporaryStore implements AutoCloseable {
  private final Path folder;

  public TemporaryStore() {
    try {
      folder = Files.createTempDirectory("kindred-verify");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Store store() {
    return Store.open(folder);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
