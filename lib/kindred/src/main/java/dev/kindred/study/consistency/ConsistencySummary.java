package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of the consistency study, and its choices of what to show. */
public final class ConsistencySummary {
  private ConsistencySummary() {}

  /** Table 1: models in each set here and, where the set is the paper's, there. */
  public static Table counts(ModelTable models) {
    StringColumn attribute = StringColumn.create("attribute");
    StringColumn value = StringColumn.create("set");
    IntColumn here = IntColumn.create("models here");
    IntColumn paper = IntColumn.create("models in the paper");
    models
        .attributes()
        .forEach(
            (name, values) -> {
              Map<String, int[]> sets = models.sets(name);
              if (sets.size() > 12) {
                return;
              }
              sets.forEach(
                  (set, members) -> {
                    attribute.append(name);
                    value.append(set);
                    here.append(members.length);
                    Integer count =
                        PublishedResults.MODELS_IN_SETS.getOrDefault(name, Map.of()).get(set);
                    if (count == null) {
                      paper.appendMissing();
                    } else {
                      paper.append(count);
                    }
                  });
            });
    return Table.create("Models in each set (Table 1)", attribute, value, here, paper);
  }

  /** Up to {@code count} data sets of different categories, as far as there are, by index. */
  public static List<Integer> oneOfEach(SimilaritySet similarities, int count) {
    List<DataSet> sets = similarities.dataSets();
    Set<Integer> chosen = new LinkedHashSet<>();
    Set<String> categories = new LinkedHashSet<>();
    for (int d = 0; d < sets.size() && chosen.size() < count; d++) {
      if (categories.add(sets.get(d).category())) {
        chosen.add(d);
      }
    }
    for (int d = 0; d < sets.size() && chosen.size() < count; d++) {
      chosen.add(d);
    }
    return List.copyOf(chosen);
  }

  /**
   * Median of R for every set pair, with 95 % bootstrap intervals over models and over data sets.
   */
  public static Table medians(
      SimilaritySet similarities,
      ModelTable models,
      List<String> attributes,
      int replicates,
      Seeds seeds) {
    List<String> names = new ArrayList<>();
    List<PairSet> sets = new ArrayList<>();
    names.add("all models");
    sets.add(similarities.allPairs());
    for (String attribute : attributes) {
      PairSet.of(models, attribute)
          .values()
          .forEach(
              set -> {
                names.add(attribute);
                sets.add(set);
              });
    }
    Consistency consistency = new Consistency(similarities);
    List<ToDoubleFunction<Consistency>> medians = new ArrayList<>();
    sets.forEach(set -> medians.add(replicate -> replicate.median(set)));
    Table table =
        Table.create(
            "Median consistency",
            StringColumn.create("attribute", names),
            StringColumn.create("model pairs", sets.stream().map(PairSet::name).toList()),
            IntColumn.create("pairs", sets.stream().mapToInt(PairSet::size).toArray()),
            DoubleColumn.create(
                "median R", sets.stream().mapToDouble(consistency::median).toArray()));
    for (ConsistencyBootstrap.Over over :
        List.of(ConsistencyBootstrap.Over.MODELS, ConsistencyBootstrap.Over.DATA_SETS)) {
      List<Interval> intervals =
          ConsistencyBootstrap.intervals(similarities, over, replicates, seeds, medians);
      String name = over == ConsistencyBootstrap.Over.MODELS ? "models" : "data sets";
      table.addColumns(
          StringColumn.create(
              "95 %, over " + name, intervals.stream().map(Interval::toString).toList()));
    }
    return table;
  }

  /**
   * The pair sets of Figure 7: all, then the most and the least consistent pair of objectives of
   * the paper.
   */
  public static List<PairSet> shown(SimilaritySet similarities, ModelTable models) {
    List<PairSet> shown = new ArrayList<>();
    shown.add(similarities.allPairs());
    if (models.attributes().containsKey("objective")) {
      Map<String, PairSet> objectives = PairSet.of(models, "objective");
      for (String name : List.of("SSL–SSL", "Img-Txt–Sup", "Sup–Img-Txt")) {
        if (objectives.containsKey(name)) {
          shown.add(objectives.get(name));
        }
      }
    }
    return shown;
  }

  /**
   * The first models of every set of an attribute, {@code each} of a set, of different
   * architectures where there are.
   */
  public static List<String> anchors(ModelTable models, String attribute, int each) {
    List<String> anchors = new ArrayList<>();
    models
        .sets(attribute)
        .forEach(
            (value, members) -> {
              Set<Integer> order = new LinkedHashSet<>();
              if (models.attributes().containsKey("architecture")) {
                List<String> values = models.values("architecture");
                Set<String> kinds = new LinkedHashSet<>();
                for (int member : members) {
                  if (kinds.add(values.get(member))) {
                    order.add(member);
                  }
                }
              }
              for (int member : members) {
                order.add(member);
              }
              order.stream()
                  .limit(each)
                  .forEach(member -> anchors.add(models.models().get(member)));
            });
    return anchors;
  }
}
