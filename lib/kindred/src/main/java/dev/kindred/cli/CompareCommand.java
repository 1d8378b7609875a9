package dev.kindred.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    description = "Compares two representations and prints one number with 17 digits.",
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

  @Mixin private ReadingOptions reading;

  @Override
  public void run() {
    Measure chosen = Measures.parse(measure);
    Representation first = reading.read(x);
    Representation second = reading.read(y);
    long start = System.nanoTime();
    double value = chosen.compare(first, second);
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonObject result = new JsonObject();
      result.addProperty("measure", chosen.info().specification());
      result.addProperty("x", x.toString());
      result.addProperty("y", y.toString());
      result.addProperty("stimuli", first.stimuli());
      JsonArray units = new JsonArray();
      units.add(first.units());
      units.add(second.units());
      result.add("units", units);
      // JSON has no NaN and no infinity.
      result.addProperty(
          "value", Double.isFinite(value) ? new BigDecimal(Numbers.text(value)) : null);
      result.addProperty("seconds", seconds);
      out.println(new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(result));
    } else {
      out.println(Numbers.text(value));
    }
  }
}
