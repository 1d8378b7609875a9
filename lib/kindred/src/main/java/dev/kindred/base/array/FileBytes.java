package dev.kindred.base.array;

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
import java.util.Objects;

/** The bytes of an open file. */
final class FileBytes implements Bytes, AutoCloseable {
  /** Views up to this size are copies, so that only large files stay mapped. */
  private static final int COPIED = 1 << 26;

  private final Path file;
  private final FileChannel channel;
  private final long size;

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
      ByteBuffer copy = ByteBuffer.allocate(length);
      read(position, copy);
      return copy.flip();
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
