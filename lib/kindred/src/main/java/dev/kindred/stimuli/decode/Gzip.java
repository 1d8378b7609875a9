package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files that are gzipped, and those that only might be. */
final class Gzip {
  private Gzip() {}

  /** Whether the file starts as gzip files do. */
  static boolean isGzip(Path file) throws IOException {
    byte[] head = new byte[2];
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(head, 0, 2) == 2 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b;
    }
  }

  /** The expanded form of a gzip file, in {@code scratch}. */
  static Path expand(Path file, Path scratch, String part) throws IOException {
    return Expansion.of(file, scratch, part, target -> expand(file, target));
  }

  /** The bytes of a file, expanded if it is gzipped: in memory if they are few. */
  static Bytes bytes(Path file, Path scratch) {
    try {
      if (!isGzip(file)) {
        return Bytes.of(file);
      }
      if (Files.size(file) > Limits.HEAP_BYTES / 4) {
        return Bytes.of(expand(file, scratch, "gunzip"));
      }
      Overflow memory = new Overflow();
      try {
        expand(file, memory);
      } catch (Overflow.Full e) {
        return Bytes.of(expand(file, scratch, "gunzip"));
      }
      return Bytes.of(memory.toByteArray());
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void expand(Path file, OutputStream target) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = new GZIPInputStream(raw, 1 << 16)) {
      Expansion.copy(in, target, null, Files.size(file));
    } catch (Overflow.Full e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("damaged or truncated gzip: " + e.getMessage(), e);
    }
  }

  /** Memory for expanded bytes that says when there are too many. */
  private static final class Overflow extends ByteArrayOutputStream {
    private static final class Full extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (count + (long) length > Limits.HEAP_BYTES) {
        throw new Full();
      }
      super.write(bytes, offset, length);
    }
  }
}
