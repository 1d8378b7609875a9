package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.representation.Representation;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of README works as README says. */
class VarianceRatioTest {
  @Test
  void theExampleCompares() {
    Measure measure = VarianceRatio.ENTRY.measure(Map.of());
    Representation x = Representation.of("x", new double[][] {{1, 2}, {3, 1}, {0, 5}});
    Representation y = Representation.of("y", new double[][] {{2, 4}, {6, 2}, {0, 10}});
    assertThat(measure.compare(x, y)).isCloseTo(0.25, within(1e-12));
    assertThat(measure.info().specification()).isEqualTo("variance-ratio");
  }
}
