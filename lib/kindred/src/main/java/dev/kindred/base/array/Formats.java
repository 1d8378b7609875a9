package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Which format a file has, by its first bytes. */
final class Formats {
  private Formats() {}

  static ArrayFile open(Path file, FileBytes bytes, Optional<String> idColumn) {
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
      if (TorchFile.matches(zip)) {
        return TorchFile.open(file, zip);
      }
      throw new InputException(
          file
              + ": a zip archive without arrays, found "
              + PythonLiteral.printable(String.join(", ", zip.names().stream().limit(8).toList())));
    }
    if (TorchFile.matchesLegacy(head)) {
      return TorchFile.openLegacy(file, bytes);
    }
    if (Hdf5File.matches(bytes)) {
      boolean matlab = startsWith(head, "MATLAB 7.3");
      return new Hdf5File(file, bytes, matlab);
    }
    if (MatlabArrays.matches(head)) {
      return new MatlabFile(file, bytes);
    }
    if (startsWith(head, "MATLAB ")) {
      throw new InputException(
          file + ": damaged MATLAB file: no version and byte order at byte 124");
    }
    if (TextFile.matches(head)) {
      return new TextFile(file, bytes, idColumn);
    }
    throw new InputException(
        file
            + ": not a known format; known are npy, npz, pt, h5, mat, and tables of numbers as text");
  }

  private static boolean startsWith(ByteBuffer head, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i >= head.remaining() || head.get(i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
