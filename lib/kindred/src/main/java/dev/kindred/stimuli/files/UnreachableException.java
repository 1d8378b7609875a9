package dev.kindred.stimuli.files;

/** A host does not answer, which its other files would find, too. */
public final class UnreachableException extends DownloadException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message) {
    super(message);
  }
}
