package dev.kindred.study.consistency;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Numbers;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How large a study must be: the claims decided on growing numbers of declared models, with all
 * their copies, each a random part of the next.
 */
public final class StudySize {
  /** Stands for as many images as there are. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Share of the orders that counts as reaching a verdict. */
  private static final double NEARLY_ALL = 0.8;

  private StudySize() {}

  /**
   * For every claim that all models decide, the share of random orders of the declarations in which
   * as many of them as a column says decide it so, and the smallest number from which on nearly all
   * do.
   *
   * @param bySize growing samples, as {@link ConsistencyClaims#decide} takes them
   * @param sizes numbers of declarations, ascending; those that are not below the number there are
   *     left out
   * @param orders number of orders
   */
  public static Table table(
      SimilaritySet similarities,
      ModelTable models,
      Map<String, SimilaritySet> others,
      Optional<PerformanceGap> gaps,
      Map<Integer, Map<String, LabelledMatrix>> bySize,
      List<Integer> sizes,
      int orders,
      int replicates,
      Seeds seeds) {
    List<String> declarations = similarities.declarations();
    List<String> different = declarations.stream().distinct().toList();
    List<Integer> taken = sizes.stream().filter(size -> size < different.size()).toList();
    List<Claim> all =
        ConsistencyClaims.decide(similarities, models, others, gaps, bySize, replicates, seeds);
    int[][] agreeing = new int[taken.size()][all.size()];
    for (int order = 1; order <= orders; order++) {
      List<String> shuffled = shuffled(different, seeds.stream("order of declarations " + order));
      for (int k = 0; k < taken.size(); k++) {
        Set<String> chosen = Set.copyOf(shuffled.subList(0, taken.get(k)));
        List<String> part =
            IntStream.range(0, declarations.size())
                .filter(model -> chosen.contains(declarations.get(model)))
                .mapToObj(models.models()::get)
                .toList();
        SimilaritySet some = similarities.among(part);
        Map<String, SimilaritySet> someOthers = new LinkedHashMap<>();
        others.forEach((name, set) -> someOthers.put(name, set.among(part)));
        List<Claim> decided =
            ConsistencyClaims.decide(
                some,
                models.select(part),
                someOthers,
                gaps.map(known -> known.of(some)),
                among(bySize, part),
                replicates,
                seeds);
        for (int c = 0; c < all.size(); c++) {
          agreeing[k][c] += decided.get(c).verdict() == all.get(c).verdict() ? 1 : 0;
        }
      }
    }
    Table table =
        Table.create(
            "Share of random parts that decide as all " + different.size() + " declarations do",
            StringColumn.create("claim", all.stream().map(Claim::statement).toList()),
            StringColumn.create(
                "verdict of all", all.stream().map(claim -> claim.verdict().toString()).toList()));
    for (int k = 0; k < taken.size(); k++) {
      StringColumn shares = StringColumn.create(taken.get(k) + " declarations");
      for (int c = 0; c < all.size(); c++) {
        shares.append(
            all.get(c).verdict().isDecision()
                ? Math.round(100.0 * agreeing[k][c] / orders) + " %"
                : "–");
      }
      table.addColumns(shares);
    }
    StringColumn from = StringColumn.create("decided from");
    for (int c = 0; c < all.size(); c++) {
      int k = taken.size();
      while (k > 0 && agreeing[k - 1][c] >= NEARLY_ALL * orders) {
        k--;
      }
      int size = k < taken.size() ? taken.get(k) : different.size();
      from.append(all.get(c).verdict().isDecision() ? size + " declarations" : "–");
    }
    return table.addColumns(from);
  }

  private static Map<Integer, Map<String, LabelledMatrix>> among(
      Map<Integer, Map<String, LabelledMatrix>> bySize, List<String> models) {
    Map<Integer, Map<String, LabelledMatrix>> some = new LinkedHashMap<>();
    bySize.forEach(
        (size, matrices) -> {
          Map<String, LabelledMatrix> selected = new LinkedHashMap<>();
          matrices.forEach(
              (measure, matrix) -> {
                int[] chosen = models.stream().mapToInt(matrix.rows()::indexOf).toArray();
                selected.put(measure, matrix.select(chosen, chosen));
              });
          some.put(size, selected);
        });
    return some;
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
          mean.append(Numbers.rounded(found.value(), 3));
          interval.append(found.interval().toString());
          agreement.append(
              Numbers.rounded(MeanAndDeviation.agreement(new Consistency(set), most), 4));
        });
    return Table.create("Consistency by the number of images", images, mean, interval, agreement);
  }

  private static List<String> shuffled(List<String> models, SplittableRandom random) {
    List<String> order = new ArrayList<>(models);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }
}
