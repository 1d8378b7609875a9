package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Long data of a specification as CSV in one text. A notebook's file has every number of a JSON
 * array on a line of its own, indented by ten and more characters.
 */
final class VegaData {
  /** From so many rows on; fewer are easier to read as they are. */
  private static final int LONG = 50;

  /** What Vega-Lite calls the values that are no objects. */
  private static final String ALONE = "data";

  private VegaData() {}

  /** Puts CSV in place of all long {@code values} of a specification that a table can hold. */
  static void compact(JsonElement element) {
    if (element instanceof JsonArray array) {
      array.forEach(VegaData::compact);
    } else if (element instanceof JsonObject object) {
      for (String name : List.copyOf(object.keySet())) {
        if (name.equals("data") && object.get(name) instanceof JsonObject data) {
          table(data);
        } else {
          compact(object.get(name));
        }
      }
    }
  }

  private static void table(JsonObject data) {
    if (data.has("format")
        || !(data.get("values") instanceof JsonArray rows)
        || rows.size() < LONG) {
      return;
    }
    Set<String> fields = new LinkedHashSet<>();
    for (JsonElement row : rows) {
      fields.addAll(row instanceof JsonObject object ? object.keySet() : Set.of(ALONE));
    }
    JsonObject types = new JsonObject();
    for (String field : fields) {
      String type = type(rows, field);
      if (type == null || !field.matches("\\w+")) {
        return;
      }
      types.addProperty(field, type);
    }
    StringBuilder csv = new StringBuilder(String.join(",", fields)).append('\n');
    for (JsonElement row : rows) {
      csv.append(
              fields.stream()
                  .map(field -> text(value(row, field)))
                  .collect(Collectors.joining(",")))
          .append('\n'); // after the last row, too, or it would be lost where it is empty
    }
    data.addProperty("values", csv.toString());
    data.add("format", VegaJson.object("type", "csv", "parse", types));
  }

  private static JsonElement value(JsonElement row, String field) {
    return row instanceof JsonObject object ? object.get(field) : row;
  }

  /** The type of all values of a field; null where there is no one type that CSV can tell. */
  private static String type(JsonArray rows, String field) {
    List<String> types = new ArrayList<>();
    for (JsonElement row : rows) {
      JsonElement value = value(row, field);
      if (value != null && !value.isJsonNull()) {
        types.add(
            !(value instanceof JsonPrimitive primitive) || primitive.getAsString().isEmpty()
                ? "none"
                : primitive.isNumber() ? "number" : primitive.isBoolean() ? "boolean" : "string");
      }
    }
    List<String> different = types.stream().distinct().toList();
    return different.size() == 1 && !different.contains("none") ? different.get(0) : null;
  }

  private static String text(JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return "";
    }
    String text = value.getAsString();
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
