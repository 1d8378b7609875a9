package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.io.IOException;

/** One file within an archive or a folder. */
public interface Entry {
  /** Path within the archive, with {@code /} between folders. */
  String path();

  /** Number of bytes as the archive declares it. */
  long size();

  /**
   * The bytes, at most {@code limit} of them.
   *
   * @throws IOException if they cannot be read, or if there are more
   */
  byte[] read(long limit) throws IOException;

  /** Archive and path, for messages. */
  String where();

  /** The bytes of an entry that should fit in memory; fails with one line naming the entry. */
  default byte[] readSmall(long limit) {
    try {
      return read(limit);
    } catch (IOException e) {
      throw new InputException(where() + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
