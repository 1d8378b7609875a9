package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Rows of a file whose head has been read and whose numbers are read once, by the first who needs
 * them: usually a thread that reads ahead. Safe for several threads; the others wait.
 *
 * <p>The file is opened anew for its numbers, as a process may have few files open, and must still
 * be what its head said.
 */
final class Arriving implements Rows {
  private static final long POLL_MILLISECONDS = 20;

  private final Path file;
  private final ReadOptions options;
  private final ReentrantLock reading = new ReentrantLock();
  private Representation announced;
  private volatile Representation read;

  private Arriving(Path file, ReadOptions options) {
    this.file = file;
    this.options = options;
  }

  /** The representation in a file that is known to have {@code rows} and {@code ids}. */
  static Representation of(
      Path file, ReadOptions options, String id, ArrayRows rows, Optional<StimulusIds> ids) {
    Arriving arriving = new Arriving(file, options);
    Representation plain =
        new Representation(
            id,
            rows.stimuli(),
            rows.units(),
            rows.precision(),
            arriving,
            ids.map(found -> found.ids(file, rows.stimuli())).orElse(null),
            arriving::provenance);
    arriving.announced = rows.rounding().map(plain::withRounding).orElse(plain);
    return arriving.announced;
  }

  /** Reads the numbers if nobody has; waits while somebody does. */
  Rows arrive() {
    if (read == null) {
      lock();
      try {
        if (read == null) {
          Representation found = Representations.read(file, options);
          requireAnnounced(found);
          read = found;
        }
      } finally {
        reading.unlock();
      }
    }
    return read.rows();
  }

  private void lock() {
    try {
      while (!reading.tryLock(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        Progress.checkCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Progress.checkCancelled();
    }
  }

  private void requireAnnounced(Representation found) {
    if (found.stimuli() != announced.stimuli()
        || found.units() != announced.units()
        || found.precision() != announced.precision()
        || !found.stimulusIds().equals(announced.stimulusIds())) {
      throw new InputException(file + ": changed while it was read; read it again");
    }
  }

  private Provenance provenance() {
    arrive();
    return read.provenance();
  }

  @Override
  public boolean areHere() {
    return read != null;
  }

  @Override
  public void forEachPiece(int from, int to, Consumer<ByteBuffer> reader) {
    arrive().forEachPiece(from, to, reader);
  }

  @Override
  public ByteBuffer bytes(int row, int offset, int count) {
    return arrive().bytes(row, offset, count);
  }
}
