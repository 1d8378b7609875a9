package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.measure.kernel.EmbeddingFile.Average;
import dev.kindred.measure.kernel.EmbeddingFile.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records of {@link EmbeddingFile}s of the same measure and stimuli. */
final class EmbeddingEntries implements RecordedVectors {
  private final List<Entry> entries;
  private final Average average;
  private final EmbeddingFile first;
  private final Map<EmbeddingFile, FileChannel> channels = new HashMap<>();

  EmbeddingEntries(List<Entry> entries, Average average) {
    this.entries = List.copyOf(entries);
    this.average = average;
    if (entries.isEmpty()) {
      throw new InputException("no recorded embeddings to compare");
    }
    this.first = entries.get(0).file();
    for (Entry entry : this.entries) {
      EmbeddingFile file = entry.file();
      if (!file.specification().equals(first.specification())
          || file.stimuli() != first.stimuli()) {
        throw new InputException(
            String.format(
                "%s has %s of %d stimuli, %s %s of %d stimuli: both need the same",
                file.path(),
                file.specification(),
                file.stimuli(),
                first.path(),
                first.specification(),
                first.stimuli()));
      }
    }
  }

  @Override
  public String specification() {
    return first.specification();
  }

  @Override
  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  @Override
  public List<String> sources() {
    return entries.stream().map(entry -> entry.file().path().toString()).distinct().toList();
  }

  @Override
  public int batches() {
    return first.batches();
  }

  @Override
  public int length(int batch) {
    return first.length(batch);
  }

  @Override
  public double weight(int vector, int batch) {
    Entry entry = entries.get(vector);
    double share =
        average == Average.MEAN
            ? 1.0 / batches()
            : entry.hsic()[batch] / Arrays.stream(entry.hsic()).sum();
    return Math.sqrt(share) / entry.norms()[batch];
  }

  @Override
  public long checksum(int vector) {
    Entry entry = entries.get(vector);
    return entry.file().storedChecksum(entry.index());
  }

  @Override
  public double value(double inner, double square, double otherSquare) {
    return first.measure().score(inner);
  }

  @Override
  public Reader reader() {
    int[] room = {0};
    ByteBuffer[] bytes = {null};
    return (vector, batch, from, count, target) -> {
      if (room[0] < count) {
        room[0] = count;
        bytes[0] = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      }
      Entry entry = entries.get(vector);
      try {
        entry
            .file()
            .read(channel(entry.file()), entry.index(), batch, from, count, bytes[0], target);
      } catch (IOException e) {
        throw new UncheckedIOException(entry.file().path() + " cannot be read", e);
      }
    };
  }

  private synchronized FileChannel channel(EmbeddingFile file) throws IOException {
    FileChannel channel = channels.get(file);
    if (channel == null || !channel.isOpen()) {
      channel = FileChannel.open(file.path(), StandardOpenOption.READ);
      channels.put(file, channel);
    }
    return channel;
  }

  @Override
  public synchronized void close() {
    List<FileChannel> open = new ArrayList<>(channels.values());
    channels.clear();
    for (FileChannel channel : open) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
