package dev.kindred.recording;

import ai.djl.ndarray.NDArray;
import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Panel;
import dev.kindred.network.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Gram embeddings of the layers of one batch after another.
 *
 * <p>Responses are put in as the network gives them, a few images at a time. Centring them would
 * cost as much as multiplying them: the Gram matrix is centred instead. Layers, and pieces of wide
 * layers, are spread over the cores; the pieces do not depend on the number of cores. Memory is
 * kept from batch to batch and from epoch to epoch, as touching fresh memory costs more than
 * filling it: the responses of one batch, whole or folded, and their products.
 */
final class BatchGrams implements AutoCloseable {
  /** Units of a piece at least: fewer would make adding the pieces up noticeable. */
  private static final int UNITS = 512;

  /** Numbers that the pieces of one layer may take together: 8 MB. */
  private static final int ROOM = 1 << 21;

  private final int n;
  private final Sketch sketch;
  private final Map<Integer, UnitFold> folds = new ConcurrentHashMap<>();
  private final Map<String, LayerRows> layers = new ConcurrentSkipListMap<>();

  /**
   * @param n stimuli of a batch
   * @param sketch whose units are kept, or null for all
   */
  BatchGrams(int n, Sketch sketch) {
    this.n = n;
    this.sketch = sketch;
  }

  /** Takes the embedding of one layer; called from several threads at once. */
  @FunctionalInterface
  interface Consumer {
    void accept(String layer, float[] vector);
  }

  /**
   * The responses of a layer and the products of its pieces.
   *
   * @param rows one for each stimulus
   * @param units of a row
   */
  private record LayerRows(String layer, Panel rows, int units, Panel products) {
    int pieces(int n) {
      return BatchGrams.pieces(n, units);
    }
  }

  /** Units {@code from} to {@code to} of a layer, whose products go to {@code place}. */
  private record Piece(LayerRows kept, int from, int to, long place) {}

  /**
   * Sets the responses of a layer to some stimuli of the batch. Stimuli may be set from several
   * threads at once.
   *
   * @param first stimulus
   * @param responses a row of all units for every stimulus
   */
  void put(String layer, int first, NDArray responses) {
    int rows = Math.toIntExact(responses.getShape().get(0));
    int units = Math.toIntExact(responses.getShape().get(1));
    boolean folds = sketch != null && sketch.folds(units);
    LayerRows kept =
        layers.computeIfAbsent(layer, name -> layer(name, folds ? sketch.units() : units));
    try (Panel numbers = Panel.over(Torch.numbers(responses))) {
      if (folds) {
        fold(units).fold(numbers, rows, kept.rows.block((long) first * kept.units, kept.units));
      } else {
        Panel.copy(
            numbers.block(0, units), kept.rows.block((long) first * units, units), rows, units);
      }
    }
  }

  private LayerRows layer(String layer, int units) {
    return new LayerRows(
        layer,
        new Panel(true, (long) n * units),
        units,
        new Panel(true, (long) pieces(n, units) * n * n));
  }

  private UnitFold fold(int units) {
    return folds.computeIfAbsent(
        units, p -> new UnitFold(p, sketch.units(), sketch.seeds().stream("units " + p)));
  }

  /**
   * Shows the vector of every layer, when all stimuli of a batch have been put in.
   *
   * @param id name of the network, for messages
   * @param length of the vectors
   * @param consumer takes the vectors over
   */
  void embed(String id, double length, Consumer consumer) {
    multiply(List.copyOf(layers.values()));
    Map<String, GramEmbedding> imprecise = new ConcurrentSkipListMap<>();
    List<LayerRows> all = List.copyOf(layers.values());
    Parallel.forEach(
        all.size(),
        t -> {
          LayerRows kept = all.get(t);
          GramEmbedding embedding = centre(kept);
          if (embedding.isPrecise()) {
            consumer.accept(kept.layer, embedding.vector(id + "/" + kept.layer, length));
          } else {
            imprecise.put(kept.layer, embedding);
          }
        });
    new TreeMap<>(imprecise)
        .forEach(
            (layer, raw) -> {
              LayerRows kept = layers.get(layer);
              centreResponses(kept);
              multiply(List.of(kept));
              consumer.accept(layer, centre(kept).inPlaceOf(raw).vector(id + "/" + layer, length));
            });
  }

  private GramEmbedding centre(LayerRows kept) {
    return GramEmbedding.centre(n, kept.products, kept.pieces(n));
  }

  /** Subtracts the mean response of every unit. */
  private void centreResponses(LayerRows kept) {
    Parallel.forEach(
        (kept.units + UNITS - 1) / UNITS,
        part -> {
          int from = part * UNITS;
          int count = Math.min(UNITS, kept.units - from);
          double[] means = new double[count];
          double[] row = new double[count];
          for (int i = 0; i < n; i++) {
            kept.rows.read((long) i * kept.units + from, row, count);
            for (int u = 0; u < count; u++) {
              means[u] += row[u] / n;
            }
          }
          for (int i = 0; i < n; i++) {
            kept.rows.read((long) i * kept.units + from, row, count);
            for (int u = 0; u < count; u++) {
              row[u] -= means[u];
            }
            kept.rows.write((long) i * kept.units + from, row, count);
          }
        });
  }

  private void multiply(List<LayerRows> some) {
    List<Piece> pieces = new ArrayList<>();
    for (LayerRows kept : some) {
      int count = kept.pieces(n);
      for (int c = 0; c < count; c++) {
        int from = (int) ((long) kept.units * c / count);
        int to = (int) ((long) kept.units * (c + 1) / count);
        pieces.add(new Piece(kept, from, to, (long) c * n * n));
      }
    }
    // the largest first, so that no core waits for long at the end
    pieces.sort((a, b) -> Integer.compare(b.to - b.from, a.to - a.from));
    Parallel.forEach(pieces.size(), i -> multiply(pieces.get(i)));
  }

  /** The rows of responses, one after the other, are the columns that the product is taken of. */
  private void multiply(Piece piece) {
    LayerRows kept = piece.kept;
    Panel.square(
        kept.rows.block(piece.from, kept.units),
        n,
        piece.to - piece.from,
        0,
        kept.products.block(piece.place, n));
  }

  private static int pieces(int n, int units) {
    int most = Math.max(1, ROOM / (n * n));
    return Math.min(most, (units + UNITS - 1) / UNITS);
  }

  @Override
  public void close() {
    for (LayerRows kept : layers.values()) {
      kept.rows.close();
      kept.products.close();
    }
  }
}
