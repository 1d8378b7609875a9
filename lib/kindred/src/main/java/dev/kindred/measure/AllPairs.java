package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Memory;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.representation.Representation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A measure's values for all pairs of representations.
 *
 * <pre>{@code
 * LabelledMatrix similarities = new AllPairs(Measures.parse("cka")).matrix(representations);
 * }</pre>
 *
 * <p>Every representation is prepared once (as far as the memory budget allows); kernel measures
 * become one product over tiles of stimulus pairs. The values have the same bits whatever the
 * number of threads. An interrupt of the calling thread stops the work within two seconds; with a
 * checkpoint folder, finished parts are kept and the next call goes on from them.
 */
public final class AllPairs {
  private final Measure measure;
  private long budget = Memory.quarter();
  private Progress progress = Progress.standard();
  private Path checkpoints;
  private Store store;

  public AllPairs(Measure measure) {
    this.measure = Objects.requireNonNull(measure);
  }

  /**
   * Bytes of memory to use beside the representations themselves; by default a quarter of the
   * machine's memory. The least that a single comparison needs is always used.
   */
  public AllPairs budget(long bytes) {
    if (bytes <= 0) {
      throw new InputException("a memory budget of " + bytes + " bytes; expected more than 0");
    }
    budget = bytes;
    return this;
  }

  /** Where to show how far the work is; by default {@link Progress#standard()}. */
  public AllPairs progress(Progress display) {
    progress = Objects.requireNonNull(display);
    return this;
  }

  /**
   * A folder for finished parts, so that work that was stopped goes on where it was; several
   * matrices may share it.
   */
  public AllPairs checkpoints(Path folder) {
    checkpoints = Objects.requireNonNull(folder);
    return this;
  }

  /**
   * Keeps finished parts and the finished matrix in {@code store}, by the measure and the numbers
   * of all representations: work that was stopped goes on, and work that was done is read.
   */
  public AllPairs store(Store results) {
    store = Objects.requireNonNull(results);
    return this;
  }

  /** The square matrix of all pairs, in the order given. */
  public LabelledMatrix matrix(List<Representation> representations) {
    return matrix(representations, representations);
  }

  /** The values of {@code rows} (first argument of the measure) with {@code columns} (second). */
  public LabelledMatrix matrix(List<Representation> rows, List<Representation> columns) {
    List<Representation> all = union(rows, columns);
    requireSameStimuli(all);
    int[] rowIndex = places(rows, all);
    int[] columnIndex = places(columns, all);
    double[][] values = new double[rows.size()][columns.size()];
    if (rows.size() > 0 && columns.size() > 0) {
      values =
          store == null
              ? values(all, rowIndex, columnIndex, checkpoints)
              : new StoredMatrix(store, measure.info().specification(), all, rowIndex, columnIndex)
                  .values(folder -> values(all, rowIndex, columnIndex, folder));
    }
    return labelled(values, rows, columns);
  }

  LabelledMatrix labelled(
      double[][] values, List<Representation> rows, List<Representation> columns) {
    return new LabelledMatrix(
        measure.info().specification(),
        rows.stream().map(Representation::id).toList(),
        columns.stream().map(Representation::id).toList(),
        values,
        provenance(rows, columns));
  }

  Measure measure() {
    return measure;
  }

  /**
   * What a {@link CrossValidated} measure scores of {@code rows} with {@code columns}, in both
   * directions; finished parts are not kept.
   *
   * @throws InputException if the measure has no folds
   */
  public HeldOutScores[][] scores(List<Representation> rows, List<Representation> columns) {
    if (!(measure instanceof CrossValidated folded && folded.hasFolds())) {
      throw new InputException(
          measure.info().specification() + ": expected a measure that has folds, found none");
    }
    List<Representation> all = union(rows, columns);
    requireSameStimuli(all);
    return new PairByPair(
            measure, all, places(rows, all), places(columns, all), new Run(budget, progress, null))
        .scores();
  }

  private static int[] places(List<Representation> some, List<Representation> all) {
    Map<Representation, Integer> index = new IdentityHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      index.put(all.get(i), i);
    }
    return some.stream().mapToInt(index::get).toArray();
  }

  private double[][] values(List<Representation> all, int[] rows, int[] columns, Path parts) {
    Run run = new Run(budget, progress, parts);
    return measure instanceof WholeMatrix whole
        ? select(whole.matrix(all, run), rows, columns)
        : new PairByPair(measure, all, rows, columns, run).values();
  }

  private Provenance provenance(List<Representation> rows, List<Representation> columns) {
    List<Representation> all = new ArrayList<>(rows);
    if (rows != columns) {
      all.addAll(columns);
    }
    // Of a large mapped file it takes its checksum.
    Provenance[] inputs = new Provenance[all.size()];
    Parallel.forEach(inputs.length, i -> inputs[i] = all.get(i).provenance());
    return Provenance.of(
        "all pairs",
        Map.of(
            "measure",
            measure.info().specification(),
            "rows",
            rows.size(),
            "columns",
            columns.size()),
        inputs);
  }

  private static List<Representation> union(
      List<Representation> rows, List<Representation> columns) {
    // By identity: two representations with equal names are two models.
    List<Representation> all = new ArrayList<>();
    Set<Representation> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Stream.concat(rows.stream(), columns.stream()).filter(seen::add).forEach(all::add);
    return all;
  }

  private static void requireSameStimuli(List<Representation> all) {
    for (Representation x : all) {
      all.get(0).requireSameStimuli(x);
    }
  }

  private static double[][] select(double[][] square, int[] rows, int[] columns) {
    double[][] selected = new double[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        selected[i][j] = square[rows[i]][columns[j]];
      }
    }
    return selected;
  }
}
