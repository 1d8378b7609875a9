package dev.kindred.study.dynamics;

import dev.kindred.base.Seeds;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What there is to see in runs, in numbers, each computed when it is first asked for. */
public final class DynamicsFindings {
  private final int draws;
  private final Seeds seeds;
  private final Map<DynamicsRun, EpochwiseDescent> descents = new IdentityHashMap<>();
  private final Map<LayerDynamics, EpochwiseDescent> probeDescents = new IdentityHashMap<>();
  private final Map<LayerDynamics, SimilarityBlocks> blocks = new IdentityHashMap<>();
  private final Map<DynamicsRun, List<MapAgreement>> agreements = new IdentityHashMap<>();

  /**
   * @param draws random curves and paths of each test, such as 199
   * @param seeds random streams
   */
  public DynamicsFindings(int draws, Seeds seeds) {
    this.draws = draws;
    this.seeds = seeds.child("dynamics findings");
  }

  /** Epoch-wise double descent of the test error. */
  public EpochwiseDescent descent(DynamicsRun run) {
    return descents.computeIfAbsent(
        run,
        r ->
            EpochwiseDescent.of(
                r.curve().points().stream().map(point -> point.epoch()).toList(),
                r.curve().points().stream().mapToDouble(point -> point.testError()).toArray(),
                draws,
                seeds.child(r.declaration().name())));
  }

  /** The same of the probes of a layer. */
  public EpochwiseDescent probeDescent(DynamicsRun run, String layer) {
    return probeDescents.computeIfAbsent(
        run.layer(layer),
        l ->
            EpochwiseDescent.of(
                run.probeEpochs(),
                l.probeErrors(),
                draws,
                seeds.child(run.declaration().name()).child(layer)));
  }

  /** Similarity blocks of a layer, by CKA. */
  public SimilarityBlocks blocks(DynamicsRun run, LayerDynamics layer) {
    return blocks.computeIfAbsent(
        layer,
        l ->
            SimilarityBlocks.of(
                l.similarity(), draws, seeds.child(run.declaration().name()).child(l.layer())));
  }

  /** Share of the layers that have significant transitions. */
  public double shareWithTransitions(DynamicsRun run) {
    return run.layers().stream()
        .mapToDouble(layer -> blocks(run, layer).isSignificant() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Were the transitions of all layers moved together to each of the places where they can be
   * found: for each move, at which share of all moves they would be farther from the
   * perfect-fitting threshold, equal ones by half. Distances are in octaves to the nearest
   * transition of a layer, mean over the layers that have significant ones. The first is where they
   * are. Empty where there are none, or no threshold.
   */
  double[] fartherPlaces(DynamicsRun run) {
    List<SimilarityBlocks> found =
        run.layers().stream()
            .map(layer -> blocks(run, layer))
            .filter(SimilarityBlocks::isSignificant)
            .toList();
    OptionalInt fit = run.perfectFit();
    if (found.isEmpty() || fit.isEmpty() || fit.getAsInt() < 1) {
      return new double[0];
    }
    double threshold = OctaveMap.octaves(fit.getAsInt());
    int moves = found.stream().mapToInt(SimilarityBlocks::possible).max().orElseThrow();
    double[] distances =
        IntStream.range(0, moves)
            .mapToObj(by -> found.stream().flatMap(own -> own.moved(by).stream()).toList())
            .filter(moved -> moved.size() == found.size())
            .mapToDouble(moved -> distance(moved, threshold))
            .toArray();
    return Arrays.stream(distances)
        .map(
            own ->
                Arrays.stream(distances)
                        .map(other -> other > own ? 1 : other == own ? 0.5 : 0)
                        .sum()
                    / distances.length)
        .toArray();
  }

  private static double distance(List<List<Double>> transitions, double threshold) {
    return transitions.stream()
        .mapToDouble(
            layer ->
                layer.stream()
                    .mapToDouble(epoch -> Math.abs(OctaveMap.octaves(epoch) - threshold))
                    .min()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  /** Decision regions against CKA, for every layer; empty where there were no probes. */
  public List<MapAgreement> agreements(DynamicsRun run) {
    return agreements.computeIfAbsent(
        run, r -> r.probeEpochs().isEmpty() ? List.of() : agreements(r, r));
  }

  private static List<MapAgreement> agreements(DynamicsRun regions, DynamicsRun similarity) {
    return IntStream.range(0, regions.layers().size())
        .mapToObj(
            i ->
                MapAgreement.of(
                    regions.layers().get(i).regions(), similarity.layers().get(i).similarity()))
        .toList();
  }

  /**
   * By how much the decision regions of a run agree better with its own CKA than with that of other
   * runs, which went through the same training and have nothing else in common with it, mean over
   * layers and over the others.
   *
   * @param quantity of the agreement, one of its correlations
   * @param others runs that differ from it in their seed alone
   * @return NaN where there are none, or no probes
   */
  double agreementAboveOthers(
      DynamicsRun run, List<DynamicsRun> others, ToDoubleFunction<MapAgreement> quantity) {
    return mean(agreements(run), quantity)
        - others.stream()
            .filter(other -> !run.probeEpochs().isEmpty())
            .mapToDouble(other -> mean(agreements(run, other), quantity))
            .average()
            .orElse(Double.NaN);
  }

  /**
   * By how much the decision regions of a run agree better with its CKA than with the mere nearness
   * of epochs, mean over layers; NaN where there were no probes.
   */
  double agreementAboveNearness(DynamicsRun run) {
    return mean(agreements(run), layer -> layer.coefficient() - layer.withNearness());
  }

  /** Mean of the layers that have one. */
  private static double mean(List<MapAgreement> layers, ToDoubleFunction<MapAgreement> quantity) {
    return layers.stream()
        .mapToDouble(quantity)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** How the first layer goes back towards its start, by CKA. */
  public FirstLayerReturn firstLayer(DynamicsRun run) {
    return FirstLayerReturn.of(run.layers().get(0).similarity(), run.curve());
  }

  /** The same by decision regions. */
  public FirstLayerReturn firstRegions(DynamicsRun run) {
    return FirstLayerReturn.of(run.layers().get(0).regions(), run.curve());
  }

  /** Change of CKA in an octave of epochs, from epoch 1 on. */
  public static double rate(DynamicsRun run, int layer) {
    return OctaveMap.of(run.layers().get(layer).similarity()).evolutionRate();
  }

  /** CKA of the first layer with its initialisation, mean over the recorded epochs after it. */
  public static double ownInitialisation(DynamicsRun run) {
    return afterStart(run.ownInitialisation());
  }

  /** By how large a share that exceeds CKA with other initialisations. */
  public static double ownOverOthers(DynamicsRun run) {
    double others =
        Arrays.stream(run.otherInitialisations())
            .mapToDouble(DynamicsFindings::afterStart)
            .average()
            .orElse(Double.NaN);
    return ownInitialisation(run) / others - 1;
  }

  private static double afterStart(double[] curve) {
    return IntStream.range(1, curve.length)
        .mapToDouble(i -> curve[i])
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
