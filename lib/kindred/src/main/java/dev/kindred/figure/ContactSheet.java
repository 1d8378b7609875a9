package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Small pictures in a grid, each with a caption: what the stimuli look like. Pictures keep their
 * proportions; those smaller than their tile are enlarged without smoothing, so that every pixel
 * shows as one. The ground is transparent and its ink can be read on light and dark pages: a sheet
 * has no form that follows a notebook's theme.
 */
public final class ContactSheet implements Figure {
  private record Tile(BufferedImage image, String caption) {}

  private final List<Tile> tiles = new ArrayList<>();
  private String title = "";
  private int columns = 10;
  private int tileSize = 64;

  private ContactSheet() {}

  /** A sheet without pictures. */
  public static ContactSheet titled(String title) {
    ContactSheet sheet = new ContactSheet();
    sheet.title = Objects.requireNonNull(title);
    return sheet;
  }

  /** Adds a picture; an empty caption draws none. */
  public ContactSheet add(BufferedImage image, String caption) {
    tiles.add(new Tile(Objects.requireNonNull(image), Objects.requireNonNull(caption)));
    return this;
  }

  /**
   * Adds a picture of bytes.
   *
   * @param pixels height × width × channels, row by row, 0 to 255
   * @param width in pixels
   * @param height in pixels
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param caption an empty one draws none
   */
  public ContactSheet add(byte[] pixels, int width, int height, int channels, String caption) {
    if (channels != 1 && channels != 3) {
      throw new InputException("a picture has 1 or 3 channels, not " + channels);
    }
    if (pixels.length != width * height * channels) {
      throw new InputException(
          "a picture of "
              + height
              + " × "
              + width
              + " × "
              + channels
              + " has "
              + width * height * channels
              + " bytes, not "
              + pixels.length);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int red = pixels[i * channels] & 0xff;
      int green = channels == 1 ? red : pixels[i * channels + 1] & 0xff;
      int blue = channels == 1 ? red : pixels[i * channels + 2] & 0xff;
      image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    return add(image, caption);
  }

  /** Pictures in a row; 10 by default. */
  public ContactSheet columns(int count) {
    if (count < 1) {
      throw new InputException("a contact sheet has at least one column, not " + count);
    }
    columns = count;
    return this;
  }

  /** Side of a tile in logical pixels; 64 by default. */
  public ContactSheet tileSize(int pixels) {
    if (pixels < 8) {
      throw new InputException("a tile has at least 8 pixels, not " + pixels);
    }
    tileSize = pixels;
    return this;
  }

  @Override
  public int width() {
    int shown = Math.max(1, Math.min(columns, tiles.size()));
    int grid = 2 * Look.MARGIN + shown * tileSize + (shown - 1) * Look.GAP;
    // A short sheet is widened so that its title fits, up to a notebook's width.
    double titled = Look.width(title, Look.TITLE) + 2.0 * Look.MARGIN + 1;
    return (int) Math.max(grid, Math.min(700, Math.ceil(titled)));
  }

  @Override
  public int height() {
    int rows = (tiles.size() + columns - 1) / columns;
    return (int) Math.ceil(gridTop() + rows * rowHeight() + Look.MARGIN - Look.GAP);
  }

  @Override
  public void draw(Graphics2D graphics) {
    Look.title(graphics, title, width(), Look.INK_ON_BOTH);
    for (int i = 0; i < tiles.size(); i++) {
      int x = Look.MARGIN + (i % columns) * (tileSize + Look.GAP);
      draw(graphics, tiles.get(i), x, (int) Math.round(gridTop() + (i / columns) * rowHeight()));
    }
  }

  private void draw(Graphics2D graphics, Tile tile, int x, int y) {
    BufferedImage image = tile.image();
    double scale = (double) tileSize / Math.max(image.getWidth(), image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale * DENSITY >= 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int left = x + (tileSize - width) / 2;
    int top = y + (tileSize - height) / 2;
    graphics.drawImage(image, left, top, width, height, null);
    if (!tile.caption().isBlank()) {
      graphics.setColor(Look.INK_ON_BOTH);
      Look.text(
          graphics,
          Look.fit(tile.caption(), Look.SMALL, tileSize + Look.GAP - 2.0),
          Look.SMALL,
          x + tileSize / 2.0,
          y + tileSize + 2 + Look.ascent(Look.SMALL),
          0.5);
    }
  }

  @Override
  public boolean isTransparent() {
    return true;
  }

  @Override
  public String text() {
    List<String> captions =
        tiles.stream().map(Tile::caption).filter(caption -> !caption.isBlank()).distinct().toList();
    int named = Math.min(12, captions.size());
    return tiles.size()
        + " pictures"
        + (title.isEmpty() ? "" : " “" + title + "”")
        + (named == 0 ? "" : ": " + String.join(", ", captions.subList(0, named)))
        + (named < captions.size() ? ", …" : "");
  }

  private double gridTop() {
    double titleHeight = Look.titleHeight(title, width());
    return titleHeight == 0 ? Look.MARGIN : titleHeight + Look.GAP;
  }

  private double rowHeight() {
    boolean captions = tiles.stream().anyMatch(tile -> !tile.caption().isBlank());
    return tileSize + Look.GAP + (captions ? Look.lineHeight(Look.SMALL) + 2 : 0);
  }
}
