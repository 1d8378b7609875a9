package dev.kindred.study.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import dev.kindred.study.grounding.GroundingStudy.Part;
import dev.kindred.study.grounding.report.GroundingFigures;
import dev.kindred.study.grounding.report.GroundingReadings;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class GroundingFiguresTest {
  private static final List<String> SHOWN =
      List.of("cka[estimator=biased]", "pwcca[weights=all]", "procrustes");
  private static GroundingStatistics statistics;
  private static IntuitiveTests tests;

  @BeforeAll
  static void plant() {
    List<String> measures = new ArrayList<>(GroundedMeasures.PAPER);
    measures.add(PlantedGrounding.CONSTANT);
    PlantedGrounding planted = new PlantedGrounding(measures, 8, 1);
    planted.specific(SHOWN.get(0), 1).unnoticed(SHOWN.get(0), 0.9);
    planted.specific(SHOWN.get(1), 0).unnoticed(SHOWN.get(1), 0.2);
    for (Part part : Part.values()) {
      planted.follows("procrustes", part, 1).follows("cca", part, 0);
    }
    GroundingResults results = planted.make(1);
    statistics = GroundingStatistics.of(results, 60, 40, new Seeds(1));
    tests = IntuitiveTests.of(results.populations().get(0), 60, 40, new Seeds(1));
  }

  @Test
  void everyFigureIsDrawnAndHasItsSpecification() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("maps", GroundingFigures.maps(tests, SHOWN.subList(0, 2)));
    figures.put("intuitive", GroundingFigures.intuitive(tests, SHOWN));
    figures.put("subtasks", GroundingFigures.subtasks(statistics, 0, SHOWN));
    figures.put("table", GroundingFigures.table(statistics, 0));
    figures.put("ranking", GroundingFigures.ranking(statistics));
    figures.put("clusters", GroundingFigures.clusters(statistics));
    figures.put("price", GroundingFigures.price(statistics));
    figures.forEach(
        (name, figure) -> {
          BufferedImage image = figure.image();
          assertThat(image.getWidth()).as(name).isBetween(400, 2100);
          Set<Integer> colors = new HashSet<>();
          for (int x = 0; x < image.getWidth(); x += 7) {
            for (int y = 0; y < image.getHeight(); y += 7) {
              colors.add(image.getRGB(x, y));
            }
          }
          assertThat(colors).as(name).hasSizeGreaterThan(8);
          assertThat(figure.vegaLite()).as(name).isPresent();
          assertThat(figure.vegaLite().orElseThrow()).as(name).doesNotContain("null");
        });
    // The tree orders the map, and does so once.
    assertThat(
            figures
                .get("clusters")
                .csv()
                .orElseThrow()
                .lines()
                .skip(1)
                .map(line -> line.split(",")[1])
                .distinct())
        .containsExactly(
            Arrays.stream(statistics.tree().order())
                .mapToObj(i -> GroundedMeasures.PAPER.get(statistics.compared()[i]))
                .toArray(String[]::new));
    assertThat(figures.get("table").csv().orElseThrow()).contains("procrustes", "(d) colours");
    // Every measure of the text is in the legend, as there is no room for names among the points.
    assertThat(figures.get("price").text()).contains(GroundedMeasures.PAPER);
    assertThat(figures.get("ranking").csv().orElseThrow()).contains("mean without (c)");
    // Both maps in one scale of colours.
    double largest =
        SHOWN.subList(0, 2).stream()
            .map(measure -> tests.map(GroundedMeasures.PAPER.indexOf(measure), 0, 1))
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .max()
            .orElseThrow();
    assertThat(
            Pattern.compile("\"shade\",\"type\":\"quantitative\",\"scale\":.\"domain\":\\[([^]]*)")
                .matcher(figures.get("maps").vegaLite().orElseThrow())
                .results()
                .map(found -> found.group(1).split(","))
                .flatMap(Arrays::stream)
                .map(Double::parseDouble))
        .containsExactly(0.0, largest, 0.0, largest);
  }

  /** Where nothing varies there is no correlation, and the measure comes last. */
  @Test
  void aConstantMeasureHasNoRank() {
    Table ranking = GroundingSummary.ranking(statistics);
    assertThat(ranking.stringColumn("measure").get(6)).isEqualTo(PlantedGrounding.CONSTANT);
    assertThat(ranking.doubleColumn("rank").isMissing(6)).isTrue();
    assertThat(statistics.permutationP(0, 0, 6)).isNaN();
  }

  @Test
  void readingsTellTheNumbers() {
    GroundingReadings readings = new GroundingReadings(statistics, tests);
    assertThat(readings.maps(SHOWN.subList(0, 2)).here())
        .startsWith("by cka[estimator=biased] the same depth is the nearest at 4 of 4 depths");
    assertThat(readings.intuitive(SHOWN.subList(0, 1)).here())
        .startsWith(
            "cka[estimator=biased] finds the same depth in 100 % of the pairs (chance: 25 %)")
        .endsWith(" % until a deletion is told from another seed, p ≤ .05)");
    assertThat(readings.subtasks(SHOWN).here())
        .startsWith("(a) layers: cka[estimator=biased] 0.")
        .contains("; (d) stress tests: ");
    assertThat(readings.ranking().here())
        .startsWith("first, with a mean ρ of 1.00: procrustes; of 6 measures 1 may be the best; ")
        .contains(
            "Depth, deletion and pre-training alone, without any look at a response, have a mean ρ of ");
    assertThat(readings.clusters().here()).startsWith("6 measures fall into ");
  }
}
