package dev.kindred.kernel.wire;

import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.reply.InputReply;
import io.github.spencerpark.jupyter.messages.request.InputRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zeromq.ZMQ;

/**
 * {@code System.in} of cells: asks the front end for a line whenever it is read and empty.
 *
 * <p>The socket belongs to one thread of its own, since the reading thread may be interrupted.
 */
public final class StandardInput extends InputStream {
  private static final int POLL_MS = 20;

  private final StdinChannel channel;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "stdin");
            thread.setDaemon(true);
            return thread;
          });
  private volatile MessageContext request;
  private volatile boolean allowed;
  private volatile boolean cancelled;
  private byte[] line = new byte[0];
  private int position;

  StandardInput(StdinChannel channel) {
    this.channel = channel;
  }

  /**
   * Sets the request that reads now belong to.
   *
   * @param allowed whether its sender can ask a person
   */
  public void attach(MessageContext request, boolean allowed) {
    this.request = request;
    this.allowed = allowed;
    synchronized (this) {
      line = new byte[0];
      position = 0;
    }
  }

  @Override
  public synchronized int read() throws IOException {
    if (position == line.length) {
      line = ask();
      position = 0;
    }
    return line[position++] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    into[offset] = (byte) read();
    int more = Math.min(length - 1, available());
    System.arraycopy(line, position, into, offset + 1, more);
    position += more;
    return 1 + more;
  }

  @Override
  public synchronized int available() {
    return line.length - position;
  }

  private byte[] ask() throws IOException {
    if (!allowed || request == null) {
      throw new IOException("this front end takes no input: System.in cannot be read here");
    }
    cancelled = false;
    Future<String> answer = asker.submit(() -> exchange(request));
    try {
      return (answer.get() + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      answer.cancel(false);
      cancelled = true;
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for input");
    } catch (ExecutionException e) {
      throw new IOException("no input", e.getCause());
    }
  }

  private String exchange(MessageContext asking) throws InterruptedException {
    // An answer that comes after its question was interrupted is not the answer to the next.
    while (hasMessage()) {
      channel.readMessage();
    }
    channel.sendMessage(
        new Message<>(asking, InputRequest.MESSAGE_TYPE, new InputRequest("", false)));
    while (!cancelled) {
      if (!hasMessage()) {
        Thread.sleep(POLL_MS);
      } else if (channel.readMessage().getContent() instanceof InputReply reply) {
        return reply.getValue();
      }
    }
    return "";
  }

  private boolean hasMessage() {
    return (channel.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }
}
