package dev.kindred.benchmark;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.benchmark.Report.Row;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Features;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Permutable;
import dev.kindred.measure.Run;
import dev.kindred.measure.statistics.NullCalibration;
import dev.kindred.measure.transport.OptimalTransport;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The works of the benchmark table. */
final class Works {
  private final boolean quick;
  private final int rounds;
  private final String python;
  private List<Representation> sixteen;

  /**
   * @param quick small sizes
   * @param rounds repetitions
   * @param python a Python with SciPy and POT to run beside, or null
   */
  Works(boolean quick, int rounds, String python) {
    this.quick = quick;
    this.python = python;
    this.rounds = rounds;
  }

  /**
   * A work by name.
   *
   * @param name for {@code --only}
   * @param rows measures it
   */
  record Work(String name, Supplier<List<Row>> rows) {}

  List<Work> all() {
    return List.of(
        // First, as memory that earlier works had is not given back to the system.
        new Work("study", this::study),
        new Work("linear", this::linear),
        new Work("rbf-rsa", this::rbfAndRsa),
        new Work("permutations", this::permutations),
        new Work("calibration", this::calibration),
        new Work("soft-matching", this::softMatching),
        new Work("layers", this::layers),
        new Work("alignment", new Alignments(quick, rounds, python)::narrow),
        new Work("alignment-wide", new Alignments(quick, rounds, python)::wide),
        new Work("epochs", new EpochMaps(quick, rounds)::rows),
        new Work("regions", new RegionMaps(quick, rounds)::rows),
        new Work("recorder", new RecordingCost(quick, rounds)::small),
        new Work("recorder-wide", new RecordingCost(quick, rounds)::wide),
        new Work("probe-memory", new ProbeMemory(quick)::rows),
        new Work("process", new WholeProcess(quick, rounds, python)::sixteen),
        new Work("process-study", new WholeProcess(quick, rounds, null)::study));
  }

  private List<Row> linear() {
    int n = quick ? 1500 : 5000;
    int[] widths = widths(sixteen());
    double[] ceiling = new double[rounds];
    double[] work = new double[rounds];
    // The first run, as later ones find memory that the allocator kept.
    sixteen();
    long memory = MemoryMeter.peakWhile(() -> matrix("cka", sixteen(), 0));
    for (int i = 0; i < rounds; i++) {
      ceiling[i] = Ceiling.ssyrk(n, widths);
      work[i] = Timing.seconds(() -> matrix("cka", sixteen(), 0));
    }
    Timing timing = new Timing(work, ceiling);
    return Report.one(
        new Row(
            "unbiased linear CKA, 16 models, n=" + n + ", p 384–1024",
            timing,
            "bare ssyrk",
            "≤ 1.5",
            memory));
  }

  private List<Row> rbfAndRsa() {
    List<Row> rows = new ArrayList<>();
    String[][] works = {
      {"cka[kernel=rbf,sigma=0.4,rows=unit]", "RBF CKA, σ=0.4, the same 16 models", "≤ 2.5"},
      {"cka[kernel=rbf,sigma=median]", "RBF CKA, σ=median, the same", ""},
      {"rsa[compare=pearson]", "RSA Pearson, the same", ""},
      {"rsa", "RSA Spearman, the same", "≤ 8"}
    };
    for (String[] work : works) {
      Timing timing =
          Timing.alternate(
              rounds, true, () -> matrix(work[0], sixteen(), 0), () -> matrix("cka", sixteen(), 0));
      rows.add(new Row(work[1], timing, "linear CKA", work[2], 0));
    }
    return rows;
  }

  private List<Row> study() {
    int n = quick ? 1000 : 10_000;
    int[] all = Models.widthsOfTheStudy();
    int[] widths = quick ? Arrays.copyOf(all, 12) : all;
    List<Representation> models = Models.cycling(widths.length, n, widths);
    double[] ceiling = new double[rounds];
    double[] work = new double[rounds];
    long[] memory = new long[1];
    for (int i = 0; i < rounds; i++) {
      int round = i;
      Runnable timed = () -> work[round] = Timing.seconds(() -> matrix("cka", models, 1400L << 20));
      if (i == 0) {
        memory[0] = MemoryMeter.peakWhile(timed);
      } else {
        timed.run();
      }
      ceiling[i] = Ceiling.ssyrk(n, widths);
    }
    Timing timing = new Timing(work, ceiling);
    return Report.one(
        new Row(
            "one data set of the consistency study: " + widths.length + " models, n=" + n,
            timing,
            "bare ssyrk",
            "≤ 1.5, ≤ 1.5 GB",
            memory[0]));
  }

  private List<Row> permutations() {
    int n = quick ? 300 : 1000;
    Representation x = Models.model("x", n, 512);
    Representation y = Models.model("y", n, 512);
    Permutable measure = (Permutable) Measures.parse("cka");
    int count = 1000;
    SplittableRandom random = new Seeds(2).stream("orders");
    int[][] orders = new int[count][];
    for (int t = 0; t < count; t++) {
      orders[t] = order(n, random);
    }
    Timing timing =
        Timing.alternate(
            rounds,
            true,
            () -> measure.comparePermuted(measure.prepare(x), measure.prepare(y), orders),
            () -> measure.compare(measure.prepare(x), measure.prepare(y)));
    return Report.one(
        new Row(
            "null calibration of CKA, 1000 permutations, n=" + n + ", p=512",
            timing,
            "one comparison with both preparations",
            "≤ 40",
            0));
  }

  private List<Row> calibration() {
    int count = quick ? 40 : 200;
    Measure measure = Measures.parse("cka");
    Seeds seeds = new Seeds(4);
    // Long enough to need no further warming up.
    matrix("cka", sixteen(), 0);
    Timing timing =
        Timing.alternate(
            rounds,
            false,
            () -> NullCalibration.ofMatrix(measure, sixteen(), count, 0.95, seeds, Run.quiet()),
            () -> matrix("cka", sixteen(), 0));
    long memory =
        MemoryMeter.peakWhile(
            () -> NullCalibration.ofMatrix(measure, sixteen(), 2, 0.95, seeds, Run.quiet()));
    int n = sixteen().get(0).stimuli();
    return Report.one(
        new Row(
            "calibration of the 120 pairs of 16 models, " + count + " permutations, n=" + n,
            timing,
            "linear CKA",
            "≤ 60",
            memory));
  }

  private List<Row> softMatching() {
    int[][] sizes =
        quick
            ? new int[][] {{256, 256}, {256, 192}}
            : new int[][] {{1024, 1024}, {2048, 2048}, {1024, 768}};
    String[] targets = quick ? new String[] {"", ""} : new String[] {"≤ 0.5 s", "≤ 2.5 s", "≤ 3 s"};
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < sizes.length; s++) {
      int p = sizes[s][0];
      int q = sizes[s][1];
      double[] cost = costs(p, q);
      double value = OptimalTransport.minimum(cost, p, q).total(cost);
      double[] times =
          IntStream.range(0, rounds)
              .mapToDouble(i -> Timing.seconds(() -> OptimalTransport.minimum(cost, p, q)))
              .toArray();
      String work = "soft matching, exact, " + p + "×" + q + ", correlations of ReLU features";
      List<PublicSolver> solvers =
          python == null ? List.of() : PublicSolver.solve(python, cost, p, q, value, rounds);
      if (solvers.isEmpty()) {
        rows.add(new Row(work, Timing.alone(times), "", targets[s], 0));
      }
      for (PublicSolver solver : solvers) {
        rows.add(new Row(work, new Timing(times, solver.seconds()), solver.name(), targets[s], 0));
      }
    }
    return rows;
  }

  /** 1 − correlation of the units of two models, row by row. */
  private static double[] costs(int p, int q) {
    Matrix a = standardised(Models.model("left", 2000, p));
    Matrix b = standardised(Models.model("right", 2000, q));
    double[][] correlations = a.transposeTimes(b).toRows();
    double[] costs = new double[p * q];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < q; j++) {
        costs[i * q + j] = 1 - correlations[i][j];
      }
    }
    return costs;
  }

  private static Matrix standardised(Representation x) {
    Matrix features = Features.matrix(x, 2).centreColumns();
    double[] factors = features.columnNorms();
    for (int j = 0; j < factors.length; j++) {
      factors[j] = factors[j] > 0 ? 1 / factors[j] : 0;
    }
    return features.scaleColumns(factors);
  }

  private List<Row> layers() {
    int count = quick ? 6 : 40;
    int n = quick ? 500 : 2000;
    int[] widths = quick ? new int[] {64, 128} : new int[] {64, 128, 256, 512};
    List<Representation> a = Models.cycling(count, n, widths);
    List<Representation> b =
        IntStream.range(0, count)
            .mapToObj(i -> Models.model("other " + i, n, widths[i % widths.length]))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (String name : List.of("procrustes", "cca", "linear-regression")) {
      boolean values = !name.equals("linear-regression");
      Timing timing =
          Timing.alternate(
              rounds,
              false,
              () -> new AllPairs(Measures.parse(name)).progress(Progress.NONE).matrix(a, b),
              bare(a, b, values));
      rows.add(
          new Row(
              name
                  + ", "
                  + count
                  + "×"
                  + count
                  + " layers, p ≤ "
                  + widths[widths.length - 1]
                  + ", n="
                  + n,
              timing,
              values ? "gemm + singular values of the pairs" : "gemm of the pairs",
              "≤ 1.2",
              0));
    }
    return rows;
  }

  /** The products XᵀY of all pairs in float64, one by one, and their singular values. */
  private static Runnable bare(List<Representation> a, List<Representation> b, boolean values) {
    List<Matrix> left = a.stream().map(x -> Features.matrix(x, 2)).toList();
    List<Matrix> right = b.stream().map(x -> Features.matrix(x, 2)).toList();
    return () ->
        Parallel.forEach(
            left.size() * right.size(),
            t -> {
              Matrix x = left.get(t / right.size());
              try (Matrix cross = x.transposeTimes(right.get(t % right.size()))) {
                if (values) {
                  Svd.values(cross);
                }
              }
            });
  }

  private List<Representation> sixteen() {
    if (sixteen == null) {
      sixteen = Models.cycling(16, quick ? 1500 : 5000, 384, 512, 768, 1024);
    }
    return sixteen;
  }

  private static int[] widths(List<Representation> models) {
    return models.stream().mapToInt(Representation::units).toArray();
  }

  /**
   * @param budget bytes, or 0 for the default
   */
  static double[][] matrix(String specification, List<Representation> models, long budget) {
    Measure measure = Measures.parse(specification);
    AllPairs pairs = new AllPairs(measure).progress(Progress.NONE);
    return (budget > 0 ? pairs.budget(budget) : pairs).matrix(models).values();
  }

  private static int[] order(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 1; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
