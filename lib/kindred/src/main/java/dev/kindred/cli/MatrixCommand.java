package dev.kindred.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Memory;
import dev.kindred.base.Progress;
import dev.kindred.figure.HeatMap;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.measure.statistics.Bootstrap;
import dev.kindred.measure.statistics.CalibratedMatrix;
import dev.kindred.measure.statistics.NullCalibration;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "matrix",
    description = {
      "Compares all representations with each other and writes a table of comma-separated values",
      "with a header row and a first column of names.",
      "",
      "With --calibrate, tables of the same form are written beside M.csv: M.null-mean.csv (what",
      "chance gives), M.calibrated.csv (score), M.p.csv (p of each pair by itself, for a pair chosen",
      "beforehand), M.p-adjusted.csv (p over all pairs of the matrix together, for pairs chosen",
      "because they stand out; step-down minP). With --interval: M.low.csv and M.high.csv, the ends",
      "of each value's 95 %% interval. M.calibration.json says how they were made. A representation",
      "with itself is no test: NaN.",
      "",
      "With --figure: a heat map; with --calibrate, cells that chance explains (adjusted p above",
      "alpha) are hatched."
    },
    mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {
  /** A pebibyte, which no machine has. */
  private static final long MOST_MEBIBYTES = 1L << 30;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Files of responses to the same stimuli, or folders of them.")
  private List<Path> paths;

  @Option(
      names = "--measure",
      required = true,
      paramLabel = "SPEC",
      description = "name or name[key=value,…]; see kindred measures.")
  private String measure;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "Memory to use beside the representations; default a quarter of the machine's.")
  private Long memory;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Keeps finished parts there, so that a run that was stopped goes on.")
  private Path checkpoints;

  @Mixin private TableOutput output;

  @Mixin private CalibrationOptions calibration;

  @Mixin private ReadingOptions reading;

  @Override
  public Integer call() throws IOException {
    calibration.check();
    if (memory != null && (memory < 1 || memory > MOST_MEBIBYTES)) {
      throw new InputException("--memory=" + memory + ": expected 1 to " + MOST_MEBIBYTES + " MiB");
    }
    Measure chosen = Measures.parse(measure);
    List<Path> files = reading.expand(paths);
    List<String> companions = companions();
    if (checkpoints != null && (checkpoints.toString().isEmpty() || isNoFolder(checkpoints))) {
      throw new InputException("--checkpoints=" + checkpoints + ": expected a folder");
    }
    output.check(files, companions, List.of(), "--calibrate and --interval");
    if (!companions.isEmpty() && files.size() < 2) {
      throw new InputException(
          "--calibrate and --interval are of pairs: expected at least 2 representations, found "
              + files.size());
    }
    List<Representation> representations = reading.readAll(files);
    List<String> names = names(files);
    Run run = new Run(memory == null ? Memory.quarter() : memory << 20, Progress.standard(), null);
    AllPairs pairs = new AllPairs(chosen).budget(run.budget());
    if (checkpoints != null) {
      pairs.checkpoints(checkpoints);
    }
    LabelledMatrix values = pairs.matrix(representations);
    CalibratedMatrix calibrated = null;
    if (calibration.isCalibrated()) {
      calibrated =
          NullCalibration.ofMatrix(
              chosen,
              representations,
              calibration.permutations(),
              calibration.level(),
              calibration.seeds(),
              run);
      output.writeBeside("null-mean.csv", csv(calibrated.nullMeans(), names));
      output.writeBeside("calibrated.csv", csv(calibrated.scores(), names));
      output.writeBeside("p.csv", csv(calibrated.ps(), names));
      output.writeBeside("p-adjusted.csv", csv(calibrated.adjustedPs(), names));
    }
    if (calibration.hasInterval()) {
      Bootstrap.IntervalMatrix intervals =
          Bootstrap.overStimuli(
              chosen,
              representations,
              calibration.replicates(),
              CalibrationOptions.INTERVAL_LEVEL,
              calibration.seeds(),
              run);
      output.writeBeside("low.csv", csv(intervals.low(), names));
      output.writeBeside("high.csv", csv(intervals.high(), names));
    }
    if (!companions.isEmpty()) {
      output.writeBeside("calibration.json", description(chosen, files));
    }
    if (output.figure() != null) {
      draw(values, names, calibrated);
    }
    // Last: who finds the matrix finds all that belongs to it.
    output.write(csv(values, names));
    return 0;
  }

  /** What is written beside the matrix. */
  private List<String> companions() {
    List<String> companions = new ArrayList<>();
    if (calibration.isCalibrated()) {
      companions.addAll(List.of("null-mean.csv", "calibrated.csv", "p.csv", "p-adjusted.csv"));
    }
    if (calibration.hasInterval()) {
      companions.addAll(List.of("low.csv", "high.csv"));
    }
    if (!companions.isEmpty()) {
      companions.add("calibration.json");
    }
    return companions;
  }

  private static boolean isNoFolder(Path path) {
    return Files.exists(path) && !Files.isDirectory(path);
  }

  private void draw(LabelledMatrix values, List<String> names, CalibratedMatrix calibrated)
      throws IOException {
    HeatMap map =
        HeatMap.of(
            new LabelledMatrix(values.title(), names, names, values.values(), values.provenance()));
    if (calibrated != null) {
      map.hatch(calibrated.chance(), calibrated.chanceMeaning());
    }
    map.save(output.figure());
  }

  private String description(Measure chosen, List<Path> files) {
    JsonObject json = new JsonObject();
    json.addProperty("measure", chosen.info().specification());
    if (calibration.isCalibrated()) {
      json.addProperty("permutations", calibration.permutations());
      json.addProperty("alpha", calibration.alpha());
    }
    if (calibration.hasInterval()) {
      json.addProperty("resamples", calibration.replicates());
      json.addProperty("level", CalibrationOptions.INTERVAL_LEVEL);
    }
    json.addProperty("seed", calibration.seeds().root());
    JsonArray read = new JsonArray();
    files.forEach(file -> read.add(file.toString()));
    json.add("files", read);
    return Json.builder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  /** Names of the files without folder and ending, or whole paths where those are not unique. */
  static List<String> names(List<Path> files) {
    List<String> stems =
        files.stream()
            .map(f -> f.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", ""))
            .toList();
    return stems.stream().distinct().count() == stems.size()
        ? stems
        : files.stream().map(Path::toString).toList();
  }

  static String csv(LabelledMatrix matrix, List<String> names) {
    return new LabelledMatrix(matrix.title(), names, names, matrix.values(), matrix.provenance())
        .csv();
  }
}
