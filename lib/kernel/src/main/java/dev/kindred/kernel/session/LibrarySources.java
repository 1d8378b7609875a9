package dev.kindred.kernel.session;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Shows JShell where the sources of libraries are, for their Javadoc: {@code x-sources.jar} on the
 * class path, or beside {@code x.jar}, or {@code src/main/java} beside {@code target/classes}.
 *
 * <p>JShell looks into the JDK's sources only and has no option for more; the list that it keeps is
 * a private field, open to the kernel with {@code --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED}.
 * Without that option signatures come without Javadoc.
 */
final class LibrarySources {
  private final SourceCodeAnalysis analysis;
  private final Set<Path> pending = new LinkedHashSet<>();

  LibrarySources(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      addFor(element);
    }
  }

  synchronized void addFor(String classpathElement) {
    Path path = Path.of(classpathElement).toAbsolutePath();
    String name = String.valueOf(path.getFileName());
    if (name.endsWith("-sources.jar")) {
      pending.add(path);
    } else if (name.endsWith(".jar")) {
      pending.add(path.resolveSibling(name.replaceFirst("\\.jar$", "-sources.jar")));
    } else if (path.endsWith(Path.of("target", "classes"))) {
      pending.add(path.resolveSibling(Path.of("..", "src", "main", "java")).normalize());
    }
  }

  /** Makes what was added known; costs nothing when there is nothing new. */
  synchronized void install() {
    pending.removeIf(path -> !Files.exists(path));
    if (pending.isEmpty()) {
      return;
    }
    try {
      Field known = analysis.getClass().getDeclaredField("availableSources");
      known.setAccessible(true);
      List<Path> all = new ArrayList<>(jdkAndKnown(known));
      all.addAll(pending);
      known.set(analysis, all);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      // Without --add-opens, or in a JDK that keeps them elsewhere: no Javadoc of libraries.
    }
    pending.clear();
  }

  private List<Path> jdkAndKnown(Field known) throws ReflectiveOperationException {
    List<Path> paths = new ArrayList<>();
    Object current = known.get(analysis);
    if (current == null) {
      java.lang.reflect.Method find = analysis.getClass().getDeclaredMethod("findSources");
      find.setAccessible(true);
      current = find.invoke(analysis);
    }
    for (Object path : (List<?>) current) {
      paths.add((Path) path);
    }
    return paths;
  }
}
