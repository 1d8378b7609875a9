package dev.kindred.base.array;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
 * memory. Length and CRC-32 of an entry are verified before its bytes are given out. As safe for
 * several threads as the archive's bytes are.
 */
public final class ZipEntries {
  /** Where the lengths of name and further fields are in the header before an entry's data. */
  private static final int LENGTHS = 26;

  private static final int HEADER = 30;

  private final String where;
  private final Bytes bytes;
  private final Map<String, Item> entries = new LinkedHashMap<>();

  /** What the archive's directory says of an entry; the library's own record of it is large. */
  private record Item(
      long header, long compressed, long size, long crc, int method, boolean encrypted) {}

  public ZipEntries(String where, Bytes bytes) {
    this.where = where;
    this.bytes = bytes;
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(bytes.channel())
            .setUseUnicodeExtraFields(false)
            .setIgnoreLocalFileHeader(true)
            .get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        Item item =
            new Item(
                entry.getLocalHeaderOffset(),
                entry.getCompressedSize(),
                entry.getSize(),
                entry.getCrc(),
                entry.getMethod(),
                entry.getGeneralPurposeBit().usesEncryption());
        String name = name(entry.getRawName());
        if (!entry.isDirectory() && entries.put(name, item) != null) {
          throw new InputException(
              where + ": two entries of the archive are named " + PythonLiteral.printable(name));
        }
      }
    } catch (InputException | CancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new InputException(where + ": damaged zip archive: " + Faults.text(e), e);
    }
  }

  /** Old archivers write names in the code page of their system and do not say so. */
  private static String name(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return new String(raw, StandardCharsets.ISO_8859_1);
    }
  }

  static boolean matches(ByteBuffer head) {
    return head.remaining() >= 4
        && head.get(0) == 'P'
        && head.get(1) == 'K'
        && (head.get(2) == 3 && head.get(3) == 4 || head.get(2) == 5 && head.get(3) == 6);
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Bytes of an entry as the archive declares them. */
  public long size(String name) {
    return entries.get(name).size;
  }

  /** Bytes of an entry in the archive. */
  public long compressedSize(String name) {
    return entries.get(name).compressed;
  }

  /** Whether an entry lies in the archive as it is. */
  public boolean isStored(String name) {
    return entries.get(name).method == ZipMethod.STORED.getCode();
  }

  /** The verified bytes of an entry. */
  public Bytes bytes(String name) {
    return bytes(name, false);
  }

  /**
   * The verified bytes of an entry.
   *
   * @param mayLackChecksum true if a CRC-32 of zero means that none was computed
   */
  Bytes bytes(String name, boolean mayLackChecksum) {
    Bytes content;
    if (isStored(name)) {
      content = stored(name);
    } else {
      Unpacked.require(where(name), size(name));
      try (InputStream in = open(name)) {
        content = MemoryBytes.of(in, size(name) + 1);
      } catch (IOException e) {
        throw new InputException(where(name) + ": damaged: " + Faults.text(e), e);
      }
    }
    boolean unchecked = mayLackChecksum && entries.get(name).crc == 0;
    verify(name, content.size(), unchecked ? 0 : crc(content));
    return content;
  }

  /** The first bytes of an entry, not verified. */
  Bytes head(String name, int count) {
    try (InputStream in = open(name)) {
      return MemoryBytes.of(in, count);
    } catch (IOException e) {
      throw new InputException(where(name) + ": damaged: " + Faults.text(e), e);
    }
  }

  /** An entry as it unpacks; who has read it to its end asks {@link #verify}. */
  public InputStream open(String name) {
    return isStored(name) ? stored(name).stream() : Unpacked.stream(stored(name), true);
  }

  /**
   * Fails unless an entry has the length and the CRC-32 that the archive declares.
   *
   * @param size bytes that it unpacked to, at least as far as one beyond what is declared
   */
  public void verify(String name, long size, long crc) {
    Item entry = entries.get(name);
    if (size != entry.size) {
      throw new InputException(
          where(name)
              + ": damaged: expected "
              + entry.size
              + " bytes, found "
              + (size > entry.size ? "more" : size));
    }
    if (crc != entry.crc) {
      throw new InputException(where(name) + ": damaged: the CRC-32 differs from the archive's");
    }
  }

  /** The bytes of an entry as they lie in the archive. */
  private Bytes stored(String name) {
    Item entry = entries.get(name);
    String at = where(name);
    if (entry.encrypted) {
      throw new InputException(at + ": is encrypted");
    }
    if (!isStored(name) && entry.method != ZipMethod.DEFLATED.getCode()) {
      throw new InputException(
          at + ": expected a stored or deflated entry, found compression method " + entry.method);
    }
    if (entry.size < 0
        || entry.compressed < 0
        || entry.compressed > bytes.size()
        || entry.size / Unpacked.MAX_RATIO > entry.compressed + 64) {
      throw new InputException(
          at
              + ": damaged: claims "
              + entry.size
              + " bytes in "
              + entry.compressed
              + " of the archive's");
    }
    ByteBuffer lengths =
        ByteBuffer.wrap(bytes.copy(at, entry.header + LENGTHS, 4)).order(ByteOrder.LITTLE_ENDIAN);
    long start =
        entry.header + HEADER + (lengths.getShort(0) & 0xFFFF) + (lengths.getShort(2) & 0xFFFF);
    if (start > bytes.size() - entry.compressed) {
      throw new InputException(at + ": damaged: ends beyond the end of the file");
    }
    return bytes.part(start, entry.compressed);
  }

  private String where(String name) {
    return where + " [" + PythonLiteral.printable(name) + "]";
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
}
