package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** JSON in few words, for specifications of figures. */
final class VegaJson {
  /** Digits of numbers: more than a tooltip shows, and far fewer characters than all. */
  private static final MathContext DIGITS = new MathContext(6);

  private VegaJson() {}

  /** An object of names and values in turn; a null value leaves its name out. */
  static JsonObject object(Object... namesAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        object.add((String) namesAndValues[i], value(namesAndValues[i + 1]));
      }
    }
    return object;
  }

  static JsonArray array(Object... values) {
    return array(Arrays.asList(values));
  }

  static JsonArray array(Collection<?> values) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(value(value)));
    return array;
  }

  static JsonArray array(double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(number(value));
    }
    return array;
  }

  private static JsonElement value(Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof JsonElement element) {
      return element;
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    if (value instanceof Number number) {
      return number(number.doubleValue());
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    if (value instanceof double[] numbers) {
      return array(numbers);
    }
    return new JsonPrimitive(value.toString());
  }

  /** Missing and infinite numbers are null: JSON has none. */
  static JsonElement number(double value) {
    if (!Double.isFinite(value)) {
      return JsonNull.INSTANCE;
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return new JsonPrimitive((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    // Positions are compared with each other: the same number always has the same text.
    return new JsonPrimitive(new BigDecimal(rounded.toString()));
  }
}
