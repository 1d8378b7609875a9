package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;

/**
 * Spearman's coefficient between dissimilarities: ranks need all n(n−1)/2 pairs of a model at once,
 * so every model's ranks are made and set aside (in memory if they fit the budget, on disk if not),
 * then multiplied in pieces.
 */
final class RankProducts {
  /** Pairs that are multiplied by one thread at a time; fixed, for equal bits. */
  private static final int SPAN = 16 * VectorProducts.PIECE;

  private final PairKernel kernel;
  private final String specification;
  private final boolean float32;
  private final Run run;

  RankProducts(PairKernel kernel, String specification, boolean float32, Run run) {
    this.kernel = kernel;
    this.specification = specification;
    this.float32 = float32;
    this.run = run;
  }

  /** Inner products of the models' standardised ranks. */
  double[][] inner(List<Representation> models, List<TreatedFeatures> features, int n) {
    int pairs = Math.toIntExact((long) n * (n - 1) / 2);
    int count = features.size();
    String key = specification + " ranks";
    try (SpilledVectors vectors = SpilledVectors.open(run, key, models, pairs, float32);
        Progress.Task task = run.progress().begin(specification, count + spans(pairs))) {
      // A model's own threads work on its tiles where two models at once would not fit.
      long workspace = (long) pairs * (float32 ? 8 : 40);
      if (workspace * Parallel.threads() <= run.budget()) {
        Parallel.forEach(count, m -> rank(models.get(m), features.get(m), n, m, vectors, task));
      } else {
        for (int m = 0; m < count; m++) {
          rank(models.get(m), features.get(m), n, m, vectors, task);
        }
      }
      double[][] inner = multiply(vectors, pairs, count, task);
      vectors.discard();
      return inner;
    }
  }

  private static int spans(int pairs) {
    return (pairs + SPAN - 1) / SPAN;
  }

  private void rank(
      Representation x,
      TreatedFeatures features,
      int n,
      int model,
      SpilledVectors vectors,
      Progress.Task task) {
    if (!vectors.has(model)) {
      boolean cached = features.cacheBytes() <= run.budget() / 4;
      if (cached) {
        features.cache();
      }
      KernelTiles entries = new KernelTiles(kernel, features, float32);
      entries.bind(n, true);
      if (float32) {
        float[] values = new float[vectors.length()];
        entries.collect(n, (block, from, size) -> block.read(0, values, from, size));
        requireVariation(x, n, values[0], values);
        Progress.checkCancelled();
        QuantileBins.standardisedRanks(values);
        vectors.write(model, values);
      } else {
        double[] values = new double[vectors.length()];
        entries.collect(n, (block, from, size) -> readDoubles(block, values, from, size));
        requireVariation(x, n, values);
        Progress.checkCancelled();
        vectors.write(model, standardised(Ranks.of(values)));
      }
      features.close();
    }
    task.advance(1);
  }

  private static void readDoubles(Panel panel, double[] values, int from, int size) {
    double[] part = new double[size];
    panel.read(0, part, size);
    System.arraycopy(part, 0, values, from, size);
  }

  private void requireVariation(Representation x, int n, float first, float[] values) {
    for (float value : values) {
      if (value != first) {
        return;
      }
    }
    throw Embedder.noVariation(x.id(), n, specification);
  }

  private void requireVariation(Representation x, int n, double[] values) {
    double largest = Arrays.stream(values).max().orElse(0);
    double smallest = Arrays.stream(values).min().orElse(0);
    double size = Math.max(1, Math.max(Math.abs(largest), Math.abs(smallest)));
    if (largest - smallest <= Embedder.NO_VARIATION * size) {
      throw Embedder.noVariation(x.id(), n, specification);
    }
  }

  private static double[] standardised(double[] ranks) {
    double mean = (ranks.length + 1) / 2.0;
    double squares = 0;
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] -= mean;
      squares += ranks[i] * ranks[i];
    }
    double norm = Math.sqrt(squares);
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] /= norm;
    }
    return ranks;
  }

  private double[][] multiply(SpilledVectors vectors, int pairs, int count, Progress.Task task) {
    double[][][] parts = new double[spans(pairs)][][];
    Parallel.forEach(
        parts.length,
        s -> {
          int from = s * SPAN;
          int size = Math.min(SPAN, pairs - from);
          double[][] sums = new double[count][];
          for (int m = 0; m < count; m++) {
            sums[m] = new double[m + 1];
          }
          try (Panel work = new Panel(float32, (long) count * count);
              SpilledVectors.Span span = vectors.span(from, size)) {
            VectorProducts.add(span.block(), size, count, 1, work, sums);
          }
          parts[s] = sums;
          task.advance(1);
        });
    double[][] inner = new double[count][count];
    for (double[][] part : parts) {
      for (int a = 0; a < count; a++) {
        for (int b = 0; b <= a; b++) {
          inner[a][b] += part[a][b];
        }
      }
    }
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < a; b++) {
        inner[b][a] = inner[a][b];
      }
    }
    return inner;
  }
}
