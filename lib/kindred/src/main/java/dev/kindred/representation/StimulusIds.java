package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ArrayFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Names of the stimuli that come with a file of responses.
 *
 * @param source where they stand, for the provenance
 * @param names the names in row order
 */
record StimulusIds(String source, List<String> names) {
  /** Entry of a file of several arrays with the names of the stimuli. */
  static final String ENTRY = "stimulus_ids";

  /** More than any ids of 2³¹ stimuli that fit into memory beside responses. */
  private static final long MOST_BYTES = 1L << 29;

  /** Ending of a text file of names beside a file that has no room for them. */
  static final String SIDE_FILE = ".ids.txt";

  /**
   * The ids that the options ask for; else the entry {@link #ENTRY}, the id column of a text file,
   * or the side file, where there is one.
   */
  static Optional<StimulusIds> find(ArrayFile open, ReadOptions options) {
    if (options.stimulusIds().isPresent()) {
      return Optional.of(sideFile(options.stimulusIds().get()));
    }
    String entry = options.idColumn().orElse(ENTRY);
    Optional<List<String>> texts = open.texts(entry);
    if (texts.isEmpty() && options.idColumn().isPresent()) {
      throw new InputException(open.file() + ": no stimulus ids named " + entry);
    }
    if (texts.isPresent()) {
      return Optional.of(new StimulusIds("entry " + entry, texts.get()));
    }
    if (options.entry().equals(Optional.of(ArrayFile.ALL))) {
      List<ArrayFile.Entry> rows =
          open.entries().stream().filter(ArrayFile.Entry::isNumeric).toList();
      if (rows.stream().allMatch(StimulusIds::isOneRow)) {
        return Optional.of(
            new StimulusIds(
                "names of the entries", rows.stream().map(ArrayFile.Entry::name).toList()));
      }
    }
    Path beside = beside(open.file());
    return Files.isRegularFile(beside) ? Optional.of(sideFile(beside)) : Optional.empty();
  }

  private static boolean isOneRow(ArrayFile.Entry entry) {
    return entry.shape().size() == 1 || entry.shape().size() > 1 && entry.shape().get(0) == 1;
  }

  static Path beside(Path file) {
    return file.resolveSibling(Representations.stem(file) + SIDE_FILE);
  }

  private static StimulusIds sideFile(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new InputException(file + ": expected a text file of stimulus ids, one a line");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InputException(
            file
                + ": expected stimulus ids, one a line, found "
                + Files.size(file)
                + " bytes; at most "
                + MOST_BYTES);
      }
      List<String> lines = Files.readAllLines(file);
      int end = lines.size();
      while (end > 0 && lines.get(end - 1).isBlank()) {
        end--;
      }
      return new StimulusIds(
          "file " + file.getFileName(), lines.subList(0, end).stream().map(String::strip).toList());
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": expected stimulus ids in UTF-8, found other bytes", e);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file of stimulus ids", e);
    } catch (IOException e) {
      throw new InputException(file + ": stimulus ids cannot be read: " + e.getMessage(), e);
    }
  }

  /** The names, of which there must be {@code rows}. */
  List<String> ids(Path file, int rows) {
    if (names.size() != rows) {
      throw new InputException(
          file
              + ": expected one stimulus id a row, found "
              + names.size()
              + " ids ("
              + source
              + ") for "
              + rows
              + " rows");
    }
    return names;
  }
}
