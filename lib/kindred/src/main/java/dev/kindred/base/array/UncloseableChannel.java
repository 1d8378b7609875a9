package dev.kindred.base.array;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A reading position of its own over bytes that others read too; closing it leaves the bytes open.
 */
final class UncloseableChannel implements SeekableByteChannel {
  /** Few bytes are read with those behind them, as those who ask for few ask again. */
  private static final int AHEAD = 1 << 13;

  private final Bytes bytes;
  private ByteBuffer ahead = ByteBuffer.allocate(0);
  private long aheadFrom;
  private long position;
  private boolean open = true;

  UncloseableChannel(Bytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(ByteBuffer target) throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
    long left = bytes.size() - position;
    if (left <= 0) {
      return -1;
    }
    int count = (int) Math.min(left, target.remaining());
    if (count >= Math.min(left, AHEAD)) {
      bytes.read(position, target.slice(target.position(), count));
    } else {
      if (position < aheadFrom || position + count > aheadFrom + ahead.capacity()) {
        ahead = ByteBuffer.allocate((int) Math.min(left, AHEAD));
        aheadFrom = position;
        bytes.read(position, ahead);
      }
      target.put(target.position(), ahead, (int) (position - aheadFrom), count);
    }
    target.position(target.position() + count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
