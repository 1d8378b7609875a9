package dev.kindred.recording;

import ai.djl.ndarray.NDArray;
import dev.kindred.network.Pooling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gram embeddings, whole or sketched. Memory for the responses of a batch is kept from epoch to
 * epoch.
 */
final class GramSink implements StimulusSink {
  private final RecordingInfo info;
  private final BatchGrams grams;
  private final CountSketch projection;
  private final Map<String, ByteBuffer> whole = new LinkedHashMap<>();
  private final Map<String, float[]> sketched = new LinkedHashMap<>();

  /** Without reduced units, where a sketch is compared with the whole; or null. */
  private BatchGrams check;

  private String network;
  private int batch;

  GramSink(RecordingInfo info) {
    this.info = info;
    Sketch sketch = info.sketch();
    this.grams = new BatchGrams(info.batchSize(), sketch);
    this.projection =
        sketch == null
            ? null
            : new CountSketch(
                info.wholeLength(), sketch.numbers(), sketch.seeds().stream("numbers"));
  }

  /**
   * Begins an epoch.
   *
   * @param id name of the network, for messages
   * @param exact whether whole embeddings are kept beside sketches
   */
  void begin(String id, boolean exact) {
    network = id;
    batch = 0;
    whole.clear();
    sketched.clear();
    boolean sketches = info.sketch() != null;
    check = exact && sketches ? new BatchGrams(info.batchSize(), null) : null;
    for (String layer : info.layers()) {
      if (exact || !sketches) {
        whole.put(layer, numbers(info.wholeLength()));
      }
      if (sketches) {
        sketched.put(layer, new float[info.length()]);
      }
    }
  }

  private ByteBuffer numbers(int count) {
    return ByteBuffer.allocate(count * info.precision().bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void put(int ofBatch, int first, Map<String, NDArray> responses) {
    for (String layer : info.layers()) {
      NDArray rows = Pooling.FLATTENED.rows(responses.get(layer), 0);
      grams.put(layer, first, rows);
      if (check != null) {
        check.put(layer, first, rows);
      }
    }
  }

  @Override
  public void endBatch() {
    double scale = Recording.STORED_SCALE / Math.sqrt(info.batches());
    int from = batch++ * GramEmbedding.length(info.batchSize());
    if (projection != null) {
      grams.embed(
          network, scale, (layer, vector) -> projection.add(vector, from, sketched.get(layer)));
    }
    if (!whole.isEmpty()) {
      (check == null ? grams : check)
          .embed(
              network, scale, (layer, vector) -> info.precision().write(vector, whole.get(layer)));
    }
  }

  @Override
  public void end(EpochRecord record) {
    whole.forEach((layer, bytes) -> record.block(Recording.EXACT + layer, bytes.array()));
    sketched.forEach(
        (layer, sums) -> {
          ByteBuffer bytes = numbers(sums.length);
          info.precision().write(sums, bytes);
          record.block(Recording.SKETCHED + layer, bytes.array());
        });
    whole.clear();
    sketched.clear();
    if (check != null) {
      check.close();
      check = null;
    }
  }
}
