package dev.kindred.figure;

import java.awt.Graphics2D;
import java.util.Optional;

/** A figure with the caption that a notebook writes above it. */
record Captioned(Figure figure, String caption) implements Figure {
  @Override
  public int width() {
    return figure.width();
  }

  @Override
  public int height() {
    return figure.height();
  }

  @Override
  public void draw(Graphics2D graphics) {
    figure.draw(graphics);
  }

  @Override
  public boolean isTransparent() {
    return figure.isTransparent();
  }

  @Override
  public String text() {
    return caption + " – " + figure.text();
  }

  @Override
  public Optional<String> vegaLite() {
    return figure.vegaLite();
  }

  @Override
  public Figure captioned(String another) {
    return new Captioned(figure, another);
  }

  @Override
  public Optional<String> csv() {
    return figure.csv();
  }
}
