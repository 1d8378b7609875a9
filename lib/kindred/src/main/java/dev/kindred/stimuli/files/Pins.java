package dev.kindred.stimuli.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.base.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checksums of files for which the manifest knows none, as they were at the first download: {@code
 * pins.json} in the cache. From then on the file must not change.
 */
final class Pins {
  private final Path file;

  Pins(Path cache) {
    this.file = cache.resolve("pins.json");
  }

  Path file() {
    return file;
  }

  /** The pinned checksum of a data set's file. */
  Optional<Checksum> find(String dataSet, String id) {
    JsonElement pin = read().get(dataSet + "/" + id);
    if (pin == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Checksum(
              Checksum.Algorithm.SHA256, pin.getAsJsonObject().get("sha256").getAsString()));
    } catch (RuntimeException e) {
      throw new InputException(file + ": damaged pin of " + dataSet + "/" + id, e);
    }
  }

  /** Pins a file that has none yet. */
  void add(String dataSet, String id, Checksum checksum, long size, String from) {
    try {
      Files.createDirectories(file.getParent());
      try (ProcessLock held = ProcessLock.acquire(file.resolveSibling("pins.lock"), file)) {
        JsonObject pins = read();
        JsonObject pin = new JsonObject();
        pin.addProperty("sha256", checksum.hex());
        pin.addProperty("size", size);
        pin.addProperty("from", from);
        pins.add(dataSet + "/" + id, pin);
        AtomicFile.write(
            file,
            Json.builder().setPrettyPrinting().disableHtmlEscaping().create().toJson(pins) + "\n");
      }
    } catch (IOException e) {
      throw new InputException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private JsonObject read() {
    if (!Files.exists(file)) {
      return new JsonObject();
    }
    try {
      return Json.parse(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
