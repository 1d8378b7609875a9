package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.network.training.LearningCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooSummaryTest {
  @Test
  void comesBackAsItWas(@TempDir Path folder) throws IOException {
    ZooSummary summary =
        new ZooSummary(
            "simclr",
            3,
            32,
            16,
            0,
            new ModelScores(Double.NaN, 0.5, 0.25, 1234, 7.5, 5),
            List.of(
                new LearningCurve.Point(0, Double.NaN, 1, 0.9),
                new LearningCurve.Point(4, 2.5, 0.1, 0.2)));
    summary.write(folder);
    assertThat(ZooSummary.read(folder)).isEqualTo(summary);
  }

  @Test
  void ofATimeBeforeThereWereGuessesNamesOneClass(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("summary.json"), "{\"scores\": {\"probe\": 0.5}, \"curve\": []}");
    assertThat(ZooSummary.read(folder).scores().guesses()).isEqualTo(1);
  }

  @Test
  void anythingElseIsOneClearError(@TempDir Path folder) throws IOException {
    for (String text : List.of("", "{}", "[1]", "{\"scores\":")) {
      Files.writeString(folder.resolve("summary.json"), text);
      assertThatThrownBy(() -> ZooSummary.read(folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("summary.json: ")
          .hasMessageContaining("summary of a trained model");
    }
  }
}
