package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.Estimate;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of the consistency study, and its choices of what to show. */
public final class ConsistencySummary {
  private static final String ARCHITECTURE = "architecture";
  private static final String DATA = "training data";

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

  /** How large the study is beside the paper's. */
  public static Table sizes(ConsistencyInput input) {
    List<DataSet> sets = input.dataSetList();
    ModelTable models = input.modelTable();
    long declarations = models.declarations().stream().distinct().count();
    IntSummaryStatistics images =
        sets.stream().mapToInt(input::images).filter(count -> count > 0).summaryStatistics();
    StringColumn what = StringColumn.create("");
    StringColumn here = StringColumn.create("here");
    StringColumn paper = StringColumn.create("in the paper");
    String ofModels = String.valueOf(models.models().size());
    what.append("models");
    here.append(
        declarations < models.models().size()
            ? ofModels
                + ", of "
                + declarations
                + " declarations, which differ in more than the seed"
            : ofModels);
    paper.append("64");
    what.append("pairs of models");
    List<String> declared = models.declarations();
    PairSet compared =
        PairSet.all(models.models().size())
            .where("compared", (i, j) -> !declared.get(i).equals(declared.get(j)));
    here.append(String.valueOf(compared.size()));
    paper.append("2016");
    what.append("data sets");
    here.append(String.valueOf(sets.size()));
    paper.append("23");
    what.append("pairs of data sets");
    here.append(String.valueOf(PairSet.all(sets.size()).size()));
    paper.append("253");
    what.append("images of a data set");
    here.append(
        images.getCount() == 0
            ? "not known"
            : images.getMin() == images.getMax()
                ? String.valueOf(images.getMax())
                : images.getMin() + " to " + images.getMax());
    paper.append("up to about 10,000, as many of each class");
    return Table.create("Size of the study", what, here, paper);
  }

  /**
   * Up to {@code count} data sets of different categories, as far as there are, by index; the
   * paper's three where all of them are there.
   */
  public static List<Integer> oneOfEach(SimilaritySet similarities, int count) {
    List<DataSet> sets = similarities.dataSets();
    List<String> names = sets.stream().map(DataSet::name).toList();
    if (count == PublishedResults.SHOWN.size() && names.containsAll(PublishedResults.SHOWN)) {
      return PublishedResults.SHOWN.stream().map(names::indexOf).toList();
    }
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
   * 95 % intervals of the medians of R for some set pairs, over models and data sets, made as those
   * of the claims are, see {@link dev.kindred.study.Estimate}.
   */
  public static List<Interval> medians(
      SimilaritySet similarities, List<PairSet> sets, int replicates, Seeds seeds) {
    return new ConsistencyBootstrap(similarities, ConsistencyBootstrap.Over.BOTH, replicates, seeds)
        .intervals(
            sets.stream()
                .map(
                    set ->
                        new Part(
                            replicate -> replicate.median(set),
                            set.smallerSet(),
                            similarities.dataSets().size(),
                            Estimate.Scale.CORRELATION,
                            Optional.empty()))
                .toList());
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
            IntColumn.create(
                "pairs",
                sets.stream().mapToInt(set -> similarities.compared(set).size()).toArray()),
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
   * The pair sets of Figure 7: all, then the two pairs of objectives that the paper shows, its most
   * and its least consistent one; then those that are the most and the least consistent here.
   */
  public static List<PairSet> shown(SimilaritySet similarities, ModelTable models) {
    Map<String, PairSet> shown = new LinkedHashMap<>();
    shown.put("", similarities.allPairs());
    if (models.attributes().containsKey("objective")) {
      Map<String, PairSet> objectives = PairSet.of(models, "objective");
      for (String name : List.of("SSL–SSL", "Img-Txt–Sup", "Sup–Img-Txt")) {
        if (objectives.containsKey(name)) {
          shown.put(name, objectives.get(name));
        }
      }
      Findings findings = new Findings(similarities, models);
      Stream.of(findings.mostConsistent("objective"), findings.leastConsistent("objective"))
          .flatMap(Optional::stream)
          .forEach(found -> shown.putIfAbsent(found.name(), objectives.get(found.name())));
    }
    return List.copyOf(shown.values());
  }

  /**
   * The paper's six anchors where they are among the models; else {@code each} of every set of an
   * attribute, of different architectures and training data as far as there are.
   */
  public static List<String> anchors(ModelTable models, String attribute, int each) {
    return PublishedResults.anchors(models.models())
        .orElseGet(() -> ownAnchors(models, attribute, each));
  }

  private static List<String> ownAnchors(ModelTable models, String attribute, int each) {
    List<String> anchors = new ArrayList<>();
    Map<String, Integer> trainedOn = new HashMap<>();
    models
        .sets(attribute)
        .forEach(
            (value, members) -> {
              Set<String> architectures = new HashSet<>();
              List<Integer> left = new ArrayList<>(Arrays.stream(members).boxed().toList());
              for (int k = 0; k < Math.min(each, members.length); k++) {
                // The first of those of a new architecture, and of the data least used so far.
                int next =
                    left.stream()
                        .min(
                            Comparator.comparing(
                                    (Integer m) ->
                                        architectures.contains(value(models, ARCHITECTURE, m)))
                                .thenComparing(
                                    m -> trainedOn.getOrDefault(value(models, DATA, m), 0)))
                        .orElseThrow();
                left.remove((Integer) next);
                architectures.add(value(models, ARCHITECTURE, next));
                trainedOn.merge(value(models, DATA, next), 1, Integer::sum);
                anchors.add(models.models().get(next));
              }
            });
    return anchors;
  }

  private static String value(ModelTable models, String attribute, int model) {
    List<String> values = models.attributes().get(attribute);
    return values == null ? "" : values.get(model);
  }
}
