package dev.kindred.network.training;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Progress;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.stimuli.ImageSet;
import java.util.List;

/**
 * How fast a network is trained and run here. Timed is what the {@link Trainer} does in whole:
 * images to tensors, loss, gradients, Adam; without augmentation and evaluation. Inference is the
 * responses of the features, to Java arrays.
 *
 * @param parameters learnt parameters
 * @param trained images per second in training
 * @param inferred images per second in inference
 */
public record Throughput(long parameters, double trained, double inferred) {
  /** Batches that are not timed. */
  private static final int WARM_UP = 3;

  private static final int LEAST_BATCHES = 3;

  /** Measures a classifier that is trained on all cores. */
  public static Throughput measure(
      Architecture architecture, ImageSet images, int batch, double seconds) {
    return measure(
        architecture, images, batch, seconds, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Measures a classifier.
   *
   * @param architecture the network
   * @param images what it is shown, at least a batch
   * @param batch images per batch
   * @param seconds time for training, and again for inference; a few batches run in any case
   * @param threads of the training
   */
  public static Throughput measure(
      Architecture architecture, ImageSet images, int batch, double seconds, int threads) {
    TrainingPlan plan =
        new TrainingPlan(
            "speed",
            architecture,
            new Supervised(0, Augmentation.NONE),
            new Optimizer.Adam(1e-4),
            batch,
            Integer.MAX_VALUE >> 8,
            1);
    Clock clock = new Clock(batch, seconds);
    try (Trainer trainer = new Trainer(plan, images)) {
      trainer.threads(threads).evaluateEvery(Integer.MAX_VALUE).progress((label, total) -> clock);
      try {
        trainer.train().close();
      } catch (CancelledException e) {
        clock.requireEnough(e);
      }
      try (Network network = trainer.network()) {
        return new Throughput(
            network.parameters(), clock.rate(), inferred(network, images, seconds));
      }
    }
  }

  private static double inferred(Network network, ImageSet images, double seconds) {
    show(network, images); // not timed
    long start = System.nanoTime();
    long shown = 0;
    do {
      show(network, images);
      shown += images.size();
    } while ((System.nanoTime() - start) / 1e9 < seconds);
    return shown / ((System.nanoTime() - start) / 1e9);
  }

  private static void show(Network network, ImageSet images) {
    network.represent(
        images, List.of(Encoder.FEATURES), Pooling.POOLED, Network.DEFAULT_BATCH, Progress.NONE);
  }

  /** Ends training after the time. */
  private static final class Clock implements Progress.Task {
    private final int batch;
    private final double seconds;
    private int batches = -1; // the trainer first tells where it begins
    private long start;
    private long last;

    Clock(int batch, double seconds) {
      this.batch = batch;
      this.seconds = seconds;
    }

    @Override
    public void advance(long units) {
      Progress.checkCancelled();
      batches++;
      last = System.nanoTime();
      if (batches == WARM_UP) {
        start = last;
      }
      if (isEnough()) {
        throw new CancelledException("timed for long enough");
      }
    }

    private boolean isEnough() {
      return batches >= WARM_UP + LEAST_BATCHES && (last - start) / 1e9 >= seconds;
    }

    void requireEnough(CancelledException e) {
      if (!isEnough()) {
        throw e; // somebody else has stopped it
      }
    }

    double rate() {
      return (double) batch * (batches - WARM_UP) / ((last - start) / 1e9);
    }
  }
}
