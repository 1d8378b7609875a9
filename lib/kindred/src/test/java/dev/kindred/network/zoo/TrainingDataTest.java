package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Provenance;
import dev.kindred.network.zoo.TrainingData.Given;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import dev.kindred.stimuli.TrainAndTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
  private static final List<String> CLASSES =
      IntStream.range(0, 30).mapToObj(c -> "class " + c).toList();

  /** Images whose pixels are the number of their class. */
  private static ImageSet images(String name, int perClass) {
    ImageSetBuilder images = ImageSet.builder(name, 4, 4, 3).classNames(CLASSES);
    for (int i = 0; i < perClass * 30; i++) {
      byte[] pixels = new byte[48];
      Arrays.fill(pixels, (byte) (i % 30));
      images.add(pixels, i % 30, name + " " + i);
    }
    return images.build(Provenance.of("memory"));
  }

  @Test
  void manyClassesAreCutToSome() {
    TrainAndTest both = new TrainAndTest(images("train", 10), images("test", 5));
    Given some = Given.of("many", both, 4, 20, 100, 40, 1);

    assertThat(some.train().classNames()).hasSize(20).isSubsetOf(CLASSES);
    assertThat(some.test().classNames()).isEqualTo(some.train().classNames());
    assertThat(some.train().size()).isEqualTo(100);
    assertThat(some.test().size()).isEqualTo(40);
    for (ImageSet set : List.of(some.train(), some.test())) {
      assertThat(Arrays.stream(set.labels()).distinct().count()).isEqualTo(20);
      for (int i = 0; i < set.size(); i++) {
        assertThat(set.className(i)).isEqualTo("class " + set.pixels(i)[0]);
        assertThat(set.caption(i)).contains("a picture of " + set.className(i));
      }
    }
    assertThat(Given.of("many", both, 4, 20, 100, 40, 1).train().classNames())
        .isEqualTo(some.train().classNames());
    assertThat(Given.of("many", both, 4, 20, 100, 40, 2).train().classNames())
        .isNotEqualTo(some.train().classNames());
    assertThat(Given.of("many", both, 4, 30, 100, 40, 1).train().classNames()).isEqualTo(CLASSES);
  }
}
