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
import java.util.List;
import java.util.Map;

/** What networks can do, as shares of right answers from 0 to 1; kept in a store. */
record Functions(Store store) {
  private static final ProbeTraining PROBE =
      new ProbeTraining(20, 128, /* cosine= */ true, FeatureScale.STANDARD_UNITS);
  private static final ProbeTraining.Setting SETTING = new ProbeTraining.Setting(1e-2, 1e-4);
  private static final String FILE = "accuracies.txt";

  /**
   * What a linear classifier reads from a layer.
   *
   * @param train responses to images that it is trained on
   * @param test responses to others
   * @param classes number of classes
   */
  double probe(
      Representation train, int[] trainLabels, Representation test, int[] testLabels, int classes) {
    Provenance recipe =
        Provenance.of(
            "probe of a depth",
            Map.of("training", PROBE, "setting", SETTING, "classes", classes),
            train.provenance(),
            test.provenance());
    return kept(
            new StoreKey("probe-of-depth", 1, recipe),
            () -> {
              try (Torch.Scope alone = Torch.threads(1)) {
                return List.of(
                    PROBE
                        .train(train, trainLabels, classes, List.of(SETTING), new Seeds(1))
                        .get(0)
                        .accuracy(test, testLabels));
              }
            })
        .get(0);
  }

  /**
   * What the networks' own classifiers make of sets of images.
   *
   * @return network × set
   */
  double[][] accuracies(List<StoredNetwork> networks, List<ImageSet> sets) {
    double[][] accuracies = new double[networks.size()][];
    try (Progress.Task task = Progress.standard().begin("accuracies", networks.size())) {
      Parallel.forEach(
          networks.size(),
          i -> {
            accuracies[i] =
                accuracies(networks.get(i), sets).stream().mapToDouble(a -> a).toArray();
            task.advance(1);
          });
    }
    return accuracies;
  }

  private List<Double> accuracies(StoredNetwork network, List<ImageSet> sets) {
    List<Provenance> inputs = new ArrayList<>(List.of(network.provenance()));
    sets.forEach(set -> inputs.add(set.provenance()));
    Provenance recipe = Provenance.of("accuracies", Map.of(), inputs.toArray(Provenance[]::new));
    return kept(
        new StoreKey("accuracies", 1, recipe),
        () -> {
          List<Double> accuracies = new ArrayList<>();
          try (Torch.Scope alone = Torch.threads(1);
              RepresentationSource source = network.open()) {
            for (ImageSet set : sets) {
              Progress.checkCancelled();
              Representation logits =
                  source
                      .represent(
                          set,
                          List.of(Network.LOGITS),
                          Pooling.POOLED,
                          RepresentationSource.DEFAULT_BATCH,
                          Progress.NONE)
                      .get(Network.LOGITS);
              accuracies.add(Classification.accuracy(logits, set.labels()));
            }
          }
          return accuracies;
        });
  }

  private interface Computed {
    List<Double> accuracies();
  }

  private List<Double> kept(StoreKey key, Computed computed) {
    Path folder =
        store.folder(
            key,
            working ->
                Files.write(
                    working.resolve(FILE),
                    computed.accuracies().stream().map(String::valueOf).toList()));
    try {
      return Files.readAllLines(folder.resolve(FILE)).stream().map(Double::valueOf).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
