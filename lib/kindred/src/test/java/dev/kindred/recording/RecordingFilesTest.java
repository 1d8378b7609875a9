package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two kinds of files of a recording, apart from what is recorded. */
class RecordingFilesTest {
  @Test
  void whatAllEpochsHaveInCommonComesBack(@TempDir Path folder) {
    RecordingInfo info =
        new RecordingInfo(
            List.of("conv1", "logits"),
            4,
            512,
            ElementType.FLOAT16,
            new Sketch(1000, 64, -3),
            "bars <test>",
            2,
            9,
            Pooling.CENTRE_PIXEL);
    info.writeOrRequire(folder);
    assertThat(RecordingInfo.read(folder)).isEqualTo(info);
    RecordingInfo whole =
        new RecordingInfo(
            List.of("conv1"), 1, 2, ElementType.FLOAT32, null, "bars", /* planes= */ 0, 0, null);
    whole.writeOrRequire(folder.resolve("whole"));
    assertThat(RecordingInfo.read(folder.resolve("whole"))).isEqualTo(whole);
    assertThatThrownBy(() -> whole.writeOrRequire(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds another recording");
  }

  /** Recordings that were begun when layers were called taps go on, and their file stays. */
  @Test
  void oldNamesAreRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("recording.json");
    String old =
        """
        {
          "taps": ["conv1", "logits"],
          "batches": 2,
          "batchSize": 24,
          "precision": "FLOAT32",
          "probeImages": "bars",
          "planes": 3,
          "resolution": 5,
          "responses": "FLATTENED"
        }
        """;
    Files.writeString(file, old);
    RecordingInfo info =
        new RecordingInfo(
            List.of("conv1", "logits"),
            2,
            24,
            ElementType.FLOAT32,
            null,
            "bars",
            3,
            5,
            Pooling.FLATTENED);
    assertThat(RecordingInfo.read(folder)).isEqualTo(info);
    info.writeOrRequire(folder);
    assertThat(file).hasContent(old);
    info.writeOrRequire(folder.resolve("new"));
    assertThat(folder.resolve("new/recording.json")).content().contains("\"layers\"");
  }

  @Test
  void anEpochComesBack(@TempDir Path folder) {
    EpochFile.write(
        folder,
        12,
        Map.of("gram conv1", new byte[] {1, 2, 3}),
        Map.of("forward", 0.125),
        Map.of("error", 0.5));
    try (EpochFile.Reader reader = new EpochFile.Reader(EpochFile.path(folder, 12))) {
      assertThat(reader.header().epoch()).isEqualTo(12);
      assertThat(reader.header().seconds()).isEqualTo(Map.of("forward", 0.125));
      assertThat(reader.header().values()).isEqualTo(Map.of("error", 0.5));
      assertThat(reader.block("gram conv1").array()).containsExactly(1, 2, 3);
    }
  }
}
