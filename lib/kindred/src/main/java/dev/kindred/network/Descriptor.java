package dev.kindred.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model file does not say itself: the images that it expects, how their pixels become
 * numbers, and the names of its layers.
 *
 * <p>Beside {@code model.pt} it stands in {@code model.pt.json}:
 *
 * <pre>{@code
 * {"width": 32, "height": 32, "channels": 3,
 *  "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225],
 *  "layers": ["logits", "stage1", "stage2", "stage3"], "resize": false}
 * }</pre>
 *
 * @param width width of the images in pixels
 * @param height height of the images in pixels
 * @param channels 1 or 3
 * @param mean per channel, subtracted from pixels that were divided by 255
 * @param std per channel, by which the difference is divided
 * @param layers names of the model's layers in their order
 * @param resize whether images of another size are resized (bilinear) or refused
 */
public record Descriptor(
    int width,
    int height,
    int channels,
    List<Double> mean,
    List<Double> std,
    List<String> layers,
    boolean resize) {

  /** Mean and deviation of ImageNet's colours, which most public models expect. */
  public static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);

  public static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

  public Descriptor {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    layers = List.copyOf(layers);
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new InputException(
          "descriptor: expected images of at least 1×1 pixels and 1 or 3 channels, found "
              + width
              + "×"
              + height
              + " with "
              + channels);
    }
    if (mean.size() != channels || std.size() != channels) {
      throw new InputException(
          "descriptor: expected "
              + channels
              + " numbers in mean and in std, one a channel, found "
              + mean.size()
              + " and "
              + std.size());
    }
    if (std.stream().anyMatch(value -> !(value > 0))) {
      throw new InputException("descriptor: every number in std must be above 0, found " + std);
    }
    if (layers.isEmpty() || layers.stream().distinct().count() != layers.size()) {
      throw new InputException(
          "descriptor: expected different names for the layers, found " + layers);
    }
  }

  /** Colour images of one size, normalised as ImageNet's. */
  public static Descriptor imagenet(int size, String... layers) {
    return new Descriptor(
        size, size, 3, IMAGENET_MEAN, IMAGENET_STD, List.of(layers), /* resize= */ false);
  }

  /** The descriptor beside a model file, where there is one. */
  public static Optional<Descriptor> beside(Path model) {
    Path file = model.resolveSibling(model.getFileName() + ".json");
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Reads a descriptor from a JSON file. */
  public static Descriptor read(Path file) {
    try {
      JsonObject json = Json.parse(Files.readString(file)).getAsJsonObject();
      int channels = json.has("channels") ? json.get("channels").getAsInt() : 3;
      return new Descriptor(
          required(json, "width", file).getAsInt(),
          required(json, "height", file).getAsInt(),
          channels,
          numbers(required(json, "mean", file).getAsJsonArray()),
          numbers(required(json, "std", file).getAsJsonArray()),
          strings(required(json, "layers", file).getAsJsonArray()),
          json.has("resize") && json.get("resize").getAsBoolean());
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      throw new InputException(file + ": not a descriptor: " + e.getMessage(), e);
    }
  }

  private static JsonElement required(JsonObject json, String name, Path file) {
    if (!json.has(name)) {
      throw new InputException(file + ": the descriptor has no \"" + name + "\"");
    }
    return json.get(name);
  }

  private static List<Double> numbers(JsonArray array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(element -> numbers.add(element.getAsDouble()));
    return numbers;
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.getAsString()));
    return strings;
  }
}
