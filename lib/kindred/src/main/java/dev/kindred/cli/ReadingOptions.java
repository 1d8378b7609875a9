package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Pooling;
import dev.kindred.representation.ChannelAxis;
import dev.kindred.representation.Description;
import dev.kindred.representation.Positions;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** How files are read; the same for every command that reads representations. */
final class ReadingOptions {
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
        "What becomes of feature maps and tokens: flatten, mean, centre, or at:I,J for one position.",
        "Default: ${DEFAULT-VALUE}."
      })
  private String positions;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description = "Where the stimulus ids stand in tables and files of several arrays.")
  private String idColumn;

  @Option(
      names = "--channels",
      paramLabel = "AXIS",
      description = "Where the channels of feature maps and tokens are: first or last.")
  private String channels;

  @Option(
      names = "--trials-first",
      description = {
        "Arrays are trials × stimuli × units; without, repeated measurements are",
        "stimuli × trials × units."
      })
  private boolean trialsFirst;

  @Option(names = "--unit-rows", description = "Divides every row by its Euclidean norm.")
  private boolean unitRows;

  @Option(
      names = "--rounding",
      paramLabel = "TYPE",
      description = {
        "The type that the numbers were computed in, if their file has a wider one: float32,",
        "float16, bfloat16. Detected where they were not changed since."
      })
  private String rounding;

  @Option(
      names = "--stimulus-ids",
      paramLabel = "FILE",
      description = "Text file of the stimulus ids, one a line.")
  private Path stimulusIds;

  Representation read(Path file) {
    return Representations.read(file, options());
  }

  List<Representation> readAll(List<Path> files) {
    ReadOptions options = options();
    return Representations.readAll(files, file -> options);
  }

  Description describe(Path file) {
    return Description.of(file, options());
  }

  private ReadOptions options() {
    ReadOptions options =
        ReadOptions.defaults().positions(positions()).unitRows(unitRows).trialsFirst(trialsFirst);
    if (channels != null) {
      options = options.channels(channels());
    }
    if (stimulusIds != null) {
      options = options.stimulusIds(stimulusIds);
    }
    if (entry != null) {
      options = options.entry(entry);
    }
    if (idColumn != null) {
      options = options.idColumn(idColumn);
    }
    if (rounding != null) {
      options = options.rounding(ElementType.floating(rounding));
    }
    return options;
  }

  private ChannelAxis channels() {
    return switch (channels) {
      case "first" -> ChannelAxis.FIRST;
      case "last" -> ChannelAxis.LAST;
      default -> throw new InputException("--channels=" + channels + ": expected first or last");
    };
  }

  /**
   * The files themselves and, in place of a folder, those in it that may be representations, in
   * natural order.
   */
  List<Path> expand(List<Path> filesAndFolders) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : filesAndFolders) {
      if (Files.isDirectory(path)) {
        files.addAll(Representations.filesIn(path));
      } else {
        files.add(path);
      }
    }
    return new ArrayList<>(files);
  }

  /** What becomes of the feature maps of a network that is run. */
  Pooling pooling() {
    return switch (positions) {
      case "flatten" -> Pooling.FLATTENED;
      case "mean" -> Pooling.POOLED;
      case "centre" -> Pooling.CENTRE_PIXEL;
      default ->
          throw new InputException(
              "--positions="
                  + positions
                  + ": of networks that are run here, expected flatten, mean or centre");
    };
  }

  private Positions positions() {
    if (positions.matches("at:\\d{1,6}(,\\d{1,6})*")) {
      return Positions.at(
          Arrays.stream(positions.substring(3).split(",")).mapToInt(Integer::parseInt).toArray());
    }
    return switch (positions) {
      case "flatten" -> Positions.flatten();
      case "mean" -> Positions.mean();
      case "centre" -> Positions.centre();
      default ->
          throw new InputException(
              "--positions=" + positions + ": expected flatten, mean, centre or at:I,J");
    };
  }
}
