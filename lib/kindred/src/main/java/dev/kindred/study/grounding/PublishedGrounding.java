package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.study.grounding.PublishedTable.RowChoice;
import dev.kindred.study.grounding.PublishedTable.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The authors' archive (Zenodo record 5117844, {@code sim_metric_resources.tar}): rank correlations
 * of published distances with published gaps of accuracy, from the very rows that the published
 * numbers are made of. Which these are is in the authors' public code alone.
 *
 * <ul>
 *   <li>{@code layer_exp}: the reference is the deepest layer, 11, of the seed from 1 to 10 with
 *       the best probe there; rows in which either side is it.
 *   <li>{@code pca_deletion}: for each of the layers 7 to 11, the reference is the seed from 1 to 7
 *       with the best probe where nothing is deleted; rows of that layer in which either seed is
 *       it.
 *   <li>{@code feather}: for each layer the best of the fine-tuned networks, in the same way.
 *   <li>{@code pretrain_finetune}: likewise; seeds count from 1, but the authors take the place of
 *       the best accuracy, which counts from 0, for its seeds. Their numbers need that; {@link
 *       #variants} has the others.
 * </ul>
 *
 * <p>Correlations and one-sided p-values are means over the reference layers. Columns of mean
 * canonical correlations hold similarities and are taken from 1.
 */
public final class PublishedGrounding {
  private static final String DIFFERENCE = "_diff";

  /** Columns that say which pair a row is of; with 1 or 2 at their end. */
  private static final Set<String> SIDES =
      Set.of("dataset", "architecture", "seed", "step", "layer", "pre_seed", "fine_seed");

  private static final Set<String> OTHERS =
      Set.of("", "index", "dims_deleted", "dims_kept", "deletion_seed");
  private static final Set<String> SIMILARITIES = Set.of("mean_cca_corr", "mean_sq_cca_corr");

  /** Columns of the authors' table of scores that have other names as tasks. */
  private static final Map<String, String> HANS_TASKS =
      Map.of(
          "MNLI dev acc.", "mnli_dev_acc",
          "Lexical (entailed)", "lex_ent",
          "Subseq (entailed)", "sub_ent",
          "Constituent (entailed)", "const_ent",
          "Lexical (nonent)", "lex_nonent",
          "Subseq (nonent)", "sub_nonent",
          "Constituent (nonent)", "const_nonent",
          "Overall accuracy", "overall_accuracy");

  private static final int DEEPEST = 11;
  private static final int FIRST_DELETED = 7;
  private static final int LAYER_SEEDS = 10;
  private static final int DELETION_SEEDS = 7;

  private static final String LAYERS = "layer_exp";
  private static final String DELETION = "pca_deletion";
  private static final String FEATHER = "feather";
  private static final String STRESS = "pretrain_finetune";
  private static final List<String> KNOWN = List.of(LAYERS, DELETION, FEATHER, STRESS);

  /** Tasks of the published numbers; others may be missing or have nothing to tell. */
  private static final Map<String, List<String>> PUBLISHED =
      Map.of(
          LAYERS, List.of("QNLI", "SST-2"),
          DELETION, List.of("SST-2"),
          FEATHER, List.of("lex_nonent"),
          STRESS, List.of("STRESS_ANTONYMY", "STRESS_NUMERICAL"));

  private final Path folder;
  private final List<Row> rows = new ArrayList<>();
  private final List<Row> variants = new ArrayList<>();

  /** One measure on one task. */
  private record Row(
      String experiment, String task, String note, String measure, double[] numbers, int rows) {}

  private PublishedGrounding(Path folder) {
    this.folder = folder;
  }

  /**
   * Computes all tables.
   *
   * @param folder the unpacked archive, with {@code full_dfs} and {@code scores}
   */
  public static PublishedGrounding of(Path folder) {
    PublishedGrounding published = new PublishedGrounding(folder);
    for (String experiment : published.experiments()) {
      switch (experiment) {
        case LAYERS -> published.layers();
        case DELETION -> published.deletion();
        case FEATHER -> published.feather();
        default -> published.stress();
      }
    }
    return published;
  }

  private List<String> experiments() {
    Path tables = folder.resolve("full_dfs");
    if (!Files.isDirectory(tables)) {
      throw new InputException(
          folder + ": expected the authors' archive with a folder full_dfs, found none");
    }
    List<String> found;
    try (Stream<Path> entries = Files.list(tables)) {
      found = entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new InputException(tables + ": cannot be read: " + e.getMessage(), e);
    }
    List<String> experiments = KNOWN.stream().filter(found::contains).toList();
    if (experiments.isEmpty()) {
      throw new InputException(
          tables + ": expected one of " + String.join(", ", KNOWN) + ", found " + found);
    }
    return experiments;
  }

  /** The published numbers: experiment, task, measure, rho, rho_p, tau, tau_p, rows. */
  public Table table() {
    return table(rows, false);
  }

  /**
   * The same in ways that were superseded, or that are right where the published way is a slip,
   * with the difference in a column {@code variant}.
   */
  public Table variants() {
    return table(variants, true);
  }

  private static Table table(List<Row> rows, boolean noted) {
    Table table = Table.create("Published benchmark");
    table.addColumns(
        StringColumn.create("experiment", rows.stream().map(Row::experiment).toList()),
        StringColumn.create("task", rows.stream().map(Row::task).toList()));
    if (noted) {
      table.addColumns(StringColumn.create("variant", rows.stream().map(Row::note).toList()));
    }
    table.addColumns(StringColumn.create("measure", rows.stream().map(Row::measure).toList()));
    List<String> names = List.of("rho", "rho_p", "tau", "tau_p");
    for (int i = 0; i < names.size(); i++) {
      int at = i;
      table.addColumns(
          DoubleColumn.create(
              names.get(i), rows.stream().mapToDouble(row -> row.numbers[at]).toArray()));
    }
    table.addColumns(IntColumn.create("rows", rows.stream().mapToInt(Row::rows).toArray()));
    return table;
  }

  private PublishedTable open(String experiment) {
    return PublishedTable.open(
        folder.resolve("full_dfs").resolve(experiment).resolve("full_df.csv"));
  }

  private Path scores(String experiment, String file) {
    return folder.resolve("scores").resolve(experiment).resolve(file);
  }

  private static List<String> measures(PublishedTable table) {
    return table.header().stream()
        .filter(name -> !name.endsWith(DIFFERENCE) && !OTHERS.contains(name))
        .filter(name -> !name.startsWith("Unnamed"))
        .filter(name -> !SIDES.contains(name.replaceFirst("[12]$", "")))
        .filter(table::isNumeric)
        .toList();
  }

  /** Tasks that the table has columns for and the scores accuracies. */
  private static List<String> tasks(
      PublishedTable table, Iterable<String> scored, List<String> needed) {
    List<String> tasks = new ArrayList<>();
    for (String task : scored) {
      boolean there = table.header().contains(task + DIFFERENCE);
      if (there) {
        tasks.add(task);
      } else if (needed.contains(task)) {
        throw missing(table, task);
      }
    }
    if (tasks.isEmpty()) {
      throw missing(table, needed.get(0));
    }
    return tasks;
  }

  private static InputException missing(PublishedTable table, String task) {
    return new InputException(
        table.file()
            + ": expected a column "
            + task
            + DIFFERENCE
            + ", found "
            + String.join(", ", table.header().stream().filter(name -> !name.isBlank()).toList()));
  }

  private static List<String> columns(List<String> measures, List<String> tasks) {
    List<String> columns = new ArrayList<>(measures);
    tasks.forEach(task -> columns.add(task + DIFFERENCE));
    return columns;
  }

  private void layers() {
    PublishedTable table = open(LAYERS);
    PublishedScores scores = PublishedScores.read(scores(LAYERS, "scores.pkl"));
    List<String> measures = measures(table);
    List<String> tasks = tasks(table, scores.tasks(), PUBLISHED.get(LAYERS));
    Rows all =
        table.read(
            List.of("seed1", "layer1", "seed2", "layer2"), keys -> true, columns(measures, tasks));
    int deepest = all.keys().stream().mapToInt(k -> Math.max(k[1], k[3])).max().orElse(0);
    for (int t = 0; t < tasks.size(); t++) {
      String task = tasks.get(t);
      IntFunction<RowChoice> choice =
          depth -> {
            int seed =
                best(
                    scores.seedsOf(task, 1, LAYER_SEEDS, depth + 1),
                    s -> scores.mean(task, s, depth + 1, 0, 0));
            return k -> k[0] == seed && k[1] == depth || k[2] == seed && k[3] == depth;
          };
      int gap = measures.size() + t;
      add(rows, LAYERS, task, "", measures, all, gap, List.of(Math.min(DEEPEST, deepest)), choice);
      add(
          variants,
          LAYERS,
          task,
          "every layer as reference in turn (the numbers that were stored first)",
          measures,
          all,
          gap,
          IntStream.rangeClosed(0, deepest)
              .filter(depth -> scores.knows(task, LAYER_SEEDS, depth + 1))
              .boxed()
              .toList(),
          choice);
    }
  }

  private void deletion() {
    PublishedTable table = open(DELETION);
    PublishedScores scores = PublishedScores.read(scores(DELETION, "scores.pkl"));
    List<String> measures = measures(table);
    List<String> tasks = tasks(table, scores.tasks(), PUBLISHED.get(DELETION));
    Rows all = ofEqualLayers(table, columns(measures, tasks));
    List<Integer> layers =
        layers(all).stream().filter(layer -> layer >= FIRST_DELETED && layer <= DEEPEST).toList();
    if (layers.isEmpty()) {
      throw new InputException(
          table.file()
              + ": expected rows of layers "
              + FIRST_DELETED
              + " to "
              + DEEPEST
              + ", found those of "
              + layers(all));
    }
    for (int t = 0; t < tasks.size(); t++) {
      String task = tasks.get(t);
      add(
          rows,
          DELETION,
          task,
          "",
          measures,
          all,
          measures.size() + t,
          layers,
          layer -> {
            int seed =
                best(
                    scores.seedsOf(task, 1, DELETION_SEEDS, layer + 1),
                    s -> scores.mean(task, s, layer + 1, 0));
            return k -> k[0] == layer && (k[2] == seed || k[3] == seed);
          });
    }
  }

  /** Keys: layer, layer, seed, seed. */
  private static Rows ofEqualLayers(PublishedTable table, List<String> columns) {
    return table.read(List.of("layer1", "layer2", "seed1", "seed2"), k -> k[0] == k[1], columns);
  }

  private static List<Integer> layers(Rows rows) {
    return rows.keys().stream().map(k -> k[0]).distinct().sorted().toList();
  }

  private void feather() {
    PublishedTable table = open(FEATHER);
    PublishedTable scores = PublishedTable.open(scores(FEATHER, "scores.csv"));
    Map<String, String> columnOf = new LinkedHashMap<>();
    for (String column : scores.header()) {
      if (scores.isNumeric(column)) {
        columnOf.put(HANS_TASKS.getOrDefault(column, column), column);
      }
    }
    List<String> measures = measures(table);
    List<String> tasks = tasks(table, columnOf.keySet(), PUBLISHED.get(FEATHER));
    Rows all = ofEqualLayers(table, columns(measures, tasks));
    List<Integer> seeds = all.keys().stream().map(k -> k[2]).distinct().toList();
    int largest = seeds.stream().mapToInt(seed -> seed).max().orElse(0);
    Rows accuracies = scores.first(largest + 1, tasks.stream().map(columnOf::get).toList());
    for (int t = 0; t < tasks.size(); t++) {
      double[] ofTask = accuracies.values()[t];
      int reference =
          best(
              seeds,
              seed -> {
                if (seed >= ofTask.length) {
                  throw new InputException(
                      scores.file()
                          + ": expected a row for every seed up to "
                          + seed
                          + ", found "
                          + ofTask.length
                          + " rows");
                }
                return ofTask[seed];
              });
      add(
          rows,
          FEATHER,
          tasks.get(t),
          "",
          measures,
          all,
          measures.size() + t,
          layers(all),
          layer -> k -> k[0] == layer && (k[2] == reference || k[3] == reference));
    }
  }

  private void stress() {
    PublishedTable table = open(STRESS);
    Map<String, double[][]> scores =
        PublishedScores.read(scores(STRESS, "scores.pkl")).stressTests();
    List<String> measures = measures(table);
    List<String> tasks = tasks(table, scores.keySet(), PUBLISHED.get(STRESS));
    Rows all =
        table.read(
            List.of("layer1", "layer2", "pre_seed1", "fine_seed1", "pre_seed2", "fine_seed2"),
            k -> k[0] == k[1],
            columns(measures, tasks));
    for (int t = 0; t < tasks.size(); t++) {
      double[][] ofTask = scores.get(tasks.get(t));
      double[] flat = Arrays.stream(ofTask).flatMapToDouble(Arrays::stream).toArray();
      // Of equal ones the last, as a sort in ascending order leaves it.
      int best =
          IntStream.range(0, flat.length)
              .boxed()
              .max(Comparator.<Integer>comparingDouble(i -> flat[i]).thenComparing(i -> i))
              .orElseThrow();
      int pre = best / ofTask[0].length;
      int fine = best % ofTask[0].length;
      int gap = measures.size() + t;
      add(rows, STRESS, tasks.get(t), "", measures, all, gap, layers(all), reference(pre, fine));
      add(
          variants,
          STRESS,
          tasks.get(t),
          "the reference counted from 1, as its seeds are",
          measures,
          all,
          gap,
          layers(all),
          reference(pre + 1, fine + 1));
    }
  }

  private static IntFunction<RowChoice> reference(int pre, int fine) {
    return layer ->
        k -> k[0] == layer && (k[2] == pre && k[3] == fine || k[4] == pre && k[5] == fine);
  }

  /** The first of the best. */
  private static int best(List<Integer> seeds, ToDoubleFunction<Integer> accuracy) {
    int best = seeds.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (int seed : seeds) {
      double here = accuracy.applyAsDouble(seed);
      if (here > highest) {
        highest = here;
        best = seed;
      }
    }
    return best;
  }

  private void add(
      List<Row> target,
      String experiment,
      String task,
      String note,
      List<String> measures,
      Rows all,
      int gapColumn,
      List<Integer> depths,
      IntFunction<RowChoice> choices) {
    double[][] sums = new double[measures.size()][4];
    int count = 0;
    for (int depth : depths) {
      RowChoice choice = choices.apply(depth);
      double[] gaps = all.select(gapColumn, choice);
      count += gaps.length;
      if (gaps.length > 1 && isConstant(gaps) && PUBLISHED.get(experiment).contains(task)) {
        throw new InputException(
            folder.resolve("full_dfs").resolve(experiment).resolve("full_df.csv")
                + ", column "
                + task
                + DIFFERENCE
                + ": expected gaps that differ, found the constant "
                + gaps[0]
                + " in all "
                + gaps.length
                + " rows of the reference at depth "
                + depth);
      }
      for (int m = 0; m < sums.length; m++) {
        double[] distances = all.select(m, choice);
        if (SIMILARITIES.contains(measures.get(m))) {
          distances = Arrays.stream(distances).map(r -> 1 - r).toArray();
        }
        double[] here = correlations(distances, gaps);
        for (int i = 0; i < here.length; i++) {
          sums[m][i] += here[i] / depths.size();
        }
      }
    }
    for (int m = 0; m < sums.length; m++) {
      target.add(new Row(experiment, task, note, measures.get(m), sums[m], count));
    }
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /** ρ, its one-sided p, τ-b, its one-sided p; NaN where they are not defined. */
  static double[] correlations(double[] distances, double[] gaps) {
    boolean defined =
        distances.length > 1
            && !isConstant(distances)
            && !isConstant(gaps)
            && Stream.of(distances, gaps)
                .flatMapToDouble(Arrays::stream)
                .allMatch(Double::isFinite);
    if (!defined) {
      double[] unknown = new double[4];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    Correlation rho = Correlation.of(Method.SPEARMAN, distances, gaps);
    Correlation tau = Correlation.of(Method.KENDALL, distances, gaps);
    return new double[] {rho.coefficient(), rho.oneSidedP(), tau.coefficient(), tau.oneSidedP()};
  }
}
