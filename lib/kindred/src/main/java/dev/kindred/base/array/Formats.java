package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Which format a file has, by its first bytes. */
final class Formats {
  private Formats() {}

  static ArrayFile open(Path file, FileBytes bytes) {
    ByteBuffer head = ArrayFile.head(bytes, 512);
    if (!head.hasRemaining()) {
      throw new InputException(file + ": the file is empty");
    }
    if (NpyHeader.matches(head)) {
      return new NpyFile(file, bytes);
    }
    if (ZipEntries.matches(head)) {
      ZipEntries zip = new ZipEntries(file.toString(), bytes);
      if (NpzFile.matches(zip)) {
        return new NpzFile(file, zip);
      }
      throw new InputException(file + ": a zip archive without arrays, found " + zip.names());
    }
    throw new InputException(file + ": not a known format");
  }
}
