package dev.kindred.figure;

import dev.kindred.base.AtomicFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture of labelled numbers. Sizes are in logical pixels; bitmaps have two device pixels for
 * each, so that they stay sharp on dense displays and in print.
 *
 * <p>A picture has its own light ground and dark ink, or none and an ink that is read on both. In a
 * notebook most figures are drawn by their {@linkplain #vegaLite specification} in its theme, and
 * the picture is what web viewers and HTML exports show.
 */
public interface Figure {
  /** Device pixels of a bitmap for one logical pixel. */
  int DENSITY = 2;

  /** Width in logical pixels. */
  int width();

  /** Height in logical pixels. */
  int height();

  /** Paints the rectangle (0, 0, {@link #width()}, {@link #height()}), its ground included. */
  void draw(Graphics2D graphics);

  /** Whether the picture has no ground of its own and is read on light and dark pages. */
  default boolean isTransparent() {
    return false;
  }

  /** What the picture shows in one line, for readers who cannot see it and for plain consoles. */
  String text();

  /** The picture as a bitmap of {@link #DENSITY} times the logical size. */
  default BufferedImage image() {
    return Export.bitmap(this, DENSITY);
  }

  /** The picture as a PNG file of {@link #DENSITY} times the logical size. */
  default byte[] png() {
    return png(DENSITY);
  }

  /** The picture as a PNG file of {@code density} times the logical size. */
  default byte[] png(int density) {
    return Export.png(Export.bitmap(this, density));
  }

  /** The picture as an SVG document; XChart's texts become outlines, others stay texts. */
  default String svg() {
    return Export.svg(this);
  }

  /**
   * The figure as a Vega-Lite 5 specification, in which the pointer is told names and values; empty
   * for pictures that have none.
   */
  default Optional<String> vegaLite() {
    return VegaLite.document(this);
  }

  /**
   * The numbers that are drawn, with seven digits, as CSV with a header: a line for each point,
   * cell or value of a box; empty for pictures of no numbers.
   */
  default Optional<String> csv() {
    return FigureCsv.of(this);
  }

  /** What a notebook writes above the figure; empty where its own title is enough. */
  default String caption() {
    return "";
  }

  /** The same figure with a caption. */
  default Figure captioned(String caption) {
    return new Captioned(this, caption);
  }

  /**
   * Writes a {@code .png} or {@code .svg} file; a file of that name is replaced once the new one is
   * whole.
   *
   * @return {@code file}
   * @throws dev.kindred.base.InputException if the name ends otherwise
   */
  default Path save(Path file) throws IOException {
    return Export.save(this, file);
  }

  /**
   * Fails where {@link #save} would, for those who would compute for hours before.
   *
   * @throws dev.kindred.base.InputException if the name ends neither in .png nor in .svg, or no
   *     such file can be written
   */
  static void requireSavable(Path file) {
    AtomicFile.requireWritable(file);
    Export.format(file);
  }
}
