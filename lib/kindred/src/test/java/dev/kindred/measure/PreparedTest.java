package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the engines count on in a prepared form: its size in memory, and other orders of stimuli.
 */
class PreparedTest {
  private static final Pattern NOTHING_VARIES =
      Pattern.compile(
          "(Every unit constant|Every response zero|Nothing varies): error"
              + "|(no variation over stimuli|equal stimuli throughout) (is|are) an error");

  private static final int[] ORDER = new int[48];

  static {
    for (int i = 0; i < ORDER.length; i++) {
      ORDER[i] = (i * 29 + 5) % ORDER.length;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.kindred.measure.MeasurePropertiesTest#specifications")
  void memoryIsCountedAndGrowsWithTheStimuli(String specification) {
    Measure measure = Measures.parse(specification);
    long few = measure.prepare(responses(1, 24, 8)).bytes();
    long many = measure.prepare(responses(1, 48, 8)).bytes();
    // A number or a curve that does not depend on n.
    boolean constant = measure.getClass().getPackageName().matches(".*(geometry|topology)");
    assertThat(few).isGreaterThanOrEqualTo(constant ? 8 : 24);
    assertThat(many).isBetween(constant ? few : few + 24, 16 * few);
  }

  static Stream<String> reorderable() {
    return MeasurePropertiesTest.specifications().stream().filter(PreparedTest::isReorderable);
  }

  static boolean isReorderable(String specification) {
    return Measures.parse(specification).prepare(responses(1, 48, 8)) instanceof Reorderable;
  }

  @ParameterizedTest
  @MethodSource("reorderable")
  void aFormInAnotherOrderIsTheFormOfTheStimuliInThatOrder(String specification) {
    Measure measure = Measures.parse(specification);
    Representation x = responses(1, ORDER.length, 8);
    Representation y = responses(2, ORDER.length, 8);
    Prepared plain = measure.prepare(y);
    Prepared reordered = ((Reorderable) plain).reordered(ORDER);
    double expected = measure.compare(x, y.select(ORDER));
    assertThat(measure.compare(measure.prepare(x), reordered))
        .isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
    assertThat(reordered.bytes()).isEqualTo(plain.bytes());
    // That the order matters at all; to imd it does not, which compares shapes only.
    double inOrder = measure.compare(measure.prepare(x), plain);
    assertThat(Math.abs(inOrder - expected) > 1e-9).isEqualTo(!specification.startsWith("imd"));
  }

  /** Of its name, its source and what it does with odd input, every variant says something. */
  @ParameterizedTest
  @MethodSource("dev.kindred.measure.MeasurePropertiesTest#variants")
  void everyVariantDescribesItself(String variant) {
    MeasureInfo info = Measures.parse(variant).info();
    assertThat(info.specification()).isEqualTo(variant);
    assertThat(List.of(info.summary(), info.choice(), info.policy(), info.source()))
        .allMatch(text -> text.length() > 3);
    assertThat(info.minimum()).isLessThan(info.maximum());
  }

  /** Silence is refused in one line that names it, where the policy says that it is an error. */
  @ParameterizedTest
  @MethodSource("dev.kindred.measure.MeasurePropertiesTest#specifications")
  void silenceIsRefusedOrHasAValue(String specification) {
    Measure measure = Measures.parse(specification);
    Representation silent = Representation.of("silent", new double[24][8]);
    if (NOTHING_VARIES.matcher(measure.info().policy()).find()) {
      assertThatThrownBy(() -> measure.compare(silent, silent))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("silent")
          .hasMessageNotContaining("\n");
    } else {
      try {
        assertThat(measure.compare(silent, silent)).isFinite();
      } catch (InputException e) {
        assertThat(e).hasMessageContaining("silent").hasMessageNotContaining("\n");
      }
    }
  }

  private static Representation responses(long seed, int n, int p) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      double shared = random.nextDouble();
      for (int j = 0; j < p; j++) {
        row[j] = shared + random.nextDouble() - 0.7;
      }
    }
    return Representation.of("r" + seed, rows);
  }
}
