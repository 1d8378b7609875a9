package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every figure. The pictures are left in target/gallery for looking at. */
class GalleryTest {
  private static final int AROUND = 300;

  static Stream<Map.Entry<String, Figure>> figures() {
    return Gallery.figures().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void drawsNothingBeyondItsEdges(Map.Entry<String, Figure> entry) {
    Figure figure = entry.getValue();
    int backdrop = 0x00ff00;
    int ground = figure.isTransparent() ? backdrop : 0xffffff;
    int width = figure.width();
    int height = figure.height();
    BufferedImage image =
        new BufferedImage(width + 2 * AROUND, height + 2 * AROUND, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(backdrop));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.translate(AROUND, AROUND);
    Look.prepare(graphics);
    figure.draw(graphics);
    graphics.dispose();

    List<String> strays = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int left = x - AROUND;
        int top = y - AROUND;
        boolean inside = left >= 0 && left < width && top >= 0 && top < height;
        boolean edge = inside && (left < 2 || top < 2 || left >= width - 2 || top >= height - 2);
        int rgb = image.getRGB(x, y) & 0xffffff;
        if ((!inside && rgb != backdrop) || (edge && rgb != ground)) {
          strays.add(left + ", " + top);
        }
      }
    }
    assertThat(strays).as("pixels drawn at or beyond the edges").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isSharpAndReadable(Map.Entry<String, Figure> entry) throws Exception {
    Figure figure = entry.getValue();
    BufferedImage image = figure.image();
    assertThat(image.getWidth()).isEqualTo(2 * figure.width());
    assertThat(image.getHeight()).isEqualTo(2 * figure.height());
    assertThat(figure.width()).as("fits a notebook").isBetween(60, 900);
    Set<Integer> colors = new HashSet<>();
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      colors.add(image.getRGB(i % image.getWidth(), i / image.getWidth()));
    }
    if (figure.isTransparent()) {
      assertThat(colors).contains(0, Look.INK_ON_BOTH.getRGB());
    } else {
      assertThat(colors).contains(Color.WHITE.getRGB(), Look.INK.getRGB());
    }
    figure.save(Path.of("target", "gallery", entry.getKey() + ".png"));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isAnSvgDocumentWithTheSameSize(Map.Entry<String, Figure> entry) throws Exception {
    Figure figure = entry.getValue();
    var root =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(figure.save(Path.of("target", "gallery", entry.getKey() + ".svg")).toFile())
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getAttribute("viewBox"))
        .isEqualTo("0 0 " + figure.width() + " " + figure.height());
    assertThat(root.getFirstChild().getTextContent()).isEqualTo(figure.text());
    int texts = root.getElementsByTagName("text").getLength();
    int outlines = root.getElementsByTagName("path").getLength();
    assertThat(texts + outlines).as("texts and outlines").isPositive();
  }
}
