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
    for (String tap : info.taps()) {
      if (exact || !sketches) {
        whole.put(tap, numbers(info.wholeLength()));
      }
      if (sketches) {
        sketched.put(tap, new float[info.length()]);
      }
    }
  }

  private ByteBuffer numbers(int count) {
    return ByteBuffer.allocate(count * info.precision().bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void put(int ofBatch, int first, Map<String, NDArray> responses) {
    for (String tap : info.taps()) {
      NDArray rows = Pooling.FLATTENED.rows(responses.get(tap), 0);
      grams.put(tap, first, rows);
      if (check != null) {
        check.put(tap, first, rows);
      }
    }
  }

  @Override
  public void endBatch() {
    double scale = Recording.STORED_SCALE / Math.sqrt(info.batches());
    int from = batch++ * GramEmbedding.length(info.batchSize());
    if (projection != null) {
      grams.embed(network, scale, (tap, vector) -> projection.add(vector, from, sketched.get(tap)));
    }
    if (!whole.isEmpty()) {
      (check == null ? grams : check)
          .embed(network, scale, (tap, vector) -> info.precision().write(vector, whole.get(tap)));
    }
  }

  @Override
  public void end(EpochRecord record) {
    whole.forEach((tap, bytes) -> record.block(Recording.EXACT + tap, bytes.array()));
    sketched.forEach(
        (tap, sums) -> {
          ByteBuffer bytes = numbers(sums.length);
          info.precision().write(sums, bytes);
          record.block(Recording.SKETCHED + tap, bytes.array());
        });
    whole.clear();
    sketched.clear();
    if (check != null) {
      check.close();
      check = null;
    }
  }
}
