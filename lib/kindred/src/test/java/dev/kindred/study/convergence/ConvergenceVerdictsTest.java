package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.network.Pooling;
import dev.kindred.study.Claim;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Evidence;
import dev.kindred.study.convergence.report.ConvergenceVerdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the map of verdicts shows and says of claims whose verdicts one knows. */
class ConvergenceVerdictsTest {
  private static final List<String> STATEMENTS =
      List.of("Fails", "Ours", "Open", "Always", "Absent", "Once", "Torn", "Seldom");

  private static final ConvergenceVerdicts VERDICTS =
      new ConvergenceVerdicts(
          List.of(
              column("a", Pooling.POOLED, "-+?+ w+w"),
              column("b", Pooling.POOLED, "-+?+ ?--"),
              column("a", Pooling.CENTRE_PIXEL, "-+?+ ???"),
              column("b", Pooling.CENTRE_PIXEL, "-+?+ ???")));

  @TempDir Path folder;

  /** A letter for each claim: clear (+, -) or weak (w) evidence, none (?), or no such data. */
  private static ConvergenceVerdicts.Column column(String images, Pooling pooling, String code) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < code.length(); i++) {
      claims.add(
          new Claim(
              STATEMENTS.get(i),
              STATEMENTS.get(i).equals("Ours") ? Claim.NOT_IN_THE_PAPER : "Figure 1",
              OptionalDouble.empty(),
              "q",
              new DecisionRule.Above(0),
              evidence(code.charAt(i))));
    }
    return new ConvergenceVerdicts.Column(images, pooling, claims);
  }

  private static Evidence evidence(char code) {
    return switch (code) {
      case '+' -> evidence(1e-9, 1 - 1e-9);
      case '-' -> evidence(1 - 1e-9, 1e-9);
      case 'w' -> evidence(0.02, 0.98); // 0.04 both ways, and twice that among several
      case '?' -> evidence(0.5, 0.5);
      default -> Evidence.NONE;
    };
  }

  private static Evidence evidence(double holds, double fails) {
    return new Evidence(1, new Interval(0, 2), holds, fails, "≥ 1");
  }

  /** From what holds most to what fails most, those of the paper first. */
  @Test
  void cellsAreTheVerdicts() {
    String[] lines = VERDICTS.figure().csv().orElseThrow().split("\n");
    List<String> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i += 4) {
      StringBuilder row = new StringBuilder();
      for (int j = i; j < i + 4; j++) {
        String[] cells = lines[j].split(",");
        row.append(row.isEmpty() ? cells[1] : "").append(' ').append(cells[3]);
      }
      rows.add(row.toString());
    }
    assertThat(rows)
        .containsExactly(
            "Always 2 2 2 2",
            "Once 1 0 0 0",
            "Open 0 0 0 0",
            "Absent NaN NaN NaN NaN",
            "Torn 2 -2 0 0",
            "Seldom 1 -2 0 0",
            "Fails -2 -2 -2 -2",
            "Ours 2 2 2 2");
  }

  @Test
  void coloursHaveSignsAndWords() throws IOException {
    String svg = Files.readString(VERDICTS.figure().save(folder.resolve("verdicts.svg")));
    assertThat(svg)
        .contains(">++<", ">+<", ">?<", ">−−<")
        .contains(">+ holds<", ">? not decided<", ">− does not hold<", ">not testable<")
        .contains("pooled", "centre pixel", "in the paper");
    assertThat(VERDICTS.figure().vegaLite().orElseThrow())
        .contains("\"t\":\"++\"", "\\\"-2\\\":\\\"−− does not hold")
        .doesNotContain("null");
  }

  @Test
  void theReadingSaysWhatHoldsEverywhere() {
    assertThat(VERDICTS.reading().paper()).isEqualTo("it makes 7 of these 8 claims");
    assertThat(VERDICTS.reading().here().split("\\.\n"))
        .containsExactly(
            "Hold in every column (2): “Always”; “Ours” (not in the paper)",
            "Fail in every column (1): “Fails”",
            "Hold wherever they are decided (1): “Once” in 1 of 4",
            "Hold in some columns and fail in others (2): “Torn” holds in a, pooled, and fails in b,"
                + " pooled; “Seldom” holds in a, pooled, and fails in b, pooled",
            "Decided in no column (1): “Open”",
            "Testable in no column (1): “Absent”");
  }

  @Test
  void everyKindOfImagesAndUnitsHasAColumn() {
    ConvergenceData data =
        new PlantedConvergence(
                5,
                0.002,
                1,
                new PlantedConvergence.Truth() {
                  @Override
                  public double alignment(AlignmentFamily family, Comparison of) {
                    return 0.9 - 0.1 * family.ordinal() - 0.05 * of.row();
                  }

                  @Override
                  public double accuracy(int set, int moment) {
                    return 0.5;
                  }
                })
            .data();
    ConvergenceVerdicts verdicts =
        ConvergenceVerdicts.of(List.of(data, data), Pooling.POOLED, Pooling.CENTRE_PIXEL);

    assertThat(verdicts.columns())
        .extracting(ConvergenceVerdicts.Column::pooling)
        .containsExactly(
            Pooling.POOLED, Pooling.POOLED, Pooling.CENTRE_PIXEL, Pooling.CENTRE_PIXEL);
    // Of units at the centre nothing was planted.
    assertThat(verdicts.reading().here())
        .containsPattern("Hold in every column \\(\\d+\\): .*“Alignment falls with depth”");
  }
}
