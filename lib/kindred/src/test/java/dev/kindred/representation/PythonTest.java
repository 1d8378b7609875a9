package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.SharedFiles;
import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this library writes, NumPy, PyTorch, SciPy and h5py read; what README's recipes write, this
 * library reads. Skipped where the Python of {@code KINDRED_INTEROP_PYTHON} (or {@code python3})
 * lacks them.
 */
class PythonTest {
  private static final Path SCRIPTS = SharedFiles.root().resolve("lib/kindred/src/test/python");

  @TempDir Path folder;

  @Test
  void theFieldsLibrariesReadWhatIsWritten() throws Exception {
    requireModules("numpy", "torch", "scipy", "h5py");
    double[] numbers = IntStream.range(0, 30).mapToDouble(i -> i / 8.0).toArray();
    float[] singles = new float[30];
    IntStream.range(0, 30).forEach(i -> singles[i] = (float) numbers[i]);
    List<String> names = IntStream.range(0, 6).mapToObj(i -> "image-" + i).toList();
    Representation x = Representation.of("x", 6, 5, numbers);
    Representation single = Representation.of("x", 6, 5, singles).withStimulusIds(names);
    for (String ending : RoundTripTest.ENDINGS) {
      Representations.write(single, folder.resolve("single." + ending));
      Representations.write(x.withStimulusIds(names), folder.resolve("double." + ending));
    }
    Representations.write(x, folder.resolve("bare.pt"));
    assertThat(python(SCRIPTS.resolve("check_written.py"), folder).strip()).isEqualTo("same");
  }

  @Test
  void theRecipesExportWhatIsReadHere() throws Exception {
    requireModules("numpy", "torch");
    String printed = python(SCRIPTS.resolve("check_recipes.py"), folder);
    JsonObject shapes =
        JsonParser.parseString(printed.lines().reduce((a, b) -> b).orElseThrow()).getAsJsonObject();
    assertThat(shapes.keySet()).containsExactly("1", "4");
    Representation pooled =
        Representations.read(
            folder.resolve("1.npy"), ReadOptions.defaults().positions(Positions.mean()));
    assertThat(pooled.stimuli()).isEqualTo(7);
    assertThat(pooled.units()).isEqualTo(4);
    assertThat(pooled.stimulusIds().orElseThrow()).startsWith("image-0").hasSize(7);
    assertThat(Representations.read(folder.resolve("4.npy")).units()).isEqualTo(5);
    assertThatThrownBy(() -> Representations.read(folder.resolve("traced.pt")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found a TorchScript module");
  }

  private static String interpreter() {
    String chosen = System.getenv("KINDRED_INTEROP_PYTHON");
    return chosen == null ? "python3" : chosen;
  }

  private void requireModules(String... modules) throws Exception {
    boolean there;
    try {
      there = run(List.of(interpreter(), "-c", "import " + String.join(", ", modules))) == 0;
    } catch (IOException e) {
      there = false;
    }
    Assumptions.assumeTrue(
        there, () -> interpreter() + " lacks one of " + Arrays.toString(modules));
  }

  private String python(Path script, Path argument) throws Exception {
    int status = run(List.of(interpreter(), script.toString(), argument.toString()));
    String output = Files.readString(log(), StandardCharsets.UTF_8);
    assertThat(status).as(output).isZero();
    return output;
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("PYTHONWARNINGS", "ignore");
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    return builder.start().waitFor();
  }

  private Path log() {
    return folder.resolve("python.log");
  }
}
