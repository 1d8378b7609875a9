package dev.kindred.base.array;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * The entries of a zip archive (also zip64) as bytes: stored ones in place, deflated ones in
 * memory. Length and CRC-32 of an entry are verified before its bytes are given out.
 */
final class ZipEntries implements AutoCloseable {
  private final String where;
  private final FileBytes bytes;
  private final ZipFile zip;
  private final Map<String, ZipArchiveEntry> entries = new LinkedHashMap<>();

  ZipEntries(String where, FileBytes bytes) {
    this.where = where;
    this.bytes = bytes;
    try {
      this.zip =
          ZipFile.builder()
              .setSeekableByteChannel(new UncloseableChannel(bytes))
              .setUseUnicodeExtraFields(false)
              .get();
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        if (!entry.isDirectory() && entries.put(entry.getName(), entry) != null) {
          throw new InputException(
              where
                  + ": two entries of the archive are named "
                  + PythonLiteral.printable(entry.getName()));
        }
      }
    } catch (InputException | CancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new InputException(where + ": damaged zip archive: " + Faults.text(e), e);
    }
  }

  static boolean matches(ByteBuffer head) {
    return head.remaining() >= 4
        && head.get(0) == 'P'
        && head.get(1) == 'K'
        && (head.get(2) == 3 && head.get(3) == 4 || head.get(2) == 5 && head.get(3) == 6);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The verified bytes of an entry. */
  Bytes bytes(String name) {
    return bytes(name, false);
  }

  /**
   * The verified bytes of an entry.
   *
   * @param mayLackChecksum true if a CRC-32 of zero means that none was computed
   */
  Bytes bytes(String name, boolean mayLackChecksum) {
    ZipArchiveEntry entry = entries.get(name);
    String at = where + " [" + PythonLiteral.printable(name) + "]";
    requireReadable(at, entry);
    try {
      Bytes content;
      if (entry.getMethod() == ZipMethod.STORED.getCode()) {
        content = stored(at, entry);
      } else {
        Unpacked.require(at, entry.getSize());
        try (InputStream in = zip.getInputStream(entry)) {
          content = MemoryBytes.of(in, entry.getSize() + 1);
        }
      }
      if (content.size() != entry.getSize()) {
        throw new InputException(
            at + ": expected " + entry.getSize() + " bytes, found " + content.size());
      }
      boolean unchecked = mayLackChecksum && entry.getCrc() == 0;
      if (!unchecked && crc(content) != entry.getCrc()) {
        throw new InputException(at + ": damaged: the CRC-32 differs from the archive's");
      }
      return content;
    } catch (IOException e) {
      throw new InputException(at + ": damaged: " + Faults.text(e), e);
    }
  }

  /** The first bytes of an entry, not verified. */
  Bytes head(String name, int count) {
    ZipArchiveEntry entry = entries.get(name);
    String at = where + " [" + PythonLiteral.printable(name) + "]";
    requireReadable(at, entry);
    try (InputStream in = zip.getInputStream(entry)) {
      return MemoryBytes.of(in, count);
    } catch (IOException e) {
      throw new InputException(at + ": damaged: " + Faults.text(e), e);
    }
  }

  long size(String name) {
    return entries.get(name).getSize();
  }

  private void requireReadable(String at, ZipArchiveEntry entry) {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new InputException(at + ": is encrypted");
    }
    int method = entry.getMethod();
    if (method != ZipMethod.STORED.getCode() && method != ZipMethod.DEFLATED.getCode()) {
      throw new InputException(
          at + ": expected a stored or deflated entry, found compression method " + method);
    }
    long size = entry.getSize();
    long compressed = entry.getCompressedSize();
    if (size < 0
        || compressed < 0
        || compressed > bytes.size()
        || size / Unpacked.MAX_RATIO > compressed + 64) {
      throw new InputException(
          at + ": damaged: claims " + size + " bytes in " + compressed + " of the archive's");
    }
  }

  private Bytes stored(String at, ZipArchiveEntry entry) throws IOException {
    // Reading the first byte makes the archive find where the entry's data begin.
    try (InputStream in = zip.getRawInputStream(entry)) {
      if (in == null) {
        throw new InputException(at + ": damaged: has no data");
      }
    }
    long start = entry.getDataOffset();
    if (start < 0 || start > bytes.size() - entry.getSize()) {
      throw new InputException(at + ": damaged: ends beyond the end of the file");
    }
    return bytes.part(start, entry.getSize());
  }

  private static long crc(Bytes content) {
    CRC32 crc = new CRC32();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(1 << 18, content.size()));
    for (long next = 0; next < content.size(); ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), content.size() - next));
      content.read(next, buffer);
      next += buffer.flip().remaining();
      crc.update(buffer);
    }
    return crc.getValue();
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    bytes.close();
  }
}
