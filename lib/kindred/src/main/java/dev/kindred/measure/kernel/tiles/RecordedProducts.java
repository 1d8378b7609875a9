package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All pairs of recorded vectors as one product V·Wᵀ, streamed from disk: pieces of all vectors are
 * read and multiplied one after the other, so memory holds one piece of each vector and the result.
 */
public final class RecordedProducts {
  /** Sides of the blocks of the result that threads take. */
  private static final int BLOCK = 512;

  private static final int LONGEST_PIECE = 1 << 15;

  private final RecordedVectors rows;
  private final RecordedVectors columns;
  private final boolean symmetric;
  private final List<TriangleTiling.Tile> tiles;
  private long budget = Run.quiet().budget();
  private Progress progress = Progress.standard();

  /** Every vector with every other. */
  public RecordedProducts(RecordedVectors vectors) {
    this(vectors, vectors);
  }

  /** The vectors of one recording with those of another of the same stimuli. */
  public RecordedProducts(RecordedVectors rows, RecordedVectors columns) {
    this.rows = rows;
    this.columns = columns;
    this.symmetric = rows == columns;
    if (rows.length() != columns.length()) {
      throw new InputException(
          rows.sources() + " and " + columns.sources() + " were not recorded on the same stimuli");
    }
    int m = rows.names().size();
    int k = columns.names().size();
    int side = Math.min(BLOCK, Math.max(64, Math.max(m, k) / 6));
    this.tiles = symmetric ? triangle(m, side) : rectangle(m, k, side);
  }

  private static List<TriangleTiling.Tile> triangle(int m, int side) {
    TriangleTiling tiling = TriangleTiling.of(m, side);
    List<TriangleTiling.Tile> tiles = new ArrayList<>();
    for (int t = 0; t < tiling.count(); t++) {
      tiles.add(tiling.tile(t));
    }
    return tiles;
  }

  private static List<TriangleTiling.Tile> rectangle(int m, int k, int side) {
    List<TriangleTiling.Tile> tiles = new ArrayList<>();
    for (int row = 0; row < m; row += side) {
      for (int column = 0; column < k; column += side) {
        tiles.add(
            new TriangleTiling.Tile(
                row, Math.min(side, m - row), column, Math.min(side, k - column)));
      }
    }
    return tiles;
  }

  /** Bytes of memory for pieces of vectors. */
  public RecordedProducts budget(long bytes) {
    budget = bytes;
    return this;
  }

  public RecordedProducts progress(Progress display) {
    progress = display;
    return this;
  }

  /** The matrix, in the order of the vectors. */
  public LabelledMatrix matrix() {
    double[][] values = new double[rows.names().size()][columns.names().size()];
    Sums sums = sums();
    for (int t = 0; t < tiles.size(); t++) {
      unpack(tiles.get(t), sums.products[t], sums, values);
    }
    return new LabelledMatrix(
        rows.specification(), rows.names(), columns.names(), values, provenance());
  }

  private void unpack(TriangleTiling.Tile tile, double[] products, Sums sums, double[][] values) {
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
    int k = symmetric ? 0 : columns.names().size();
    int piece = pieceLength(m + k);
    int length = rows.length();
    Sums sums = new Sums();
    try (Panel left = new Panel(true, (long) piece * m);
        Panel right = new Panel(true, (long) piece * k);
        Progress.Task task = progress.begin(rows.specification(), (length + piece - 1) / piece)) {
      for (int from = 0; from < length; from += piece) {
        int count = Math.min(piece, length - from);
        read(rows, from, count, left, sums.rowSquares);
        if (!symmetric) {
          read(columns, from, count, right, sums.columnSquares);
        }
        multiply(left, symmetric ? left : right, count, sums.products);
        task.advance(1);
      }
    }
    return sums;
  }

  private int pieceLength(int vectors) {
    long fit = budget / (4L * vectors) / 1024 * 1024;
    return (int) Math.max(1024, Math.min(LONGEST_PIECE, fit));
  }

  /** A piece of every vector becomes a column, with its weight; squares are added up. */
  private static void read(
      RecordedVectors vectors, int from, int length, Panel target, double[] squares) {
    // Runs of records, so that a thread's buffers serve many.
    int runLength = 32;
    int count = vectors.names().size();
    Parallel.forEach(
        (count + runLength - 1) / runLength,
        r -> {
          float[] values = new float[length];
          RecordedVectors.Reader reader = vectors.reader();
          float weight = vectors.weight();
          for (int v = r * runLength; v < Math.min(count, (r + 1) * runLength); v++) {
            reader.read(v, from, length, values);
            for (int i = 0; i < values.length; i++) {
              values[i] *= weight;
            }
            squares[v] += TreatedFeatures.squaredNorm(values);
            target.write((long) v * length, values, 0, length);
          }
        });
  }

  /** Adds the products of all columns, a tile of the result at a time. */
  private void multiply(Panel left, Panel right, int count, double[][] products) {
    Parallel.forEach(
        tiles.size(),
        t -> {
          TriangleTiling.Tile tile = tiles.get(t);
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

  /** What has been added up. */
  private final class Sums {
    /** Inner products of every tile, column by column. */
    private final double[][] products = new double[tiles.size()][];

    private final double[] rowSquares = new double[rows.names().size()];
    private final double[] columnSquares =
        symmetric ? rowSquares : new double[columns.names().size()];

    Sums() {
      for (int t = 0; t < products.length; t++) {
        products[t] = new double[tiles.get(t).size()];
      }
    }
  }
}
