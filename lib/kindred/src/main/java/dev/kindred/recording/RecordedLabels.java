package dev.kindred.recording;

import dev.kindred.measure.functional.RegionSimilarity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The labels of the points of all planes, by the probes on one layer at some epochs. */
final class RecordedLabels implements RegionSimilarity.Labels {
  private final List<ByteBuffer> blocks = new ArrayList<>();

  RecordedLabels(Recording recording, String layer, List<Integer> epochs) {
    for (int epoch : epochs) {
      try (EpochFile.Reader reader = recording.reader(epoch)) {
        blocks.add(reader.map(Recording.LABELS + layer, recording.points()));
      }
    }
  }

  @Override
  public int count() {
    return blocks.size();
  }

  @Override
  public long points() {
    return blocks.get(0).remaining();
  }

  @Override
  public void read(int labelling, long from, int points, byte[] target) {
    blocks.get(labelling).get((int) from, target, 0, points);
  }
}
