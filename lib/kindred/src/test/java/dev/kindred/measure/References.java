package dev.kindred.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.SharedFiles;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** References beside single pairs: whole matrices, rank statistics, planes, functional measures. */
public final class References {
  private References() {}

  /** One reference, with the field names of its file. */
  public record Reference(JsonObject json) {
    public String variant() {
      return json.get("variant").getAsString();
    }

    public String caseName() {
      return json.get("case").getAsString();
    }

    public double value() {
      return json.get("value").getAsDouble();
    }

    /** The value as a matrix. */
    public double[][] matrix() {
      return rows(json.getAsJsonArray("value"));
    }

    /** The value as a list. */
    public double[] list() {
      return numbers(json.getAsJsonArray("value"));
    }

    public JsonObject parameters() {
      return json.getAsJsonObject("parameters");
    }

    public List<String> strings(String parameter) {
      return StreamSupport.stream(parameters().getAsJsonArray(parameter).spliterator(), false)
          .map(JsonElement::getAsString)
          .toList();
    }

    public int inputs() {
      return json.getAsJsonArray("inputs").size();
    }

    /** The input at {@code index}, more than two axes flattened. */
    public Representation input(int index) {
      String name = json.getAsJsonArray("inputs").get(index).getAsString();
      return input(name);
    }

    public Representation input(String name) {
      return Representations.read(
          SharedFiles.require("oracle/inputs").resolve(name + ".npy"), ReadOptions.defaults());
    }

    /** The input at {@code index} as one list of numbers. */
    public double[] vector(int index) {
      Representation x = input(index);
      double[] values = new double[x.stimuli()];
      for (int i = 0; i < values.length; i++) {
        values[i] = x.get(i, 0);
      }
      return values;
    }

    @Override
    public String toString() {
      return caseName() + ": " + variant();
    }
  }

  /** All references of one kind; skips the calling test where the files are not. */
  public static Stream<Reference> of(String measure) {
    Path file = SharedFiles.require("oracle/other.jsonl");
    try (Stream<String> lines = Files.lines(file)) {
      List<Reference> found =
          lines
              .map(line -> new Reference(JsonParser.parseString(line).getAsJsonObject()))
              .filter(r -> r.json().get("measure").getAsString().equals(measure))
              .toList();
      if (found.isEmpty()) {
        throw new AssertionError("no references for " + measure);
      }
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[][] rows(JsonArray array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers(array.get(i).getAsJsonArray());
    }
    return rows;
  }

  private static double[] numbers(JsonArray array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).getAsDouble();
    }
    return numbers;
  }
}
