package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.network.Pooling;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.study.convergence.Comparison.Control;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ConvergenceResultsTest {
  @TempDir Path temporary;

  /** What is made here is what its features give, and is found again. */
  @Test
  void networksAreTrainedAndTheirFeaturesAreThere() throws IOException {
    ConvergenceResults live = ConvergenceResults.live(List.of(), Profile.TEST, List.of(), 42);
    assertThat(live.made()).isEqualTo("6 networks, trained here");
    ConvergenceData data = live.data().get(0);
    assertThat(
            ConvergenceResults.live(List.of(), Profile.TEST, List.of(), 42).data().get(0).groups())
        .isEqualTo(data.groups());

    List<Path> folders =
        ConvergenceResults.features(List.of(), Profile.TEST, 42, Pooling.CENTRE_PIXEL);
    assertThat(folders)
        .extracting(path -> path.getFileName().toString())
        .containsExactly("cnn-8-seed-1", "cnn-8-seed-2");
    String second = "2-" + data.groups().get(0).layers().get(1) + ".npy";
    Representation one = Representations.read(folders.get(0).resolve(second));
    Representation other = Representations.read(folders.get(1).resolve(second));
    Comparison of =
        new Comparison(0, 1, 1, 1, data.end(), 0, Pooling.CENTRE_PIXEL, Control.NONE, 0);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      assertThat(family.measure().compare(one, other))
          .isCloseTo(data.depth().value(family, of), within(1e-4));
    }
    try (Stream<Path> files = Files.list(folders.get(0))) {
      assertThat(files.filter(file -> file.toString().endsWith(".npy")))
          .hasSize(data.groups().get(0).layers().size());
    }

    Table networks = live.networks();
    assertThat(networks.stringColumn("networks").asList()).containsExactly("cnn-8", "vit");
    assertThat(networks.doubleColumn("trained").get(1)).isEqualTo(data.accuracy(1, 0));
    assertThat(networks.doubleColumn("mean of shifts").get(0)).isBetween(0.0, 1.0);
  }

  @Test
  void aFolderMustHoldAStudy() {
    assertThatThrownBy(() -> ConvergenceResults.stored(temporary.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a stored study");
  }
}
