package dev.kindred.stimuli.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedImagesTest {
  static List<String> names() {
    return DataSets.generatedNames();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aStimulusDependsOnlyOnSeedNameAndPosition(String name) {
    ImageSet few = DataSets.generated(name, 32, 20, 5);
    ImageSet many = DataSets.generated(name, 32, 45, 5);
    ImageSet otherSeed = DataSets.generated(name, 32, 20, 6);
    for (int i = 0; i < 20; i++) {
      assertThat(many.pixels(i)).isEqualTo(few.pixels(i)).isNotEqualTo(otherSeed.pixels(i));
      assertThat(many.label(i)).isEqualTo(few.label(i));
      assertThat(many.caption(i)).isEqualTo(few.caption(i));
      assertThat(many.stimulusId(i)).isEqualTo(few.stimulusId(i));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyRunOfClassesHoldsEachOnce(String name) {
    GeneratedImages set = DataSets.generated(name, 8, 100, 1);
    int classes = set.classNames().size();
    for (int start = 0; start + classes <= 100; start += classes) {
      Set<Integer> seen = new HashSet<>();
      for (int i = start; i < start + classes; i++) {
        seen.add(set.label(i));
      }
      assertThat(seen).hasSize(classes);
    }
    assertThat(new HashSet<>(set.classNames())).hasSize(classes);
  }

  @ParameterizedTest
  @MethodSource("names")
  void imagesUseTheirRangeAndDiffer(String name) {
    GeneratedImages set = DataSets.generated(name, 32, 40, 2);
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < set.size(); i++) {
      byte[] pixels = set.pixels(i);
      assertThat(pixels).hasSize(32 * 32 * 3);
      distinct.add(Arrays.toString(pixels));
      Set<Byte> values = new HashSet<>();
      for (byte value : pixels) {
        values.add(value);
      }
      assertThat(values).as("grey levels of image %d", i).hasSizeGreaterThan(15);
    }
    assertThat(distinct).hasSize(40);
  }

  @ParameterizedTest
  @MethodSource("names")
  void captionsAreMadeOfTheFactorsWords(String name) {
    GeneratedImages set = DataSets.generated(name, 8, 60, 3);
    for (int i = 0; i < set.size(); i++) {
      String caption = set.caption(i).orElseThrow();
      Factors factors = set.factors(i);
      assertThat(factors.names()).isNotEmpty();
      for (String factor : factors.names()) {
        if (factors.isNumber(factor)) {
          assertThat(factors.number(factor)).as(factor).isFinite();
        } else if (!factors.word(factor).equals("plain")) {
          assertThat(caption).as(factor).contains(factors.word(factor));
        }
      }
    }
  }

  @Test
  void theSamePictureAtAnotherSizeLooksTheSame() {
    GeneratedImages small = DataSets.generated("objects", 32, 12, 9);
    GeneratedImages large = DataSets.generated("objects", 96, 12, 9);
    for (int i = 0; i < 12; i++) {
      assertThat(large.factors(i)).isEqualTo(small.factors(i));
      byte[] fine = large.pixels(i);
      byte[] coarse = small.pixels(i);
      double difference = 0;
      for (int row = 0; row < 32; row++) {
        for (int column = 0; column < 32; column++) {
          for (int c = 0; c < 3; c++) {
            double mean = 0;
            for (int sub = 0; sub < 9; sub++) {
              int index = 3 * ((3 * row + sub / 3) * 96 + 3 * column + sub % 3) + c;
              mean += (fine[index] & 0xff) / 9.0;
            }
            difference += Math.abs(mean - (coarse[3 * (32 * row + column) + c] & 0xff));
          }
        }
      }
      assertThat(difference / (32 * 32 * 3)).as("image %d", i).isLessThan(12);
    }
  }

  @Test
  void masksCoverTheFigureOnly() {
    GeneratedImages set = DataSets.generated("objects", 64, 30, 4);
    for (int i = 0; i < set.size(); i++) {
      byte[] mask = set.mask(i);
      double area = 0;
      for (byte cover : mask) {
        area += (cover & 0xff) / 255.0;
      }
      assertThat(set.hasMask(i)).isTrue();
      // an object of this scale fills between a tenth and all of its square
      double side = 64 * set.factors(i).number("scale");
      assertThat(area).isBetween(0.05 * side * side, 1.1 * side * side);
    }
    assertThat(DataSets.generated("textures", 32, 1, 4).hasMask(0)).isFalse();
  }

  @Test
  void edgesLieWhereTheMaskChanges() {
    GeneratedImages set = DataSets.generated("counting", 64, 16, 4);
    for (int i = 0; i < set.size(); i++) {
      byte[] mask = set.mask(i);
      byte[] edges = set.edges(i);
      for (int p = 0; p < mask.length; p++) {
        int cover = mask[p] & 0xff;
        if (cover > 40 && cover < 215) {
          assertThat(edges[p] & 0xff).isGreaterThan(120);
        }
      }
    }
  }

  @Test
  void selectedStimuliKeepTheirFactorsAndMasks() {
    GeneratedImages all = DataSets.generated("things", 32, 10, 8);
    GeneratedImages chosen = all.select(new int[] {7, 2}).select(new int[] {1});
    assertThat(chosen.size()).isEqualTo(1);
    assertThat(chosen.factors(0)).isEqualTo(all.factors(2));
    assertThat(chosen.mask(0)).isEqualTo(all.mask(2));
    assertThat(chosen.pixels(0)).isEqualTo(all.pixels(2));
    assertThat(chosen.stimulusId(0)).isEqualTo(all.stimulusId(2));
    assertThatThrownBy(() -> all.select(new int[] {10}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 to 9");
  }

  @Test
  void badRequestsSayWhatIsExpected() {
    assertThatThrownBy(() -> DataSets.generated("cats", 32, 1, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cats")
        .hasMessageContaining("objects");
    assertThatThrownBy(() -> DataSets.generated("objects", 2, 1, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 8");
    Factors factors = DataSets.generated("objects", 32, 1, 0).factors(0);
    assertThatThrownBy(() -> factors.word("smell"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("shape");
    assertThatThrownBy(() -> factors.number("shape")).isInstanceOf(InputException.class);
  }
}
