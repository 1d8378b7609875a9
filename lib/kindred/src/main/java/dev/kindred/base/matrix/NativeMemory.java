package dev.kindred.base.matrix;

import dev.kindred.base.NativeLibraries;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * One allocation outside the Java heap; freed on {@link #close}, or when it is garbage. Closing
 * twice does nothing.
 *
 * <p>The collector sees only the small Java object, so it is asked to run when much has been
 * allocated and not closed since it last did.
 */
final class NativeMemory implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final long COLLECT_AFTER = 4L << 30;
  private static final AtomicLong UNCLOSED = new AtomicLong();

  static {
    NativeLibraries.prepare();
  }

  private final Block block;
  private final Cleaner.Cleanable cleanable;
  private final long bytes;

  private NativeMemory(Pointer pointer, long bytes, boolean owned) {
    this.block = new Block(pointer, owned ? bytes : 0, owned);
    this.bytes = bytes;
    this.cleanable = CLEANER.register(this, block);
  }

  /** Uninitialised bytes; at least one, so that empty matrices have an address. */
  static NativeMemory allocate(long bytes) {
    long size = Math.max(64, bytes);
    if (UNCLOSED.addAndGet(size) > COLLECT_AFTER) {
      UNCLOSED.set(0);
      System.gc();
    }
    Pointer pointer = Pointer.malloc(size);
    if (pointer == null || pointer.isNull()) {
      throw new OutOfMemoryError("no " + (size >> 20) + " MiB of memory outside the Java heap");
    }
    return new NativeMemory(pointer, size, true);
  }

  /** Memory that somebody else frees; closing only lets go of it. */
  static NativeMemory borrow(Pointer pointer, long bytes) {
    return new NativeMemory(pointer, bytes, false);
  }

  Pointer pointer() {
    Pointer pointer = block.pointer;
    if (pointer == null) {
      throw new IllegalStateException("the matrix is closed");
    }
    return pointer;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  /** Must not refer to the NativeMemory, which would then never be garbage. */
  private static final class Block implements Runnable {
    private final long bytes;
    private final boolean owned;
    private volatile Pointer pointer;

    Block(Pointer pointer, long bytes, boolean owned) {
      this.pointer = pointer;
      this.bytes = bytes;
      this.owned = owned;
    }

    @Override
    public void run() {
      Pointer held = pointer;
      pointer = null;
      UNCLOSED.updateAndGet(sum -> Math.max(0, sum - bytes));
      if (owned) {
        Pointer.free(held);
      }
    }
  }
}
