package dev.kindred.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.lang.reflect.Array;

/** Arrays as text: their elements instead of a type and an address. */
final class PlainText {
  private static final int MAX_ELEMENTS = 100;

  private PlainText() {}

  static DisplayData improve(DisplayData data, Object value) {
    if (value.getClass().isArray()
        && String.valueOf(value).equals(data.getData(MIMEType.TEXT_PLAIN))) {
      data.putText(text(value));
    }
    return data;
  }

  private static String text(Object value) {
    if (value == null || !value.getClass().isArray()) {
      return String.valueOf(value);
    }
    int length = Array.getLength(value);
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
      text.append(i == 0 ? "" : ", ").append(text(Array.get(value, i)));
    }
    if (length > MAX_ELEMENTS) {
      text.append(", … ").append(length).append(" in all");
    }
    return text.append("]").toString();
  }
}
