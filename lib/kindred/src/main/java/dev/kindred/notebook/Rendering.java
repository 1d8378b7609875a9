package dev.kindred.notebook;

import dev.kindred.base.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value in forms that front ends can show.
 *
 * @param data by MIME type: text, pictures in Base64, JSON as maps and lists
 * @param metadata hints by MIME type, such as the width of a picture
 */
record Rendering(Map<String, Object> data, Map<String, Map<String, Object>> metadata) {
  static final String TEXT = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";
  static final String VEGA_LITE = "application/vnd.vegalite.v5+json";

  static Rendering text(String text) {
    return new Rendering(Map.of(TEXT, text), Map.of());
  }

  static Rendering html(String html, String text) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(HTML, html);
    data.put(TEXT, text);
    return new Rendering(data, Map.of());
  }

  /** A picture that is {@code width} × {@code height} logical pixels, however many it has. */
  static Rendering png(byte[] png, int width, int height, String text) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(PNG, Base64.getEncoder().encodeToString(png));
    data.put(TEXT, text);
    return new Rendering(data, Map.of(PNG, Map.of("width", width, "height", height)));
  }

  /** The text of a type; null where the rendering has none. */
  String in(String type) {
    return (String) data.get(type);
  }

  /** This, with a Vega-Lite specification for front ends that draw it; the others show the rest. */
  Rendering withVegaLite(String specification) {
    Map<String, Object> all = new LinkedHashMap<>();
    // A kernel's own Gson writes maps and lists, whatever its version.
    all.put(VEGA_LITE, Json.builder().create().fromJson(specification, Map.class));
    all.putAll(data);
    return new Rendering(all, metadata);
  }
}
