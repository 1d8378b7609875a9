package dev.kindred.measure;

import dev.kindred.representation.Representation;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/** Finished pairs of a matrix on disk, written now and then and on close. */
final class PairCheckpoint implements AutoCloseable {
  private final Checkpoint file;
  private final double[][] values;
  private final BitSet done = new BitSet();

  private PairCheckpoint(Checkpoint file, double[][] values) {
    this.file = file;
    this.values = values;
  }

  /**
   * Fills {@code values} with what an earlier run has finished and takes it out of {@code wanted}.
   */
  static PairCheckpoint open(
      Run run, Measure measure, List<Representation> all, double[][] values, boolean[][] wanted) {
    Checkpoint file = Checkpoint.of(run, measure.info().specification(), all);
    PairCheckpoint checkpoint = new PairCheckpoint(file, values);
    file.read().ifPresent(bytes -> checkpoint.restore(bytes, wanted));
    return checkpoint;
  }

  synchronized void done(int i, int j) {
    done.set(i * values.length + j);
    if (file.isDue()) {
      write();
    }
  }

  /** Keeps what is finished; a matrix that is complete is kept too, and costs nothing again. */
  @Override
  public synchronized void close() {
    write();
  }

  private void write() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(done.cardinality(), 12));
    for (int pair = done.nextSetBit(0); pair >= 0; pair = done.nextSetBit(pair + 1)) {
      bytes.putInt(pair).putDouble(values[pair / values.length][pair % values.length]);
    }
    file.write(bytes.flip());
  }

  private void restore(ByteBuffer bytes, boolean[][] wanted) {
    while (bytes.remaining() >= 12) {
      int pair = bytes.getInt();
      int i = pair / values.length;
      int j = pair % values.length;
      values[i][j] = bytes.getDouble();
      wanted[i][j] = false;
      done.set(pair);
    }
  }
}
