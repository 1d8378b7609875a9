package dev.kindred.recording;

import ai.djl.ndarray.NDArray;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.Moment;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationBuilder;
import dev.kindred.representation.Representations;
import dev.kindred.representation.Spill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The responses themselves at one moment, as float32 files {@code responses/LAYER/epoch-N.npy}, or
 * {@code epoch-N-batch-B.npy} within an epoch, a row for each probe image.
 */
final class ResponseSink implements StimulusSink {
  private final Path folder;
  private final RecordingInfo info;
  private final Moment moment;
  private final Network network;
  private final Spill spill;
  private final Map<String, RepresentationBuilder> builders = new ConcurrentHashMap<>();

  /**
   * @param folder of the recording
   * @param spill keeps the responses until all are there
   */
  ResponseSink(Path folder, RecordingInfo info, Moment moment, Network network, Spill spill) {
    this.folder = folder;
    this.info = info;
    this.moment = moment;
    this.network = network;
    this.spill = spill;
  }

  static Path file(Path folder, String layer, Moment moment) {
    return folder
        .resolve("responses")
        .resolve(layer)
        .resolve(
            "epoch-"
                + moment.epoch()
                + (moment.isWithinEpoch() ? "-batch-" + moment.batch() : "")
                + ".npy");
  }

  @Override
  public void put(int batch, int first, Map<String, NDArray> responses) {
    Pooling pooling = info.responses();
    for (String layer : info.layers()) {
      NDArray rows = pooling.rows(responses.get(layer), network.encoder().classTokens());
      builders
          .computeIfAbsent(
              layer,
              name ->
                  new RepresentationBuilder(
                      name,
                      info.stimuli(),
                      Math.toIntExact(rows.getShape().get(1)),
                      ElementType.FLOAT32,
                      spill))
          .put(batch * info.batchSize() + first, Torch.numbers(rows));
    }
  }

  @Override
  public void end(EpochRecord record) {
    record.time("responses", this::write);
  }

  private void write() {
    for (String layer : info.layers()) {
      Representation responses =
          builders.remove(layer).build(Provenance.of("responses", network.provenance()));
      Path file = file(folder, layer, moment);
      try {
        Files.createDirectories(file.getParent());
      } catch (IOException e) {
        throw new UncheckedIOException(file.getParent() + ": cannot be made", e);
      }
      Representations.write(responses, file);
    }
  }
}
