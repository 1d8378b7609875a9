package dev.kindred.benchmark;

import dev.kindred.base.Progress;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cross-validated alignment of all layers of one network with all of another, both directions, five
 * folds; beside the loops of scikit-learn, SciPy and POT over some of the same pairs, each of which
 * must find the same scores.
 */
final class Alignments {
  private static final int FOLDS = 5;

  /** What agrees: the singular vectors and ties of another library. */
  private static final double TOLERANCE = 1e-6;

  /**
   * A family of measures.
   *
   * @param beside its name in {@code alignment.py}; empty without one
   * @param rate least pairs per second of narrow layers
   * @param ratio a goal for the time beside the public implementation; empty without one
   */
  private record Family(String specification, String beside, int rate, String ratio) {
    private String goal(boolean narrow) {
      return Stream.of(narrow ? "≥ " + rate + " pairs/s" : "", ratio)
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(", "));
    }
  }

  private static final List<Family> FAMILIES =
      List.of(
          new Family("linear-predictivity[ridge=loo,direction=mean]", "linear", 50, "ratio ≤ 0.1"),
          new Family("linear-predictivity[direction=mean]", "", 50, ""),
          new Family("procrustes-predictivity[direction=mean]", "procrustes", 50, ""),
          new Family("soft-matching[folds=5]", "matching", 20, ""));

  private final int rounds;
  private final String python;
  private final boolean quick;

  /**
   * @param python a Python with scikit-learn and POT to run beside, or null
   */
  Alignments(boolean quick, int rounds, String python) {
    this.quick = quick;
    this.rounds = rounds;
    this.python = python;
  }

  /** Maps of layers as wide as those of small networks: the goal is pairs per second. */
  List<Report.Row> narrow() {
    return rows(quick ? 4 : 40, quick ? 300 : 1000, new int[] {128}, quick ? 2 : 8, FAMILIES, true);
  }

  /** Few layers as wide as those of large networks: stated. */
  List<Report.Row> wide() {
    return rows(2, quick ? 300 : 5000, new int[] {quick ? 128 : 2048}, 1, FAMILIES, false);
  }

  private List<Report.Row> rows(
      int count, int n, int[] widths, int compared, List<Family> families, boolean narrow) {
    List<Representation> a = Models.cycling(count, n, widths);
    List<Representation> b =
        IntStream.range(0, count)
            .mapToObj(i -> Models.model("other " + i, n, widths[i % widths.length]))
            .toList();
    List<Report.Row> rows = new ArrayList<>();
    for (Family family : families) {
      rows.add(row(family, a, b, compared, narrow));
    }
    return rows;
  }

  private Report.Row row(
      Family family, List<Representation> a, List<Representation> b, int compared, boolean narrow) {
    HeldOutScores[][][] scores = new HeldOutScores[1][][];
    Stages stages = new Stages(a.size() + b.size());
    Runnable work =
        () ->
            scores[0] =
                new AllPairs(
                        Measures.parse(
                            family.specification(), Map.of("folds", String.valueOf(FOLDS))))
                    .progress(stages)
                    .scores(a, b);
    if (narrow) {
      // Of short works the first waits for code that is not compiled yet.
      work.run();
    }
    double[] preparing = new double[rounds];
    double[] times = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      times[i] = Timing.seconds(work);
      preparing[i] = stages.preparing();
    }
    int pairs = a.size() * b.size();
    Timing timing = Timing.alone(times);
    String ceiling = "";
    if (python != null && !family.beside().isEmpty()) {
      Map<Representation, Representation> chosen = new LinkedHashMap<>();
      for (int i = 0; i < compared; i++) {
        chosen.put(a.get(i), b.get(i));
      }
      PublicAlignment found =
          PublicAlignment.measure(python, family.beside(), FOLDS, rounds, chosen);
      for (int i = 0; i < compared; i++) {
        double difference = Math.abs(found.values()[i] - scores[0][i][i].mean());
        if (!(difference <= TOLERANCE)) {
          throw new IllegalStateException(
              found.name() + " differs by " + difference + " in " + family.specification());
        }
      }
      timing =
          new Timing(times, Arrays.stream(found.seconds()).map(each -> each * pairs).toArray());
      ceiling = found.name() + ", " + compared + " pairs × " + pairs / compared;
    }
    double whole = Spread.of(times).median();
    double before = Spread.of(preparing).median();
    String rate =
        narrow
            ? String.format(Locale.ROOT, "%.3g pairs/s", pairs / whole)
            : String.format(
                Locale.ROOT,
                "%.3g s to prepare a layer, %.3g s a pair",
                before / (a.size() + b.size()),
                (whole - before) / pairs);
    return new Report.Row(
        String.format(
            Locale.ROOT,
            "%s, %d×%d layers, p=%d, n=%d, %d folds: %s",
            family.specification(),
            a.size(),
            b.size(),
            a.get(0).units(),
            a.get(0).stimuli(),
            FOLDS,
            rate),
        timing,
        ceiling,
        family.goal(narrow),
        0);
  }

  /** Sees from a work's progress how long its layers took to prepare. */
  private static final class Stages implements Progress {
    private final int layers;
    private long done;
    private long begin;
    private long prepared;

    Stages(int layers) {
      this.layers = layers;
    }

    @Override
    public Task begin(String label, long total) {
      done = 0;
      begin = System.nanoTime();
      return new Task() {
        @Override
        public void advance(long units) {
          prepared(units);
        }
      };
    }

    private synchronized void prepared(long units) {
      done += units;
      if (done == layers) {
        prepared = System.nanoTime();
      }
    }

    double preparing() {
      return (prepared - begin) / 1e9;
    }
  }
}
