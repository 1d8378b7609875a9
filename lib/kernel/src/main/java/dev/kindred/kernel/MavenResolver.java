package dev.kindred.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the jars of Maven coordinates with the Maven that is installed, so that the person's own
 * settings, mirrors and local repository hold.
 */
final class MavenResolver {
  private static final String PLUGIN =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";

  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

  private final Map<String, String> repositories = new LinkedHashMap<>();

  void addRepository(String name, String address) {
    repositories.put(name, address);
  }

  /**
   * The jars of these artifacts and of all they need.
   *
   * @param coordinates each {@code group:artifact:version} or {@code
   *     group:artifact:type:classifier:version}
   */
  List<String> resolve(List<String> coordinates) throws IOException, InterruptedException {
    if (coordinates.isEmpty()) {
      throw new IOException("expected group:artifact:version");
    }
    StringBuilder dependencies = new StringBuilder();
    for (String coordinate : coordinates) {
      dependencies.append(dependency(coordinate));
    }
    for (Map.Entry<String, String> named : repositories.entrySet()) {
      dependencies.append(repository(named));
    }
    return resolvePomText(dependencies.toString());
  }

  private List<String> resolvePomOf(String text) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kindred-maven");
    try {
      Path pom = folder.resolve("pom.xml");
      Files.writeString(pom, text, StandardCharsets.UTF_8);
      return resolvePom(pom);
    } finally {
      Files.deleteIfExists(folder.resolve("pom.xml"));
      Files.deleteIfExists(folder);
    }
  }

  /** The jars that the dependencies of a POM need, of which the text may be a part only. */
  List<String> resolvePomText(String text) throws IOException, InterruptedException {
    return resolvePomOf(PomText.complete(text));
  }

  /** The jars that a POM's dependencies need at run time. */
  List<String> resolvePom(Path pom) throws IOException, InterruptedException {
    Path output = Files.createTempFile("kindred-maven", ".classpath");
    Path log = Files.createTempFile("kindred-maven", ".log");
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    try {
      Process maven;
      try {
        maven =
            new ProcessBuilder(
                    windows ? "mvn.cmd" : "mvn",
                    "-q",
                    "-B",
                    "-f",
                    pom.toString(),
                    PLUGIN,
                    "-Dmdep.outputFile=" + output,
                    "-DincludeScope=runtime")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
      } catch (IOException e) {
        throw new IOException(
            "needs the command mvn, which is not here; add jars with %jars instead", e);
      }
      try {
        if (maven.waitFor() != 0) {
          throw new IOException("Maven cannot resolve this:\n" + errors(log));
        }
      } finally {
        maven.destroy();
      }
      List<String> jars = new ArrayList<>();
      for (String jar : Files.readString(output).strip().split(File.pathSeparator)) {
        if (!jar.isBlank()) {
          jars.add(jar);
        }
      }
      return jars;
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(log);
    }
  }

  /** What went wrong, without colours and Maven's advice on how to call Maven. */
  private static String errors(Path log) throws IOException {
    return COLOUR
        .matcher(Files.readString(log))
        .replaceAll("")
        .lines()
        .filter(line -> line.startsWith("[ERROR]"))
        .map(line -> line.substring("[ERROR]".length()).replace("-> [Help 1]", "").strip())
        .takeWhile(line -> !line.startsWith("To see the full stack trace"))
        .filter(line -> !line.isEmpty())
        .limit(3)
        .collect(Collectors.joining("\n"));
  }

  private static String dependency(String coordinate) throws IOException {
    String[] parts = coordinate.split(":");
    if (parts.length < 3 || parts.length > 5) {
      throw new IOException("expected group:artifact:version, found " + coordinate);
    }
    return "<dependency>"
        + tag("groupId", parts[0])
        + tag("artifactId", parts[1])
        + (parts.length > 3 ? tag("type", parts[2]) : "")
        + (parts.length > 4 ? tag("classifier", parts[3]) : "")
        + tag("version", parts[parts.length - 1])
        + "</dependency>";
  }

  private static String repository(Map.Entry<String, String> named) {
    return "<repository>"
        + tag("id", named.getKey())
        + tag("url", named.getValue())
        + "</repository>";
  }

  private static String tag(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }
}
