package dev.kindred.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.SharedFiles;
import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchScriptModelTest {
  private static final Descriptor CIFAR =
      Descriptor.imagenet(32, "logits", "stage1", "stage2", "stage3");

  @ParameterizedTest
  @CsvSource({"cifar10-resnet20, 0.915", "cifar10-resnet56, 0.926"})
  void publicWeightsHaveTheirPublishedAccuracy(String name, double accuracy) throws Exception {
    Path file = SharedFiles.require("data/models/" + name + ".torchscript.pt");
    ImageSet images = TestImages.cifar(SharedFiles.require("data/cifar-10-part/test_batch.bin"));
    try (TorchScriptModel model = TorchScriptModel.load(file, CIFAR)) {
      Map<String, Representation> responses = model.represent(images);
      assertThat(responses.keySet()).containsExactly("stage1", "stage2", "stage3", "logits");
      assertThat(responses.get("stage1").units()).isEqualTo(16);
      assertThat(responses.get("stage3").units()).isEqualTo(64);
      assertThat(responses.get("stage3").id()).isEqualTo(name + "/stage3");
      assertThat(responses.get("stage3").stimulusIds().orElseThrow())
          .isEqualTo(images.stimulusIds());
      assertThat(Classification.accuracy(responses.get("logits"), images.labels()))
          .isCloseTo(accuracy, within(1e-9));
    }
  }

  @Test
  void batchesDoNotChangeTheResponses() throws Exception {
    Path file = SharedFiles.require("data/models/cifar10-resnet20.torchscript.pt");
    ImageSet images = TestImages.bars(10, 32, 3, 1);
    try (TorchScriptModel model = TorchScriptModel.load(file, CIFAR)) {
      Representation whole =
          model
              .represent(images, List.of("stage2"), Pooling.POOLED, 10, Progress.NONE)
              .get("stage2");
      Representation parts =
          model
              .represent(images, List.of("stage2"), Pooling.POOLED, 3, Progress.NONE)
              .get("stage2");
      for (int i = 0; i < 10; i++) {
        assertThat(parts.row(i)).containsExactly(whole.row(i), within(1e-5));
      }
    }
  }

  @Test
  void anInterruptEndsTheWork() throws Exception {
    Path file = SharedFiles.require("data/models/cifar10-resnet20.torchscript.pt");
    ImageSet images = TestImages.bars(10, 32, 3, 1);
    try (TorchScriptModel model = TorchScriptModel.load(file, CIFAR)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> model.represent(images)).isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void saysWhatIsWrongWithAModelOrItsInput(@TempDir Path folder) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.pt"), "not a module");
    assertThatThrownBy(() -> TorchScriptModel.load(broken))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a descriptor in broken.pt.json");
    assertThatThrownBy(() -> TorchScriptModel.load(broken, CIFAR))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not a TorchScript module")
        .hasMessageNotContaining("\n");

    Path file = SharedFiles.require("data/models/cifar10-resnet20.torchscript.pt");
    try (TorchScriptModel model = TorchScriptModel.load(file, CIFAR)) {
      assertThatThrownBy(() -> model.represent(TestImages.bars(2, 16, 3, 1)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expects images of 32×32 pixels, bars has 16×16");
      assertThatThrownBy(
              () -> model.represent(TestImages.bars(2, 32, 3, 1), "stage9", Pooling.POOLED))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has no layer stage9; it has stage1");
    }
    try (TorchScriptModel model = TorchScriptModel.load(file, Descriptor.imagenet(32, "logits"))) {
      assertThatThrownBy(() -> model.represent(TestImages.bars(2, 32, 3, 1)))
          .hasMessageContaining("names 1 layers, the module gives 4");
    }
  }

  @Test
  void readsADescriptor(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("m.pt.json");
    Files.writeString(
        json,
        """
        {"width": 32, "height": 32, "channels": 1, "mean": [0.5], "std": [0.25],
         "layers": ["logits"], "resize": true}
        """);
    assertThat(Descriptor.beside(folder.resolve("m.pt")))
        .contains(new Descriptor(32, 32, 1, List.of(0.5), List.of(0.25), List.of("logits"), true));
    Files.writeString(json, "{\"width\": 32}");
    assertThatThrownBy(() -> Descriptor.read(json))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no \"");
    Files.writeString(json, "[1");
    assertThatThrownBy(() -> Descriptor.read(json))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not a descriptor");
  }
}
