package dev.kindred.stimuli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {

  private static ImageSet three() {
    return ImageSet.builder("three", 2, 1, 3)
        .classNames(List.of("cat", "dog"))
        .category("structured")
        .add(new byte[] {1, 2, 3, 4, 5, 6}, 0, "a", "a cat")
        .add(new byte[] {7, 8, 9, 10, 11, 12}, 1, "b")
        .add(new byte[] {-1, 0, 127, -128, 1, 2}, ImageSet.NO_LABEL, "c")
        .build(Provenance.of("memory"));
  }

  @Test
  void holdsWhatWasAdded() {
    ImageSet set = three();
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.pixels(1)).containsExactly(7, 8, 9, 10, 11, 12);
    assertThat(set.labels()).containsExactly(0, 1, -1);
    assertThat(set.stimulusIds()).containsExactly("a", "b", "c");
    assertThat(set.caption(0)).contains("a cat");
    assertThat(set.caption(1)).isEmpty();
    assertThat(set.category()).isEqualTo("structured");
  }

  @Test
  void pixelsAreCopies() {
    ImageSet set = three();
    set.pixels(0)[0] = 99;
    assertThat(set.pixels(0)[0]).isEqualTo((byte) 1);
  }

  @Test
  void selectionKeepsTheGivenOrderAndSaysSoInItsProvenance() {
    ImageSet chosen = three().select(new int[] {2, 0});
    assertThat(chosen.stimulusIds()).containsExactly("c", "a");
    assertThat(chosen.caption(1)).contains("a cat");
    assertThat(chosen.pixels(1)).isEqualTo(three().pixels(0));
    assertThat(chosen.provenance())
        .isEqualTo(three().select(new int[] {2, 0}).provenance())
        .isNotEqualTo(three().select(new int[] {0, 2}).provenance());
    assertThatThrownBy(() -> three().select(new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void picturesShowTheBytesUnchanged() {
    assertThat(three().image(2).getRGB(0, 0)).isEqualTo(0xffff007f);
    ImageSet grey =
        ImageSet.builder("grey", 1, 1, 1)
            .add(new byte[] {100}, ImageSet.NO_LABEL, "g")
            .build(Provenance.of("memory"));
    assertThat(grey.image(0).getRGB(0, 0)).isEqualTo(0xff646464);
  }

  @Test
  void refusesWhatDoesNotFit() {
    ImageSetBuilder builder = ImageSet.builder("set", 2, 2, 1);
    assertThatThrownBy(() -> builder.add(new byte[3], 0, "x"))
        .isInstanceOf(InputException.class)
        .hasMessage("set: expected 2×2×1 = 4 bytes for image x, found 3");
    builder.add(new byte[4], 1, "x");
    assertThatThrownBy(() -> builder.add(new byte[4], 1, "x"))
        .hasMessage("set: two images have the id x");
    assertThatThrownBy(() -> builder.build(Provenance.of("memory")))
        .hasMessage("set: image x has label 1, but there are 0 classes");
    assertThatThrownBy(() -> ImageSet.builder("set", 2, 2, 4)).isInstanceOf(InputException.class);
  }
}
