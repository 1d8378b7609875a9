package dev.kindred.base.array;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;

/** The bytes of an open file. For one thread. */
final class FileBytes implements Bytes, AutoCloseable {
  /** Views up to this size are copies, so that only large files stay mapped. */
  private static final int COPIED = 1 << 26;

  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final MessageDigest digest = Checksums.newSha256();
  private long digested;

  private FileBytes(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  static FileBytes open(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": expected a file, found a folder");
    }
    if (!Files.exists(file)) {
      throw new InputException(file + ": no such file");
    }
    // Opening a pipe waits for who writes into it, a device may never end.
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": expected a file, found a pipe or a device");
    }
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new FileBytes(file, channel, channel.size());
    } catch (AccessDeniedException e) {
      throw new InputException(file + ": not allowed to read this file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    Objects.checkFromIndexSize(position, target.remaining(), size);
    long next = position;
    ByteBuffer filled = target.duplicate();
    try {
      while (target.hasRemaining()) {
        int read = channel.read(target, next);
        if (read < 0) {
          throw new InputException(
              file + ": had " + size + " bytes when opened, ends at byte " + next + " now");
        }
        next += read;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    digest(position, filled);
  }

  /**
   * Takes the bytes that follow those digested so far, which are still in the processor's cache.
   */
  private void digest(long position, ByteBuffer bytes) {
    long known = digested - position;
    if (known >= 0 && known < bytes.remaining()) {
      bytes.position(bytes.position() + (int) known);
      digested += bytes.remaining();
      digest.update(bytes);
    }
  }

  /**
   * SHA-256 of the whole file; called once, at the end. Bytes that have been read in their order
   * are not read again.
   */
  String sha256() {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, size - digested));
    while (digested < size) {
      Progress.checkCancelled();
      read(digested, buffer.clear().limit((int) Math.min(buffer.capacity(), size - digested)));
    }
    return Checksums.text(digest.digest());
  }

  /** An interrupted thread finds its channel closed: that is a request to stop, no fault. */
  private RuntimeException unreadable(IOException e) {
    Progress.checkCancelled();
    return new InputException(file + ": cannot be read: " + Faults.text(e), e);
  }

  @Override
  public ByteBuffer view(long position, int length) {
    Objects.checkFromIndexSize(position, length, size);
    if (length <= COPIED) {
      return Bytes.super.view(position, length);
    }
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, position, length);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
