package dev.kindred.study.dynamics.report;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.Reading;
import dev.kindred.study.dynamics.DynamicsFindings;
import dev.kindred.study.dynamics.DynamicsRun;
import dev.kindred.study.dynamics.DynamicsSummary;
import dev.kindred.study.dynamics.EpochwiseDescent;
import dev.kindred.study.dynamics.FirstLayerReturn;
import dev.kindred.study.dynamics.LayerDynamics;
import dev.kindred.study.dynamics.MapAgreement;
import dev.kindred.study.dynamics.SimilarityBlocks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One sentence of what the paper saw in each figure, and one of what there is to see here,
 * computed.
 */
public final class DynamicsReadings {
  private final DynamicsFindings findings;

  public DynamicsReadings(DynamicsFindings findings) {
    this.findings = findings;
  }

  /** Figures 1–3, 7–17, 20 and 21. */
  public Reading maps(DynamicsRun run) {
    String blocks =
        run.layers().stream()
            .filter(layer -> findings.blocks(run, layer).isSignificant())
            .map(layer -> layer.layer() + " at epoch " + epochs(findings.blocks(run, layer)))
            .collect(Collectors.joining(", "));
    return new Reading(
        "one or two transitions divide training into blocks of similar representations; with label noise the test error has a peak near the perfect-fitting threshold and falls again",
        fit(run)
            + "; "
            + descent(findings.descent(run))
            + (blocks.isEmpty()
                ? "; no layer shows a transition beyond an even drift"
                : "; transitions: " + blocks));
  }

  /** What the estimator and chance make of the same maps. */
  public Reading besideChance(DynamicsRun run) {
    double chance =
        run.layers().stream()
            .mapToDouble(layer -> run.chance(layer, 0, run.epochs().size() - 1).upper())
            .max()
            .orElse(Double.NaN);
    String layers =
        run.layers().stream()
            .map(layer -> layer.layer() + format(" %.3f", DynamicsSummary.aboveUnbiased(layer)))
            .collect(Collectors.joining(", "));
    return new Reading(
        "CKA with the biased estimator, averaged over batches of images; without a comparison to chance",
        (Double.isNaN(chance)
                ? "there are too few images to tell of chance"
                : format(
                    "were the images of one epoch shuffled, CKA of the first and the last would stay below %.3f in any layer",
                    chance))
            + "; values are above the unbiased ones, on average over pairs of epochs, by "
            + layers);
  }

  /** Figures 1 and 2, e and f, in numbers. */
  public Reading evolution(List<DynamicsRun> noisy, List<DynamicsRun> clean) {
    return new Reading(
        "deep layers evolve much more with label noise, with which the test error descends twice",
        noisy.isEmpty() || clean.isEmpty()
            ? "runs with and without label noise are needed"
            : "change in an octave with label noise, and without: "
                + IntStream.range(0, noisy.get(0).layers().size())
                    .mapToObj(
                        layer ->
                            noisy.get(0).layers().get(layer).layer()
                                + format(" %.3f, %.3f", rate(noisy, layer), rate(clean, layer)))
                    .collect(Collectors.joining("; ")));
  }

  private static double rate(List<DynamicsRun> runs, int layer) {
    return runs.stream()
        .mapToDouble(run -> DynamicsFindings.rate(run, layer))
        .average()
        .orElse(Double.NaN);
  }

  private static String fit(DynamicsRun run) {
    return run.perfectFit().isPresent()
        ? "all training images are first right at epoch " + run.perfectFit().getAsInt()
        : "the training images are never all right";
  }

  private static String epochs(SimilarityBlocks blocks) {
    return blocks.transitions().stream()
        .map(epoch -> format("%.0f", epoch))
        .collect(Collectors.joining(" and "));
  }

  private static String descent(EpochwiseDescent descent) {
    if (descent.degrees() == 0) {
      return "too few epochs tell of a double descent";
    }
    if (descent.p() > SimilarityBlocks.LEVEL) {
      return format("no double descent of the test error is shown (p = %.2f)", descent.p());
    }
    Interval interval = descent.interval();
    if (!(interval.low() > 0)) {
      // The curve differs from a smooth one, which is not yet a second descent.
      return format(
          "a double descent of the test error is not certain (height %.3f [%.3f, %.3f])",
          descent.height(), interval.low(), interval.high());
    }
    return format(
        "the test error has a peak at epoch %.0f, %.3f high [%.3f, %.3f]",
        descent.peak(), descent.height(), interval.low(), interval.high());
  }

  /** Figures 4, 5 and 18. */
  public Reading regions(DynamicsRun run) {
    List<MapAgreement> agreements = findings.agreements(run);
    FirstLayerReturn first = findings.firstRegions(run);
    String layers =
        IntStream.range(0, agreements.size())
            .filter(i -> !Double.isNaN(agreements.get(i).coefficient()))
            .mapToObj(
                i -> run.layers().get(i).layer() + format(" %.2f", agreements.get(i).coefficient()))
            .collect(Collectors.joining(", "));
    return new Reading(
        "decision regions tell what CKA tells, on a wider range; the first layer's return towards its start is temporary",
        (layers.isEmpty()
                ? "there are too few epochs with probes to compare them with CKA"
                : "rank correlation with CKA over pairs of epochs: " + layers)
            + (Double.isNaN(first.around())
                ? ""
                : format(
                    "; similarity of the first layer's regions with their start: %+.3f from the good epochs to the threshold",
                    first.around()))
            + (Double.isNaN(first.leftAgain())
                ? ""
                : format(", and %+.3f from there to the end", -first.leftAgain())));
  }

  /** Figure 6. */
  public Reading probeErrors(DynamicsRun run) {
    String layers =
        run.layers().stream()
            .map(LayerDynamics::layer)
            .filter(layer -> findings.probeDescent(run, layer).degrees() > 0)
            .map(layer -> layer + format(" %.3f", findings.probeDescent(run, layer).height()))
            .collect(Collectors.joining(", "));
    return new Reading(
        "of the probes, only the deepest block's has a double descent",
        layers.isEmpty()
            ? "there are too few epochs with probes"
            : "height of the peak: " + layers);
  }

  /** Figures 1a, 8–10 and 16: the first layer of several runs. */
  public Reading firstLayers(List<DynamicsRun> runs) {
    return new Reading(
        "wide networks go back towards their start once they fit perfectly; narrow ones, and those with weight decay, do not",
        "CKA with the start, from the good epochs to perfect fitting: "
            + runs.stream()
                .map(
                    run -> {
                      double back = findings.firstLayer(run).back();
                      return DynamicsFigures.title(run.declaration())
                          + ": "
                          + (Double.isNaN(back) ? "undefined" : format("%+.4f", back));
                    })
                .collect(Collectors.joining("; ")));
  }

  /** Figure 19. */
  public Reading initialisations(DynamicsRun run) {
    return new Reading(
        "the first layer stays near random representations, to its own start 1–3 % nearer than to others",
        format(
            "mean CKA with its own start %.4f, which is %.1f %% more than with others",
            DynamicsFindings.ownInitialisation(run), 100 * DynamicsFindings.ownOverOthers(run)));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values)
        .replace('-', '−')
        .replaceAll("[−+](0\\.0+)(?!\\d)", "$1");
  }
}
