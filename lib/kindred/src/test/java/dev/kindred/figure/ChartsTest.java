package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.kindred.base.InputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ChartsTest {

  @Test
  void ticksAreRoundNumbers() {
    assertThat(Ticks.linear(0, 1, 5)).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
    assertThat(Ticks.linear(-0.31, 0.31, 5)).containsExactly(-0.2, 0.0, 0.2);
    assertThat(Ticks.linear(3, 3, 5)).containsExactly(3.0);
    assertThat(Ticks.around(.2137, .9143, 5)).containsExactly(0.2, 1.0);
    assertThat(Ticks.around(.617, .968, 5)).containsExactly(0.6, 1.0);
    assertThat(Ticks.around(-.0312, .0402, 5)).containsExactly(-0.04, 0.04);
    assertThat(Ticks.around(-.013, .9643, 5)).containsExactly(0.0, 1.0);
    assertThat(Ticks.around(-.03, .9643, 5)).containsExactly(-0.2, 1.0);
    assertThat(Ticks.around(.2, .4, 5)).containsExactly(0.2, 0.4);
    assertThat(Ticks.labels(List.of(-0.2, 0.0, 0.2))).containsExactly("−0.2", "0.0", "0.2");
    assertThat(Ticks.labels(List.of(0.25, 0.5))).containsExactly("0.25", "0.50");
    assertThat(Ticks.logarithmic(1, 60)).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
    assertThat(Ticks.logarithmic(1, 10_000)).containsExactly(1.0, 10.0, 100.0, 1000.0, 10_000.0);
  }

  @Test
  void boxesFollowTheirDefinition() {
    FiveNumbers numbers = FiveNumbers.of(new double[] {9, 1, 2, 3, 4, 5, 6, 7, 8, 40});
    assertThat(numbers.lowerQuartile()).isEqualTo(3.25);
    assertThat(numbers.median()).isEqualTo(5.5);
    assertThat(numbers.upperQuartile()).isEqualTo(7.75);
    assertThat(numbers.lowerWhisker()).isEqualTo(1);
    assertThat(numbers.upperWhisker()).isEqualTo(9);
    assertThat(numbers.outliers()).containsExactly(40);
  }

  @Test
  void viridisGetsLighterAllTheWay() {
    double before = -1;
    for (int i = 0; i <= 100; i++) {
      java.awt.Color color = ColorMap.VIRIDIS.color(i / 100.0);
      double lightness =
          0.2126 * color.getRed() + 0.7152 * color.getGreen() + 0.0722 * color.getBlue();
      assertThat(lightness).isGreaterThan(before);
      before = lightness;
    }
  }

  @Test
  void longTextIsShortenedInTheMiddleAndWrappedAtSpaces() {
    String fitted = Look.fit("a rather long name of a layer", Look.TICK, 100);
    assertThat(fitted).contains("…").startsWith("a ra").endsWith("layer");
    assertThat(Look.width(fitted, Look.TICK)).isLessThanOrEqualTo(100);
    assertThat(Look.fit("short", Look.TICK, 100)).isEqualTo("short");
    assertThat(Look.wrap("one two three four", Look.TICK, 60)).hasSizeGreaterThan(1);
  }

  @Test
  void diagonalsEndWhereThePointsDo() {
    ScatterFigure figure =
        ScatterFigure.titled("").points("a", new double[] {.1, .6}, new double[] {.2, .9});
    assertThat(figure.ends(new XyFigure.Diagonal(0, "")).orElseThrow())
        .containsExactly(.2, .2, .6, .6);
    assertThat(figure.ends(new XyFigure.Diagonal(.25, "")).orElseThrow())
        .containsExactly(.1, .35, .6, .85);
    assertThat(figure.ends(new XyFigure.Diagonal(2, ""))).isEmpty();
  }

  @Test
  void aMapHasOneUnitOnBothAxes() {
    ScatterFigure map =
        ScatterFigure.titled("")
            .points("a", new double[] {0, 4}, new double[] {1, 2})
            .withoutAxes();
    double[] ends = map.equalRanges(200, 100);
    assertThat((ends[1] - ends[0]) / 200)
        .isEqualTo((ends[3] - ends[2]) / 100, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(ends[0]).isBetween(-.5, 0.0);
    assertThat((ends[2] + ends[3]) / 2).isEqualTo(1.5);
  }

  @Test
  void pointsBehindTakeNoColour() {
    ScatterFigure figure =
        ScatterFigure.titled("")
            .behind("others", new double[] {1}, new double[] {1}, List.of("x"))
            .points("first", new double[] {1}, new double[] {1});
    assertThat(figure.colors()).containsEntry("others", -1).containsEntry("first", 0);
    assertThat(figure.vegaLite().orElseThrow())
        .contains(
            "\"range\":[\""
                + VegaLite.hex(Look.MUTED.getRGB())
                + "\",\""
                + VegaLite.hex(Look.seriesColor(0).getRGB()));
  }

  @Test
  void aFaintLineHasTheColourOfTheLineBeforeIt() {
    double[] x = {1, 2};
    LineFigure figure =
        LineFigure.titled("")
            .line("trained", x, x)
            .faint("untrained", x, x, new double[] {0, 0})
            .line("other", x, x);
    assertThat(figure.colors())
        .containsEntry("trained", 0)
        .containsEntry("untrained", 0)
        .containsEntry("other", 1);
    String first = VegaLite.hex(Look.seriesColor(0).getRGB());
    assertThat(figure.vegaLite().orElseThrow())
        .contains("\"range\":[\"" + first + "\",\"" + first + "66\",\"");
    assertThat(Look.faint(new Color(0, 100, 255), 0.4)).isEqualTo(new Color(153, 193, 255));
  }

  @Test
  void pointsFadeFromTheirColourToPaper() {
    double[] x = {1, 2, 3};
    ScatterFigure figure =
        ScatterFigure.titled("")
            .fading("path", x, x, List.of("a", "b", "c"), new double[] {0.2, 0.6, 1})
            .fading(
                "other",
                x,
                new double[] {3, Double.NaN, 1},
                List.of("a", "b", "c"),
                new double[] {1, 1, 1});
    assertThat(figure.vegaLite().orElseThrow())
        .contains("\"o\":0.2", "\"field\":\"o\"")
        .doesNotContain("null");
    assertThat(Arrays.stream(pixels(figure)).boxed().toList())
        .contains(
            Look.faint(Look.seriesColor(0), 0.2).getRGB(),
            Look.faint(Look.seriesColor(0), 0.6).getRGB(),
            Look.seriesColor(0).getRGB());
    assertThatThrownBy(
            () ->
                ScatterFigure.titled("").fading("path", x, x, List.of(), new double[] {0, 0.5, 1}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("path: expected strengths above 0 and at most 1, found 0.0");
    assertThatThrownBy(
            () -> ScatterFigure.titled("").fading("path", x, x, List.of(), new double[] {1}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("path: 1 strengths for 3 points");
  }

  private static int[] pixels(Figure figure) {
    BufferedImage image = figure.image();
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void everyRowIsNamedWhereASmallerFontLetsIt() {
    HeatMap map = HeatMap.of(Gallery.layers(27, 3, false));
    assertThat(map.plotSize(300, 355).layout().rowNames).hasSize(27);
    assertThat(map.layout().nameFont).isEqualTo(Look.SMALL);
    assertThat(map.plotSize(300, 500).layout().nameFont).isEqualTo(Look.TICK);
    assertThat(map.plotSize(300, 200).layout().rowNames).hasSizeLessThan(27);
    assertThat(map.hideColumnNames().layout().columnNames).isEmpty();
    assertThat(map.layout().rowNames).isNotEmpty();
  }

  @Test
  void boxesWithIntervalsTellThem() {
    BoxFigure figure = BoxFigure.titled("R").box("a\nn = 3", new double[] {1, 2, 3});
    assertThat(figure.interval("a\nn = 3", 1.5, 2.5).csv().orElseThrow())
        .contains("R,a n = 3,,1.5,2.5\n");
    assertThat(figure.vegaLite().orElseThrow()).contains("1.5 to 2.5").contains("[\\\"a\\\",");
    assertThatThrownBy(() -> figure.interval("b", 1, 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found b, 1.0 and 2.0");
    BoxFigure log = BoxFigure.titled("d").box("a", new double[] {0, 1}).logY();
    assertThatThrownBy(log::image).hasMessageContaining("needs positive numbers");
  }

  /** As many pixels as the crowded figure has. */
  private static final Rectangle2D PLOT = new Rectangle2D.Double(0, 0, 400, 260);

  @Test
  void namesOfPointsCoverNoPointAndNoOtherName() {
    ScatterFigure figure = Gallery.crowded();
    DoubleUnaryOperator right = x -> 400 * x;
    DoubleUnaryOperator down = y -> 260 * (1 - y);
    XyFigure.Series named = figure.series.get("first");
    List<Optional<PointNames.Place>> places = PointNames.of(figure, right, down, PLOT).get("first");

    List<Rectangle2D> boxes = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).isPresent()) {
        boxes.add(
            places
                .get(i)
                .get()
                .box(
                    right.applyAsDouble(named.x()[i]),
                    down.applyAsDouble(named.y()[i]),
                    Look.width(named.labels().get(i), Look.SMALL),
                    Look.lineHeight(Look.SMALL)));
      }
    }
    assertThat(boxes).hasSizeBetween(7, 10);
    for (Rectangle2D box : boxes) {
      assertThat(PLOT.contains(box)).isTrue();
      assertThat(boxes.stream().filter(box::intersects)).hasSize(1);
      for (XyFigure.Series data : figure.series.values()) {
        for (int i = 0; i < data.x().length; i++) {
          assertThat(
                  box.contains(right.applyAsDouble(data.x()[i]), down.applyAsDouble(data.y()[i])))
              .isFalse();
        }
      }
    }
    // One that stands alone has its name above; names that are only told have no place.
    assertThat(places.get(9)).contains(PointNames.Place.ABOVE);
    assertThat(PointNames.of(figure, right, down, PLOT).get("second")).isEmpty();
  }

  @Test
  void aNameWithoutRoomIsLeftToThePointer() {
    ScatterFigure figure =
        ScatterFigure.titled("")
            .points("a", new double[] {0, 0, Double.MIN_VALUE}, new double[3], names(3));
    assertThat(
            PointNames.of(figure, x -> 15, y -> 15, new Rectangle2D.Double(0, 0, 30, 30)).get("a"))
        .containsOnly(Optional.empty());
  }

  @Test
  void namesThatAreNotChosenAreLeftToThePointer() {
    double[] x = {.1, .4, .7};
    ScatterFigure figure =
        ScatterFigure.titled("").points("a", x, x, List.of("one", "two", "three"));
    figure.drawNames(Set.of("two"));

    assertThat(PointNames.of(figure, at -> 400 * at, at -> 260 * (1 - at), PLOT).get("a"))
        .containsExactly(Optional.empty(), Optional.of(PointNames.Place.ABOVE), Optional.empty());
  }

  @Test
  void coloursBeginWhereTheyAreToldTo() {
    double[] x = {1, 2};
    assertThat(LineFigure.titled("").line("a", x, x).line("b", x, x).colorsFrom(1).colors())
        .containsExactly(entry("a", 1), entry("b", 2));
  }

  private static List<String> names(int count) {
    return java.util.Collections.nCopies(count, "a name that is wide");
  }

  @Test
  void oneLegendStandsBelowAllPanels() {
    double[] x = {1, 2};
    LineFigure one = LineFigure.titled("one").line("a", x, x).line("b", x, x).size(300, 200);
    LineFigure other = LineFigure.titled("other").line("a", x, x).line("b", x, x).size(300, 200);
    Panels panels = Panels.row(one, other).oneLegend();
    assertThat(panels.height()).isBetween(215, 250);
    int legend = 0;
    BufferedImage image = panels.image();
    for (int i = 2 * 200 + 10; i < image.getHeight(); i++) {
      for (int j = 0; j < image.getWidth(); j++) {
        legend += image.getRGB(j, i) == Look.seriesColor(1).getRGB() ? 1 : 0;
      }
    }
    assertThat(legend).isPositive();
    LineFigure stranger = LineFigure.titled("").line("c", x, x);
    assertThatThrownBy(() -> Panels.row(one, stranger).oneLegend())
        .isInstanceOf(InputException.class)
        .hasMessage("one legend needs charts of the same series, and not Lines: y over x; c");
  }

  /** XChart would draw it in the middle. */
  @Test
  void aLineBeyondThePointsIsWhereItBelongs() {
    ScatterFigure figure =
        ScatterFigure.titled("")
            .points("a", new double[] {.5, .9}, new double[] {.2, .4})
            .verticalLine(.1, "")
            .size(400, 200);
    BufferedImage image = figure.image();
    int line = 0;
    int points = image.getWidth();
    for (int i = 0; i < image.getWidth(); i++) {
      int dashes = 0;
      for (int j = 0; j < image.getHeight(); j++) {
        dashes += image.getRGB(i, j) == Look.RULE.getRGB() ? 1 : 0;
        points = image.getRGB(i, j) == Look.seriesColor(0).getRGB() ? Math.min(points, i) : points;
      }
      // The axis beside it has no gaps.
      line = dashes > 60 && dashes < 250 ? i : line;
    }
    assertThat(line).isPositive().isLessThan(points - 200);
  }

  @Test
  void axesHoldTheEndsOfUprightIntervals() {
    LineFigure figure =
        LineFigure.titled("")
            .intervals(
                "r",
                new double[] {1, 2},
                new double[] {.5, .6},
                new double[] {-3, .5},
                new double[] {4, .7})
            .size(300, 300);
    BufferedImage image = figure.image();
    int least = image.getHeight();
    int greatest = 0;
    for (int i = 0; i < image.getHeight(); i++) {
      for (int j = 0; j < image.getWidth(); j++) {
        if (image.getRGB(j, i) == Look.seriesColor(0).getRGB()) {
          least = Math.min(least, i);
          greatest = Math.max(greatest, i);
        }
      }
    }
    assertThat(greatest - least).isBetween(380, 560);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    LineFigure lines = LineFigure.titled("lines");
    assertThatThrownBy(lines::image)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no series");
    assertThatThrownBy(() -> lines.line("a", new double[2], new double[3]))
        .hasMessage("a: 2 x values for 3 y values");
    lines.line("a", new double[] {0, 1}, new double[] {1, 2});
    assertThatThrownBy(() -> lines.line("a", new double[1], new double[1]))
        .hasMessage("two series are named a");
    assertThatThrownBy(() -> lines.logX().image()).hasMessageContaining("x is 0.0");
    assertThatThrownBy(() -> BoxFigure.titled("").box("b", new double[] {Double.NaN}))
        .hasMessage("b: a value is NaN");
    assertThatThrownBy(() -> ContactSheet.titled("").add(new byte[5], 2, 2, 3, ""))
        .hasMessage("a picture of 2 × 2 × 3 has 12 bytes, not 5");
  }

  @Test
  void contactSheetsShowEveryPixelAsItIs() {
    byte[] pixels = {(byte) 255, 0, 0, 0, (byte) 200, 0, 0, 0, 100, 9, 8, 7};
    var image = ContactSheet.titled("").add(pixels, 2, 2, 3, "").tileSize(8).image();
    int left = 2 * Look.MARGIN;
    assertThat(image.getRGB(left + 2, left + 2) & 0xffffff).isEqualTo(0xff0000);
    assertThat(image.getRGB(left + 12, left + 2) & 0xffffff).isEqualTo(0x00c800);
    assertThat(image.getRGB(left + 2, left + 12) & 0xffffff).isEqualTo(0x000064);
    assertThat(image.getRGB(left + 12, left + 12) & 0xffffff).isEqualTo(0x090807);
  }

  /** The points alone would make an axis on which most of the interval is cut off. */
  @Test
  void axesHoldTheEndsOfIntervals() {
    ScatterFigure figure =
        ScatterFigure.titled("")
            .intervals(
                "a",
                new double[] {.1, .2},
                new double[] {2, 1},
                new double[] {-3, .15},
                new double[] {4, .25},
                List.of("wide", "narrow"))
            .yNames(List.of("wide", "narrow"))
            .size(400, 200);
    BufferedImage image = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 400, 200);
    figure.draw(graphics);
    graphics.dispose();
    int least = 400;
    int greatest = 0;
    for (int x = 0; x < 400; x++) {
      for (int y = 0; y < 100; y++) {
        if (image.getRGB(x, y) == Look.seriesColor(0).getRGB()) {
          least = Math.min(least, x);
          greatest = Math.max(greatest, x);
        }
      }
    }
    assertThat(greatest - least).isBetween(250, 370);
    assertThat(greatest).isLessThan(398);
  }
}
