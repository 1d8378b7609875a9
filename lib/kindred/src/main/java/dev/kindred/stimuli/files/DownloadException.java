package dev.kindred.stimuli.files;

import dev.kindred.base.InputException;

/** A file could not be downloaded; the message is one line that says which and why. */
public class DownloadException extends InputException {
  private static final long serialVersionUID = 1L;

  public DownloadException(String message) {
    super(message);
  }

  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
