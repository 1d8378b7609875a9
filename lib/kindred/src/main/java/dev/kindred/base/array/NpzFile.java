package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A .npz file: a zip archive of .npy arrays, compressed or not. */
final class NpzFile extends ArrayFile {
  private static final String ENDING = ".npy";

  private final ZipEntries zip;
  private final List<Entry> entries = new ArrayList<>();

  NpzFile(Path file, ZipEntries zip) {
    super(file, "npz");
    this.zip = zip;
    for (String stored : zip.names()) {
      if (!stored.endsWith(ENDING)) {
        entries.add(Entry.other(stored, "not a .npy array"));
        continue;
      }
      String name = stored.substring(0, stored.length() - ENDING.length());
      try {
        // A header is far shorter; verified with everything else when the array is opened.
        entries.add(Npy.entry(where(name), name, zip.head(stored, 1 << 16)));
      } catch (InputException e) {
        entries.add(Entry.other(name, "unreadable: " + e.getMessage()));
      }
    }
  }

  static boolean matches(ZipEntries zip) {
    return zip.names().stream().anyMatch(name -> name.endsWith(ENDING));
  }

  @Override
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  NumericArray open(Entry entry) {
    return Npy.array(where(entry.name()), zip.bytes(entry.name() + ENDING));
  }

  @Override
  public Optional<List<String>> texts(String name) {
    return zip.names().contains(name + ENDING)
        ? Npy.texts(where(name), zip.bytes(name + ENDING))
        : Optional.empty();
  }
}
