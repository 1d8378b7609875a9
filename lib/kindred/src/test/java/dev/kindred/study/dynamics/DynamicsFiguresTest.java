package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.figure.Figure;
import dev.kindred.study.dynamics.report.DynamicsFigures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DynamicsFiguresTest {
  private static final DynamicsRun NOISY = new PlantedRun(PlantedStudy.NOISY, 1).make();
  private static final DynamicsRun CLEAN = new PlantedRun(PlantedStudy.CLEAN, 1).make();
  private static final DynamicsRun UNPROBED =
      RunFileTest.run(PlantedStudy.CLEAN.withWidth(4), List.of());

  private static Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("maps", DynamicsFigures.maps(NOISY));
    figures.put("unbiased", DynamicsFigures.unbiasedMaps(CLEAN));
    figures.put("without probes", DynamicsFigures.maps(UNPROBED));
    figures.put("regions", DynamicsFigures.regions(NOISY));
    figures.put("probes", DynamicsFigures.probeErrors(List.of(NOISY, CLEAN)));
    figures.put("first layers", DynamicsFigures.firstLayers(List.of(NOISY, CLEAN)));
    figures.put("widths", DynamicsFigures.widths(List.of(NOISY, CLEAN)));
    figures.put("rules", DynamicsFigures.rules(List.of(NOISY, CLEAN, NOISY, CLEAN)));
    figures.put("initialisations", DynamicsFigures.initialisations(List.of(NOISY)));
    figures.put(
        "evolution",
        DynamicsFigures.evolution(Map.of("noise", List.of(NOISY, CLEAN), "none", List.of(CLEAN))));
    figures.put("planes", DynamicsFigures.planes(NOISY));
    return figures;
  }

  @Test
  void everyFigureIsDrawnAndHasItsSpecification() {
    figures()
        .forEach(
            (name, figure) -> {
              BufferedImage image = figure.image();
              assertThat(image.getWidth()).as(name).isBetween(400, 2100);
              assertThat(figure.caption()).as(name).matches(".{40,220}");
              Set<Integer> colors = new HashSet<>();
              for (int x = 0; x < image.getWidth(); x += 7) {
                for (int y = 0; y < image.getHeight(); y += 7) {
                  colors.add(image.getRGB(x, y));
                }
              }
              assertThat(colors).as(name).hasSizeGreaterThan(8);
              assertThat(figure.vegaLite().isPresent()).as(name).isEqualTo(!name.equals("planes"));
              figure.vegaLite().ifPresent(text -> assertThat(text).doesNotContain("null"));
            });
  }

  /** By the settings of the paper's table 1. */
  @Test
  void aMapNamesTheFigureOfThePaper() {
    Map<RunDeclaration, String> figures =
        Map.of(
            PlantedStudy.CLEAN,
            "Figure 1.",
            PlantedStudy.NOISY,
            "Figure 2.",
            PlantedStudy.CLEAN.withLabelNoise(0.1),
            "Figure 7.",
            PlantedStudy.VIT,
            "Figure 3.",
            PlantedStudy.VIT.withLabelNoise(0.2),
            "Figure 17.",
            PlantedStudy.DECAYED,
            "Figure 16.",
            PlantedStudy.NOISY.withRule(RunDeclaration.Rule.SGD, 0.1, 0),
            "Figure 15.",
            PlantedStudy.NOISY.withRule(RunDeclaration.Rule.MOMENTUM, 0.01, 0),
            "Figure 14.",
            PlantedStudy.CLEAN.withRule(RunDeclaration.Rule.MOMENTUM, 0.01, 0),
            "Figure 13.");
    figures.forEach(
        (declared, begin) ->
            assertThat(DynamicsFigures.maps(new PlantedRun(declared, 1).make()).caption())
                .startsWith(begin)
                .endsWith(DynamicsFigures.title(declared)));
    assertThat(DynamicsFigures.title(PlantedStudy.NOISY.withLabelNoise(0.125)))
        .isEqualTo("resnet-10, width 16, adam, 12.5 % label noise");
  }

  @Test
  void thePointerIsToldBothEpochsAndTheValueOnOneScale() {
    List<JsonObject> maps = new ArrayList<>();
    views(Json.parse(DynamicsFigures.maps(NOISY).vegaLite().orElseThrow()), maps);
    assertThat(maps).hasSize(6);
    Set<JsonElement> domains = new HashSet<>();
    for (JsonObject map : maps) {
      JsonObject encoding = map.getAsJsonObject("encoding");
      List<String> titles = new ArrayList<>();
      encoding
          .getAsJsonArray("tooltip")
          .forEach(tip -> titles.add(tip.getAsJsonObject().get("title").getAsString()));
      assertThat(titles).containsExactly("epoch", "another epoch", "CKA");
      domains.add(encoding.getAsJsonObject("color").getAsJsonObject("scale").get("domain"));
    }
    assertThat(domains).hasSize(1);
  }

  /** A run that hardly moves is not hidden by one that moves ten times as far. */
  @Test
  void firstLayersHaveScalesOfTheirOwn() {
    DynamicsRun still = new PlantedRun(PlantedStudy.NOISY, 1).drift("stem", 0.05).jitter(0).make();
    List<JsonObject> maps = new ArrayList<>();
    views(
        Json.parse(DynamicsFigures.firstLayers(List.of(CLEAN, still)).vegaLite().orElseThrow()),
        maps);
    List<Double> least = new ArrayList<>();
    for (JsonObject map : maps) {
      least.add(
          map.getAsJsonObject("encoding")
              .getAsJsonObject("color")
              .getAsJsonObject("scale")
              .getAsJsonArray("domain")
              .get(0)
              .getAsDouble());
    }
    assertThat(least).hasSize(2);
    assertThat(1 - least.get(1)).isLessThan((1 - least.get(0)) / 10);
  }

  /** Of CKA those that shuffled images reach, of regions those that shares of classes explain. */
  @Test
  void whatChanceExplainsIsHatched() {
    DynamicsRun leaping =
        new PlantedRun(PlantedStudy.NOISY, 1).path("logits", PlantedRun.jump(5, 5)).make();
    int n = leaping.epochs().size();
    double pairs =
        DynamicsSummary.besideChance(leaping).doubleColumn("pairs below that").sum()
            * n
            * (n - 1)
            / 2;
    assertThat(pairs).isGreaterThan(10);
    assertThat(hatched(DynamicsFigures.maps(leaping))).isEqualTo((int) Math.round(2 * pairs));
    assertThat(hatched(DynamicsFigures.regions(NOISY))).as("no points are counted").isZero();

    LayerDynamics last = NOISY.layers().get(NOISY.layers().size() - 1);
    int epochs = NOISY.probeEpochs().size();
    int[][][] counts = new int[epochs][1][2];
    for (int e = 0; e < epochs; e++) {
      counts[e][0][e == 3 ? 0 : 1] = 16; // the same label everywhere, another one at one epoch
    }
    List<LayerDynamics> layers =
        List.of(
            new LayerDynamics(
                last.layer(),
                last.similarity(),
                last.unbiased(),
                last.probeErrors(),
                last.regions(),
                last.diagonals(),
                new PlaneRegions(counts, new double[epochs][1])));
    DynamicsRun one =
        new DynamicsRun(
            NOISY.declaration(),
            NOISY.curve(),
            NOISY.epochs(),
            NOISY.probeEpochs(),
            layers,
            NOISY.plane(),
            NOISY.otherInitialisations(),
            NOISY.labels(),
            NOISY.predicted());
    assertThat(hatched(DynamicsFigures.regions(one))).isEqualTo(epochs * epochs - 2 * (epochs - 1));
  }

  private static int hatched(Figure figure) {
    return Pattern.compile("(\\d+) cells hatched")
        .matcher(figure.text())
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .sum();
  }

  private static void views(JsonElement element, List<JsonObject> maps) {
    if (element instanceof JsonArray array) {
      array.forEach(inner -> views(inner, maps));
    } else if (element instanceof JsonObject object) {
      JsonElement mark = object.get("mark");
      boolean cells =
          mark instanceof JsonObject kind
              && kind.get("type").getAsString().equals("rect")
              && object.getAsJsonObject("encoding").has("tooltip");
      if (cells) {
        maps.add(object);
      } else {
        object.entrySet().forEach(entry -> views(entry.getValue(), maps));
      }
    }
  }

  /** The threshold is a line on both axes, and none where it is never reached. */
  @Test
  void theThresholdIsDrawnWhereItIsReached() {
    String with = DynamicsFigures.widths(List.of(NOISY)).vegaLite().orElseThrow();
    DynamicsRun never =
        new DynamicsRun(
            NOISY.declaration(),
            new dev.kindred.network.training.LearningCurve(NOISY.curve().points().subList(0, 20)),
            NOISY.epochs(),
            NOISY.probeEpochs(),
            NOISY.layers(),
            NOISY.plane(),
            NOISY.otherInitialisations(),
            NOISY.labels(),
            NOISY.predicted());
    String without = DynamicsFigures.widths(List.of(never)).vegaLite().orElseThrow();
    assertThat(with).contains("strokeDash");
    assertThat(without).doesNotContain("strokeDash");
    assertThat(DynamicsFigures.maps(never).image()).isNotNull();
    assertThat(DynamicsFigures.maps(NOISY).caption()).contains("Dashed: perfect fit.");
    assertThat(DynamicsFigures.maps(never).caption())
        .contains("Perfect fit is never reached.")
        .doesNotContain("Dashed");
    assertThat(DynamicsFigures.planes(NOISY).caption()).contains("perfect fit");
    assertThat(DynamicsFigures.planes(never).caption()).doesNotContain("perfect fit");
  }

  @Test
  void withoutProbesThereAreNoRegions() {
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable drawn :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> DynamicsFigures.regions(UNPROBED),
            () -> DynamicsFigures.planes(UNPROBED),
            () -> DynamicsFigures.probeErrors(List.of(UNPROBED)))) {
      assertThatThrownBy(drawn)
          .isInstanceOf(InputException.class)
          .hasMessage(UNPROBED.declaration().name() + ": no probes were trained");
    }
  }
}
