package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Checkpoint;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final List<KernelTiles> kernels;
  private final Arrivals arrivals;
  private final int n;
  private final TilePlan plan;
  private final boolean margins;
  private final boolean float32;
  private final Panel strip;
  private final long[] places;
  private final int widestModel;
  private final List<Buffers> all = new ArrayList<>();
  private final Deque<Buffers> free = new ArrayDeque<>();

  /**
   * @param kernels the models
   * @param arrivals binds them
   * @param n number of stimuli
   * @param plan the tiles
   * @param float32 precision of the tiles
   */
  TiledProducts(
      List<KernelTiles> kernels, Arrivals arrivals, int n, TilePlan plan, boolean float32) {
    this.kernels = kernels;
    this.arrivals = arrivals;
    this.n = n;
    this.plan = plan;
    this.float32 = float32;
    this.margins = !kernels.get(0).isInner();
    this.places = new long[kernels.size() + 1];
    int widest = 0;
    for (int m = 0; m < kernels.size(); m++) {
      int units = kernels.get(m).features().units();
      places[m + 1] = places[m] + (plan.cached() ? 0 : (long) plan.height() * units);
      widest = Math.max(widest, units);
    }
    this.widestModel = widest;
    this.strip = new Panel(float32, places[kernels.size()]);
  }

  /** All tiles that {@code checkpoint} does not have already. */
  PairSums sums(Checkpoint checkpoint, Progress.Task task) {
    PairSums sums = new PairSums(kernels.size(), n);
    Merger merger = new Merger(sums, checkpoint, task);
    int resumed = merger.resume();
    try {
      if (plan.cached()) {
        arrivals.run(new Tiles(plan.strips().get(0), resumed, merger));
      } else {
        arrivals.run();
        strips(resumed, merger);
      }
    } catch (CancelledException e) {
      merger.keep();
      throw e;
    }
    if (margins) {
      for (int m = 0; m < kernels.size(); m++) {
        sums.shift(m, kernels.get(m).shift());
        for (int i = 0; i < n; i++) {
          sums.diagonal(m)[i] = kernels.get(m).diagonal(i);
        }
      }
    }
    return sums;
  }

  private void strips(int resumed, Merger merger) {
    int first = 0;
    for (TilePlan.Strip rows : plan.strips()) {
      int done = Math.max(0, resumed - first);
      int count = rows.tiles().size();
      if (done < count) {
        compute(rows, first, done, merger);
      }
      first += count;
    }
  }

  private void compute(TilePlan.Strip rows, int first, int done, Merger merger) {
    Parallel.forEach(
        kernels.size(),
        m -> kernels.get(m).features().fill(rows.row(), rows.height(), strip.block(places[m], 0)));
    Parallel.forEach(
        rows.tiles().size() - done,
        t -> {
          Buffers buffers = take();
          try {
            merger.add(first + done + t, compute(rows, rows.tiles().get(done + t), buffers));
          } finally {
            give(buffers);
          }
        });
  }

  private Part compute(TilePlan.Strip rows, TriangleTiling.Tile tile, Buffers buffers) {
    Part part = new Part(tile, kernels.size(), margins);
    fill(rows, part, 0, kernels.size(), buffers);
    multiply(part, buffers);
    return part;
  }

  /** Fills in the tile's entries of the models {@code from} … {@code to} − 1. */
  private void fill(TilePlan.Strip rows, Part part, int from, int to, Buffers buffers) {
    TriangleTiling.Tile tile = part.tile;
    for (int m = from; m < to; m++) {
      Progress.checkCancelled();
      Panel.Block target =
          new Panel.Block(buffers.vectors, (long) m * buffers.stride, tile.height());
      kernels
          .get(m)
          .fill(
              tile,
              block(m, rows, tile.row(), tile.height(), buffers),
              block(m, rows, tile.column(), tile.width(), buffers),
              target,
              part.diagonals[m],
              part.margins[m]);
    }
  }

  private void multiply(Part part, Buffers buffers) {
    VectorProducts.add(
        buffers.vectors.block(0, buffers.stride),
        part.tile.size(),
        kernels.size(),
        2,
        buffers.products,
        part.products);
  }

  /**
   * The tiles with all features in memory. As long as models are missing, tiles are filled with
   * those that are there and put aside, as many as there is memory for.
   */
  private final class Tiles implements Arrivals.Pieces {
    private final TilePlan.Strip rows;
    private final Merger merger;
    private final Deque<Open> aside = new ArrayDeque<>();
    private int next;
    private int open;

    Tiles(TilePlan.Strip rows, int resumed, Merger merger) {
      this.rows = rows;
      this.merger = merger;
      this.next = resumed;
    }

    @Override
    public synchronized Runnable next(int ready) {
      Open tile = aside.peek();
      if (tile != null && tile.filled < ready) {
        aside.remove();
      } else if (next < rows.tiles().size()
          && (ready == kernels.size() || ready > 0 && open < plan.open())) {
        tile = new Open(next++);
        open++;
      } else {
        return null;
      }
      Open taken = tile;
      return () -> fillIn(taken, ready);
    }

    @Override
    public synchronized boolean isOver() {
      return next == rows.tiles().size() && open == 0;
    }

    private void fillIn(Open tile, int ready) {
      fill(rows, tile.part, tile.filled, ready, tile.buffers);
      tile.filled = ready;
      if (ready < kernels.size()) {
        putAside(tile);
        return;
      }
      multiply(tile.part, tile.buffers);
      give(tile.buffers);
      merger.add(tile.number, tile.part);
      close();
    }

    private synchronized void putAside(Open tile) {
      aside.add(tile);
    }

    private synchronized void close() {
      open--;
    }

    /** A tile in the making. */
    private final class Open {
      final int number;
      final Part part;
      final Buffers buffers = take();
      int filled;

      Open(int number) {
        this.number = number;
        this.part = new Part(rows.tiles().get(number), kernels.size(), margins);
      }
    }
  }

  /** A model's features of some stimuli: from the strip if they are in it. */
  private Panel.Block block(int model, TilePlan.Strip rows, int from, int count, Buffers buffers) {
    TreatedFeatures features = kernels.get(model).features();
    if (!plan.cached() && from >= rows.row()) {
      long units = features.units();
      return strip.block(places[model] + (from - rows.row()) * units, units);
    }
    return features.block(from, count, buffers.features);
  }

  private synchronized Buffers take() {
    if (free.isEmpty()) {
      Buffers buffers = new Buffers();
      all.add(buffers);
      return buffers;
    }
    return free.pop();
  }

  private synchronized void give(Buffers buffers) {
    free.push(buffers);
  }

  @Override
  public synchronized void close() {
    strip.close();
    all.forEach(Buffers::close);
    all.clear();
    free.clear();
  }

  /** One thread's. */
  private final class Buffers implements AutoCloseable {
    final int stride = plan.largest();
    final Panel vectors = new Panel(float32, (long) stride * kernels.size());
    final Panel products = new Panel(float32, (long) kernels.size() * kernels.size());
    final Panel features =
        new Panel(float32, plan.cached() ? 0 : (long) plan.widest() * widestModel);

    @Override
    public void close() {
      vectors.close();
      products.close();
      features.close();
    }
  }

  /** What one tile adds; arrays over stimuli hold only the tile's rows and columns. */
  private static final class Part {
    final TriangleTiling.Tile tile;
    final double[][] products;
    final TileMargins[] diagonals;
    final TileMargins[] margins;

    Part(TriangleTiling.Tile tile, int models, boolean withMargins) {
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
        keep();
      }
      task.advance(1);
    }

    synchronized void keep() {
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + sums.bytes());
      bytes.putInt(next);
      sums.write(bytes);
      checkpoint.write(bytes.flip());
    }
  }
}
