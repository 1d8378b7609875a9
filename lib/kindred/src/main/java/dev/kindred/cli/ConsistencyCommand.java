package dev.kindred.cli;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Profile;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.figure.Figure;
import dev.kindred.measure.Measures;
import dev.kindred.study.Claim;
import dev.kindred.study.consistency.ClaimGrounds;
import dev.kindred.study.consistency.Consistency;
import dev.kindred.study.consistency.ConsistencyInput;
import dev.kindred.study.consistency.ConsistencySummary;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.SimilarityComputation;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.consistency.report.ConsistencyFigures;
import dev.kindred.study.consistency.report.PerformanceFigures;
import dev.kindred.study.consistency.report.SampleSizeFigures;
import dev.kindred.study.models.ModelTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

/** {@code kindred consistency}: the consistency study on a folder of features. */
@Command(
    name = "consistency",
    description =
        "How far similarities between models carry over from one data set to another: tables and figures.",
    mixinStandardHelpOptions = true)
final class ConsistencyCommand implements Callable<Integer> {
  private static final int REPLICATES = 1000;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--features",
      required = true,
      description = {
        "folder of features: <data set>/<model>.<ending>; with labels.npy or labels.csv beside",
        "them, also accuracies and growing samples"
      })
  private Path features;

  @Option(
      names = "--models",
      description = "CSV table: the models' ids, then any attributes (default: models.csv there)")
  private Path models;

  @Option(
      names = "--by",
      required = true,
      split = ",",
      description = "attributes that make model sets, such as objective")
  private List<String> by;

  @Option(
      names = "--measure",
      defaultValue = "cka[rows=unit]",
      description = "measure (default: ${DEFAULT-VALUE})")
  private String measure;

  @Option(names = "--out", required = true, description = "folder for tables and figures")
  private Path out;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "seed of the bootstrap (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException {
    ConsistencyInput input =
        ConsistencyInput.features(
            features,
            Optional.ofNullable(models),
            List.of(),
            Profile.named(System.getenv("KINDRED_PROFILE")),
            seed,
            Store.standard());
    ModelTable table = input.modelTable();
    by.forEach(table::values);
    SimilarityComputation.requireSymmetric(Measures.parse(measure));
    AtomicFile.makeFolder(out);
    SimilaritySet similarities = input.similarities(measure);
    List<String> written = new ArrayList<>();
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      String name = "similarity-" + similarities.dataSets().get(d).name() + ".csv";
      written.add(write(name, MatrixCommand.csv(similarities.matrix(d), similarities.models())));
    }
    LabelledMatrix consistency = new Consistency(similarities).matrix(similarities.allPairs());
    written.add(write("consistency.csv", MatrixCommand.csv(consistency, consistency.rows())));
    Seeds seeds = new Seeds(seed);
    written.add(
        write(
            "medians.csv",
            csv(ConsistencySummary.medians(similarities, table, by, REPLICATES, seeds))));
    ClaimGrounds grounds = ClaimGrounds.of(input, measure, List.of(), seed);
    written.add(write("claims.csv", csv(Claim.table(grounds.claims(REPLICATES, seeds)))));
    for (Map.Entry<String, Figure> figure :
        figures(input, similarities, grounds.gaps(), seeds).entrySet()) {
      for (String ending : List.of("png", "svg")) {
        String name = figure.getKey() + "." + ending;
        figure.getValue().save(out.resolve(name));
        written.add(name);
      }
    }
    written.forEach(name -> spec.commandLine().getOut().println(out.resolve(name)));
    return 0;
  }

  private Map<String, Figure> figures(
      ConsistencyInput input,
      SimilaritySet similarities,
      Optional<PerformanceGap> gaps,
      Seeds seeds) {
    ModelTable table = input.modelTable();
    Map<String, Figure> figures = new LinkedHashMap<>();
    List<Integer> shown = ConsistencySummary.oneOfEach(similarities, 3);
    figures.put("matrices", ConsistencyFigures.matrices(similarities, shown, table, by));
    figures.put("mean-and-deviation", ConsistencyFigures.meanAndDeviation(similarities, Map.of()));
    figures.put(
        "between-data-sets", ConsistencyFigures.between(similarities, shown, table, by.get(0)));
    figures.put(
        "distributions",
        ConsistencyFigures.distributions(measure, similarities, table, by, REPLICATES, seeds));
    figures.put(
        "data-sets",
        ConsistencyFigures.dataSets(similarities, ConsistencySummary.shown(similarities, table)));
    gaps.ifPresent(
        known -> {
          figures.put("gaps", PerformanceFigures.gaps(similarities, known, input));
          figures.put(
              "gap-correlations",
              PerformanceFigures.correlations(similarities, known, REPLICATES, seeds));
        });
    Map<Integer, Map<String, LabelledMatrix>> bySize = input.sampleSizes(seed);
    if (bySize.size() > 1) {
      figures.put("sample-sizes", SampleSizeFigures.matrices(bySize, input));
      figures.put("sample-size-changes", SampleSizeFigures.changes(bySize, input));
    }
    return figures;
  }

  private static String csv(Table table) {
    java.io.StringWriter text = new java.io.StringWriter();
    table.write().csv(text);
    return text.toString();
  }

  private String write(String name, String text) throws IOException {
    AtomicFile.write(out.resolve(name), text);
    return name;
  }
}
