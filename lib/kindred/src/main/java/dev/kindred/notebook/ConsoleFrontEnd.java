package dev.kindred.notebook;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/** No kernel: text is printed, pictures are written to numbered files beside each other. */
final class ConsoleFrontEnd implements FrontEnd {
  private final PrintStream out;
  private final Path folder;
  private int pictures;

  ConsoleFrontEnd(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public void register() {}

  @Override
  public synchronized void show(Rendering rendering, String id) {
    out.println(Objects.requireNonNullElse(rendering.in(Rendering.TEXT), ""));
    String png = rendering.in(Rendering.PNG);
    if (png != null) {
      out.println("  → " + write(Base64.getDecoder().decode(png)));
    }
  }

  @Override
  public void update(Rendering rendering, String id) {
    show(rendering, id);
  }

  @Override
  public boolean updates() {
    return false;
  }

  private Path write(byte[] png) {
    try {
      Files.createDirectories(folder);
      Path file;
      do {
        file = folder.resolve(String.format("figure-%03d.png", ++pictures));
      } while (Files.exists(file));
      return Files.write(file, png).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a picture into " + folder, e);
    }
  }
}
