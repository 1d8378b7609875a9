package dev.kindred.network.training;

import dev.kindred.base.InputException;
import dev.kindred.network.tensor.VectorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run at the end of an epoch, on disk: plan, epoch, curve, and every vector (weights,
 * statistics, the optimiser's state, what the objective keeps), with a checksum at the end. Random
 * streams need no place in it, as they are derived from the seed, the epoch and the batch.
 */
record TrainingCheckpoint(
    String plan, int epoch, long step, LearningCurve curve, Map<String, float[]> vectors) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingCheckpoint.class);

  void write(Path file) {
    StringBuilder header = new StringBuilder(plan.replace('\n', ' '));
    header.append('\n').append(epoch).append(' ').append(step);
    for (LearningCurve.Point point : curve.points()) {
      header
          .append('\n')
          .append(point.epoch())
          .append(' ')
          .append(point.loss())
          .append(' ')
          .append(point.trainError())
          .append(' ')
          .append(point.testError());
    }
    try {
      new VectorFile(header.toString(), vectors).write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the checkpoint cannot be written", e);
    }
  }

  /**
   * Reads a checkpoint of {@code plan}; empty where there is none, or where the file is damaged.
   *
   * @throws InputException if it belongs to another plan
   */
  static Optional<TrainingCheckpoint> read(Path file, String plan) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    VectorFile saved;
    try {
      saved = VectorFile.read(file);
    } catch (IOException e) {
      LOG.warn("{}; the run starts anew", e.getMessage());
      return Optional.empty();
    }
    String[] lines = saved.header().split("\n");
    if (!lines[0].equals(plan.replace('\n', ' '))) {
      throw new InputException(
          file + " belongs to another run: expected " + plan + ", found " + lines[0]);
    }
    String[] position = lines[1].split(" ");
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int i = 2; i < lines.length; i++) {
      String[] numbers = lines[i].split(" ");
      points.add(
          new LearningCurve.Point(
              Integer.parseInt(numbers[0]),
              Double.parseDouble(numbers[1]),
              Double.parseDouble(numbers[2]),
              Double.parseDouble(numbers[3])));
    }
    return Optional.of(
        new TrainingCheckpoint(
            lines[0],
            Integer.parseInt(position[0]),
            Long.parseLong(position[1]),
            new LearningCurve(points),
            saved.vectors()));
  }
}
