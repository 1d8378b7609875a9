package dev.kindred.cli;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.figure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a table and its picture go; the same for every command that makes one. */
final class TableOutput {
  private static final String STANDARD_OUTPUT = "-";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "M.csv",
      description = "File to write; - for standard output.")
  private String out;

  @Option(
      names = "--figure",
      paramLabel = "M.png",
      description = "Also draws what is in the table (.png or .svg).")
  private Path figure;

  /** Whether the table goes into a file. */
  boolean isFile() {
    return !out.equals(STANDARD_OUTPUT);
  }

  /** Where to draw the table, or null. */
  Path figure() {
    return figure;
  }

  /**
   * A run of hours must not end at the name of its result, nor replace what it reads.
   *
   * @param inputs files that are read
   * @param companions what is written beside the table, such as {@code p.csv}
   * @param others further files that are written
   * @param why the options that ask for companions
   */
  void check(List<Path> inputs, List<String> companions, List<Path> others, String why)
      throws IOException {
    List<Path> outputs = new ArrayList<>();
    if (isFile()) {
      AtomicFile.requireWritable(Path.of(out));
      outputs.add(Path.of(out));
    }
    if (!companions.isEmpty()) {
      if (!isFile() || Files.exists(Path.of(out)) && !Files.isRegularFile(Path.of(out))) {
        throw new InputException(
            "--out=" + out + ": " + why + " write files beside the table; expected a file");
      }
      companions.forEach(name -> outputs.add(beside(name)));
    }
    if (figure != null) {
      Figure.requireSavable(figure);
      outputs.add(figure);
    }
    outputs.addAll(others);
    for (int i = 0; i < outputs.size(); i++) {
      AtomicFile.requireWritable(outputs.get(i));
      for (Path input : inputs) {
        if (isSame(outputs.get(i), input)) {
          throw new InputException(
              outputs.get(i) + " would be written, but is to be read; expected another name");
        }
      }
      for (Path other : outputs.subList(0, i)) {
        if (isSame(outputs.get(i), other)) {
          throw new InputException(
              outputs.get(i) + " would be written twice; expected different names");
        }
      }
    }
  }

  private static boolean isSame(Path a, Path b) throws IOException {
    return Files.exists(a) && Files.exists(b)
        ? Files.isSameFile(a, b)
        : AtomicFile.place(a).normalize().equals(AtomicFile.place(b).normalize());
  }

  /** M.csv becomes M.what. */
  Path beside(String what) {
    return beside(Path.of(out), what);
  }

  /** {@code file} with {@code what} in place of its ending. */
  static Path beside(Path file, String what) {
    String stem = file.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
    return file.resolveSibling(stem + "." + what);
  }

  /** Writes the table itself. */
  void write(String csv) throws IOException {
    if (isFile()) {
      AtomicFile.write(Path.of(out), csv);
    } else {
      spec.commandLine().getOut().print(csv);
    }
  }

  /** Writes a file beside the table. */
  void writeBeside(String what, String text) throws IOException {
    AtomicFile.write(beside(what), text);
  }
}
