package dev.kindred.stimuli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import org.junit.jupiter.api.Test;

class DataSetsTest {
  @Test
  void aDrawnDataSetOpensByNameAndItsSplitsDiffer() {
    ImageSet test = DataSets.open("flowers", "test", 20, 1);
    ImageSet train = DataSets.open("flowers", "train", 20, 1);
    assertThat(test.size()).isEqualTo(20);
    assertThat(test.pixels(3)).isEqualTo(DataSets.generated("flowers", 32, 20, 1).pixels(3));
    assertThat(train.pixels(3)).isNotEqualTo(test.pixels(3));
  }

  @Test
  void namesAndSplitsThatThereAreNotAreRefused() {
    assertThatThrownBy(() -> DataSets.open("roses", "test", 20, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("no data set is named roses; there are objects, ");
    assertThatThrownBy(() -> DataSets.open("flowers", "validation", 20, 1))
        .isInstanceOf(InputException.class)
        .hasMessage("flowers has no split validation, only train, test");
  }

  @Test
  void namesAreThoseThatAreDrawnAndThoseOfManifests() {
    assertThat(DataSets.names()).contains("flowers", "cifar-10").doesNotHaveDuplicates();
    assertThat(DataSets.names()).doesNotContain("metric-grounding-results");
  }

  @Test
  void aFewPixelsOfGreyAreMeans() {
    ImageSet images = DataSets.open("flowers", "test", 4, 1);
    ImageSet grey = images.inMemory(4, 1);
    assertThat(grey.pixels(0)).hasSize(16);
    assertThat(images.first(2).size()).isEqualTo(2);
    assertThat(images.first(9).size()).isEqualTo(4);
    assertThat(images.className(0)).isEqualTo(images.classNames().get(images.label(0)));
  }
}
