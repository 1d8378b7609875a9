package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All pairs of recorded embeddings as one symmetric product V·Vᵀ, streamed from disk: pieces of all
 * vectors are read and multiplied one after the other, so memory holds one piece of each vector and
 * the result.
 */
public final class EmbeddingMatrix {
  /** Sides of the blocks of the result that threads take. */
  private static final int BLOCK = 512;

  private static final int LONGEST_PIECE = 1 << 15;

  private final List<EmbeddingFile.Entry> entries;
  private EmbeddingFile.Average average = EmbeddingFile.Average.RATIO;
  private Run run = new Run(Run.quiet().budget(), Progress.standard(), null);

  /**
   * @param entries records of one file, or of several with the same measure and stimuli
   */
  public EmbeddingMatrix(List<EmbeddingFile.Entry> entries) {
    this.entries = List.copyOf(entries);
    for (EmbeddingFile.Entry entry : this.entries) {
      EmbeddingFile first = this.entries.get(0).file();
      if (!entry.file().specification().equals(first.specification())
          || entry.file().stimuli() != first.stimuli()) {
        throw new InputException(
            entry.file().path()
                + " has "
                + entry.file().specification()
                + " of "
                + entry.file().stimuli()
                + " stimuli, "
                + first.path()
                + " "
                + first.specification()
                + " of "
                + first.stimuli()
                + ": both need the same");
      }
    }
  }

  /** How batches become one value; the ratio of means unless said. */
  public EmbeddingMatrix average(EmbeddingFile.Average value) {
    average = Objects.requireNonNull(value);
    return this;
  }

  /** Bytes of memory for pieces of vectors. */
  public EmbeddingMatrix budget(long bytes) {
    run = new Run(bytes, run.progress(), null);
    return this;
  }

  public EmbeddingMatrix progress(Progress display) {
    run = new Run(run.budget(), display, null);
    return this;
  }

  /** The matrix, in the order of the entries. */
  public LabelledMatrix matrix() {
    int models = entries.size();
    double[][] values = new double[models][models];
    String specification = models == 0 ? "" : entries.get(0).file().specification();
    if (models > 0) {
      KernelMeasure measure = entries.get(0).file().measure();
      double[][] sums = sums();
      for (int a = 0; a < models; a++) {
        for (int b = 0; b <= a; b++) {
          values[a][b] = measure.score(a == b ? 1 : sums[a][b]);
          values[b][a] = values[a][b];
        }
      }
    }
    List<String> names = entries.stream().map(EmbeddingFile.Entry::name).toList();
    return new LabelledMatrix(specification, names, names, values, provenance(specification));
  }

  private Provenance provenance(String specification) {
    List<String> files = entries.stream().map(e -> e.file().path().toString()).distinct().toList();
    return Provenance.of(
        "recorded embeddings",
        Map.of("measure", specification, "average", average, "files", files));
  }

  /** Lower triangle of Σ over batches of weighted inner products. */
  private double[][] sums() {
    EmbeddingFile first = entries.get(0).file();
    int models = entries.size();
    double[][] sums = new double[models][];
    for (int a = 0; a < models; a++) {
      sums[a] = new double[a + 1];
    }
    int piece = pieceLength(models);
    long steps = 0;
    for (int b = 0; b < first.batches(); b++) {
      steps += (first.length(b) + piece - 1) / piece;
    }
    PairTiling tiling = PairTiling.of(models, Math.min(BLOCK, Math.max(64, models / 6)));
    try (Panel vectors = new Panel(true, (long) piece * models);
        OpenFiles files = new OpenFiles();
        Progress.Task task = run.progress().begin(first.specification(), steps)) {
      double[][] products = new double[tiling.count()][];
      for (int b = 0; b < first.batches(); b++) {
        for (int t = 0; t < products.length; t++) {
          products[t] = new double[tiling.tile(t).size()];
        }
        for (int from = 0; from < first.length(b); from += piece) {
          int count = Math.min(piece, first.length(b) - from);
          read(files, b, from, count, vectors);
          multiply(vectors, count, tiling, products);
          task.advance(1);
        }
        add(products, tiling, weights(b), sums);
      }
    }
    return sums;
  }

  private int pieceLength(int models) {
    long fit = run.budget() / (4L * models) / 1024 * 1024;
    return (int) Math.max(1024, Math.min(LONGEST_PIECE, fit));
  }

  /** What each stored vector of a batch is multiplied by, so that whole vectors have unit norm. */
  private double[] weights(int batch) {
    double[] weights = new double[entries.size()];
    for (int m = 0; m < weights.length; m++) {
      EmbeddingFile.Entry entry = entries.get(m);
      double share = 1.0 / entry.hsic().length;
      if (average == EmbeddingFile.Average.RATIO) {
        double total = 0;
        for (double value : entry.hsic()) {
          total += value;
        }
        share = entry.hsic()[batch] / total;
      }
      weights[m] = Math.sqrt(share) / entry.norms()[batch];
    }
    return weights;
  }

  /** A piece of every vector becomes a column. */
  private void read(OpenFiles files, int batch, int from, int count, Panel vectors) {
    // Runs of records, so that a thread's buffers serve many.
    int runLength = 32;
    int runs = (entries.size() + runLength - 1) / runLength;
    Parallel.forEach(
        runs,
        r -> {
          float[] values = new float[count];
          ByteBuffer bytes =
              ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (int m = r * runLength; m < Math.min(entries.size(), (r + 1) * runLength); m++) {
            EmbeddingFile.Entry entry = entries.get(m);
            try {
              entry
                  .file()
                  .read(
                      files.channel(entry.file()),
                      entry.index(),
                      batch,
                      from,
                      count,
                      bytes,
                      values);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            vectors.write((long) m * count, values, 0, count);
          }
        });
  }

  /**
   * Adds the products of all columns, a tile of the result at a time.
   *
   * @param products of every tile, column by column as they come, so that adding is one pass
   */
  private static void multiply(Panel vectors, int count, PairTiling tiling, double[][] products) {
    Parallel.forEach(
        tiling.count(),
        t -> {
          PairTiling.Tile tile = tiling.tile(t);
          float[] values = new float[tile.size()];
          double[] sum = products[t];
          Panel.Block all = vectors.block(0, count);
          try (Panel work = new Panel(true, tile.size())) {
            for (int from = 0; from < count; from += VectorProducts.PIECE) {
              int length = Math.min(VectorProducts.PIECE, count - from);
              Panel.Block rows = all.right(tile.row()).down(from);
              Panel.Block result = work.block(0, tile.height());
              if (tile.onDiagonal()) {
                // The other triangle is never read.
                Panel.square(rows, tile.height(), length, 0, result);
              } else {
                Panel.multiply(
                    rows,
                    all.right(tile.column()).down(from),
                    tile.height(),
                    tile.width(),
                    length,
                    0,
                    result);
              }
              work.read(0, values, 0, values.length);
              for (int i = 0; i < values.length; i++) {
                sum[i] += values[i];
              }
            }
          }
        });
  }

  /** Adds one batch's products, times the weights of both sides, to the lower triangle. */
  private static void add(
      double[][] products, PairTiling tiling, double[] weights, double[][] sums) {
    for (int t = 0; t < products.length; t++) {
      PairTiling.Tile tile = tiling.tile(t);
      for (int i = 0; i < tile.height(); i++) {
        double[] row = sums[tile.row() + i];
        int end = tile.onDiagonal() ? i + 1 : tile.width();
        for (int j = 0; j < end; j++) {
          row[tile.column() + j] +=
              weights[tile.row() + i]
                  * weights[tile.column() + j]
                  * products[t][j * tile.height() + i];
        }
      }
    }
  }

  /** The channels of all files, opened once. */
  private static final class OpenFiles implements AutoCloseable {
    private final Map<EmbeddingFile, FileChannel> channels = new HashMap<>();

    synchronized FileChannel channel(EmbeddingFile file) throws IOException {
      FileChannel channel = channels.get(file);
      if (channel == null || !channel.isOpen()) {
        channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        channels.put(file, channel);
      }
      return channel;
    }

    @Override
    public void close() {
      List<FileChannel> open = new ArrayList<>(channels.values());
      for (FileChannel channel : open) {
        try {
          channel.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
