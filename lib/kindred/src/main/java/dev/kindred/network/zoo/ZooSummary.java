package dev.kindred.network.zoo;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.network.Network;
import dev.kindred.network.training.LearningCurve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the store keeps beside the weights of a network. */
record ZooSummary(
    String name,
    int channels,
    int height,
    int width,
    int classes,
    ModelScores scores,
    List<LearningCurve.Point> curve) {
  private static final String FILE = "summary.json";
  private static final Gson GSON =
      Json.builder().serializeSpecialFloatingPointValues().setPrettyPrinting().create();

  Network.InputShape input() {
    return new Network.InputShape(channels, height, width);
  }

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(FILE), GSON.toJson(this));
  }

  static ZooSummary read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      ZooSummary summary = GSON.fromJson(Files.readString(file), ZooSummary.class);
      if (summary == null || summary.scores == null || summary.curve == null) {
        throw new InputException(file + ": expected the summary of a trained model");
      }
      return summary;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    } catch (JsonParseException e) {
      throw new InputException(file + ": not the summary of a trained model", e);
    }
  }
}
