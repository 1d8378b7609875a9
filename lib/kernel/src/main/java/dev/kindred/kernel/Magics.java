package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import dev.kindred.kernel.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The magics of IJava that notebooks use. An unknown one says which there are. */
final class Magics {
  /** A magic that stands on a line; gives a value or null. */
  interface Line {
    Object apply(String arguments) throws Exception;
  }

  /** The rest of a cell, below its magic. */
  interface Body {
    Object run() throws CellError;
  }

  private final Session session;
  private final Cells cells;
  private final MavenResolver maven = new MavenResolver();
  private final Map<String, Line> lines = new TreeMap<>();

  Magics(Session session, Cells cells) {
    this.session = session;
    this.cells = cells;
    for (String name : List.of("maven", "addMavenDependency", "addMavenDependencies")) {
      lines.put(name, this::maven);
    }
    for (String name : List.of("mavenRepo", "addMavenRepo")) {
      lines.put(name, this::mavenRepository);
    }
    for (String name : List.of("jars", "addJars", "classpath", "addClasspath")) {
      lines.put(name, this::classpath);
    }
    lines.put("loadFromPOM", this::pom);
    lines.put("load", this::load);
    lines.put("time", this::time);
    lines.put("lsmagic", arguments -> "%" + String.join(" %", lines.keySet()) + " %%time");
  }

  /** Runs {@code %name arguments}. */
  Object line(String name, String arguments) throws CellError {
    Line magic = lines.get(name);
    if (magic == null) {
      throw unknown("%" + name);
    }
    return guarded("%" + name, () -> magic.apply(arguments));
  }

  /** Runs {@code %%name arguments} on the rest of its cell. */
  Object cell(String name, String arguments, Body body) throws CellError {
    if (name.equals("time")) {
      return timed(body);
    }
    if (name.equals("loadFromPOM")) {
      throw new CellError(
          "MagicError",
          "%%loadFromPOM takes no body here: write the POM to a file and use %loadFromPOM FILE",
          List.of("%%loadFromPOM takes no body here: use %loadFromPOM FILE"));
    }
    throw unknown("%%" + name);
  }

  private CellError unknown(String magic) {
    String message =
        "no magic " + magic + " here; there are %" + String.join(" %", lines.keySet()) + " %%time";
    return new CellError("MagicError", message, List.of("MagicError: " + message));
  }

  private static Object guarded(String magic, Work work) throws CellError {
    try {
      return work.run();
    } catch (CellError e) {
      throw e;
    } catch (Exception e) {
      String message = magic + ": " + (e.getMessage() == null ? e.toString() : e.getMessage());
      throw new CellError(
          "MagicError", message, new ArrayList<>(("MagicError: " + message).lines().toList()));
    }
  }

  private interface Work {
    Object run() throws Exception;
  }

  private Object classpath(String arguments) throws IOException {
    for (String pattern : Cells.words(arguments)) {
      List<String> found = Paths.expand(pattern);
      if (found.isEmpty() || !found.stream().allMatch(f -> Files.exists(Path.of(f)))) {
        throw new IOException("no such file: " + pattern);
      }
      found.forEach(session::addToClasspath);
    }
    return null;
  }

  private Object maven(String arguments) throws Exception {
    List<String> wanted = Cells.words(arguments);
    session.run(() -> maven.resolve(wanted)).forEach(session::addToClasspath);
    return null;
  }

  private Object mavenRepository(String arguments) throws IOException {
    List<String> words = Cells.words(arguments);
    if (words.size() != 2) {
      throw new IOException("expected a name and an address");
    }
    maven.addRepository(words.get(0), words.get(1));
    return null;
  }

  private Object pom(String arguments) throws Exception {
    List<String> words = Cells.words(arguments);
    if (words.isEmpty()) {
      throw new IOException("expected the path of a pom.xml");
    }
    Path pom = Path.of(words.get(0)).toAbsolutePath();
    session.run(() -> maven.resolvePom(pom)).forEach(session::addToClasspath);
    return null;
  }

  private Object load(String arguments) throws Exception {
    Path file = Path.of(Cells.words(arguments).get(0));
    if (!Files.isRegularFile(file)) {
      throw new IOException("no such file: " + file);
    }
    return cells.run(Files.readString(file, StandardCharsets.UTF_8), file.toString());
  }

  private Object time(String arguments) throws CellError {
    return timed(() -> cells.run(arguments, "%time"));
  }

  private static Object timed(Body body) throws CellError {
    long start = System.nanoTime();
    try {
      return body.run();
    } finally {
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(
          seconds < 1
              ? String.format(Locale.ROOT, "Wall time: %.1f ms", seconds * 1000)
              : String.format(Locale.ROOT, "Wall time: %.2f s", seconds));
    }
  }
}
