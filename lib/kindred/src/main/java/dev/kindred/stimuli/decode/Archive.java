package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A zip file, a tar file (plain or gzip) or a folder: files by path. Nothing is ever written under
 * a name that an archive gives; entries are read from where they lie. Safe for several threads.
 */
public interface Archive {
  /** The files, sorted by path (by code unit), without hidden ones and folders. */
  List<Entry> entries();

  /** Where the archive lies. */
  Path file();

  /** The entry of that path. */
  default Entry require(String path) {
    int low = 0;
    List<Entry> entries = entries();
    int high = entries.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = entries.get(middle).path().compareTo(path);
      if (order == 0) {
        return entries.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw new InputException(file() + ": has no entry " + path);
  }

  /** Random access to one entry's bytes; large ones are expanded into {@code scratch}. */
  default Bytes bytes(Entry entry, Path scratch) throws IOException {
    if (entry.size() > Limits.HEAP_BYTES) {
      throw new IOException("larger than " + (Limits.HEAP_BYTES >> 20) + " MiB");
    }
    return Bytes.of(entry.read(Limits.HEAP_BYTES));
  }

  /**
   * Opens an archive by its content.
   *
   * @param file a folder, or a zip, tar or tar.gz file
   * @param scratch folder for the expanded form of a tar.gz
   */
  static Archive open(Path file, Path scratch) {
    try {
      if (Files.isDirectory(file)) {
        return new FolderArchive(file);
      }
      byte[] head = new byte[4];
      int length;
      try (var in = Files.newInputStream(file)) {
        length = in.readNBytes(head, 0, 4);
      }
      if (length == 4 && head[0] == 'P' && head[1] == 'K') {
        return new ZipArchive(file);
      }
      Path tar = Gzip.isGzip(file) ? Gzip.expand(file, scratch, "tar") : file;
      return new TarArchive(tar, file);
    } catch (IOException | RuntimeException e) {
      if (e instanceof InputException input) {
        throw input;
      }
      throw new InputException(
          file + ": expected a readable folder, zip, tar or tar.gz: " + e.getMessage(), e);
    }
  }
}
