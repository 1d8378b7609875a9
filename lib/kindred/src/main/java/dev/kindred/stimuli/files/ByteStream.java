package dev.kindred.stimuli.files;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer as it arrives, with an end to patience: the streams of {@link HttpResponse}
 * wait for ever when a server falls silent.
 */
final class ByteStream implements Closeable {
  private record Item(List<ByteBuffer> bytes, Throwable failure) {}

  private final BlockingQueue<Item> arrived = new LinkedBlockingQueue<>();
  private final Duration stall;
  private volatile Flow.Subscription subscription;
  private boolean ended;

  private ByteStream(Duration stall) {
    this.stall = stall;
  }

  /**
   * The next bytes, or null at the end.
   *
   * @throws IOException if the connection breaks or nothing arrives for too long
   */
  List<ByteBuffer> next() throws IOException, InterruptedException {
    if (ended) {
      return null;
    }
    Item item = arrived.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
    if (item == null) {
      throw new IOException("nothing arrived for " + stall.toSeconds() + " s");
    }
    if (item.failure() != null) {
      throw new IOException(String.valueOf(item.failure().getMessage()), item.failure());
    }
    if (item.bytes() == null) {
      ended = true;
      return null;
    }
    subscription.request(1);
    return item.bytes();
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /** Fills a stream; its body is there as soon as the head of the answer is. */
  static final class Subscriber implements HttpResponse.BodySubscriber<ByteStream> {
    private final ByteStream stream;

    Subscriber(Duration stall) {
      stream = new ByteStream(stall);
    }

    @Override
    public CompletionStage<ByteStream> getBody() {
      return CompletableFuture.completedFuture(stream);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      stream.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      stream.arrived.add(new Item(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
      stream.arrived.add(new Item(null, failure));
    }

    @Override
    public void onComplete() {
      stream.arrived.add(new Item(null, null));
    }
  }
}
