package dev.kindred.study.dynamics;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Throughput;
import dev.kindred.recording.EpochGrid;
import dev.kindred.recording.RecordingSize;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a run will take here, from how fast its network is trained and run here: epochs, evaluations
 * and everything that is recorded, without the linear probes' own training.
 *
 * @param declared the run
 * @param speed images per second, measured
 * @param hours of this machine
 * @param bytes that the recording takes while it runs, most of them whole responses
 */
record RunCost(RunDeclaration declared, Throughput speed, double hours, long bytes) {
  private static final double SECONDS_OF_AN_HOUR = 3600;

  /** Images that speed is measured on: any, as all take equally long. */
  private static final String ANY = DataSets.generatedNames().get(0);

  /**
   * Measures every network once.
   *
   * @param seconds for each
   */
  static List<RunCost> of(List<RunDeclaration> runs, RunPlan plan, double seconds) {
    Map<List<Object>, Throughput> measured = new HashMap<>();
    Map<List<Object>, Long> units = new HashMap<>();
    return runs.stream()
        .map(
            run ->
                of(
                    run,
                    plan,
                    measured.computeIfAbsent(
                        List.of(run.architecture(), run.pixels(), run.batch()),
                        any ->
                            Throughput.measure(
                                run.architecture(),
                                DataSets.generated(ANY, run.pixels(), run.batch(), 1),
                                run.batch(),
                                seconds,
                                1)), // as runs are trained
                    units.computeIfAbsent(
                        List.of(run.architecture(), run.pixels()), any -> units(run))))
        .toList();
  }

  /** Units of all layers that are recorded. */
  static long units(RunDeclaration run) {
    ImageSet images = DataSets.generated(ANY, run.pixels(), 2, 1);
    try (Network network =
        Network.untrained(
            run.name(),
            run.architecture(),
            Network.InputShape.of(images),
            images.classNames().size(),
            new Seeds(run.seed()))) {
      return network
          .represent(
              images,
              RunTraining.layers(run),
              Pooling.FLATTENED,
              Network.DEFAULT_BATCH,
              Progress.NONE)
          .values()
          .stream()
          .mapToLong(Representation::units)
          .sum();
    }
  }

  /**
   * The cost at a known speed.
   *
   * @param units of all layers that are recorded
   */
  static RunCost of(RunDeclaration run, RunPlan plan, Throughput speed, long units) {
    long evaluated = count(plan.evaluations(), run) * (2L * run.images() + RunTraining.TEST_IMAGES);
    int maps = count(plan.maps(), run);
    long compared = 2L * maps * plan.batches() * plan.batchSize();
    long points =
        (long) plan.planes() * plan.resolution() * plan.resolution()
            + (long) plan.drawn() * plan.drawn();
    long probed = count(plan.probes(), run) * (run.images() + RunTraining.TEST_IMAGES + points);
    double seconds =
        (double) run.epochs() * run.images() / speed.trained()
            + (evaluated + compared + probed) / speed.inferred();
    long bytes =
        new RecordingSize(maps, RunTraining.layers(run).size(), plan.batches(), plan.batchSize())
                .whole(ElementType.FLOAT32)
            + (long) count(plan.responses(), run)
                * plan.batches()
                * plan.batchSize()
                * units
                * Float.BYTES
            + count(plan.probes(), run) * RunTraining.layers(run).size() * points;
    return new RunCost(run, speed, seconds / SECONDS_OF_AN_HOUR, bytes);
  }

  private static int count(EpochGrid grid, RunDeclaration run) {
    return (int) IntStream.rangeClosed(0, run.epochs()).filter(grid::contains).count();
  }

  /** All costs, a line each, and their sum. */
  static List<String> lines(List<RunCost> costs) {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("run\tparameters\timages/s trained\timages/s run\thours\tMB recorded");
    for (RunCost cost : costs) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s\t%d\t%.0f\t%.0f\t%.2f\t%.0f",
              cost.declared.name(),
              cost.speed.parameters(),
              cost.speed.trained(),
              cost.speed.inferred(),
              cost.hours,
              cost.bytes / 1e6));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d runs one by one take about %.1f hours here beside their probes, at the speed just"
                + " measured; each records up to %.1f GB, which is removed when it is done",
            costs.size(),
            costs.stream().mapToDouble(RunCost::hours).sum(),
            costs.stream().mapToLong(RunCost::bytes).max().orElse(0) / 1e9));
    return lines;
  }
}
