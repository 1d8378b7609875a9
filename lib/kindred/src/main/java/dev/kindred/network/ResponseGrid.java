package dev.kindred.network;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The responses of networks to sets of stimuli: network (kind, seed, moment of its training) ×
 * layer × stimuli. Each is computed when it is first asked for, all wanted layers in one pass over
 * the stimuli, and kept in the store as a float32 .npy, from which rows are mapped: memory holds
 * what is being read, and at most {@value #BUDGET} bytes for each network that is being shown
 * images.
 *
 * <p>Responses are the same bits whatever the number of processors: a network runs on one thread,
 * several networks beside each other.
 */
public final class ResponseGrid {
  private static final int REVISION = 2;
  private static final long BUDGET = 256L << 20;
  private static final String LAYERS = "layers.txt";

  private final Store store;

  /**
   * @param store where responses are kept
   */
  public ResponseGrid(Store store) {
    this.store = store;
  }

  /**
   * Responses of some layers of one network.
   *
   * @param layers in the order wanted; none for all, from the input to the output
   * @param stimuli n images
   * @param pooling how the responses of a layer become rows
   * @return by layer, n×p responses named {@code network/layer}
   */
  public Map<String, Representation> responses(
      StoredNetwork network, List<String> layers, ImageSet stimuli, Pooling pooling) {
    StoreKey key =
        new StoreKey(
            "responses",
            REVISION,
            Provenance.of(
                "responses",
                Map.of(
                    "layers",
                    layers.isEmpty() ? "all" : String.join(",", layers),
                    "pooling",
                    pooling),
                network.provenance(),
                stimuli.provenance()));
    Path folder = store.folder(key, working -> compute(network, layers, stimuli, pooling, working));
    Map<String, Representation> responses = new LinkedHashMap<>();
    for (String layer : stored(folder)) {
      responses.put(
          layer,
          Representations.read(folder.resolve(file(responses.size())))
              .withId(network.name() + "/" + layer)
              .withStimulusIds(stimuli.stimulusIds())
              .withProvenance(provenance(key, layers, layer)));
    }
    return responses;
  }

  /** A request for one layer names it; of several, each has to be told from the others. */
  private static Provenance provenance(StoreKey key, List<String> layers, String layer) {
    return layers.size() == 1
        ? key.recipe()
        : Provenance.of("one of several layers", Map.of("layer", layer), key.recipe());
  }

  /**
   * The same of several networks, as many at a time as there are processors.
   *
   * @param progress told after every network
   * @return by name of the network, then by layer
   */
  public Map<String, Map<String, Representation>> responses(
      List<StoredNetwork> networks,
      List<String> layers,
      ImageSet stimuli,
      Pooling pooling,
      Progress progress) {
    List<Map<String, Representation>> responses =
        new java.util.ArrayList<>(java.util.Collections.nCopies(networks.size(), null));
    try (Progress.Task task = progress.begin("responses to " + stimuli.name(), networks.size())) {
      Parallel.forEach(
          networks.size(),
          i -> {
            task.note(networks.get(i).name());
            responses.set(i, responses(networks.get(i), layers, stimuli, pooling));
            task.advance(1);
          });
    }
    Map<String, Map<String, Representation>> result = new LinkedHashMap<>();
    for (int i = 0; i < networks.size(); i++) {
      result.put(networks.get(i).name(), responses.get(i));
    }
    return result;
  }

  private static void compute(
      StoredNetwork network, List<String> layers, ImageSet stimuli, Pooling pooling, Path folder)
      throws IOException {
    try (Torch.Scope alone = Torch.threads(1);
        RepresentationSource source = network.open();
        Spill spill = new Spill(BUDGET, folder)) {
      List<String> wanted = layers.isEmpty() ? source.layers() : layers;
      Map<String, Representation> responses =
          source.represent(
              stimuli, wanted, pooling, RepresentationSource.DEFAULT_BATCH, spill, Progress.NONE);
      int at = 0;
      for (Representation ofLayer : responses.values()) {
        Representations.write(ofLayer, folder.resolve(file(at++)));
      }
      Files.write(folder.resolve(LAYERS), responses.keySet(), StandardCharsets.UTF_8);
    }
  }

  private static String file(int layer) {
    return "layer-" + layer + ".npy";
  }

  private static List<String> stored(Path folder) {
    try {
      return Files.readAllLines(folder.resolve(LAYERS), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot read the names of layers", e);
    }
  }
}
