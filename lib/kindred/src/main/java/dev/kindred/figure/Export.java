package dev.kindred.figure;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Figures as bitmaps and files. */
final class Export {
  private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

  private Export() {}

  static BufferedImage bitmap(Figure figure, int density) {
    BufferedImage image =
        new BufferedImage(
            figure.width() * density,
            figure.height() * density,
            figure.isTransparent() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(density, density);
      Look.prepare(graphics);
      figure.draw(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String svg(Figure figure) {
    Document document = newDocument();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(6);
    context.setImageHandler(new EmbeddedPng());
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(figure.width(), figure.height()));
    Look.prepare(graphics);
    figure.draw(graphics);
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + figure.width() + " " + figure.height());
    Element title = root.getOwnerDocument().createElementNS(SVG_NAMESPACE, "title");
    title.setTextContent(figure.text());
    root.insertBefore(title, root.getFirstChild());
    return xml(root);
  }

  /** Without a document type, which would make readers ask w3.org for its definition. */
  private static String xml(Element root) {
    StringWriter text = new StringWriter();
    try {
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      transformer.transform(new DOMSource(root), new StreamResult(text));
    } catch (TransformerException e) {
      throw new IllegalStateException("a document in memory can be written to memory", e);
    }
    return text.toString();
  }

  static Path save(Figure figure, Path file) throws IOException {
    boolean bitmap = format(file).equals("png");
    AtomicFile.write(file, bitmap ? figure.png() : svg(figure).getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** png or svg, by the ending of the file's name. */
  static String format(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!format.equals("png") && !format.equals("svg")) {
      throw new InputException(file + ": a figure is saved as .png or .svg, not as ." + format);
    }
    return format;
  }

  private static Document newDocument() {
    try {
      DOMImplementation dom =
          javax.xml.parsers.DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation();
      return dom.createDocument(SVG_NAMESPACE, "svg", null);
    } catch (javax.xml.parsers.ParserConfigurationException e) {
      throw new IllegalStateException("the Java platform has an XML parser", e);
    }
  }
}
