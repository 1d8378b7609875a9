package dev.kindred.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.benchmark.Report.Row;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReportTest {

  /** The fastest work (1.8 s) and the fastest ceiling (1.4 s) are of different rounds. */
  @Test
  void timesAndRatioOfARowAreMediansOfTheSameRounds() {
    Timing timing = new Timing(new double[] {2.4, 1.8, 2.0}, new double[] {2.0, 1.6, 1.4});
    assertThat(timing.workSpread()).isEqualTo(new Spread(2.0, 1.8, 2.4));
    assertThat(timing.ceilingSpread()).isEqualTo(new Spread(1.6, 1.4, 2.0));
    assertThat(timing.ratio().median()).isCloseTo(1.2, within(1e-12));
    assertThat(timing.ratio().least()).isCloseTo(1.125, within(1e-12));
    assertThat(timing.ratio().greatest()).isCloseTo(2.0 / 1.4, within(1e-12));
    assertThat(new Row("work", timing, "bare call", "≤ 1.5", 300L << 20))
        .hasToString(
            "| work | 2.00 (1.80–2.40) s | bare call: 1.60 (1.40–2.00) s | 1.20 (1.13–1.43) |"
                + " ≤ 1.5 | 300 MiB |");
  }

  @Test
  void oneRoundHasNoSpreadAndItsRatioIsThatOfItsTimes() {
    Timing timing = new Timing(new double[] {1.82}, new double[] {1.38});
    assertThat(new Row("work", timing, "bare call", "", 0))
        .hasToString("| work | 1.82 s | bare call: 1.38 s | 1.32 |  |  |");
    assertThat(new Row("work", Timing.alone(new double[] {1, 3}), "", "≤ 5 s", 0))
        .hasToString("| work | 2.00 (1.00–3.00) s |  |  | ≤ 5 s |  |");
  }

  @Test
  void everyRoundHasBothTimes() {
    assertThatThrownBy(() -> new Timing(new double[3], new double[1]))
        .hasMessageContaining("3 rounds of the work, 1 of what it is compared with");
    Timing timing = Timing.alternate(4, false, () -> {}, () -> {});
    assertThat(List.of(timing.work().length, timing.ceiling().length)).containsOnly(4);
  }

  /** The references come with a clone, and the table says how many they are. */
  @Test
  void agreementReadsTheReferencesOfThisClone() throws Exception {
    Agreement agreement = Agreement.measure(Path.of("../..", Agreement.IN_A_CLONE));
    assertThat(agreement.values()).isGreaterThanOrEqualTo(874 + 37);
    assertThat(agreement.table()).startsWith(agreement.values() + " values");
  }

  /** A slip of the pen must not start the whole table, which takes hours. */
  @Test
  void unknownOptionsAndWorksMeasureNothing() {
    StringWriter errors = new StringWriter();
    StringWriter out = new StringWriter();
    CommandLine command =
        new CommandLine(new Report())
            .setErr(new PrintWriter(errors, true))
            .setOut(new PrintWriter(out, true));
    assertThat(command.execute("--ony", "linear")).isEqualTo(2);
    assertThat(command.execute("--only", "linaer")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("Unknown option")
        .contains("--only linaer: expected none or some of study, linear, ");
    assertThat(command.execute("--rounds", "0", "--only", "none")).isEqualTo(2);
    assertThat(command.execute("--list")).isZero();
    assertThat(out.toString().lines()).contains("study", "linear", "growth").doesNotContain("none");
    assertThat(command.execute("--help")).isZero();
  }
}
