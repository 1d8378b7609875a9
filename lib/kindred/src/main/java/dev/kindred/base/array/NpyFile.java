package dev.kindred.base.array;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A .npy file: one array without a name. */
final class NpyFile extends ArrayFile {
  private final FileBytes bytes;
  private final List<Entry> entries;

  NpyFile(Path file, FileBytes bytes) {
    super(file, "npy");
    this.bytes = bytes;
    this.entries = List.of(Npy.entry(file.toString(), "", bytes));
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  NumericArray open(Entry entry) {
    return Npy.array(where(""), bytes);
  }

  @Override
  public Optional<List<String>> texts(String name) {
    return name.isEmpty() ? Npy.texts(where(""), bytes) : Optional.empty();
  }
}
