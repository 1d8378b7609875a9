package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Checkpoint;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One long vector for each model: in memory if all fit into half of the budget, otherwise one file
 * each. With a checkpoint folder the files stay when work is stopped, and are found again.
 */
final class SpilledVectors implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final int models;
  private final int length;
  private final boolean float32;
  private final Panel memory;
  private final Path folder;
  private final boolean keep;

  private SpilledVectors(
      int models, int length, boolean float32, Panel memory, Path folder, boolean keep) {
    this.models = models;
    this.length = length;
    this.float32 = float32;
    this.memory = memory;
    this.folder = folder;
    this.keep = keep;
  }

  /**
   * @param run budget and checkpoint folder
   * @param what what the vectors are, for their names
   * @param models what they are made from
   * @param length numbers in each
   * @param float32 their precision
   */
  static SpilledVectors open(
      Run run, String what, List<Representation> models, int length, boolean float32) {
    long bytes = (long) length * models.size() * (float32 ? 4 : 8);
    try {
      if (run.checkpoints().isPresent()) {
        Path folder = run.checkpoints().get().resolve(Checkpoint.key(what, models));
        Files.createDirectories(folder);
        return new SpilledVectors(models.size(), length, float32, null, folder, true);
      }
      if (bytes <= run.budget() / 2) {
        Panel memory = new Panel(float32, (long) length * models.size());
        return new SpilledVectors(models.size(), length, float32, memory, null, false);
      }
      Path folder = Files.createTempDirectory("kindred-ranks");
      return new SpilledVectors(models.size(), length, float32, null, folder, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int length() {
    return length;
  }

  /** True if a model's vector is there from an earlier run. */
  boolean has(int model) {
    return memory == null && Files.exists(file(model));
  }

  void write(int model, float[] values) {
    if (memory != null) {
      memory.write((long) model * length, values, 0, length);
      return;
    }
    writeFile(model, (buffer, from, count) -> buffer.asFloatBuffer().put(values, from, count));
  }

  void write(int model, double[] values) {
    if (memory != null) {
      memory.write((long) model * length, values, length);
      return;
    }
    writeFile(model, (buffer, from, count) -> buffer.asDoubleBuffer().put(values, from, count));
  }

  /** Numbers {@code from} … {@code from + size − 1} of all vectors, as columns. */
  Span span(int from, int size) {
    if (memory != null) {
      return new Span(memory.block(from, length), null);
    }
    Panel panel = new Panel(float32, (long) size * models);
    for (int m = 0; m < models; m++) {
      readFile(m, from, size, panel, (long) m * size);
    }
    return new Span(panel.block(0, size), panel);
  }

  /** Part of all vectors. */
  record Span(Panel.Block block, Panel owned) implements AutoCloseable {
    @Override
    public void close() {
      if (owned != null) {
        owned.close();
      }
    }
  }

  /** The vectors are needed no more: deletes their files. */
  void discard() {
    if (folder != null) {
      deleteFiles();
    }
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    } else if (!keep) {
      deleteFiles();
    }
  }

  private void deleteFiles() {
    try {
      for (int m = 0; m < models; m++) {
        Files.deleteIfExists(file(m));
      }
      if (Files.exists(folder)) {
        AtomicFile.removeUnfinished(folder);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(int model) {
    return folder.resolve(model + ".vector");
  }

  private interface Filler {
    void fill(ByteBuffer buffer, int from, int count);
  }

  private void writeFile(int model, Filler filler) {
    int bytes = float32 ? 4 : 8;
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    try {
      AtomicFile.write(
          file(model),
          beside -> {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
              for (int from = 0; from < length; from += BUFFER / bytes) {
                int count = Math.min(BUFFER / bytes, length - from);
                filler.fill(buffer.clear(), from, count);
                buffer.limit(count * bytes);
                while (buffer.hasRemaining()) {
                  channel.write(buffer);
                }
              }
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readFile(int model, int from, int size, Panel target, long offset) {
    int bytes = float32 ? 4 : 8;
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Math.min(BUFFER, size * bytes)).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(file(model), StandardOpenOption.READ)) {
      channel.position((long) from * bytes);
      for (int done = 0; done < size; done += BUFFER / bytes) {
        int count = Math.min(BUFFER / bytes, size - done);
        buffer.clear().limit(count * bytes);
        while (buffer.hasRemaining()) {
          if (channel.read(buffer) < 0) {
            throw new IOException(file(model) + " ends too early");
          }
        }
        buffer.flip();
        if (float32) {
          float[] values = new float[count];
          buffer.asFloatBuffer().get(values);
          target.write(offset + done, values, 0, count);
        } else {
          double[] values = new double[count];
          buffer.asDoubleBuffer().get(values);
          target.write(offset + done, values, count);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
