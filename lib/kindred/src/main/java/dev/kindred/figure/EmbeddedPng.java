package dev.kindred.figure;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.apache.batik.svggen.ImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.w3c.dom.Element;

/** Writes bitmaps into an SVG document itself, so that it stands alone. */
final class EmbeddedPng implements ImageHandler {
  private static final String XLINK = "http://www.w3.org/1999/xlink";

  @Override
  public void handleImage(Image image, Element element, SVGGeneratorContext context) {
    if (image instanceof BufferedImage buffered) {
      embed(buffered, element);
    } else {
      throw new IllegalArgumentException("figures draw BufferedImages, not " + image.getClass());
    }
  }

  @Override
  public void handleImage(RenderedImage image, Element element, SVGGeneratorContext context) {
    embed(image, element);
  }

  @Override
  public void handleImage(RenderableImage image, Element element, SVGGeneratorContext context) {
    embed(image.createDefaultRendering(), element);
  }

  private static void embed(RenderedImage image, Element element) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    element.setAttribute("width", String.valueOf(image.getWidth()));
    element.setAttribute("height", String.valueOf(image.getHeight()));
    element.setAttribute("style", "image-rendering:pixelated");
    element.setAttributeNS(
        XLINK,
        "xlink:href",
        "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }
}
