package dev.kindred.kernel.wire;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code System.out} and {@code System.err} of cells. What is written within a moment goes out as
 * one message, in the order in which it was written to either.
 */
public final class StandardOutput {
  private static final long FLUSH_MS = 40;
  private static final int FLUSH_BYTES = 1 << 16;

  private final AtomicReference<ShellReplyEnvironment> target = new AtomicReference<>();
  private final Stream out = new Stream(false);
  private final Stream err = new Stream(true);

  public StandardOutput() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "output");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(this::flush, FLUSH_MS, FLUSH_MS, TimeUnit.MILLISECONDS);
  }

  /** Sets the request that output belongs to, until the next one. */
  public void attach(ShellReplyEnvironment environment) {
    flush();
    target.set(environment);
  }

  public PrintStream out() {
    return new OpenStream(out);
  }

  public PrintStream err() {
    return new OpenStream(err);
  }

  /** Sends what has been written so far. */
  public synchronized void flush() {
    out.send();
    err.send();
  }

  /** Closing it ends nothing: it is that of all cells, and of the kernel. */
  private static final class OpenStream extends PrintStream {
    OpenStream(OutputStream to) {
      super(to, false, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      flush();
    }
  }

  private final class Stream extends OutputStream {
    private final boolean isError;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer buffer = ByteBuffer.allocate(FLUSH_BYTES);

    Stream(boolean isError) {
      this.isError = isError;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (StandardOutput.this) {
        (isError ? out : err).send();
        int done = 0;
        while (done < length) {
          int part = Math.min(length - done, buffer.remaining());
          buffer.put(bytes, offset + done, part);
          done += part;
          if (!buffer.hasRemaining()) {
            send();
          }
        }
      }
    }

    /** A half character stays behind until its other half is written. */
    private void send() {
      if (buffer.position() == 0) {
        return;
      }
      buffer.flip();
      CharBuffer text = CharBuffer.allocate(buffer.remaining() + 1);
      decoder.decode(buffer, text, false);
      buffer.compact();
      text.flip();
      ShellReplyEnvironment environment = target.get();
      if (text.hasRemaining() && environment != null) {
        if (isError) {
          environment.writeToStdErr(text.toString());
        } else {
          environment.writeToStdOut(text.toString());
        }
      }
    }
  }
}
