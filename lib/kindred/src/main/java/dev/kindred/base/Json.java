package dev.kindred.base;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;

/**
 * The way to JSON: records to objects and back, and text to elements, on any Gson from 2.8.5 on.
 *
 * <p>Kernels put a Gson of their own before the library's on the class path. IJava's, 2.8.5, knows
 * neither records nor {@code JsonParser.parseString}.
 */
public final class Json {
  private static final Gson PLAIN = new Gson();

  private Json() {}

  /** For a {@link Gson} that reads and writes records, those inside of other types too. */
  public static GsonBuilder builder() {
    return new GsonBuilder().registerTypeAdapterFactory(new RecordAdapters());
  }

  /**
   * The one element that is the whole text; null in JSON where the text is empty.
   *
   * @throws JsonParseException if the text is not JSON
   */
  public static JsonElement parse(String text) {
    JsonElement element = PLAIN.fromJson(text, JsonElement.class);
    return element == null ? JsonNull.INSTANCE : element;
  }
}
