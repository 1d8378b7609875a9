package dev.kindred.network.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.kindred.ChildJvm;
import dev.kindred.base.InputException;
import dev.kindred.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchDeviceTest {
  private static final BooleanSupplier NOT_ASKED =
      () -> {
        throw new AssertionError("the engine was started");
      };

  @Test
  void theDeviceIsAsNamedOrAsThereIs() {
    assertThat(TorchDevice.choose(null, NOT_ASKED)).isEqualTo(Device.cpu());
    assertThat(TorchDevice.choose(" ", NOT_ASKED)).isEqualTo(Device.cpu());
    assertThat(TorchDevice.choose("cpu", NOT_ASKED)).isEqualTo(Device.cpu());
    assertThat(TorchDevice.choose("auto", () -> false)).isEqualTo(Device.cpu());
    assertThat(TorchDevice.choose("auto", () -> true)).isEqualTo(Device.gpu());
    assertThat(TorchDevice.choose("gpu", () -> true)).isEqualTo(Device.gpu());
    assertThatThrownBy(() -> TorchDevice.choose("cuda", NOT_ASKED))
        .isInstanceOf(InputException.class)
        .hasMessage("KINDRED_DEVICE: expected cpu, gpu or auto, found cuda");
  }

  /** The PyTorch that the library brings knows no GPU, whatever the machine has. */
  @ParameterizedTest
  @CsvSource({"zoo,train", "zoo,speed", "zoo,hardness", "study,consistency"})
  void withoutAGpuACommandEndsInOneLineBeforeItBegins(
      String command, String work, @TempDir Path folder) throws Exception {
    assertThat(refused(folder, Map.of(), command, work))
        .startsWith("kindred: KINDRED_DEVICE=gpu: PyTorch finds no GPU")
        .hasLineCount(1);
    assertThat(folder).as("nothing was made").isEmptyDirectory();
  }

  @Test
  void librariesOfPyTorchThatAreNoneAreOneLine(@TempDir Path folder) throws Exception {
    Path library = Files.writeString(folder.resolve(System.mapLibraryName("torch")), "none");
    Map<String, String> environment =
        Map.of(
            "PYTORCH_LIBRARY_PATH",
            folder.toString(),
            "PYTORCH_VERSION",
            "2.7.1",
            "PYTORCH_FLAVOR",
            "cpu",
            "DJL_CACHE_DIR",
            folder.resolve("djl").toString());
    assertThat(refused(folder, environment, "zoo", "train").lines().toList())
        .last()
        .asString()
        .startsWith("kindred: PyTorch cannot be loaded: ")
        .contains(library.toString());
  }

  private static String refused(Path folder, Map<String, String> environment, String... arguments)
      throws Exception {
    ProcessBuilder child =
        ChildJvm.of(Main.class, (Object[]) arguments)
            .redirectErrorStream(true)
            .directory(folder.toFile());
    child.environment().putAll(environment);
    child.environment().put("KINDRED_DEVICE", "gpu");
    child.environment().put("KINDRED_CACHE", folder.resolve("cache").toString());
    Process process = child.redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isEqualTo(2);
    return told;
  }
}
