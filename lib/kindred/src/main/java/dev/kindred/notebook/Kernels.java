package dev.kindred.notebook;

import dev.kindred.base.NativeLibraries;
import dev.kindred.base.Progress;
import java.nio.file.Path;

/**
 * Ties the library to the kernel that runs it: this project's kernel, IJava or JJava; or to the
 * console where there is none.
 */
public final class Kernels {
  private static FrontEnd current;

  static {
    NativeLibraries.prepare(); // a notebook may use ND4J or Smile before the library does
  }

  private Kernels() {}

  /**
   * Registers how the library's types are shown and where progress goes. This project's kernel
   * calls it at its start, {@link Notebook#begin()} on any other; again, it does nothing.
   */
  public static synchronized void install() {
    FrontEnd found = JupyterFrontEnd.find().orElse(null);
    if (current != null && (found == null || isCurrent(found))) {
      return;
    }
    current = found != null ? found : new ConsoleFrontEnd(System.out, Path.of("kindred-figures"));
    current.register();
    Progress.setStandard(new ProgressBars(current));
  }

  /**
   * What shows the output: {@code IJava} (and this project's own), {@code JJava}, {@code console}.
   */
  public static synchronized String name() {
    install();
    return current.name();
  }

  static synchronized FrontEnd current() {
    install();
    return current;
  }

  private static boolean isCurrent(FrontEnd found) {
    return current instanceof JupyterFrontEnd now
        && found instanceof JupyterFrontEnd then
        && now.isFor(then.kernel());
  }
}
