package dev.kindred.network.zoo;

import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.probe.LinearOnPixels;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How hard a data set is: what a linear classifier makes of its pixels, what a linear probe makes
 * of an untrained network's features, and what a trained network reaches. A set is of use where the
 * first stays low and the last is high but not perfect. Shares of right answers, from 0 to 1, on
 * test images.
 *
 * @param data name of the data set
 * @param classes number of classes
 * @param pixels linear classification of pixels, see {@link LinearOnPixels}
 * @param untrained linear probe on the network before training
 * @param network the network's own classifier after training: four convolutions of 24 to 192
 *     channels (about 220,000 weights), AdamW with a cosine schedule, images shifted by up to two
 *     pixels
 */
public record Hardness(String data, int classes, double pixels, double untrained, double network) {
  private static final PlainCnn CNN = new PlainCnn(24, List.of(1, 1, 1, 1), 192, 2);
  private static final Augmentation SHIFT = Augmentation.NONE.withShift(2);
  private static final int BATCH = 64;

  /**
   * Measures data sets; the networks are kept in the store.
   *
   * @param data the data sets, of different names
   * @param epochs visits of the training images
   * @param store where trained networks are kept
   * @param parallel how many networks are trained at a time
   * @param progress one bar over the training of all
   * @return a row per data set, in their order
   */
  public static List<Hardness> measure(
      List<? extends TrainingData> data, int epochs, Store store, int parallel, Progress progress) {
    List<ModelDeclaration> networks = new ArrayList<>();
    for (TrainingData images : data) {
      networks.add(
          new ModelDeclaration(
              new TrainingPlan(
                  "hardness of " + images.name(),
                  CNN,
                  new Supervised(0, SHIFT),
                  new Optimizer.AdamW(3e-3, 0.01, 0.1),
                  BATCH,
                  epochs,
                  1),
              images));
    }
    Zoo zoo = Zoo.train(networks, store, parallel, progress);
    Map<String, ModelScores> scores = new HashMap<>();
    Stream.concat(zoo.members().stream(), zoo.rejected().stream())
        .forEach(member -> scores.put(member.name(), member.scores().orElseThrow()));
    List<Hardness> rows = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      ModelScores trained = scores.get(networks.get(i).name());
      TrainingData images = data.get(i);
      rows.add(
          new Hardness(
              images.name(),
              images.train().classNames().size(),
              LinearOnPixels.accuracy(images.train(), images.test()),
              trained.untrainedProbe(),
              trained.accuracy()));
    }
    return rows;
  }

  /** The rows as a table in Markdown. */
  public static String markdown(List<Hardness> rows) {
    StringBuilder table =
        new StringBuilder(
            "| data set | classes | linear on pixels | untrained network | trained |\n");
    table.append("|---|---|---|---|---|\n");
    for (Hardness row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f | %.2f | %.2f |%n",
              row.data,
              row.classes,
              row.pixels,
              row.untrained,
              row.network));
    }
    return table.toString();
  }
}
