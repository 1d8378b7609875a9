package dev.kindred.kernel;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A POM of which a person writes what matters: elements of a project, or of its lists of
 * dependencies and repositories, in any order.
 */
final class PomText {
  /** What a project must have, where the text does not say it. */
  private static final Map<String, String> REQUIRED = new LinkedHashMap<>();

  /** Elements that may stand outside of the list that holds them. */
  private static final Map<String, String> LISTS =
      Map.of("dependency", "dependencies", "repository", "repositories");

  static {
    REQUIRED.put("modelVersion", "4.0.0");
    REQUIRED.put("groupId", "notebook");
    REQUIRED.put("artifactId", "notebook");
    REQUIRED.put("version", "0");
  }

  private PomText() {}

  /** The text as a whole project. */
  static String complete(String text) throws IOException {
    Document document = parse(text);
    Element given = document.getDocumentElement();
    List<Element> elements = elements(given);
    if (elements.size() == 1 && elements.get(0).getTagName().equals("project")) {
      return text.strip();
    }
    Element project = document.createElement("project");
    for (Element element : elements) {
      String list = LISTS.get(element.getTagName());
      if (list != null) {
        child(project, list).appendChild(element);
      } else if (LISTS.containsValue(element.getTagName())) {
        Element joined = child(project, element.getTagName());
        elements(element).forEach(joined::appendChild);
      } else {
        project.appendChild(element);
      }
    }
    REQUIRED.forEach(
        (name, value) -> {
          if (elements(project).stream().noneMatch(e -> e.getTagName().equals(name))) {
            project.appendChild(document.createElement(name)).setTextContent(value);
          }
        });
    return write(project);
  }

  private static Document parse(String text) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      String body = text.strip().replaceFirst("^<\\?xml[^>]*\\?>", "");
      return builder.parse(new InputSource(new StringReader("<pom>" + body + "</pom>")));
    } catch (SAXException e) {
      throw new IOException("not a part of a POM: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Element> elements(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    return elements(parent).stream()
        .filter(element -> element.getTagName().equals(name))
        .findFirst()
        .orElseGet(
            () -> (Element) parent.appendChild(parent.getOwnerDocument().createElement(name)));
  }

  private static String write(Element project) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(project), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }
}
