package dev.kindred.stimuli.files;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What has arrived of a download, beside its target: {@code name.part} with the bytes and {@code
 * name.part.txt} with the address and the server's validator (ETag or Last-Modified).
 */
final class PartialFile {
  private final Download download;
  private final Path file;
  private final Path description;

  PartialFile(Download download) {
    this.download = download;
    this.file = beside(".part");
    this.description = beside(".part.txt");
  }

  private Path beside(String ending) {
    return download.to().resolveSibling(download.to().getFileName() + ending);
  }

  Path file() {
    return file;
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /**
   * Drops a part that must not be continued: one from another address, or one without a validator
   * where no checksum would show that two versions of the file were mixed.
   */
  void discardUnless(boolean checked) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines =
        Files.exists(description)
            ? Files.readAllLines(description, StandardCharsets.UTF_8)
            : List.of();
    boolean same = !lines.isEmpty() && lines.get(0).equals(download.from().toString());
    if (!same || (!checked && validator().isEmpty())) {
      discard();
    }
  }

  void discard() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(description);
  }

  void describe(Optional<String> validator) throws IOException {
    Files.writeString(
        description, download.from() + "\n" + validator.orElse("") + "\n", StandardCharsets.UTF_8);
  }

  /** What the server called the version of the file that the part is from. */
  Optional<String> validator() {
    try {
      List<String> lines = Files.readAllLines(description, StandardCharsets.UTF_8);
      return lines.size() > 1 && !lines.get(1).isBlank()
          ? Optional.of(lines.get(1))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A strong ETag, else the time of change. */
  static Optional<String> validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> headers.firstValue("Last-Modified"));
  }
}
