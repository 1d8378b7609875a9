package dev.kindred.representation;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which writer an ending stands for, and files that are there whole or not at all. */
final class Writers {
  /** Writes a representation into a fresh file. */
  interface Writer {
    void write(Representation representation, Path file) throws IOException;
  }

  private static final Map<String, Writer> BY_ENDING =
      Map.ofEntries(
          Map.entry("npy", NumpyWriter::npy),
          Map.entry("npz", NumpyWriter::npz),
          Map.entry("pt", TorchWriter::pt),
          Map.entry("h5", Hdf5Writer::h5),
          Map.entry("hdf5", Hdf5Writer::h5),
          Map.entry("mat", MatlabWriter::mat),
          Map.entry("csv", TextWriter::csv),
          Map.entry("tsv", TextWriter::tsv));

  private Writers() {}

  static void write(Representation representation, Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Writer writer = BY_ENDING.get(ending);
    if (writer == null) {
      throw new InputException(
          file
              + ": expected a name that ends with one of "
              + BY_ENDING.keySet().stream().sorted().toList());
    }
    try {
      AtomicFile.write(file, beside -> writer.write(representation, beside));
      if (ending.equals("npy")) {
        writeSideFile(representation, StimulusIds.beside(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Old ids beside new numbers would be wrong ids, so a side file is replaced or removed. */
  private static void writeSideFile(Representation representation, Path file) throws IOException {
    if (representation.stimulusIds().isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    List<String> ids = representation.stimulusIds().get();
    for (String id : ids) {
      if (!id.equals(id.strip()) || id.isEmpty() || id.lines().count() != 1) {
        throw new InputException(
            file
                + ": stimulus id '"
                + id.replaceAll("\\p{Cntrl}", "?")
                + "' is not one line of text");
      }
    }
    AtomicFile.write(file, beside -> Files.write(beside, ids));
  }
}
