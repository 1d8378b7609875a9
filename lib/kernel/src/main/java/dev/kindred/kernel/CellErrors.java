package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import java.util.ArrayList;
import java.util.List;

/** Errors of the kernel's own work for a cell. */
final class CellErrors {
  private CellErrors() {}

  /** One line for the exception and each of its causes. */
  static CellError of(String what, Throwable thrown) {
    List<String> lines = new ArrayList<>();
    lines.add(thrown.getClass().getSimpleName() + ": " + what);
    for (Throwable t = thrown; t != null && lines.size() < 10; t = t.getCause()) {
      lines.add("  " + t);
    }
    return new CellError(
        thrown.getClass().getSimpleName(), what + ": " + thrown.getMessage(), lines);
  }
}
