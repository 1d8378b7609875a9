package dev.kindred.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kindred.representation.Representation;
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
      return Oracle.input(name);
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

  /** All references of one kind; none is an error. */
  public static Stream<Reference> of(String measure) {
    List<Reference> found =
        Oracle.records("other.jsonl").stream()
            .map(Reference::new)
            .filter(r -> r.json().get("measure").getAsString().equals(measure))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no references for " + measure);
    }
    return found.stream();
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
