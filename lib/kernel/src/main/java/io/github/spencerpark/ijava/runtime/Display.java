package io.github.spencerpark.ijava.runtime;

import dev.kindred.kernel.JavaKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;

/** Showing values. */
public final class Display {
  private Display() {}

  /** A value in the forms that its renderer prefers. */
  public static DisplayData render(Object value) {
    return JavaKernel.instance().render(value);
  }

  /** A value in the given forms, such as {@code text/html}. */
  public static DisplayData render(Object value, String... as) {
    return JavaKernel.instance().render(value, as);
  }

  /**
   * Shows a value below the cell.
   *
   * @return an id, for {@link #updateDisplay}
   */
  public static String display(Object value) {
    return JavaKernel.instance().display(value);
  }

  /** Shows a value in the given forms, such as {@code text/html}. */
  public static String display(Object value, String... as) {
    return JavaKernel.instance().display(value, as);
  }

  /** Replaces what was shown with this id. */
  public static void updateDisplay(String id, Object value) {
    JavaKernel.instance().updateDisplay(id, value);
  }

  /** Replaces what was shown with this id. */
  public static void updateDisplay(String id, Object value, String... as) {
    JavaKernel.instance().updateDisplay(id, value, as);
  }
}
