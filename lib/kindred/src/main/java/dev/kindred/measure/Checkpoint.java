package dev.kindred.measure;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.Checksums;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One file of intermediate results, named by what they are made from: the measure and the numbers
 * of every representation. Written beside and renamed, so a kill leaves the one before.
 *
 * <p>Written every ten seconds, or as many as the system property {@code
 * kindred.checkpoint.seconds} says.
 */
public final class Checkpoint {
  private final Path file;
  private final long between = Long.getLong("kindred.checkpoint.seconds", 10) * 1_000_000_000L;
  private long last = System.nanoTime();

  private Checkpoint(Path file) {
    this.file = file;
  }

  /** The checkpoint of a matrix, which does nothing if the run keeps none. */
  public static Checkpoint of(Run run, String what, List<Representation> all) {
    return new Checkpoint(
        run.checkpoints().map(folder -> folder.resolve(key(what, all) + ".partial")).orElse(null));
  }

  /** What was written last, if anything. */
  public Optional<ByteBuffer> read() {
    if (file == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      CRC32C checksum = new CRC32C();
      int length = bytes.remaining() - 8;
      if (length < 0) {
        return Optional.empty();
      }
      checksum.update(bytes.slice(0, length));
      return checksum.getValue() == bytes.getLong(length)
          ? Optional.of(bytes.slice(0, length))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True if it is time to write again. */
  public boolean isDue() {
    return file != null && System.nanoTime() - last >= between;
  }

  /** Replaces the contents. */
  public void write(ByteBuffer contents) {
    if (file == null) {
      return;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(contents.duplicate());
    byte[] bytes = new byte[contents.remaining() + 8];
    ByteBuffer.wrap(bytes).put(contents).putLong(checksum.getValue());
    try {
      AtomicFile.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = System.nanoTime();
  }

  /** A name for what is made from these representations. */
  public static String key(String what, List<Representation> all) {
    String[] checksums = new String[all.size()];
    Parallel.forEach(all.size(), i -> checksums[i] = checksum(all.get(i)));
    StringBuilder text = new StringBuilder(what);
    for (int i = 0; i < checksums.length; i++) {
      Representation x = all.get(i);
      text.append('\n').append(x.id()).append(' ').append(x.stimuli()).append(' ');
      text.append(x.units()).append(' ').append(x.precision()).append(' ');
      text.append(x.rounding()).append(' ').append(checksums[i]);
    }
    return Checksums.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** SHA-256 of the numbers, row by row, little-endian in their own precision. */
  private static String checksum(Representation x) {
    MessageDigest digest = Checksums.newSha256();
    boolean floats = x.precision() == ElementType.FLOAT32;
    int rowBytes = Math.multiplyExact(x.units(), x.precision().bytes());
    int rows = Math.max(1, (1 << 20) / Math.max(1, rowBytes));
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(rows, rowBytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < x.stimuli(); from += rows) {
      Progress.checkCancelled();
      int to = Math.min(x.stimuli(), from + rows);
      if (floats) {
        x.read(from, to, buffer.asFloatBuffer());
      } else {
        x.read(from, to, buffer.asDoubleBuffer());
      }
      digest.update(buffer.array(), 0, (to - from) * rowBytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
