package dev.kindred.stimuli.decode;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.Checksums;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Checksum;

/** Files in the cache that hold the expanded form of compressed ones. */
final class Expansion {
  private Expansion() {}

  /** Writes the expanded form. */
  interface Writer {
    void writeTo(OutputStream target) throws IOException;
  }

  /**
   * The expanded form of (a part of) a file, made if it is not there yet. It is found again by the
   * file's place, length and time of change.
   */
  static Path of(Path file, Path scratch, String part, Writer writer) throws IOException {
    String identity =
        file.toAbsolutePath().normalize()
            + "\n"
            + Files.size(file)
            + "\n"
            + Files.getLastModifiedTime(file).toMillis()
            + "\n"
            + part;
    String key = Checksums.sha256(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    Path expanded = scratch.resolve(key + ".expanded");
    if (Files.exists(expanded)) {
      return expanded;
    }
    AtomicFile.write(
        expanded,
        beside -> {
          try (OutputStream out = Files.newOutputStream(beside)) {
            writer.writeTo(out);
          }
        });
    return expanded;
  }

  /**
   * Copies an expanding stream within the limits of {@link Limits}.
   *
   * @param checksum updated with the bytes, or null
   * @param compressed bytes of the compressed form, which bound the expanded form
   * @return number of bytes
   */
  static long copy(InputStream in, OutputStream out, Checksum checksum, long compressed)
      throws IOException {
    long limit = Math.min(Limits.EXPANDED_BYTES, Math.max(1 << 20, compressed * Limits.RATIO));
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      Progress.checkCancelled();
      count += read;
      if (count > limit) {
        throw new IOException("expands to more than " + limit + " bytes, which no image data does");
      }
      if (checksum != null) {
        checksum.update(buffer, 0, read);
      }
      out.write(buffer, 0, read);
    }
    return count;
  }
}
