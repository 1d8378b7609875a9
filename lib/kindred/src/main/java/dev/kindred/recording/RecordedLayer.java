package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import dev.kindred.measure.kernel.tiles.RecordedVectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer's embeddings, whole or sketched, at some epochs of a recording; the batches of probe
 * images are parts of one vector, whose inner products are the mean of the batches' CKAs.
 */
final class RecordedLayer implements RecordedVectors {
  private final Recording recording;
  private final String layer;
  private final List<Integer> epochs;
  private final int length;
  private final List<ByteBuffer> blocks = new ArrayList<>();

  RecordedLayer(Recording recording, String kind, String layer, List<Integer> epochs) {
    RecordingInfo info = recording.info();
    if (!info.layers().contains(layer)) {
      throw new InputException(
          recording.folder() + " has no layer " + layer + "; it has " + info.layers());
    }
    this.recording = recording;
    this.layer = layer;
    this.epochs = epochs;
    this.length = kind.equals(Recording.EXACT) ? info.wholeLength() : info.length();
    for (int epoch : epochs) {
      try (EpochFile.Reader reader = recording.reader(epoch)) {
        blocks.add(reader.map(kind + layer, length * info.precision().bytes()));
      }
    }
  }

  @Override
  public String specification() {
    return "CKA of " + layer;
  }

  @Override
  public List<String> names() {
    return epochs.stream().map(String::valueOf).toList();
  }

  @Override
  public List<String> sources() {
    return List.of(recording.folder() + " " + layer);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public float weight() {
    return 1 / Recording.STORED_SCALE;
  }

  /**
   * As 1 − ‖a − b‖²/2: exact for equal vectors whatever was lost of them in storing, and for
   * sketches of smaller error.
   */
  @Override
  public double value(double inner, double square, double otherSquare) {
    return 1 - (square + otherSquare - 2 * inner) / 2;
  }

  @Override
  public Reader reader() {
    ElementType precision = recording.info().precision();
    return (vector, from, count, target) -> {
      ByteBuffer block = blocks.get(vector).duplicate().order(ByteOrder.LITTLE_ENDIAN);
      precision.read(block.position(from * precision.bytes()), target, count);
    };
  }
}
