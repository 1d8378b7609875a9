package dev.kindred.measure.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.PrincipalComponents;
import dev.kindred.representation.Representation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {

  /**
   * Of ranks p and q on n stimuli, p + q − (n − 1) canonical correlations are 1 whatever the
   * responses: arbitrary are the weights of several of them, unless there are no others.
   */
  @ParameterizedTest
  @CsvSource({"20, 10, 9, 0", "20, 10, 10, 0", "20, 11, 10, 2", "20, 19, 5, 0", "20, 18, 5, 4"})
  void pwccaWarnsOnceWhereSeveralCorrelationsAreOneForCertain(int n, int p, int q, int certain) {
    Measure pwcca = Measures.parse("pwcca");
    String first = logged(() -> pwcca.compare(responses("x", n, p), responses("y", n, q)));
    String again = logged(() -> pwcca.compare(responses("y", n, q), responses("x", n, p)));
    if (certain == 0) {
      assertThat(first).isEmpty();
    } else {
      assertThat(first)
          .contains(
              "pwcca of x (rank "
                  + p
                  + ") and y (rank "
                  + q
                  + ") on "
                  + n
                  + " stimuli: "
                  + certain);
    }
    assertThat(again).isEmpty();
  }

  /** What is beyond the smaller rank then counts, so it matters which the arbitrary ones are. */
  @Test
  void pwccaOverAllVariatesWarnsWhereAllCorrelationsAreOneForCertain() {
    Measure all = Measures.parse("pwcca[weights=all]");
    Representation x = responses("x", 20, 19);
    Representation y = responses("y", 20, 5);
    assertThat(logged(() -> all.compare(y, x))).isEmpty();
    assertThat(logged(() -> all.compare(x, y))).contains("5 canonical correlations are exactly 1");
  }

  private static String logged(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Means that rounding keeps off the numbers leave nothing that varies. */
  @ParameterizedTest
  @ValueSource(strings = {"cca", "svcca", "pwcca", "linear-regression", "gulp"})
  void unitsThatOnlyRoundingVariesAreRefused(String specification) {
    Measure measure = Measures.parse(specification);
    double[][] rows = new double[11][3];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> 0.1 * (j + 1));
    }
    Representation constant = Representation.of("constant", rows);
    Representation x = responses("x", 11, 3);
    for (Representation[] pair : new Representation[][] {{x, constant}, {constant, x}}) {
      assertThatThrownBy(() -> measure.compare(pair[0], pair[1]))
          .isInstanceOf(InputException.class)
          .hasMessage("constant: every unit is constant; expected at least one that varies");
    }
  }

  /**
   * With weights of all, what is deleted costs its share; without a difference in rank, nothing.
   */
  @Test
  void pwccaOverAllVariatesSeesWhatIsDeleted() {
    Representation x = responses("x", 40, 6);
    Representation left;
    try (PrincipalComponents components = PrincipalComponents.of(x)) {
      left = components.keep(4);
    }
    Measure paired = Measures.parse("pwcca");
    Measure all = Measures.parse("pwcca[weights=all]");
    assertThat(paired.compare(x, left)).isCloseTo(1, within(1e-12));
    assertThat(all.compare(x, left)).isLessThan(0.9);
    assertThat(all.compare(left, x)).isCloseTo(1, within(1e-12));
    Representation y = responses("y", 40, 6);
    assertThat(all.compare(x, y)).isCloseTo(paired.compare(x, y), within(1e-12));
    assertThat(all.compare(left, y)).isCloseTo(paired.compare(left, y), within(1e-12));
    assertThat(all.compare(y, left)).isLessThan(paired.compare(y, left) - 0.01);
  }

  @Test
  void svccaOfTheWholeVarianceIsCca() {
    Representation x = responses("x", 20, 6);
    Representation y = responses("y", 20, 4);
    assertThat(Measures.parse("svcca[variance=1]").compare(x, y))
        .isCloseTo(Measures.parse("cca").compare(x, y), within(1e-12));
  }

  @Test
  void theMemoryOfABasisIsThatOfItsNumbers() {
    Representation x = responses("x", 20, 6);
    assertThat(SingularBasis.centred(x, 2).bytes()).isEqualTo(8 * (20 * 6 + 6));
    assertThat(SingularBasis.centredWithLoadings(x, 2).bytes()).isEqualTo(8 * (20 * 6 + 6 * 6 + 6));
  }

  private static Representation responses(String id, int n, int p) {
    SplittableRandom random = new Seeds(4).stream(id);
    return Representation.of(id, n, p, random.doubles((long) n * p, -1, 1).toArray());
  }
}
