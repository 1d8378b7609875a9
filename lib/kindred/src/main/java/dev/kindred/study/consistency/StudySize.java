package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.Evidence;
import dev.kindred.study.models.ModelTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How large a study must be: the claims decided on growing numbers of the models, each a random
 * part of the next.
 */
public final class StudySize {
  /** Stands for as many images as there are. */
  public static final int ALL = Integer.MAX_VALUE;

  private StudySize() {}

  /**
   * Every claim's verdict at each size, and the smallest size from which on it is decided as by all
   * models.
   *
   * @param sizes numbers of models, ascending; those above the number there are left out, and all
   *     models come last
   */
  public static Table table(
      SimilaritySet similarities,
      ModelTable models,
      Map<String, SimilaritySet> others,
      Optional<PerformanceGap> gaps,
      List<Integer> sizes,
      int replicates,
      Seeds seeds) {
    List<String> order = shuffled(models.models(), seeds.stream("order of models"));
    List<Integer> taken = new ArrayList<>(sizes);
    taken.removeIf(size -> size >= order.size());
    taken.add(order.size());
    List<List<Claim>> decided = new ArrayList<>();
    for (int size : taken) {
      List<String> chosen = order.subList(0, size);
      List<String> part = models.models().stream().filter(chosen::contains).toList();
      SimilaritySet some = similarities.among(part);
      Map<String, SimilaritySet> someOthers = new LinkedHashMap<>();
      others.forEach((name, set) -> someOthers.put(name, set.among(part)));
      decided.add(
          ConsistencyClaims.decide(
              some,
              models.select(part),
              someOthers,
              gaps.map(known -> known.of(some)),
              replicates,
              seeds));
    }
    List<Claim> last = decided.get(decided.size() - 1);
    Table table =
        Table.create(
            "Verdicts by the number of models",
            StringColumn.create("claim", last.stream().map(Claim::statement).toList()));
    for (int k = 0; k < taken.size(); k++) {
      table.addColumns(
          StringColumn.create(
              taken.get(k) + " models",
              decided.get(k).stream().map(claim -> claim.verdict().toString()).toList()));
    }
    List<String> smallest = new ArrayList<>();
    for (int c = 0; c < last.size(); c++) {
      smallest.add(smallest(decided, taken, c));
    }
    return table.addColumns(StringColumn.create("decided from", smallest));
  }

  /**
   * Mean R over all model pairs for growing numbers of images of every data set, with 95 %
   * intervals over models and data sets, and how the mean similarities agree with those on all
   * images.
   *
   * @param byImages number of images, the last {@link #ALL} → similarities of the same models
   */
  public static Table byImages(Map<Integer, SimilaritySet> byImages, int replicates, Seeds seeds) {
    StringColumn images = StringColumn.create("images");
    DoubleColumn mean = DoubleColumn.create("mean R");
    StringColumn interval = StringColumn.create("95 % interval");
    DoubleColumn agreement = DoubleColumn.create("r with the most images");
    List<SimilaritySet> sets = List.copyOf(byImages.values());
    SimilaritySet most = sets.get(sets.size() - 1);
    byImages.forEach(
        (count, set) -> {
          Part part =
              new Part(
                  r -> r.mean(r.similarities().allPairs()),
                  set.models().size(),
                  set.dataSets().size(),
                  Estimate.Scale.CORRELATION,
                  Optional.empty());
          Evidence found =
              new DecisionRule.Above(0)
                  .judge(
                      new ConsistencyBootstrap(
                              set, ConsistencyBootstrap.Over.BOTH, replicates, seeds)
                          .estimates(List.of(part)));
          images.append(count == ALL ? "all" : String.valueOf(count));
          mean.append(found.value());
          interval.append(found.interval().toString());
          agreement.append(MeanAndDeviation.agreement(new Consistency(set), most));
        });
    return Table.create("Consistency by the number of images", images, mean, interval, agreement);
  }

  private static String smallest(List<List<Claim>> decided, List<Integer> sizes, int claim) {
    Claim last = decided.get(decided.size() - 1).get(claim);
    if (!last.verdict().isDecision()) {
      return "–";
    }
    int from = sizes.size() - 1;
    while (from > 0 && decided.get(from - 1).get(claim).verdict() == last.verdict()) {
      from--;
    }
    return sizes.get(from) + " models";
  }

  private static List<String> shuffled(List<String> models, SplittableRandom random) {
    List<String> order = new ArrayList<>(models);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }
}
