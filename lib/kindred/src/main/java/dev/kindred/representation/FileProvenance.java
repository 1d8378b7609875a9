package dev.kindred.representation;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The provenance of numbers in a file, whose SHA-256 is computed when first asked for, as reading a
 * mapped file whole may take minutes.
 */
final class FileProvenance implements Supplier<Provenance> {
  private final Path file;
  private final long size;
  private final FileTime modified;
  private final String operation;
  private final Map<String, String> choices;
  private Provenance provenance;

  FileProvenance(Path file, String operation, Map<String, String> choices) {
    this.file = file.toAbsolutePath();
    this.operation = operation;
    this.choices = new TreeMap<>(choices);
    try {
      this.size = Files.size(file);
      this.modified = Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized Provenance get() {
    if (provenance == null) {
      choices.put("sha256", checksum());
      provenance = Provenance.of(operation, choices);
    }
    return provenance;
  }

  private String checksum() {
    try {
      if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
        throw new InputException(file + ": changed after it was opened; read it again");
      }
      return Checksums.sha256(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read any more: " + e.getMessage(), e);
    }
  }
}
