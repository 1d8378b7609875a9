package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {

  @Test
  void ticksAreRoundNumbers() {
    assertThat(Ticks.linear(0, 1, 5)).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
    assertThat(Ticks.linear(-0.31, 0.31, 5)).containsExactly(-0.2, 0.0, 0.2);
    assertThat(Ticks.linear(3, 3, 5)).containsExactly(3.0);
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
}
