package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;

/** A magic in the middle of Java code that failed. */
final class MagicError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MagicError(CellError failed) {
    super(
        failed.name().equals("MagicError")
            ? failed.getMessage()
            : failed.name() + ": " + failed.getMessage());
  }
}
