package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Checkpoint;
import dev.kindred.measure.Run;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All pairs of recorded vectors as one product V·Wᵀ, streamed from disk: pieces of all vectors are
 * read and multiplied one after the other, so memory holds one piece of each vector and the result.
 */
public final class EmbeddingMatrix {
  /** Sides of the blocks of the result that threads take. */
  private static final int BLOCK = 512;

  private static final int LONGEST_PIECE = 1 << 15;

  private final RecordedVectors rows;
  private final RecordedVectors columns;
  private final boolean symmetric;
  private final List<PairTiling.Tile> tiles;
  private Run run = new Run(Run.quiet().budget(), Progress.standard(), null);

  /** Every vector with every other. */
  public EmbeddingMatrix(RecordedVectors vectors) {
    this(vectors, vectors);
  }

  /** The vectors of one recording with those of another of the same stimuli. */
  public EmbeddingMatrix(RecordedVectors rows, RecordedVectors columns) {
    this.rows = rows;
    this.columns = columns;
    this.symmetric = rows == columns;
    requireSameForm();
    int m = rows.names().size();
    int k = columns.names().size();
    int side = Math.min(BLOCK, Math.max(64, Math.max(m, k) / 6));
    this.tiles = symmetric ? triangle(m, side) : rectangle(m, k, side);
  }

  private void requireSameForm() {
    boolean same = rows.batches() == columns.batches();
    for (int b = 0; same && b < rows.batches(); b++) {
      same = rows.length(b) == columns.length(b);
    }
    if (!same) {
      throw new InputException(
          rows.sources() + " and " + columns.sources() + " were not recorded on the same stimuli");
    }
  }

  private static List<PairTiling.Tile> triangle(int m, int side) {
    PairTiling tiling = PairTiling.of(m, side);
    List<PairTiling.Tile> tiles = new ArrayList<>();
    for (int t = 0; t < tiling.count(); t++) {
      tiles.add(tiling.tile(t));
    }
    return tiles;
  }

  private static List<PairTiling.Tile> rectangle(int m, int k, int side) {
    List<PairTiling.Tile> tiles = new ArrayList<>();
    for (int row = 0; row < m; row += side) {
      for (int column = 0; column < k; column += side) {
        tiles.add(
            new PairTiling.Tile(row, Math.min(side, m - row), column, Math.min(side, k - column)));
      }
    }
    return tiles;
  }

  /** Bytes of memory for pieces of vectors. */
  public EmbeddingMatrix budget(long bytes) {
    run = new Run(bytes, run.progress(), run.checkpoints().orElse(null));
    return this;
  }

  public EmbeddingMatrix progress(Progress display) {
    run = new Run(run.budget(), display, run.checkpoints().orElse(null));
    return this;
  }

  /** A folder for finished parts, so that work that was stopped goes on where it was. */
  public EmbeddingMatrix checkpoints(Path folder) {
    run = new Run(run.budget(), run.progress(), folder);
    return this;
  }

  /** The matrix, in the order of the vectors. */
  public LabelledMatrix matrix() {
    double[][] values = new double[rows.names().size()][columns.names().size()];
    try (RecordedVectors left = rows;
        RecordedVectors right = columns) {
      Sums sums = sums();
      for (int t = 0; t < tiles.size(); t++) {
        unpack(tiles.get(t), sums.products[t], sums, values);
      }
    }
    return new LabelledMatrix(
        rows.specification(), rows.names(), columns.names(), values, provenance());
  }

  private void unpack(PairTiling.Tile tile, double[] products, Sums sums, double[][] values) {
    boolean half = symmetric && tile.onDiagonal();
    for (int j = 0; j < tile.width(); j++) {
      for (int i = half ? j : 0; i < tile.height(); i++) {
        int a = tile.row() + i;
        int b = tile.column() + j;
        values[a][b] =
            symmetric && a == b
                ? rows.value(1, 1, 1)
                : rows.value(
                    products[j * tile.height() + i], sums.rowSquares[a], sums.columnSquares[b]);
        if (symmetric) {
          values[b][a] = values[a][b];
        }
      }
    }
  }

  private Provenance provenance() {
    return Provenance.of(
        "recorded embeddings",
        Map.of(
            "measure", rows.specification(), "rows", rows.sources(), "columns", columns.sources()));
  }

  private Sums sums() {
    int m = rows.names().size();
    int k = columns.names().size();
    int piece = pieceLength(symmetric ? m : m + k);
    Steps steps = new Steps(piece);
    Sums sums = new Sums(m, k, Checkpoint.of(run, description(piece)));
    try (Panel left = new Panel(true, (long) piece * m);
        Panel right = new Panel(true, symmetric ? 0 : (long) piece * k);
        Progress.Task task = run.progress().begin(rows.specification(), steps.count())) {
      task.advance(sums.resume());
      while (sums.steps < steps.count()) {
        Step step = steps.get(sums.steps);
        read(rows, step, left, sums.rowSquares);
        if (!symmetric) {
          read(columns, step, right, sums.columnSquares);
        }
        multiply(left, symmetric ? left : right, step.count, sums.products);
        sums.next();
        task.advance(1);
      }
    }
    return sums;
  }

  private String description(int piece) {
    if (run.checkpoints().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("embeddings " + rows.specification() + " " + piece);
    for (RecordedVectors vectors : symmetric ? List.of(rows) : List.of(rows, columns)) {
      List<String> names = vectors.names();
      for (int v = 0; v < names.size(); v++) {
        text.append('\n').append(names.get(v)).append(' ').append(vectors.checksum(v));
        text.append(' ').append(vectors.weight(v, 0));
      }
    }
    return text.toString();
  }

  private int pieceLength(int vectors) {
    long fit = run.budget() / (4L * vectors) / 1024 * 1024;
    return (int) Math.max(1024, Math.min(LONGEST_PIECE, fit));
  }

  /** A piece of every vector becomes a column, with its weight; squares are added up. */
  private static void read(RecordedVectors vectors, Step step, Panel target, double[] squares) {
    // Runs of records, so that a thread's buffers serve many.
    int runLength = 32;
    int count = vectors.names().size();
    Parallel.forEach(
        (count + runLength - 1) / runLength,
        r -> {
          float[] values = new float[step.count];
          RecordedVectors.Reader reader = vectors.reader();
          for (int v = r * runLength; v < Math.min(count, (r + 1) * runLength); v++) {
            reader.read(v, step.batch, step.from, step.count, values);
            float weight = (float) vectors.weight(v, step.batch);
            for (int i = 0; i < values.length; i++) {
              values[i] *= weight;
            }
            squares[v] += TreatedFeatures.squaredNorm(values);
            target.write((long) v * step.count, values, 0, step.count);
          }
        });
  }

  /** Adds the products of all columns, a tile of the result at a time. */
  private void multiply(Panel left, Panel right, int count, double[][] products) {
    Parallel.forEach(
        tiles.size(),
        t -> {
          PairTiling.Tile tile = tiles.get(t);
          float[] values = new float[tile.size()];
          double[] sum = products[t];
          Panel.Block rowBlock = left.block(0, count).right(tile.row());
          Panel.Block columnBlock = right.block(0, count).right(tile.column());
          try (Panel work = new Panel(true, tile.size())) {
            Panel.Block result = work.block(0, tile.height());
            for (int from = 0; from < count; from += VectorProducts.PIECE) {
              int length = Math.min(VectorProducts.PIECE, count - from);
              if (symmetric && tile.onDiagonal()) {
                // The other triangle is never read.
                Panel.square(rowBlock.down(from), tile.height(), length, 0, result);
              } else {
                Panel.multiply(
                    rowBlock.down(from),
                    columnBlock.down(from),
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

  /** A piece of all vectors. */
  private record Step(int batch, int from, int count) {}

  /** All pieces in the order in which they are multiplied. */
  private final class Steps {
    private final List<Step> all = new ArrayList<>();

    Steps(int piece) {
      for (int b = 0; b < rows.batches(); b++) {
        for (int from = 0; from < rows.length(b); from += piece) {
          all.add(new Step(b, from, Math.min(piece, rows.length(b) - from)));
        }
      }
    }

    int count() {
      return all.size();
    }

    Step get(int step) {
      return all.get(step);
    }
  }

  /** What has been added up, kept from time to time. */
  private final class Sums {
    /** Larger results are not kept: writing them would take longer than what it saves. */
    private static final long LARGEST = 1L << 30;

    /** Inner products of every tile, column by column. */
    private final double[][] products;

    private final double[] rowSquares;
    private final double[] columnSquares;
    private final List<double[]> all = new ArrayList<>();
    private final Checkpoint checkpoint;
    private final long bytes;
    private int steps;

    Sums(int m, int k, Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
      this.products = new double[tiles.size()][];
      for (int t = 0; t < products.length; t++) {
        products[t] = new double[tiles.get(t).size()];
        all.add(products[t]);
      }
      this.rowSquares = new double[m];
      this.columnSquares = symmetric ? rowSquares : new double[k];
      all.add(rowSquares);
      if (!symmetric) {
        all.add(columnSquares);
      }
      this.bytes = Integer.BYTES + Double.BYTES * all.stream().mapToLong(part -> part.length).sum();
    }

    /** Takes up what was kept; returns the number of steps that are done. */
    int resume() {
      checkpoint
          .read()
          .filter(kept -> kept.remaining() == bytes)
          .ifPresent(
              kept -> {
                steps = kept.getInt();
                for (double[] part : all) {
                  kept.asDoubleBuffer().get(part);
                  kept.position(kept.position() + part.length * Double.BYTES);
                }
              });
      return steps;
    }

    /** One more step is done. */
    void next() {
      steps++;
      if (bytes <= LARGEST && checkpoint.isDue()) {
        ByteBuffer contents = ByteBuffer.allocate((int) bytes);
        contents.putInt(steps);
        for (double[] part : all) {
          contents.asDoubleBuffer().put(part);
          contents.position(contents.position() + part.length * Double.BYTES);
        }
        checkpoint.write(contents.flip());
      }
    }
  }
}
