package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that stays open for several threads. Not a {@link java.nio.channels.FileChannel}: an
 * interrupt, which in a notebook only stops a cell, closes those.
 */
final class SharedFile implements Bytes {
  private final Path file;
  private final RandomAccessFile open;
  private final long size;

  SharedFile(Path file) throws IOException {
    this.file = file;
    this.open = new RandomAccessFile(file.toFile(), "r");
    this.size = open.length();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    Objects.checkFromIndexSize(position, target.remaining(), size);
    byte[] content = target.hasArray() ? target.array() : new byte[target.remaining()];
    int from = target.hasArray() ? target.arrayOffset() + target.position() : 0;
    try {
      synchronized (open) {
        open.seek(position);
        open.readFully(content, from, target.remaining());
      }
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + Faults.text(e), e);
    }
    if (target.hasArray()) {
      target.position(target.limit());
    } else {
      target.put(content);
    }
  }
}
