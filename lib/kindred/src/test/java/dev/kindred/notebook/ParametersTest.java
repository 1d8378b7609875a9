package dev.kindred.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

  @Test
  void environmentVariablesOverrideDefaults() {
    Parameters parameters =
        parameters(
            Map.of(
                "KINDRED_PROFILE", "Real",
                "KINDRED_TRAINING_IMAGES", " 500 ",
                "KINDRED_RATE", "1e-3",
                "KINDRED_AUGMENT", "FALSE",
                "KINDRED_DATA_SETS", "a, b,",
                "KINDRED_MODELS", "x.pt" + File.pathSeparator + "y.pt"));
    assertThat(parameters.profile()).isEqualTo(Profile.REAL);
    assertThat(parameters.integer("training images", 10)).isEqualTo(500);
    assertThat(parameters.integer("trainingImages", 10)).isEqualTo(500);
    assertThat(parameters.number("rate", 1)).isEqualTo(1e-3);
    assertThat(parameters.flag("augment", true)).isFalse();
    assertThat(parameters.texts("data sets", List.of("c"))).containsExactly("a", "b");
    assertThat(parameters.paths("models", List.of()))
        .containsExactly(Path.of("x.pt"), Path.of("y.pt"));
    assertThat(parameters.text("name", "default")).isEqualTo("default");
    assertThat(parameters.entries())
        .extracting(Parameters.Entry::name)
        .startsWith("profile", "training images");
    assertThat(parameters.toString())
        .contains("training images = 500  (from KINDRED_TRAINING_IMAGES)")
        .contains("name = default");
  }

  @Test
  void withoutVariablesDefaultsHold() {
    Parameters parameters = parameters(Map.of("KINDRED_N", " "));
    assertThat(parameters.profile()).isEqualTo(Profile.DEMO);
    assertThat(parameters.integer("n", 3)).isEqualTo(3);
    assertThat(parameters.choice("engine", "fast", "exact")).isEqualTo("fast");
    assertThat(parameters.profile().choose(1, 2, 3, 4)).isEqualTo(2);
  }

  @Test
  void wrongValuesAreNamedWithWhatIsExpected() {
    assertThatThrownBy(() -> parameters(Map.of("KINDRED_PROFILE", "big")))
        .isInstanceOf(InputException.class)
        .hasMessage("KINDRED_PROFILE=big: expected one of test, demo, real and paper");
    assertThatThrownBy(() -> parameters(Map.of("KINDRED_N", "1.5")).integer("n", 1))
        .hasMessage("KINDRED_N=1.5: expected a whole number");
    assertThatThrownBy(() -> parameters(Map.of("KINDRED_F", "yes")).flag("f", true))
        .hasMessage("KINDRED_F=yes: expected true or false");
    assertThatThrownBy(() -> parameters(Map.of("KINDRED_E", "slow")).choice("e", "fast", "exact"))
        .hasMessage("KINDRED_E=slow: expected one of fast, exact");
  }

  private static Parameters parameters(Map<String, String> environment) {
    return new Parameters(environment::get);
  }
}
