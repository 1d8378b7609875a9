package dev.kindred.recording;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all epochs of a recording have in common.
 *
 * @param taps recorded layers
 * @param batches batches of probe images
 * @param batchSize images of a batch
 * @param precision of the stored numbers
 * @param sketch that is stored of each embedding, or null for the whole
 * @param probeImages where the probe images come from
 * @param planes number of planes, 0 for none
 * @param resolution points along a side of a plane
 */
record RecordingInfo(
    List<String> taps,
    int batches,
    int batchSize,
    StoredPrecision precision,
    Sketch sketch,
    String probeImages,
    int planes,
    int resolution) {
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

  private RecordingInfo withoutPlanes() {
    return new RecordingInfo(taps, batches, batchSize, precision, sketch, probeImages, 0, 0);
  }

  /** Begins a recording, or makes sure that the one that is there is the same. */
  void writeOrRequire(Path folder) {
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      RecordingInfo there = read(folder);
      if (!there.withoutPlanes().equals(withoutPlanes())
          || (planes > 0 && there.planes > 0 && !there.equals(this))) {
        throw new InputException(
            folder + " holds another recording: expected " + this + ", found " + there);
      }
      if (planes == 0 || there.planes > 0) {
        return;
      }
    }
    try {
      AtomicFile.write(file, GSON.toJson(this));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }

  static RecordingInfo read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      RecordingInfo info = GSON.fromJson(Files.readString(file), RecordingInfo.class);
      if (info == null || info.taps == null || info.precision == null) {
        throw new InputException(file + ": not a recording");
      }
      return info;
    } catch (IOException e) {
      throw new InputException(folder + " holds no recording: " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new InputException(file + ": not a recording", e);
    }
  }
}
