package dev.kindred.stimuli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.SharedFiles;
import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.stimuli.files.DataFiles;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.stimuli.files.DownloadSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data sets that lie beside the project where it is developed, opened by name. */
class SharedDataSetsTest {
  @TempDir Path cache;
  private DataLibrary library;

  @BeforeEach
  void openLibrary() {
    Path manifests = SharedFiles.require("data/manifests");
    library =
        new DataLibrary(
            new DataSettings(List.of(manifests), List.of(), cache, true),
            DownloadSettings.standard());
  }

  @ParameterizedTest
  @CsvSource({
    "cifar-10-part, train, 2000, 32, 32, 3, 10, 10",
    "cifar-10-part, test, 1000, 32, 32, 3, 10, 10",
    "cifar-100-part, train, 10000, 32, 32, 3, 100, 20",
    "cifar-100-part, test, 10000, 32, 32, 3, 100, 100",
    "mnist-test, test, 10000, 28, 28, 1, 10, 10",
    "omniglot-small, train, 2720, 105, 105, 1, 136, 136",
    "omniglot-small, test, 3120, 105, 105, 1, 156, 156",
    "tiny-imagenet-part, test, 5000, 64, 64, 3, 100, 100",
    "flowers-17-small, test, 1360, 96, 96, 3, 17, 17",
  })
  void openByNameWithTheRightCounts(
      String name,
      String split,
      int size,
      int width,
      int height,
      int channels,
      int classes,
      int occurring) {
    ImageSet set = library.open(name, split, Progress.NONE);
    assertThat(set.size()).isEqualTo(size);
    assertThat(List.of(set.width(), set.height(), set.channels()))
        .containsExactly(width, height, channels);
    assertThat(set.classNames()).hasSize(classes);
    assertThat(Arrays.stream(set.labels()).distinct().count()).isEqualTo(occurring);
    assertThat(new HashSet<>(set.stimulusIds())).hasSize(size);
    assertThat(set.category()).isNotEmpty();
    assertThat(set.pixels(size - 1)).hasSize(width * height * channels);
  }

  @Test
  void cifarImagesAreTheirBytesAndNames() {
    ImageSet set = library.open("cifar-10-part", "test", Progress.NONE);
    // Checksum of image 17 as numpy reads the record: reshape(3, 32, 32).transpose(1, 2, 0).
    assertThat(Checksums.sha256(set.pixels(17)))
        .isEqualTo("d56c9859c0b7038a3c43da606fcbacf0d071657aac15f7360c118da1afa6b310");
    assertThat(set.classNames().get(set.label(17))).isEqualTo("horse");
    assertThat(set.stimulusId(17)).isEqualTo("test_batch.bin#17");
  }

  @Test
  void decodedInMemoryASetIsTheSame() {
    ImageSet lazy = library.open("tiny-imagenet-part", "test", Progress.NONE);
    ImageSet few = lazy.select(new int[] {4999, 3, 700});
    ImageSet decoded = few.inMemory(Progress.NONE);
    for (int i = 0; i < 3; i++) {
      assertThat(decoded.pixels(i)).isEqualTo(few.pixels(i));
      assertThat(decoded.label(i)).isEqualTo(few.label(i));
      assertThat(decoded.stimulusId(i)).isEqualTo(few.stimulusId(i));
    }
    assertThat(decoded.provenance()).isEqualTo(few.provenance());
    assertThat(decoded.inMemory(Progress.NONE)).isSameAs(decoded);
  }

  @Test
  void everyFileIsVerified() {
    for (var manifest : library.list()) {
      if (manifest.origin().startsWith(SharedFiles.require("data/manifests"))) {
        assertThat(library.verify(manifest.name()))
            .isNotEmpty()
            .allMatch(finding -> finding.state() == DataFiles.State.VERIFIED);
      }
    }
  }

  @Test
  void aSetWithOneSplitIsSplitByClass() {
    TrainAndTest both = library.trainAndTest("flowers-17-small", Progress.NONE);
    assertThat(both.train().size()).isEqualTo(17 * 64);
    assertThat(both.test().size()).isEqualTo(17 * 16);
    assertThat(both.train().stimulusIds()).doesNotContainAnyElementsOf(both.test().stimulusIds());
    assertThat(library.trainAndTest("flowers-17-small", Progress.NONE).test().stimulusIds())
        .isEqualTo(both.test().stimulusIds());
  }

  /** The part of CIFAR-100 has training images of 20 of its classes only. */
  @Test
  void whatIsTestedWasTaught() {
    TrainAndTest both = library.trainAndTest("cifar-100-part", Progress.NONE);
    assertThat(Arrays.stream(both.train().labels()).distinct().count()).isEqualTo(20);
    assertThat(both.test().size()).isEqualTo(20 * 100);
    assertThat(Arrays.stream(both.test().labels()).distinct().sorted().toArray())
        .isEqualTo(Arrays.stream(both.train().labels()).distinct().sorted().toArray());
  }

  @Test
  void anUnknownSplitOrNameIsAnError() {
    assertThatThrownBy(() -> library.open("mnist-test", "train", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("mnist-test has no split train, only test; trainAndTest splits it by class");
    assertThatThrownBy(() -> library.open("mnits", "test", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("no data set is called mnits; there are cifar-10, ");
  }
}
