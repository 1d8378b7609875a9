package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.network.zoo.ZooDeclarations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZooCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out), new PrintWriter(err, true));
  }

  @Test
  void listsEveryDeclaredNetworkWithoutTrainingIt() {
    assertThat(run("zoo", "list", "--profile", "test")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(1 + ZooDeclarations.of("test").size());
    assertThat(lines.get(0)).startsWith("model\tobjective\tdata");
    assertThat(lines).allSatisfy(line -> assertThat(line.split("\t")).hasSize(10));
    assertThat(lines.get(1)).startsWith("sup-cnn-small-scenes\tSup\tscenes\tPlainCnn[width=24");
  }

  @Test
  void measuresTheSpeedOfTheNetworksThatAreNamed() {
    assertThat(run("zoo", "speed", "--only", "3 blocks", "--seconds", "0.01", "--batch", "4"))
        .as(err.toString())
        .isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2))
        .matches("\\| pre-activation ResNet, 3 blocks, k = 16 \\|( [\\d,]+ \\|){3}");
  }

  @Test
  void badInputIsOneLine() {
    assertThat(run("zoo", "list", "--profile", "moon")).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("no zoo is declared for the profile moon").hasLineCount(1);
    assertThat(run("zoo")).isEqualTo(Main.BAD_INPUT);
    assertThat(run("zoo", "train", "--parallel", "0")).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("--parallel=0: expected 1 to 4096");
    assertThat(run("zoo", "hardness", "--only", "moons")).isEqualTo(Main.BAD_INPUT);
    assertThat(run("zoo", "hardness", "--epochs", "0")).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("--epochs=0: expected 1 to 1000000");
    assertThat(run("zoo", "speed", "--seconds", "NaN")).isEqualTo(Main.BAD_INPUT);
    assertThat(run("zoo", "speed", "--batch", "-4")).isEqualTo(Main.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
  }

  /** Nothing is opened or printed before everything has been checked. */
  @Test
  void badChoicesAreNamedBeforeAnyData() {
    for (String[] choice :
        new String[][] {
          {"--data", "mnist", "--shown", "-1", "--shown=-1: expected 1 to 1000000000000"},
          {"--data", "mnist", "--shown", "0", "--shown=0: expected 1 to 1000000000000"},
          {"--data", "", "--shown", "10", "no data set is called ; there are "},
          {"--data", "mnist,moon", "--shown", "10", "no data set is called moon; there are "},
          {"--data", "mnist,mnist", "--shown", "10", "--data: mnist is named twice"},
          {"--data", "dataset-consistency-results", "--shown", "9", "not a set of images"},
        }) {
      for (String command : List.of("list", "train")) {
        err.getBuffer().setLength(0);
        assertThat(run("zoo", command, choice[0], choice[1], choice[2], choice[3]))
            .isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).contains(choice[4]).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
      }
    }
  }
}
