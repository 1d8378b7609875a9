package dev.kindred.recording;

import ai.djl.ndarray.NDArray;
import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Panel;
import dev.kindred.network.tensor.Torch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gram embeddings of the layers of one batch after another.
 *
 * <p>The products are taken where the network's tensors lie. Centring the responses would cost as
 * much as multiplying them: the Gram matrix is centred instead. Layers, and pieces of wide layers,
 * are spread over the cores; the pieces do not depend on the number of cores. Buffers are reused by
 * all batches, as touching fresh memory costs more than filling it.
 */
final class BatchGrams implements AutoCloseable {
  /** Units of a piece at least: fewer would make adding the pieces up noticeable. */
  private static final int UNITS = 4096;

  /** Numbers that the pieces of one layer may take together: 8 MB. */
  private static final int ROOM = 1 << 21;

  /** Rows that are folded at once. */
  private static final int ROWS = 64;

  private final int n;
  private final Map<Integer, UnitFold> folds = new HashMap<>();
  private final Map<String, Panel> products = new LinkedHashMap<>();
  private final Map<String, Panel> folded = new LinkedHashMap<>();

  /**
   * @param n stimuli of a batch
   */
  BatchGrams(int n) {
    this.n = n;
  }

  /** Takes the embedding of one layer; called from several threads at once. */
  @FunctionalInterface
  interface Consumer {
    void accept(String tap, float[] vector);
  }

  /**
   * The responses of a layer.
   *
   * @param rows one for each stimulus
   * @param units of a row
   */
  private record Layer(String tap, Panel rows, int units) {}

  /** Units {@code from} to {@code to} of a layer, whose products go to {@code place}. */
  private record Piece(Layer layer, int from, int to, Panel products, long place) {}

  /**
   * Shows the vector of every layer.
   *
   * @param id name of the network, for messages
   * @param responses n×p for every layer
   * @param length of the vectors
   * @param sketch whose units are kept, or null for all
   * @param consumer takes the vectors over
   */
  void embed(
      String id, Map<String, NDArray> responses, double length, Sketch sketch, Consumer consumer) {
    List<Layer> layers = new ArrayList<>();
    try {
      responses.forEach((tap, rows) -> layers.add(layer(tap, rows, sketch)));
      multiply(layers);
      GramEmbedding[] imprecise = new GramEmbedding[layers.size()];
      Parallel.forEach(
          layers.size(),
          t -> {
            Layer layer = layers.get(t);
            GramEmbedding embedding = centre(layer);
            if (embedding.isPrecise()) {
              consumer.accept(layer.tap, embedding.vector(id + "/" + layer.tap, length));
            } else {
              imprecise[t] = embedding;
            }
          });
      for (int t = 0; t < imprecise.length; t++) {
        if (imprecise[t] != null) {
          String tap = layers.get(t).tap;
          NDArray rows = responses.get(tap);
          Layer centred = layer(tap, rows.sub(rows.mean(new int[] {0}, true)), sketch);
          layers.add(centred);
          multiply(List.of(centred));
          consumer.accept(
              tap, centre(centred).inPlaceOf(imprecise[t]).vector(id + "/" + tap, length));
        }
      }
    } finally {
      layers.forEach(
          layer -> {
            if (!folded.containsValue(layer.rows)) {
              layer.rows.close();
            }
          });
    }
  }

  private Layer layer(String tap, NDArray responses, Sketch sketch) {
    int units = Math.toIntExact(responses.getShape().get(1));
    Panel numbers = Panel.over(Torch.numbers(responses));
    if (sketch == null || !sketch.folds(units)) {
      return new Layer(tap, numbers, units);
    }
    int kept = sketch.units();
    UnitFold fold =
        folds.computeIfAbsent(
            units, p -> new UnitFold(p, kept, sketch.seeds().stream("units " + p)));
    Panel target = folded.computeIfAbsent(tap, name -> new Panel(true, (long) n * kept));
    Parallel.forEach(
        (n + ROWS - 1) / ROWS,
        part -> {
          float[] stretch = new float[kept];
          float[] sums = new float[kept];
          for (int i = part * ROWS; i < Math.min(n, (part + 1) * ROWS); i++) {
            fold.fold(numbers, i, stretch, sums);
            target.write((long) i * kept, sums, 0, kept);
          }
        });
    numbers.close();
    return new Layer(tap, target, kept);
  }

  private GramEmbedding centre(Layer layer) {
    return GramEmbedding.centre(n, products(layer), pieces(layer.units));
  }

  /** Room for the products of all pieces of a layer, whose units may be all or those kept. */
  private Panel products(Layer layer) {
    return products.computeIfAbsent(
        layer.tap + " " + layer.units, name -> new Panel(true, (long) pieces(layer.units) * n * n));
  }

  private void multiply(List<Layer> layers) {
    List<Piece> pieces = new ArrayList<>();
    for (Layer layer : layers) {
      int count = pieces(layer.units);
      Panel target = products(layer);
      for (int c = 0; c < count; c++) {
        int from = (int) ((long) layer.units * c / count);
        int to = (int) ((long) layer.units * (c + 1) / count);
        pieces.add(new Piece(layer, from, to, target, (long) c * n * n));
      }
    }
    // the largest first, so that no core waits for long at the end
    pieces.sort((a, b) -> Integer.compare(b.to - b.from, a.to - a.from));
    Parallel.forEach(pieces.size(), i -> multiply(pieces.get(i)));
  }

  /** The rows of responses, one after the other, are the columns that the product is taken of. */
  private void multiply(Piece piece) {
    int units = piece.layer.units;
    Panel.square(
        piece.layer.rows.block(piece.from, units),
        n,
        piece.to - piece.from,
        0,
        piece.products.block(piece.place, n));
  }

  private int pieces(int units) {
    int most = Math.max(1, ROOM / (n * n));
    return Math.min(most, (units + UNITS - 1) / UNITS);
  }

  @Override
  public void close() {
    products.values().forEach(Panel::close);
    folded.values().forEach(Panel::close);
  }
}
