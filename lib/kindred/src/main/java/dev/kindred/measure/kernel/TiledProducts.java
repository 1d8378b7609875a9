package dev.kindred.measure.kernel;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Checkpoint;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link PairSums} of many models, tile by tile of stimulus pairs: a tile's entries of every model
 * become the columns of a matrix V, and VᵀV is added up. Memory does not grow with n².
 *
 * <p>Threads take whole tiles, with buffers of their own; what they find is added in the order of
 * the tiles.
 */
final class TiledProducts implements AutoCloseable {
  private final List<TileKernel> kernels;
  private final int n;
  private final PairTiling tiling;
  private final boolean margins;
  private final boolean float32;
  private final Deque<Buffers> free = new ArrayDeque<>();
  private final int widest;

  /**
   * @param kernels the models, bound
   * @param n number of stimuli
   * @param side longest side of a tile
   * @param float32 precision of the tiles
   */
  TiledProducts(List<TileKernel> kernels, int n, int side, boolean float32) {
    this.kernels = kernels;
    this.n = n;
    this.tiling = PairTiling.of(n, side);
    this.float32 = float32;
    this.margins = !kernels.get(0).isInner();
    this.widest = kernels.stream().mapToInt(k -> k.features().units()).max().orElse(0);
  }

  /** Bytes of one thread's buffers for tiles of a given side. */
  static long bufferBytes(int models, long side, int widest, boolean cached, boolean float32) {
    long numbers = side * side * models + (long) models * models;
    if (!cached) {
      numbers += 2 * side * widest;
    }
    // Results of a tile are float64: products, and margins over its rows and columns.
    return numbers * (float32 ? 4 : 8) + ((long) models * models / 2 + 4 * side * models) * 8;
  }

  int tiles() {
    return tiling.count();
  }

  /** All tiles that {@code checkpoint} does not have already. */
  PairSums sums(Checkpoint checkpoint, Progress.Task task) {
    PairSums sums = new PairSums(kernels.size(), n);
    if (margins) {
      for (int m = 0; m < kernels.size(); m++) {
        sums.shift(m, kernels.get(m).shift());
        for (int i = 0; i < n; i++) {
          sums.diagonal(m)[i] = kernels.get(m).diagonal(i);
        }
      }
    }
    Merger merger = new Merger(sums, checkpoint, task);
    int first = merger.resume();
    Parallel.forEach(
        tiling.count() - first,
        t -> {
          Buffers buffers = take();
          try {
            merger.add(first + t, compute(tiling.tile(first + t), buffers));
          } finally {
            give(buffers);
          }
        });
    return sums;
  }

  private Part compute(PairTiling.Tile tile, Buffers buffers) {
    Part part = new Part(tile, kernels.size(), margins);
    for (int m = 0; m < kernels.size(); m++) {
      Progress.checkCancelled();
      Panel.Block target =
          new Panel.Block(buffers.vectors, (long) m * buffers.stride, tile.height());
      kernels.get(m).fill(tile, buffers.features, target, part.diagonals[m], part.margins[m]);
    }
    VectorProducts.add(
        buffers.vectors.block(0, buffers.stride),
        tile.size(),
        kernels.size(),
        2,
        buffers.products,
        part.products);
    return part;
  }

  private synchronized Buffers take() {
    Buffers buffers = free.poll();
    return buffers == null ? new Buffers() : buffers;
  }

  private synchronized void give(Buffers buffers) {
    free.push(buffers);
  }

  @Override
  public synchronized void close() {
    free.forEach(Buffers::close);
    free.clear();
  }

  /** One thread's. */
  private final class Buffers implements AutoCloseable {
    final int stride = tiling.side() * tiling.side();
    final Panel vectors = new Panel(float32, (long) stride * kernels.size());
    final Panel products = new Panel(float32, (long) kernels.size() * kernels.size());
    final Panel[] features = {featureRoom(), featureRoom()};

    private Panel featureRoom() {
      return new Panel(float32, kernels.get(0).isCached() ? 0 : (long) tiling.side() * widest);
    }

    @Override
    public void close() {
      vectors.close();
      products.close();
      features[0].close();
      features[1].close();
    }
  }

  /** What one tile adds; arrays over stimuli hold only the tile's rows and columns. */
  private static final class Part {
    final PairTiling.Tile tile;
    final double[][] products;
    final TileMargins[] diagonals;
    final TileMargins[] margins;

    Part(PairTiling.Tile tile, int models, boolean withMargins) {
      this.tile = tile;
      this.products = new double[models][];
      this.diagonals = new TileMargins[models];
      this.margins = new TileMargins[models];
      for (int m = 0; m < models; m++) {
        products[m] = new double[m + 1];
        diagonals[m] = withMargins ? null : new TileMargins(tile);
        margins[m] = withMargins ? new TileMargins(tile) : null;
      }
    }

    void addTo(PairSums sums) {
      for (int m = 0; m < products.length; m++) {
        for (int b = 0; b <= m; b++) {
          sums.products()[m][b] += products[m][b];
        }
        if (margins[m] != null) {
          margins[m].addTo(sums.rows(m));
        } else if (tile.onDiagonal()) {
          diagonals[m].addTo(sums.diagonal(m));
        }
      }
    }
  }

  /** Adds the tiles' parts in order, and writes checkpoints. */
  private static final class Merger {
    private final PairSums sums;
    private final Checkpoint checkpoint;
    private final Progress.Task task;
    private final SortedMap<Integer, Part> waiting = new TreeMap<>();
    private int next;

    Merger(PairSums sums, Checkpoint checkpoint, Progress.Task task) {
      this.sums = sums;
      this.checkpoint = checkpoint;
      this.task = task;
    }

    int resume() {
      checkpoint
          .read()
          .filter(bytes -> bytes.remaining() == Integer.BYTES + sums.bytes())
          .ifPresent(
              bytes -> {
                next = bytes.getInt();
                sums.read(bytes);
                task.advance(next);
              });
      return next;
    }

    synchronized void add(int tile, Part part) {
      waiting.put(tile, part);
      while (!waiting.isEmpty() && waiting.firstKey() == next) {
        waiting.remove(next).addTo(sums);
        next++;
      }
      if (checkpoint.isDue()) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + sums.bytes());
        bytes.putInt(next);
        sums.write(bytes);
        checkpoint.write(bytes.flip());
      }
      task.advance(1);
    }
  }
}
