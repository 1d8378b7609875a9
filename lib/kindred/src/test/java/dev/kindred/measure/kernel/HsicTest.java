package dev.kindred.measure.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.References;
import dev.kindred.measure.References.Reference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HsicTest {

  static Stream<Reference> agreesWithPublicImplementations() {
    return References.of("hsic_linear");
  }

  @ParameterizedTest
  @MethodSource
  void agreesWithPublicImplementations(Reference reference) {
    double found =
        reference.variant().startsWith("unbiased")
            ? Hsic.unbiased(reference.input(0), reference.input(1))
            : Hsic.biased(reference.input(0), reference.input(1));
    assertThat(found)
        .isCloseTo(reference.value(), within(1e-8 * Math.max(1, Math.abs(reference.value()))));
  }
}
