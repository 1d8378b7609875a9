package dev.kindred.representation;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The files below src/test/resources/formats. */
final class Fixtures {
  private Fixtures() {}

  static Path file(String name) {
    URL url = Fixtures.class.getResource("/formats/" + name);
    if (url == null) {
      throw new IllegalArgumentException("no fixture " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
