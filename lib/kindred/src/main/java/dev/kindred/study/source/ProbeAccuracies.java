package dev.kindred.study.source;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.network.probe.ProbeSearch;
import dev.kindred.network.tensor.Torch;
import dev.kindred.study.models.DataSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Accuracies of linear probes on models' responses, kept in a store for all studies that ask for
 * the same probes.
 *
 * @param search how probes are trained
 * @param seed seed of their weights, orders and splits
 * @param store where accuracies are kept
 */
public record ProbeAccuracies(ProbeSearch search, long seed, Store store) {
  private static final String FILE = "accuracy.txt";

  /**
   * Top-1 accuracy of every model on a data set, from 0 to 1; empty where labels are not known.
   *
   * @param task advanced by one for every model
   */
  public Optional<double[]> of(FeatureSource source, DataSet dataSet, Progress.Task task) {
    if (source.labels(dataSet).isEmpty()) {
      return Optional.empty();
    }
    double[] accuracies = new double[source.models().rowCount()];
    Parallel.forEach(
        accuracies.length,
        model -> {
          try (Torch.Scope alone = Torch.threads(1)) {
            accuracies[model] = of(source, dataSet, model).orElseThrow();
            task.advance(1);
          }
        });
    return Optional.of(accuracies);
  }

  /** Top-1 accuracy of one model on a data set; empty where labels are not known. */
  public OptionalDouble of(FeatureSource source, DataSet dataSet, int model) {
    return source
        .probeTask(dataSet, model)
        .map(task -> OptionalDouble.of(accuracy(task)))
        .orElse(OptionalDouble.empty());
  }

  private double accuracy(ProbeTask task) {
    Provenance recipe =
        Provenance.of("linear probe", Map.of("search", search, "seed", seed), task.inputs());
    Path folder =
        store.folder(
            new StoreKey("probe-accuracy", 1, recipe),
            working -> {
              double accuracy =
                  search
                      .train(
                          task.train(),
                          task.trainLabels(),
                          task.classes(),
                          new Seeds(seed).child("probes"))
                      .accuracy(task.test(), task.testLabels());
              Files.writeString(working.resolve(FILE), Double.toString(accuracy));
            });
    try {
      return Double.parseDouble(Files.readString(folder.resolve(FILE)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
