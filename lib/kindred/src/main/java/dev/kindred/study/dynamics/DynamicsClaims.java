package dev.kindred.study.dynamics;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.study.Claim;
import dev.kindred.study.Claims;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The claims of the paper and the rules that decide them, all fixed beforehand. A claim about runs
 * is decided over their seeds; where a setting was run once, only a test error curve and the maps
 * of one run can decide anything, by their own noise.
 */
public final class DynamicsClaims {
  /**
   * Similarity from which on a layer hardly changes. Above it are other random initialisations,
   * too: to be near a random start tells nothing of the own one.
   */
  private static final double NEAR_ONE = 0.9;

  /** The paper: its own initialisation is 1–3 % nearer. */
  private static final double OWN_INITIALISATION = 0.02;

  private static final Interval SHARE = new Interval(0, 1);

  private static final DecisionRule POSITIVE = new DecisionRule.Above(0);
  private static final DecisionRule DESCENDS = new DecisionRule.Above(EpochwiseDescent.LEAST);

  private final RunSelection runs;
  private final DynamicsFindings findings;
  private final int draws;
  private final Seeds seeds;
  private final Claims<Supplier<Estimate>> claims =
      new Claims<>(quantities -> quantities.stream().map(Supplier::get).toList());

  private DynamicsClaims(RunSelection runs, DynamicsFindings findings, int draws, Seeds seeds) {
    this.runs = runs;
    this.findings = findings;
    this.draws = draws;
    this.seeds = seeds;
  }

  /**
   * Decides every claim.
   *
   * @param runs of one study
   * @param draws random curves, paths and shifts of each test, such as 199
   * @param seeds random streams
   */
  public static List<Claim> decide(List<DynamicsRun> runs, int draws, Seeds seeds) {
    return decide(runs, new DynamicsFindings(draws, seeds), draws, seeds);
  }

  static List<Claim> decide(
      List<DynamicsRun> runs, DynamicsFindings findings, int draws, Seeds seeds) {
    DynamicsClaims study =
        new DynamicsClaims(RunSelection.of(runs), findings, draws, seeds.child("dynamics claims"));
    study.firstLayer();
    study.descent();
    study.depth();
    study.blocks();
    study.regions();
    return study.claims.decide();
  }

  private void firstLayer() {
    claims
        .define(
            "While training images are fitted perfectly, the first layer is nearer to its random"
                + " start than to the good early-stopping epochs",
            "Figures 1a and 2a")
        .decide(
            "CKA with the start less CKA with the good epochs, with and without noise",
            POSITIVE,
            existing(runs.noisy(), runs.clean()).stream()
                .map(some -> mean(some, run -> findings.firstLayer(run).nearer()))
                .toList());
    claims
        .define("A narrow network's first layer does not go back as far", "Figures 8a and 9a")
        .decide(
            "CKA with the start: its rise from the good epochs to perfect fitting, the widest less"
                + " the narrowest",
            POSITIVE,
            widestLessNarrowest(run -> findings.firstLayer(run).back()));
    claims
        .define("With weight decay, the first layer does not go back as far", "Figure 16a")
        .decide(
            "CKA with the start: its rise from the good epochs to perfect fitting, without weight"
                + " decay less with it",
            POSITIVE,
            difference(runs.clean(), runs.decayed(), run -> findings.firstLayer(run).back()));
    claims
        .define("By decision regions, the first layer's return is temporary", "Figures 4a and 5a")
        .decide(
            "similarity with the start around the threshold, less that at the good epochs, and"
                + " less that at the end",
            POSITIVE,
            existing(runs.noisy(), runs.clean()).stream()
                .flatMap(
                    some ->
                        List.of(
                            mean(some, run -> findings.firstRegions(run).around()),
                            mean(some, run -> findings.firstRegions(run).leftAgain()))
                            .stream())
                .toList());
    claims
        .define("The first layer stays near its random start", "nearly 1")
        .decide(
            "CKA with its initialisation, mean over epochs",
            new DecisionRule.Above(NEAR_ONE),
            existing(runs.noisy(), runs.clean()).stream()
                .map(some -> share(some, DynamicsFindings::ownInitialisation))
                .toList());
    claims
        .define("The first layer is nearer to its own initialisation than to another", "by 1–3 %")
        .published(OWN_INITIALISATION)
        .decide(
            "CKA with its own, by how large a share higher than with others",
            POSITIVE,
            existing(all(runs.noisy(), runs.clean())).stream()
                .map(some -> meanBySeed(some, DynamicsFindings::ownOverOthers))
                .toList());
  }

  private void descent() {
    claims
        .define("With label noise the test error has an epoch-wise double descent", "Figure 2g")
        .decide(
            "height of its peak",
            DESCENDS,
            existing(runs.noisy()).stream().map(this::height).toList());
    claims
        .define("Without label noise the test error has no double descent", "Figure 1g")
        .decide(
            "height of its peak",
            new DecisionRule.Below(EpochwiseDescent.LEAST),
            existing(runs.clean()).stream().map(this::height).toList());
    List<Supplier<Estimate>> parts = new ArrayList<>();
    for (List<DynamicsRun> some : existing(runs.noisy())) {
      if (!descends(some)) {
        continue;
      }
      List<String> blocks = blocks(some.get(0));
      String deepest = blocks.get(blocks.size() - 1);
      parts.add(peaks(some, deepest, EpochwiseDescent::above));
      for (String other : blocks.subList(0, blocks.size() - 1)) {
        parts.add(peaks(some, other, EpochwiseDescent::below));
      }
    }
    claims
        .define(
            "Of the layers' probes, only the deepest block's shows the double descent", "Figure 6b")
        .decide(
            "where the test error has one: by how much the peak of the deepest block's is higher"
                + " than "
                + EpochwiseDescent.LEAST
                + ", and that of every earlier layer's is lower",
            POSITIVE,
            parts);
  }

  /** Whether the test error of the networks has a double descent: probes cannot show another's. */
  private boolean descends(List<DynamicsRun> some) {
    return DESCENDS.judge(List.of(height(some).get())).interval().low() > EpochwiseDescent.LEAST;
  }

  /** The peaks of a layer's probes, beside the least that counts. */
  private Supplier<Estimate> peaks(
      List<DynamicsRun> some, String layer, Function<EpochwiseDescent, Estimate> quantity) {
    return () ->
        OverSeeds.mean(
            some.stream().map(run -> quantity.apply(findings.probeDescent(run, layer))).toList());
  }

  /** The first layer and the blocks, without the last layer. */
  private static List<String> blocks(DynamicsRun run) {
    return run.layers().stream()
        .map(LayerDynamics::layer)
        .filter(layer -> !layer.equals(dev.kindred.network.Network.LOGITS))
        .toList();
  }

  private Supplier<Estimate> height(List<DynamicsRun> some) {
    return some.size() == 1
        ? () -> findings.descent(some.get(0)).estimate()
        : () -> OverSeeds.mean(some.stream().map(run -> findings.descent(run).estimate()).toList());
  }

  private void depth() {
    List<Supplier<Estimate>> parts = new ArrayList<>();
    if (!runs.noisy().isEmpty() && !runs.clean().isEmpty()) {
      int layers = runs.noisy().get(0).layers().size();
      for (int layer = Math.max(0, layers - 2); layer < layers; layer++) {
        int deep = layer;
        parts.addAll(
            difference(runs.noisy(), runs.clean(), run -> DynamicsFindings.rate(run, deep)));
      }
    }
    claims
        .define(
            "Deep layers evolve more with label noise, with which the paper's test error descends twice",
            "Figures 1 and 2, e and f")
        .decide(
            "change of CKA in an octave of epochs in the deepest block and in the last layer, with"
                + " noise less without",
            POSITIVE,
            parts);
  }

  private void blocks() {
    claims
        .define(
            "Layers often have one or two transitions, which make similarity blocks", "Figure 2")
        .decide(
            "share of layers with significant transitions, noisy runs",
            new DecisionRule.Above(0.5),
            existing(runs.noisy()).stream()
                .map(some -> share(some, findings::shareWithTransitions))
                .toList());
    List<DynamicsRun> fitted =
        runs.transformers().stream().filter(run -> run.perfectFit().isPresent()).toList();
    claims
        .define("In transformers the transitions sit at the perfect-fitting threshold", "Figure 3")
        .decide(
            "share of the places where transitions can be found that are farther from it",
            new DecisionRule.Above(0.5),
            existing(fitted).stream().map(this::nearThreshold).toList());
  }

  /** Chance: the transitions of a run, all together, lie anywhere where they can be found. */
  private Supplier<Estimate> nearThreshold(List<DynamicsRun> some) {
    return () -> {
      List<double[]> runs =
          some.stream().map(findings::fartherPlaces).filter(places -> places.length > 0).toList();
      if (runs.isEmpty()) {
        return OverSeeds.mean(Double.NaN);
      }
      double[] moved = new double[draws];
      double here = 0;
      SplittableRandom random = seeds.stream("transitions");
      for (double[] shares : runs) {
        here += shares[0] / runs.size();
        for (int draw = 0; draw < draws; draw++) {
          moved[draw] += shares[random.nextInt(shares.length)] / runs.size();
        }
      }
      return byChance(new PermutationTest(here, moved, false));
    };
  }

  /** A share, with the spread of chance as its error. */
  private static Estimate byChance(PermutationTest test) {
    double[] values = test.permuted();
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new Estimate(
        test.observed(),
        Math.sqrt(squares / (values.length - 1)),
        values.length - 1,
        Estimate.Scale.PLAIN,
        Optional.of(test),
        SHARE);
  }

  private void regions() {
    List<DynamicsRun> all = all(runs.noisy(), runs.clean());
    claims
        .define(
            "Decision regions tell of the same changes as CKA, which tells more of them than the"
                + " distance in time does",
            "Figures 4 and 5")
        .decide(
            "rank correlation with CKA over pairs of epochs, less that with how near the epochs"
                + " are, mean over layers",
            POSITIVE,
            existing(all).stream()
                .map(some -> meanBySeed(some, findings::agreementAboveNearness))
                .toList());
    claims
        .define(
            "Decision regions tell of their own run more than of others", Claim.NOT_IN_THE_PAPER)
        .decide(
            "rank correlation with CKA of the same run, less that with CKA of runs of other seeds",
            POSITIVE,
            existing(all).stream()
                .map(some -> aboveOthers(some, MapAgreement::coefficient))
                .toList());
    claims
        .define(
            "Where the distance in time tells nothing, decision regions still tell of their own run"
                + " more than of others",
            Claim.NOT_IN_THE_PAPER)
        .decide(
            "correlation of what is left of the ranks with CKA of the same run, less that with CKA"
                + " of runs of other seeds, mean over layers",
            POSITIVE,
            existing(all).stream()
                .map(some -> aboveOthers(some, MapAgreement::beyondDrift))
                .toList());
  }

  private Supplier<Estimate> aboveOthers(
      List<DynamicsRun> some, ToDoubleFunction<MapAgreement> quantity) {
    return meanBySeed(
        some, run -> findings.agreementAboveOthers(run, otherSeeds(run, some), quantity));
  }

  /** Those that differ from a run in their seed alone. */
  private static List<DynamicsRun> otherSeeds(DynamicsRun run, List<DynamicsRun> of) {
    return of.stream()
        .filter(other -> other.declaration().seed() != run.declaration().seed())
        .filter(
            other ->
                other.declaration().withSeed(run.declaration().seed()).equals(run.declaration()))
        .toList();
  }

  private Supplier<Estimate> mean(List<DynamicsRun> some, ToDoubleFunction<DynamicsRun> quantity) {
    return () -> OverSeeds.mean(some.stream().mapToDouble(quantity).toArray());
  }

  /** Of a quantity from 0 to 1. */
  private Supplier<Estimate> share(List<DynamicsRun> some, ToDoubleFunction<DynamicsRun> quantity) {
    return () -> OverSeeds.mean(some.stream().mapToDouble(quantity).toArray()).within(SHARE);
  }

  /** Runs of one seed begin with the same weights, whatever their labels: they count as one. */
  private Supplier<Estimate> meanBySeed(
      List<DynamicsRun> some, ToDoubleFunction<DynamicsRun> quantity) {
    return () -> {
      Map<Long, List<DynamicsRun>> bySeed =
          some.stream()
              .collect(
                  Collectors.groupingBy(
                      run -> run.declaration().seed(), TreeMap::new, Collectors.toList()));
      return OverSeeds.mean(
          bySeed.values().stream()
              .mapToDouble(own -> own.stream().mapToDouble(quantity).average().orElse(Double.NaN))
              .toArray());
    };
  }

  private List<Supplier<Estimate>> difference(
      List<DynamicsRun> more, List<DynamicsRun> less, ToDoubleFunction<DynamicsRun> quantity) {
    return more.isEmpty() || less.isEmpty()
        ? List.of()
        : List.of(
            () ->
                OverSeeds.difference(
                    more.stream().mapToDouble(quantity).toArray(),
                    less.stream().mapToDouble(quantity).toArray()));
  }

  /** With the error of the seeds of all widths: the ends may have been trained once. */
  private List<Supplier<Estimate>> widestLessNarrowest(ToDoubleFunction<DynamicsRun> quantity) {
    return runs.byWidth().size() < 2
        ? List.of()
        : List.of(
            () -> {
              List<double[]> values =
                  runs.byWidth().values().stream()
                      .map(own -> own.stream().mapToDouble(quantity).toArray())
                      .toList();
              int last = values.size() - 1;
              return OverSeeds.difference(
                  values.get(last),
                  values.get(0),
                  values.subList(1, last).toArray(double[][]::new));
            });
  }

  private static List<List<DynamicsRun>> existing(List<DynamicsRun> group) {
    return group.isEmpty() ? List.of() : List.of(group);
  }

  private static List<List<DynamicsRun>> existing(
      List<DynamicsRun> first, List<DynamicsRun> second) {
    return Stream.of(first, second).filter(group -> !group.isEmpty()).toList();
  }

  private static List<DynamicsRun> all(List<DynamicsRun> some, List<DynamicsRun> others) {
    List<DynamicsRun> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
