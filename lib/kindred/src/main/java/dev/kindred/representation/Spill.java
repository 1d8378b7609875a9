package dev.kindred.representation;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Room for representations that are too large for memory together: they are kept in memory as long
 * as they fit into a budget, and the others in one temporary file, which is read without being
 * mapped, so that it takes no memory of the process beyond the operating system's cache.
 *
 * <p>What is kept in the file can be read until this is closed, which deletes the file. Where the
 * operating system allows it, the file has no name from the start, so that nothing is left of it
 * even if the process is killed. Safe for several threads.
 */
public final class Spill implements AutoCloseable {
  private final Path folder;
  private final long budget;
  private long inMemory;
  private long inFile;
  private FileChannel channel;
  private boolean closed;

  /**
   * @param budget bytes of memory for the numbers of all representations that are kept here
   * @param folder where the temporary file is made, if one is needed; exists
   */
  public Spill(long budget, Path folder) {
    if (budget < 0) {
      throw new InputException("expected a budget of at least 0 bytes, found " + budget);
    }
    this.budget = budget;
    this.folder = folder;
  }

  /** Bytes of the temporary file. */
  public synchronized long spilled() {
    return inFile;
  }

  /** Takes bytes of the budget; false, and takes none, if fewer are left. */
  synchronized boolean reserveMemory(long bytes) {
    boolean fits = bytes <= budget - inMemory;
    inMemory += fits ? bytes : 0;
    return fits;
  }

  /**
   * A place in the file.
   *
   * @param id whose numbers will lie there
   * @return where it begins
   */
  synchronized long reserveFile(String id, long bytes) {
    try {
      if (channel == null) {
        requireOpen();
        // On Linux and macOS this option takes the name away at once, elsewhere when it is closed.
        channel =
            FileChannel.open(
                folder.resolve(".responses-" + UUID.randomUUID() + ".tmp"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      long missing = inFile - channel.size();
      long free = Files.getFileStore(folder).getUsableSpace() - missing;
      if (bytes > free) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: %s takes %.1f GB beyond the memory budget of %.1f GB, but %.1f GB are free"
                    + " there; take a larger budget, another folder or fewer stimuli",
                folder,
                id,
                bytes / 1e9,
                budget / 1e9,
                Math.max(0, free) / 1e9));
      }
    } catch (IOException e) {
      throw failure("no temporary file can be made", e);
    }
    long start = inFile;
    inFile += bytes;
    return start;
  }

  /** Writes all that remains of {@code bytes}. */
  void write(ByteBuffer bytes, long position) {
    try {
      for (long next = position; bytes.hasRemaining(); ) {
        next += open().write(bytes, next);
      }
    } catch (IOException e) {
      throw failure("the temporary file cannot be written", e);
    }
  }

  /** Fills {@code bytes}. */
  void read(ByteBuffer bytes, long position) {
    try {
      for (long next = position; bytes.hasRemaining(); ) {
        int count = open().read(bytes, next);
        if (count < 0) {
          throw new IOException("it became shorter");
        }
        next += count;
      }
    } catch (IOException e) {
      throw failure("the temporary file cannot be read", e);
    }
  }

  private synchronized FileChannel open() {
    requireOpen();
    return channel;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the responses were released with their temporary file");
    }
  }

  private RuntimeException failure(String what, IOException e) {
    return e instanceof ClosedByInterruptException
        ? new CancelledException("stopped on request")
        : new InputException(folder + ": " + what + ": " + e.getMessage(), e);
  }

  /** Deletes the file; what was kept in it can no longer be read. */
  @Override
  public synchronized void close() {
    closed = true;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw failure("the temporary file cannot be closed", e);
      }
    }
  }
}
