package dev.kindred.base;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The index that makes a folder a complete result: its recipe, and size and SHA-256 of every file.
 */
final class StoreIndex {
  private static final String NAME = "kindred-index.json";
  private static final Gson GSON =
      Json.builder().setPrettyPrinting().disableHtmlEscaping().create();

  private String recipe;
  private Map<String, FileFacts> files;

  /** Size in bytes and SHA-256 of one file. */
  private static final class FileFacts {
    private long size;
    private String sha256;
  }

  private StoreIndex() {}

  static Path file(Path folder) {
    return folder.resolve(NAME);
  }

  static void write(Path folder, StoreKey key) throws IOException {
    StoreIndex index = new StoreIndex();
    index.recipe = key.recipe().toString();
    index.files = new TreeMap<>();
    AtomicFile.removeUnfinished(folder);
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (name.equals(NAME)) {
          continue; // left by a run that was killed between index and move
        }
        FileFacts facts = new FileFacts();
        facts.size = Files.size(path);
        facts.sha256 = Checksums.sha256(path);
        index.files.put(name, facts);
      }
    }
    AtomicFile.write(file(folder), GSON.toJson(index));
  }

  /** The index of a folder, unless there is none or it cannot be read. */
  static Optional<StoreIndex> read(Path folder) {
    try {
      StoreIndex index = GSON.fromJson(Files.readString(file(folder)), StoreIndex.class);
      return index == null || index.files == null ? Optional.empty() : Optional.of(index);
    } catch (IOException | UncheckedIOException | JsonParseException e) {
      return Optional.empty();
    }
  }

  /** True if every file is there with its size. */
  boolean matchesInSize(Path folder) {
    try {
      for (Map.Entry<String, FileFacts> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        if (file.getValue() == null
            || !Files.isRegularFile(path)
            || Files.size(path) != file.getValue().size) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** True if every file is there with its size and checksum. */
  boolean matches(Path folder) {
    if (!matchesInSize(folder)) {
      return false;
    }
    try {
      for (Map.Entry<String, FileFacts> file : files.entrySet()) {
        if (!Checksums.sha256(folder.resolve(file.getKey())).equals(file.getValue().sha256)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  StoreEntry entry(Path folder) {
    return StoreEntry.of(folder, StoreEntry.State.COMPLETE, recipe == null ? "" : recipe);
  }
}
