package dev.kindred.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that holds against other threads and other processes, and ends with its process.
 * The file is made if it is not there, and stays.
 */
public final class ProcessLock implements AutoCloseable {
  /**
   * What threads of this process have: to the system a lock is the whole process's, and ends when
   * any channel of the file is closed.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int POLL_MILLIS = 50;

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits for the lock. It polls, as an interrupt would close the channel of a blocked {@link
   * FileChannel#lock}. A thread that has the lock must not ask for it again.
   *
   * @param what what is waited for, in words
   * @throws CancelledException if the thread is interrupted meanwhile
   */
  public static ProcessLock acquire(Path file, Object what) throws IOException {
    for (Optional<ProcessLock> lock = tryAcquire(file); ; lock = tryAcquire(file)) {
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("stopped on request while waiting for " + what);
      }
    }
  }

  /** The lock; empty if a thread of this or another process has it. */
  public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path place = folder.toRealPath().resolve(file.getFileName());
    if (!HELD.add(place)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      return locked ? Optional.of(new ProcessLock(place, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        release(place, channel);
      }
    }
  }

  @Override
  public void close() throws IOException {
    release(file, channel);
  }

  /** Closing the channel ends the lock, before another thread may ask for it. */
  private static void release(Path file, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(file);
    }
  }
}
