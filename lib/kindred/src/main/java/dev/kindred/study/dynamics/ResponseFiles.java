package dev.kindred.study.dynamics;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.EpochListener;
import dev.kindred.recording.EpochGrid;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes whole responses to the compared images, as {@link EpochFeatures} reads them, and the
 * classes that the network predicts. An epoch that is there is left as it is; the classes are
 * written last.
 *
 * @param folder where
 * @param images the compared images
 * @param layers whose responses are written
 * @param grid epochs at which classes are written
 * @param whole epochs at which responses are written too
 */
record ResponseFiles(
    Path folder, ImageSet images, List<String> layers, EpochGrid grid, EpochGrid whole)
    implements EpochListener {

  @Override
  public boolean wants(int epoch) {
    return grid.contains(epoch) && !Files.exists(predictions(epoch));
  }

  @Override
  public void epoch(int epoch, Network network) {
    boolean kept = whole.contains(epoch);
    List<String> taps = new ArrayList<>(kept ? layers : List.of());
    if (!taps.contains(Network.LOGITS)) {
      taps.add(Network.LOGITS);
    }
    Map<String, Representation> responses =
        network.represent(images, taps, Pooling.FLATTENED, Network.DEFAULT_BATCH, Progress.NONE);
    try {
      Files.createDirectories(folder);
      for (String layer : kept ? layers : List.<String>of()) {
        Path file = EpochFeatures.file(folder, layer, epoch);
        Files.createDirectories(file.getParent());
        Representations.write(responses.get(layer).withStimulusIds(null), file);
      }
      int[] predicted = Classification.predict(responses.get(Network.LOGITS));
      byte[] classes = new byte[predicted.length];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (byte) predicted[i];
      }
      AtomicFile.write(predictions(epoch), classes);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written", e);
    }
  }

  private Path predictions(int epoch) {
    return folder.resolve("predicted-" + epoch);
  }

  /** The classes that were predicted at an epoch. */
  int[] predicted(int epoch) {
    try {
      byte[] classes = Files.readAllBytes(predictions(epoch));
      int[] predicted = new int[classes.length];
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = classes[i] & 0xff;
      }
      return predicted;
    } catch (IOException e) {
      throw new InputException(predictions(epoch) + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
