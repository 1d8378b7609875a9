package dev.kindred.notebook;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value in forms that front ends can show.
 *
 * @param data text by MIME type; pictures in Base64
 * @param metadata hints by MIME type, such as the width of a picture
 */
record Rendering(Map<String, String> data, Map<String, Map<String, Object>> metadata) {
  static final String TEXT = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";

  static Rendering text(String text) {
    return new Rendering(Map.of(TEXT, text), Map.of());
  }

  static Rendering html(String html, String text) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(HTML, html);
    data.put(TEXT, text);
    return new Rendering(data, Map.of());
  }

  /** A picture that is {@code width} × {@code height} logical pixels, however many it has. */
  static Rendering png(byte[] png, int width, int height, String text) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(PNG, Base64.getEncoder().encodeToString(png));
    data.put(TEXT, text);
    return new Rendering(data, Map.of(PNG, Map.of("width", width, "height", height)));
  }
}
