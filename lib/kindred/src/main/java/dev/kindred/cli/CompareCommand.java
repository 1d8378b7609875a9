package dev.kindred.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.base.Json;
import dev.kindred.base.Numbers;
import dev.kindred.base.Progress;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.statistics.Bootstrap;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.NullCalibration;
import dev.kindred.representation.Representation;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    description = {
      "Compares two representations and prints one number with 17 digits; with --calibrate and",
      "--interval a line with a name for each number: value, null mean, p, calibrated, interval."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "X", description = "A file of responses, stimuli × units.")
  private Path x;

  @Parameters(index = "1", paramLabel = "Y", description = "Another one, of the same stimuli.")
  private Path y;

  @Option(
      names = "--measure",
      required = true,
      paramLabel = "SPEC",
      description = "name or name[key=value,…]; see kindred measures.")
  private String measure;

  @Option(names = "--json", description = "Prints JSON with what was compared.")
  private boolean json;

  @Mixin private CalibrationOptions calibration;

  @Mixin private ReadingOptions reading;

  @Override
  public void run() {
    calibration.check();
    Measure chosen = Measures.parse(measure);
    List<Representation> both = reading.readAll(List.of(x, y));
    Representation first = both.get(0);
    Representation second = both.get(1);
    long start = System.nanoTime();
    double value = chosen.compare(first, second);
    NullCalibration.Calibrated calibrated =
        calibration.isCalibrated()
            ? NullCalibration.of(
                chosen,
                first,
                second,
                calibration.permutations(),
                calibration.level(),
                calibration.seeds(),
                Progress.standard())
            : null;
    Interval interval =
        calibration.hasInterval()
            ? Bootstrap.overStimuli(
                chosen,
                first,
                second,
                calibration.replicates(),
                CalibrationOptions.INTERVAL_LEVEL,
                calibration.seeds(),
                Progress.standard())
            : null;
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonObject result = described(chosen, first, second, value);
      addCalibration(result, calibrated, interval);
      result.addProperty("seconds", seconds);
      out.println(Json.builder().serializeNulls().disableHtmlEscaping().create().toJson(result));
    } else if (calibrated == null && interval == null) {
      out.println(Numbers.text(value));
    } else {
      print(out, value, calibrated, interval);
    }
  }

  private static void print(
      PrintWriter out, double value, NullCalibration.Calibrated calibrated, Interval interval) {
    out.println("value\t" + Numbers.text(value));
    if (calibrated != null) {
      out.println("null mean\t" + Numbers.text(calibrated.nullMean()));
      out.println("p\t" + Numbers.text(calibrated.p()));
      out.println("calibrated\t" + Numbers.text(calibrated.score()));
    }
    if (interval != null) {
      out.println(
          "interval\t" + Numbers.text(interval.low()) + "\t" + Numbers.text(interval.high()));
    }
  }

  private JsonObject described(
      Measure chosen, Representation first, Representation second, double value) {
    JsonObject result = new JsonObject();
    result.addProperty("measure", chosen.info().specification());
    result.addProperty("x", x.toString());
    result.addProperty("y", y.toString());
    result.addProperty("stimuli", first.stimuli());
    JsonArray units = new JsonArray();
    units.add(first.units());
    units.add(second.units());
    result.add("units", units);
    result.addProperty("value", number(value));
    return result;
  }

  private void addCalibration(
      JsonObject result, NullCalibration.Calibrated calibrated, Interval interval) {
    if (calibrated != null) {
      JsonObject chance = new JsonObject();
      chance.addProperty("permutations", calibration.permutations());
      chance.addProperty("alpha", calibration.alpha());
      chance.addProperty("nullMean", number(calibrated.nullMean()));
      chance.addProperty("threshold", number(calibrated.threshold()));
      chance.addProperty("p", number(calibrated.p()));
      chance.addProperty("calibrated", number(calibrated.score()));
      result.add("calibration", chance);
    }
    if (interval != null) {
      JsonObject ends = new JsonObject();
      ends.addProperty("resamples", calibration.replicates());
      ends.addProperty("level", CalibrationOptions.INTERVAL_LEVEL);
      ends.addProperty("low", number(interval.low()));
      ends.addProperty("high", number(interval.high()));
      result.add("interval", ends);
    }
    if (calibrated != null || interval != null) {
      result.addProperty("seed", calibration.seeds().root());
    }
  }

  /** JSON has no NaN and no infinity. */
  private static BigDecimal number(double value) {
    return Double.isFinite(value) ? new BigDecimal(Numbers.text(value)) : null;
  }
}
