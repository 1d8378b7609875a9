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
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

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

  /** Magics whose value is a cell's; IJava shows none of the others', which assignments take. */
  private static final Set<String> SHOWN = Set.of("load", "lsmagic", "time");

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
    lines.put("lsmagic", arguments -> names());
  }

  /** Runs {@code %name arguments}. */
  Object line(String name, String arguments) throws CellError {
    Line magic = lines.get(name);
    if (magic == null) {
      throw unknown("%" + name);
    }
    return guarded("%" + name, () -> magic.apply(arguments));
  }

  /** Whether a cell that ends with this magic shows its value. */
  boolean isShown(String call) {
    return SHOWN.contains(call.split("\\s", 2)[0]);
  }

  /**
   * Runs {@code %%name arguments} on the rest of its cell.
   *
   * @param text the rest of the cell
   * @param body runs it as code
   */
  Object cell(String name, String text, Body body) throws CellError {
    switch (name) {
      case "time":
        return timed(body);
      case "loadFromPOM":
        guarded("%%loadFromPOM", () -> added(session.run(() -> maven.resolvePomText(text))));
        return null;
      default:
        throw unknown("%%" + name);
    }
  }

  private CellError unknown(String magic) {
    String message = "no magic " + magic + " here; there are " + names();
    return new CellError("MagicError", message, List.of("MagicError: " + message));
  }

  private String names() {
    return "%" + String.join(" %", lines.keySet()) + " %%time %%loadFromPOM";
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

  /** Adds jars and folders to what cells can use, and returns them. */
  private List<String> added(List<String> elements) throws IOException {
    for (String element : elements) {
      if (Files.isRegularFile(Path.of(element))) {
        try (ZipFile jar = new ZipFile(element)) {
          // The compiler fails at every later cell if one of its jars is none.
        } catch (ZipException e) {
          throw new IOException("not a jar: " + element, e);
        }
      }
    }
    elements.forEach(session::addToClasspath);
    return elements;
  }

  private Object classpath(String arguments) throws IOException {
    List<String> all = new ArrayList<>();
    for (String pattern : Cells.words(arguments)) {
      List<String> found = Paths.expand(pattern);
      if (found.isEmpty() || !found.stream().allMatch(f -> Files.exists(Path.of(f)))) {
        throw new IOException("no such file: " + pattern);
      }
      found.forEach(file -> all.add(Path.of(file).toAbsolutePath().toString()));
    }
    return added(all);
  }

  private Object maven(String arguments) throws Exception {
    List<String> wanted = Cells.words(arguments);
    return added(session.run(() -> maven.resolve(wanted)));
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
    return added(session.run(() -> maven.resolvePom(pom)));
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
