package dev.kindred.base;

/**
 * The work was stopped on request (an interrupt from the notebook, Ctrl-C); finished parts are
 * kept.
 */
public class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CancelledException(String message) {
    super(message);
  }
}
