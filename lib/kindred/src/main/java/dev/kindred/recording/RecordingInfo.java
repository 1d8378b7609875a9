package dev.kindred.recording;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Pooling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What all epochs of a recording have in common.
 *
 * @param layers recorded layers
 * @param batches batches of probe images
 * @param batchSize images of a batch
 * @param precision of the stored numbers
 * @param sketch that is stored of each embedding, or null for the whole
 * @param probeImages where the probe images come from
 * @param planes number of planes, 0 for none
 * @param resolution points along a side of a plane
 * @param responses how responses that are kept became rows, or null where none are
 */
record RecordingInfo(
    List<String> layers,
    int batches,
    int batchSize,
    ElementType precision,
    Sketch sketch,
    String probeImages,
    int planes,
    int resolution,
    Pooling responses) {
  private static final String FILE = "recording.json";
  private static final Gson GSON = Json.builder().setPrettyPrinting().create();

  /** Numbers that are kept of a layer at every epoch. */
  int length() {
    return sketch == null ? wholeLength() : sketch.numbers();
  }

  /** Numbers of the embedding of one layer at one epoch. */
  int wholeLength() {
    return batches * GramEmbedding.length(batchSize);
  }

  /** Probe images. */
  int stimuli() {
    return batches * batchSize;
  }

  /**
   * Begins a recording, or makes sure that the one that is there is the same. Planes and responses
   * may come later.
   */
  void writeOrRequire(Path folder) {
    Path file = folder.resolve(FILE);
    RecordingInfo whole = this;
    if (Files.exists(file)) {
      RecordingInfo there = read(folder);
      require(folder, "layers", layers, there.layers);
      require(folder, "batches of probe images", batches, there.batches);
      require(folder, "images in a batch", batchSize, there.batchSize);
      require(folder, "probe images", probeImages, there.probeImages);
      require(folder, "precision", precision, there.precision);
      require(folder, "sketch", sketch, there.sketch);
      boolean planned = planes > 0 && there.planes > 0;
      require(folder, "planes", planned ? planes : 0, planned ? there.planes : 0);
      require(folder, "points", planned ? resolution : 0, planned ? there.resolution : 0);
      boolean kept = responses != null && there.responses != null;
      require(folder, "responses", kept ? responses : null, kept ? there.responses : null);
      RecordingInfo withPlanes = planes > 0 ? this : there;
      whole =
          new RecordingInfo(
              layers,
              batches,
              batchSize,
              precision,
              sketch,
              probeImages,
              withPlanes.planes,
              withPlanes.resolution,
              responses == null ? there.responses : responses);
      if (whole.equals(there)) {
        return;
      }
    }
    try {
      AtomicFile.write(file, GSON.toJson(whole));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }

  private static void require(Path folder, String what, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      throw new InputException(
          folder
              + " holds another recording: expected "
              + what
              + " "
              + expected
              + ", found "
              + found);
    }
  }

  static RecordingInfo read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      RecordingInfo info =
          GSON.fromJson(renamed(Json.parse(Files.readString(file))), RecordingInfo.class);
      if (info == null || info.layers == null || info.precision == null) {
        throw new InputException(file + ": not a recording");
      }
      return info;
    } catch (IOException e) {
      throw new InputException(folder + " holds no recording: " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new InputException(file + ": not a recording", e);
    }
  }

  /** Files of November 2026 and before call the layers taps. */
  private static JsonElement renamed(JsonElement file) {
    if (file.isJsonObject() && file.getAsJsonObject().has("taps")) {
      file.getAsJsonObject().add("layers", file.getAsJsonObject().remove("taps"));
    }
    return file;
  }
}
