package dev.kindred.kernel.wire;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Message;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;

/**
 * The publishing socket, used by one thread only. Any thread may hand it messages.
 *
 * <p>JeroMQ closes its inner pipes under a thread that is interrupted while it sends, which breaks
 * the kernel; and threads of cells are interrupted. So they never touch a socket.
 */
final class Publisher extends IOPubChannel {
  /** Bounds what waits to be sent, so that a cell cannot print faster than memory allows. */
  private static final int MAX_WAITING = 10_000;

  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

  Publisher(ZMQ.Context context, HMACGenerator signer) {
    super(context, signer);
    // A publishing socket drops what a slow reader has not fetched beyond this mark; 0: none.
    setSndHWM(0);
    setLinger(1000);
  }

  @Override
  public void bind(KernelConnectionProperties connection) {
    super.bind(connection);
    Thread sender = new Thread(this::sendAll, "publisher");
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void sendMessage(Message<?> message) {
    put(() -> super.sendMessage(message));
  }

  /** Waits until everything handed over before has been given to the socket. */
  void drain(long millis) {
    CountDownLatch sent = new CountDownLatch(1);
    put(sent::countDown);
    try {
      sent.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Runnable action) {
    boolean interrupted = false;
    while (true) {
      try {
        waiting.put(action);
        break;
      } catch (InterruptedException e) {
        // A stopped cell's last words are still sent; the interruption is passed on below.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll() {
    while (true) {
      try {
        waiting.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        Log.warn("cannot publish", e);
      }
    }
  }
}
