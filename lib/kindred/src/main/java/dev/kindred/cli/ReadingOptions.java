package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.representation.Positions;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How files are read; the same for every command that reads representations. */
final class ReadingOptions {
  /** Endings of files that a folder is searched for; a file given by itself is read by content. */
  private static final Set<String> ENDINGS =
      Set.of("npy", "npz", "pt", "pth", "h5", "hdf5", "mat", "csv", "tsv", "txt");

  private static final String STIMULUS_IDS = ".ids.txt";

  @Option(
      names = "--entry",
      paramLabel = "NAME",
      description = "The array to take from files that hold several.")
  private String entry;

  @Option(
      names = "--positions",
      paramLabel = "HOW",
      defaultValue = "flatten",
      description = {
        "What becomes of feature maps and tokens: flatten, mean or centre.",
        "Default: ${DEFAULT-VALUE}."
      })
  private String positions;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description = "Where the stimulus ids stand in tables and files of several arrays.")
  private String idColumn;

  Representation read(Path file) {
    ReadOptions options = ReadOptions.defaults().positions(positions());
    if (entry != null) {
      options = options.entry(entry);
    }
    if (idColumn != null) {
      options = options.idColumn(idColumn);
    }
    return Representations.read(file, options);
  }

  /** The files themselves and, in place of a folder, those in it that may be representations. */
  List<Path> expand(List<Path> filesAndFolders) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : filesAndFolders) {
      if (Files.isDirectory(path)) {
        files.addAll(representationsIn(path));
      } else {
        files.add(path);
      }
    }
    return new ArrayList<>(files);
  }

  private static List<Path> representationsIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> found = entries.filter(ReadingOptions::mayBeRead).sorted().toList();
      if (found.isEmpty()) {
        throw new InputException(
            folder
                + ": no file ends in one of "
                + String.join(", ", ENDINGS.stream().sorted().toList()));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean mayBeRead(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && !name.endsWith(STIMULUS_IDS)
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private Positions positions() {
    return switch (positions) {
      case "flatten" -> Positions.flatten();
      case "mean" -> Positions.mean();
      case "centre" -> Positions.centre();
      default ->
          throw new InputException(
              "--positions=" + positions + ": expected one of flatten, mean and centre");
    };
  }
}
