package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import dev.kindred.kernel.session.Session;
import dev.kindred.kernel.wire.Log;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a session and what every notebook may expect in it: IJava's imports and functions, three
 * imports more (README tells users of a stock kernel which), what IJava's environment variables ask
 * for, and the library's renderers.
 */
final class Startup {
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.nio.file.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*",
          "static io.github.spencerpark.ijava.runtime.Display.*",
          "static io.github.spencerpark.ijava.runtime.Kernel.*",
          "static io.github.spencerpark.ijava.runtime.Magics.*");

  private Startup() {}

  static Session session() {
    Session session = new Session(words(System.getenv("IJAVA_COMPILER_OPTS")));
    StringBuilder code = new StringBuilder();
    IMPORTS.forEach(name -> code.append("import ").append(name).append(";\n"));
    eval(session, "imports", code.toString());
    for (String element : paths(System.getenv("IJAVA_CLASSPATH"))) {
      session.addToClasspath(element);
    }
    installLibrary();
    for (String script : paths(System.getenv("IJAVA_STARTUP_SCRIPTS_PATH"))) {
      try {
        eval(session, script, Files.readString(Path.of(script), StandardCharsets.UTF_8));
      } catch (IOException e) {
        Log.warn("cannot read the startup script " + script, e);
      }
    }
    String snippet = System.getenv("IJAVA_STARTUP_SCRIPT");
    if (snippet != null) {
      eval(session, "IJAVA_STARTUP_SCRIPT", snippet);
    }
    return session;
  }

  private static void eval(Session session, String name, String code) {
    try {
      session.eval(code, code, name, 0, code.length());
    } catch (CellError e) {
      Log.warn("startup: " + String.join("\n", e.traceback()));
    }
  }

  /** Lets the library, if it is on the class path, register how its types are shown. */
  private static void installLibrary() {
    try {
      Class.forName("dev.kindred.notebook.Kernels").getMethod("install").invoke(null);
    } catch (ClassNotFoundException absent) {
      // A kernel without the library is a kernel all the same.
    } catch (ReflectiveOperationException | LinkageError e) {
      Log.warn("the library cannot register its renderers", e);
    }
  }

  private static List<String> words(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private static List<String> paths(String text) {
    List<String> found = new ArrayList<>();
    if (text != null) {
      for (String element : text.split(File.pathSeparator)) {
        if (!element.isBlank()) {
          found.addAll(Paths.expand(element));
        }
      }
    }
    return found;
  }
}
