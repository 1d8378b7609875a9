package dev.kindred.study.grounding;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.RepresentationSource;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.probe.FeatureScale;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What networks can do; kept in a store. */
record Functions(Store store) {
  private static final ProbeTraining PROBE =
      new ProbeTraining(20, 128, /* cosine= */ true, FeatureScale.STANDARD_UNITS);
  private static final ProbeTraining.Setting SETTING = new ProbeTraining.Setting(1e-2, 1e-4);
  private static final String FILE = "classes.txt";

  /**
   * The classes that a linear classifier reads from a layer.
   *
   * @param train responses to images that it is trained on
   * @param test responses to others
   * @param classes number of classes
   * @return the class for each of the others
   */
  int[] probe(Representation train, int[] trainLabels, Representation test, int classes) {
    Provenance recipe =
        Provenance.of(
            "probe of a depth",
            Map.of("training", PROBE, "setting", SETTING, "classes", classes),
            train.provenance(),
            test.provenance());
    return kept(
        new StoreKey("probed-classes", 1, recipe),
        () -> {
          try (Torch.Scope alone = Torch.threads(1)) {
            return new int[][] {
              PROBE
                  .train(train, trainLabels, classes, List.of(SETTING), new Seeds(1))
                  .get(0)
                  .predict(test)
            };
          }
        })[0];
  }

  /**
   * The classes that the networks' own classifiers see in sets of images.
   *
   * @return network × set × image
   */
  int[][][] classes(List<StoredNetwork> networks, List<ImageSet> sets) {
    int[][][] classes = new int[networks.size()][][];
    try (Progress.Task task = Progress.standard().begin("classes", networks.size())) {
      Parallel.forEach(
          networks.size(),
          i -> {
            classes[i] = classes(networks.get(i), sets);
            task.advance(1);
          });
    }
    return classes;
  }

  private int[][] classes(StoredNetwork network, List<ImageSet> sets) {
    List<Provenance> inputs = new ArrayList<>(List.of(network.provenance()));
    sets.forEach(set -> inputs.add(set.provenance()));
    Provenance recipe = Provenance.of("classes", Map.of(), inputs.toArray(Provenance[]::new));
    return kept(
        new StoreKey("classes", 1, recipe),
        () -> {
          int[][] classes = new int[sets.size()][];
          try (Torch.Scope alone = Torch.threads(1);
              RepresentationSource source = network.open()) {
            for (int i = 0; i < classes.length; i++) {
              Progress.checkCancelled();
              Representation logits =
                  source
                      .represent(
                          sets.get(i),
                          List.of(Network.LOGITS),
                          Pooling.POOLED,
                          RepresentationSource.DEFAULT_BATCH,
                          Progress.NONE)
                      .get(Network.LOGITS);
              classes[i] = Classification.predict(logits);
            }
          }
          return classes;
        });
  }

  private interface Computed {
    int[][] classes();
  }

  /** A line of text for every set of images. */
  private int[][] kept(StoreKey key, Computed computed) {
    Path folder =
        store.folder(
            key,
            working ->
                Files.write(
                    working.resolve(FILE),
                    Arrays.stream(computed.classes())
                        .map(
                            line ->
                                Arrays.stream(line)
                                    .mapToObj(String::valueOf)
                                    .collect(Collectors.joining(" ")))
                        .toList()));
    try {
      return Files.readAllLines(folder.resolve(FILE)).stream()
          .map(line -> Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray())
          .toArray(int[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
