package dev.kindred.benchmark;

import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.benchmark.Report.Row;
import dev.kindred.network.Network;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.recording.EpochGrid;
import dev.kindred.recording.ProbeImages;
import dev.kindred.recording.Recorder;
import dev.kindred.recording.Recording;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The similarity of every two epochs of a recording: one of paper 2's size, that a recorder wrote.
 * Time and memory do not depend on the numbers, so all epochs are those of one network, the
 * smallest that there is.
 */
final class EpochMaps {
  private static final String LAYER = "conv1";

  private final int rounds;
  private final int epochs;
  private final int batch;

  EpochMaps(boolean quick, int rounds) {
    this.rounds = rounds;
    epochs = quick ? 100 : 4000;
    batch = quick ? 64 : 512;
  }

  List<Row> rows() {
    Path folder = Scratch.folder("epochs");
    try {
      record(folder);
      int length = 4 * batch * (batch + 1) / 2;
      double[] work = new double[rounds];
      double[] ceiling = new double[rounds];
      long memory = 0;
      for (int i = 0; i < rounds; i++) {
        int round = i;
        double products = Ceiling.products(epochs, 32_768, Math.round(length / 32_768f));
        ceiling[i] = products + Timing.seconds(() -> readAll(folder));
        Runnable map =
            () ->
                work[round] =
                    Timing.seconds(() -> Recording.open(folder).similarity(LAYER).values());
        if (i == 0) {
          memory = MemoryMeter.peakWhile(map);
        } else {
          map.run();
        }
      }
      return List.of(
          new Row(
              String.format(
                  Locale.ROOT,
                  "epoch map, %d epochs × 4 batches of %d, float16 on disk",
                  epochs,
                  batch),
              new Timing(work, ceiling),
              "bare ssyrk + reading the files",
              "≤ 2",
              memory));
    } finally {
      Scratch.delete(folder);
    }
  }

  private void record(Path folder) {
    ImageSet images = DataSets.generated("objects", 8, 4 * batch + 200, 1);
    Recorder recorder =
        new Recorder(
            folder,
            ProbeImages.balanced(images, 4, batch, new Seeds(1)),
            List.of(LAYER),
            EpochGrid.ALL,
            ElementType.FLOAT16);
    try (Network network =
        Network.untrained(
            "network",
            PlainCnn.plain(1),
            Network.InputShape.of(images),
            images.classNames().size(),
            new Seeds(1))) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        recorder.epoch(epoch, network);
      }
    }
  }

  /** All cores read, as the map does. */
  private static void readAll(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.toList();
      Parallel.forEach(files.size(), i -> read(files.get(i)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Path file) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        continue;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
