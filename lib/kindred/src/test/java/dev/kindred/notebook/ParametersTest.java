package dev.kindred.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.measure.Measures;
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
        .contains("training images = 500  (KINDRED_TRAINING_IMAGES overrides 10)")
        .contains("name = default");
    String html = Renderers.render(parameters).orElseThrow().in(Rendering.HTML);
    String row = html.substring(html.indexOf(">training images<"));
    assertThat(row.substring(0, row.indexOf("</tr>")))
        .contains("background:", ">500<", ">10<", ">KINDRED_TRAINING_IMAGES overrides the cell<");
    assertThat(html.substring(html.indexOf(">name<"))).doesNotContain("background:", "overrides");
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

  @Test
  void valuesOutOfRangeAreNamedWhereverTheyStand() {
    assertThatThrownBy(() -> parameters(Map.of("KINDRED_STIMULI", "-5")).integer("stimuli", 60, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("KINDRED_STIMULI=-5: expected a whole number of at least 2");
    assertThatThrownBy(() -> parameters(Map.of()).integer("epochs", 0, 1))
        .hasMessage("epochs = 0: expected a whole number of at least 1");
    assertThatThrownBy(() -> parameters(Map.of("KINDRED_SIGMA", "NaN")).positive("sigma", 0.4))
        .hasMessage("KINDRED_SIGMA=NaN: expected a number above 0");
    assertThatThrownBy(
            () -> parameters(Map.of("KINDRED_DATA_SET", "c")).choice("data set", "a", List.of("a")))
        .hasMessage("KINDRED_DATA_SET=c: expected one of a");
    for (String wrong : List.of("a,c", "b,b")) {
      assertThatThrownBy(
              () ->
                  parameters(Map.of("KINDRED_DATA_SETS", wrong))
                      .choices("data sets", List.of(), List.of("a", "b")))
          .hasMessage(
              "KINDRED_DATA_SETS="
                  + wrong
                  + ": expected some of a, b, each once, separated by commas");
    }
    assertThatThrownBy(
            () ->
                parameters(Map.of("KINDRED_MEASURE", "moon"))
                    .text("measure", "cka", "a measure", Measures::parse))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("KINDRED_MEASURE=moon: expected a measure; ");
  }

  @Test
  void possibleValuesAreTaken() {
    Parameters parameters =
        parameters(Map.of("KINDRED_STIMULI", "2", "KINDRED_DATA_SETS", "b", "KINDRED_M", "rsa"));
    assertThat(parameters.integer("stimuli", 60, 2)).isEqualTo(2);
    assertThat(parameters.positive("sigma", 0.4)).isEqualTo(0.4);
    assertThat(parameters.choice("data set", "a", List.of("a", "b"))).isEqualTo("a");
    assertThat(parameters.choices("data sets", List.of("a"), List.of("a", "b")))
        .containsExactly("b");
    assertThat(parameters.choices("others", List.of(), List.of("a"))).isEmpty();
    assertThat(parameters.text("m", "cka", "a measure", Measures::parse)).isEqualTo("rsa");
  }

  private static Parameters parameters(Map<String, String> environment) {
    return new Parameters(environment::get);
  }
}
