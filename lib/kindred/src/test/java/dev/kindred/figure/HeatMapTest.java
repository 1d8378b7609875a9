package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatMapTest {

  @Test
  void paintsTheExtremesInTheColoursOfTheEnds() {
    HeatMap map = HeatMap.of(square(new double[][] {{0, 0.5}, {0.25, 1}}));
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0))).isGreaterThan(1000);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(1))).isGreaterThan(1000);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0.5))).isGreaterThan(1000);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0.25))).isGreaterThan(1000);
  }

  @Test
  void aGivenRangeDecidesTheColours() {
    HeatMap map = HeatMap.of(square(new double[][] {{0, 0.5}, {0.5, 1}})).range(0, 2);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0.25))).isGreaterThan(1000);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0.5))).isGreaterThan(1000);
  }

  @Test
  void signedValuesGetSymmetricDivergingColours() {
    HeatMap map = HeatMap.of(square(new double[][] {{0, -1}, {2, 0}}));
    assertThat(count(map, ColorMap.BLUE_RED.rgb(0.5))).isGreaterThan(1000);
    assertThat(count(map, ColorMap.BLUE_RED.rgb(1))).isGreaterThan(1000);
    assertThat(count(map, ColorMap.BLUE_RED.rgb(0.25))).isGreaterThan(1000);
  }

  @Test
  void aOneSignedRangeKeepsSequentialColoursWhateverTheValues() {
    HeatMap map = HeatMap.of(square(new double[][] {{-0.001, 0.5}, {0.5, 1}})).range(0, 1);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0.5))).isGreaterThan(1000);
    assertThat(map.annotate("%.2f").svg()).contains(">0.00<").doesNotContain("−0.00");
  }

  @Test
  void missingValuesAreGrey() {
    HeatMap map = HeatMap.of(square(new double[][] {{0, Double.NaN}, {0.5, 1}}));
    assertThat(count(map, ColorMap.MISSING.getRGB() & 0xffffff)).isGreaterThan(1000);
  }

  @Test
  void rowZeroIsAtTheTopAndColumnZeroOnTheLeft() {
    HeatMap map =
        HeatMap.of(square(new double[][] {{0, 0.2}, {0.4, 1}})).hideNames().values("").title("");
    BufferedImage image = map.image();
    int firstX = Integer.MAX_VALUE;
    int firstY = Integer.MAX_VALUE;
    int lastLowX = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xffffff) == ColorMap.VIRIDIS.rgb(0.4)) {
          firstX = Math.min(firstX, x);
          firstY = Math.min(firstY, y);
        }
        if ((image.getRGB(x, y) & 0xffffff) == ColorMap.VIRIDIS.rgb(0.2) && y < 2 * 30) {
          lastLowX = Math.max(lastLowX, x);
        }
      }
    }
    assertThat(firstX).isLessThan(lastLowX);
    assertThat(firstY).isGreaterThan(2 * 12);
  }

  @Test
  void everyNameIsWrittenWhereThereIsRoom() {
    String svg = HeatMap.of(Gallery.layers(6, 8, false)).annotate("%.2f").svg();
    for (int i = 0; i < 6; i++) {
      assertThat(svg).contains(">stage " + i + "<");
    }
    for (int j = 0; j < 8; j++) {
      assertThat(svg).contains(">block " + j + "<");
    }
    assertThat(svg).contains(">1.00<").contains("CKA (linear, unbiased)");
  }

  @Test
  void hatchedCellsAreHatchedAndNoOthers() {
    LabelledMatrix matrix = square(new double[][] {{0.2, 0.5}, {0.8, 1}});
    HeatMap plain = HeatMap.of(matrix).range(0, 1).colors(ColorMap.VIRIDIS);
    HeatMap hatched =
        HeatMap.of(matrix)
            .range(0, 1)
            .colors(ColorMap.VIRIDIS)
            .hatch(new boolean[][] {{false, true}, {false, false}}, "chance explains it (p > .05)");
    int rgb = ColorMap.VIRIDIS.rgb(0.5);
    assertThat(count(hatched, rgb)).isBetween(count(plain, rgb) / 3, count(plain, rgb) * 9 / 10);
    for (double value : new double[] {0.2, 0.8}) {
      assertThat(count(hatched, ColorMap.VIRIDIS.rgb(value)))
          .isEqualTo(count(plain, ColorMap.VIRIDIS.rgb(value)));
    }
    assertThat(hatched.height()).isGreaterThan(plain.height());
    assertThat(hatched.svg()).contains(">hatched: chance explains").contains("(p &gt; .05)<");
    assertThat(hatched.text()).endsWith(", 1 cells hatched: chance explains it (p > .05)");
    assertThat(plain.svg()).doesNotContain("hatched");
  }

  @Test
  void hatchingFollowsTheOrder() {
    LabelledMatrix matrix = square(new double[][] {{0.2, 0.5}, {0.8, 1}});
    HeatMap moved =
        HeatMap.of(matrix)
            .range(0, 1)
            .hatch(new boolean[][] {{true, false}, {false, false}}, "no")
            .order(new int[] {1, 0}, new int[] {0, 1});
    HeatMap plain = HeatMap.of(matrix).range(0, 1).order(new int[] {1, 0}, new int[] {0, 1});
    int rgb = ColorMap.VIRIDIS.rgb(0.2);
    assertThat(count(moved, rgb)).isLessThan(count(plain, rgb) * 9 / 10);
    rgb = ColorMap.VIRIDIS.rgb(0.8);
    assertThat(count(moved, rgb)).isEqualTo(count(plain, rgb));
    assertThatThrownBy(() -> HeatMap.of(matrix).hatch(new boolean[1][2], "no"))
        .isInstanceOf(InputException.class)
        .hasMessage("1 rows of hatched cells for 2 rows");
  }

  @Test
  void crowdedNamesAreThinnedEvenly() {
    String svg = HeatMap.of(Gallery.layers(60, 3, false)).svg();
    assertThat(svg).contains(">stage 0<").contains(">stage 58<").doesNotContain(">stage 1<");
  }

  @Test
  void valuesBeyondTheRangeAreMarkedOnTheBar() {
    HeatMap map = HeatMap.of(square(new double[][] {{0, 0.5}, {0.5, 1}}));
    assertThat(map.range(0.2, 0.6).svg()).contains("≥ 0.6").contains("≤ 0.2");
    assertThat(map.range(0, 1).svg()).doesNotContain("≥").doesNotContain("≤");
  }

  @Test
  void ordersAlikeRowsAndColumnsTogether() {
    HeatMap map = HeatMap.of(Gallery.shuffled(Gallery.models(24))).orderByLikeness();
    List<Integer> groups =
        map.matrix().rows().stream().map(name -> Integer.parseInt(name.substring(6)) / 8).toList();
    long changes =
        IntStream.range(1, 24).filter(i -> !groups.get(i).equals(groups.get(i - 1))).count();
    assertThat(changes).isEqualTo(2);
    assertThat(map.matrix().isSquare()).isTrue();
  }

  @Test
  void logarithmicPositionsAreEvenInTheLogarithm() {
    LogPositions positions = LogPositions.of(List.of("1", "10", "100", "1000"));
    assertThat(positions.edges()).containsExactly(new double[] {0, .25, .5, .75, 1}, within(1e-12));
    assertThat(LogPositions.of(List.of("0", "1", "2", "4")).edges())
        .containsExactly(new double[] {0, .25, .5, .75, 1}, within(1e-12));
    assertThat(positions.ticks(0.01))
        .extracting(LogPositions.Tick::label)
        .containsExactly("1", "2", "5", "10", "20", "50", "100", "200", "500", "1000");
  }

  @Test
  void averagesCellsThatArePiledOnOnePixel() {
    int n = 4000;
    double[][] values = new double[1][n];
    for (int i = 0; i < n; i++) {
      values[0][i] = i % 2;
    }
    LabelledMatrix stripes =
        Gallery.matrix(
            "stripes",
            List.of("a"),
            IntStream.range(0, n).mapToObj(String::valueOf).toList(),
            values);
    HeatMap map = HeatMap.of(stripes).hideNames().plotSize(1000, 40);
    assertThat(count(map, ColorMap.VIRIDIS.rgb(0.5))).isGreaterThan(1000 * 40 * 3);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    LabelledMatrix empty = Gallery.matrix("nothing", List.of(), List.of(), new double[0][]);
    assertThatThrownBy(() -> HeatMap.of(empty))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing");
    HeatMap map = HeatMap.of(Gallery.layers(3, 3, false));
    assertThatThrownBy(() -> map.range(1, 1)).hasMessageContaining("from 1.0 to 1.0");
    assertThatThrownBy(map::logAxes).hasMessageContaining("“stage 0”");
    assertThatThrownBy(() -> map.groups(List.of("a"), List.of()))
        .hasMessage("1 row groups for 3 rows");
    assertThatThrownBy(() -> LogPositions.of(List.of("2", "1"))).hasMessageContaining("2 before 1");
  }

  @Test
  void savesByTheEndOfTheName(@TempDir Path folder) throws Exception {
    HeatMap map = HeatMap.of(Gallery.layers(3, 3, false));
    assertThat(Files.readAllBytes(map.save(folder.resolve("a/map.png")))).isEqualTo(map.png());
    assertThat(Files.readString(map.save(folder.resolve("map.SVG")))).isEqualTo(map.svg());
    assertThatThrownBy(() -> map.save(folder.resolve("map.gif")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(".png or .svg");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a", "map.SVG");
  }

  @Test
  void lettersAndAFewMeaningsStandForNumbers() {
    Map<Double, String> meanings = new LinkedHashMap<>();
    meanings.put(1.0, "yes, it is");
    meanings.put(-0.5, "half a no");
    meanings.put(Double.NaN, "unknown");
    LabelledMatrix matrix = square(new double[][] {{1, -0.5}, {Double.NaN, 1}});
    HeatMap map =
        HeatMap.of(matrix)
            .range(-1, 1)
            .letters(List.of(List.of("Y", "n"), List.of("", "Y")))
            .meanings(meanings);
    assertThat(map.svg()).contains(">Y<", ">n<", "yes, it is", "half a no", "unknown");
    assertThat(map.width()).as("no colour bar").isLessThan(HeatMap.of(matrix).width());
    assertThat(map.vegaLite().orElseThrow())
        .contains("\"t\":\"n\"", "\\\"-0.5\\\":\\\"half a no", "\\\"missing\\\":\\\"unknown")
        .doesNotContain("gradient", "null");
    assertThatThrownBy(() -> map.letters(List.of(List.of("Y", "n"))))
        .isInstanceOf(InputException.class)
        .hasMessage("1 rows of letters for 2 rows");
    assertThatThrownBy(() -> map.letters(List.of(List.of("Y"), List.of("n"))))
        .isInstanceOf(InputException.class)
        .hasMessage("1 letters of a row for 2 columns");
    assertThatThrownBy(() -> map.order(new int[] {1, 0}, new int[] {0, 1}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("letters");
  }

  private static LabelledMatrix square(double[][] values) {
    return Gallery.matrix("values", List.of("a", "b"), List.of("a", "b"), values);
  }

  private static long count(Figure figure, int rgb) {
    BufferedImage image = figure.image();
    long count = 0;
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      if ((image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) == rgb) {
        count++;
      }
    }
    return count;
  }

  @Test
  void thresholdsLieBetweenTheCellsOfTheirNumbers() {
    double[] numbers = {0, 10, 20, 40};

    assertThat(HeatMapMargins.Threshold.even(numbers, 10)).isEqualTo(1.5 / 4);
    assertThat(HeatMapMargins.Threshold.even(numbers, 25)).isEqualTo(2.75 / 4);
    assertThat(HeatMapMargins.Threshold.even(numbers, -1)).isZero();
    assertThat(HeatMapMargins.Threshold.even(numbers, 41)).isEqualTo(1);
    LogPositions log = LogPositions.of(List.of("1", "10", "100"));
    assertThat(log.at(10)).isCloseTo(0.5, within(1e-12));
    assertThat(log.at(Math.sqrt(10))).isCloseTo(2 / 6.0, within(1e-12));
    assertThatThrownBy(() -> HeatMap.of(Gallery.models(4)).threshold(3, ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a threshold needs numbers as names");
  }

  @Test
  void everyStripOfManyHasColorsOfItsOwn() {
    Map<String, List<String>> strips =
        Map.of(
            "first", List.of("a", "b", "c", "d", "e", "f"),
            "second", List.of("u", "v", "w", "x", "y", "z"));
    HeatMapMargins margins =
        new HeatMapMargins(Gallery.models(6), List.of(), strips, true, null, null, false, Map.of());
    assertThat(margins.strips)
        .allSatisfy(strip -> assertThat(strip.colors().values()).doesNotHaveDuplicates())
        .allSatisfy(strip -> assertThat(strip.colors().values()).contains(Look.seriesColor(0)));
  }

  @Test
  void stripsAndSidesBelongToTheDrawnOrder() {
    HeatMap map = HeatMap.of(Gallery.models(4)).strip("size", List.of("a", "b", "a", "b"));

    assertThatThrownBy(() -> map.order(new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("before naming their groups, strips, letters and sides");
    assertThatThrownBy(() -> map.strip("width", List.of("a")))
        .isInstanceOf(InputException.class)
        .hasMessage("1 values of width for 4 rows");
    assertThatThrownBy(() -> map.strip("size", List.of("a", "b", "a", "b")))
        .isInstanceOf(InputException.class)
        .hasMessage("two strips are named size");
  }

  @Test
  void maximaAreThoseWithinEachGroup() {
    double nan = Double.NaN;
    double[][] values = {{.9, .2, .3}, {.4, .8, .1}, {.5, .6, nan}};
    List<String> groups = List.of("a", "a", "b");

    HeatMapSides sides = HeatMapSides.of(values, groups, groups);

    assertThat(lines(sides.ofRows()))
        .containsExactly("b of 0: [0.3, 0.1]", "a of 2: [0.6]", "own a of 0: [0.9, 0.8]");
    assertThat(lines(sides.ofColumns()))
        .containsExactly("b of 0: [0.5, 0.6]", "a of 2: [0.3]", "own a of 0: [0.9, 0.8]");
    assertThat(sides.scale()).containsExactly(0., 1.);
    assertThat(lines(HeatMapSides.of(values, List.of(), List.of()).ofRows()))
        .containsExactly("own  of 0: [0.9, 0.8, 0.6]");
    assertThat(lines(HeatMapSides.of(values, List.of(), groups).ofRows()))
        .containsExactly("a of 0: [0.9, 0.8, 0.6]", "b of 0: [0.3, 0.1, NaN]");
  }

  private static List<String> lines(List<HeatMapSides.Line> lines) {
    return lines.stream()
        .map(
            line ->
                (line.own() ? "own " : "")
                    + line.group()
                    + " of "
                    + line.from()
                    + ": "
                    + Arrays.toString(line.values()))
        .toList();
  }

  @Test
  void mapsOfOneScaleHaveOneRange() {
    HeatMap first = HeatMap.of(Gallery.models(4)).range(0, 2);
    HeatMap second = HeatMap.of(Gallery.models(4)).range(-1, 1);
    Panels.maps(2, List.of(first, second));

    assertThat(first.ends()).containsExactly(-1, 2);
    assertThat(second.ends()).containsExactly(-1, 2);
    assertThat(first.width()).isLessThan(second.width());
    HeatMap third = HeatMap.of(Gallery.models(4));
    HeatMap fourth = HeatMap.of(Gallery.models(4));
    Panels.maps(2, List.of(first, second, third, fourth));
    assertThat(fourth.width()).as("one bar for all").isEqualTo(first.width());
  }
}
