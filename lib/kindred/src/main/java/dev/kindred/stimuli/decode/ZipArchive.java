package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import dev.kindred.base.array.ZipEntries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/** A zip file; every entry's length and CRC-32 are checked when it is read. */
final class ZipArchive implements Archive {
  private final Path file;
  private final ZipEntries zip;
  private final List<Entry> entries = new ArrayList<>();

  ZipArchive(Path file) throws IOException {
    this.file = file;
    this.zip = new ZipEntries(file.toString(), Bytes.of(file));
    for (String name : zip.names()) {
      String path = EntryNames.normalise(name, file);
      if (!EntryNames.isHidden(path)) {
        entries.add(new Member(path, name));
      }
    }
    if (entries.size() > Limits.ENTRIES) {
      throw new InputException(file + ": more than " + Limits.ENTRIES + " entries");
    }
    entries.sort(Comparator.comparing(Entry::path));
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Bytes bytes(Entry entry, Path scratch) throws IOException {
    String name = ((Member) entry).name;
    return entry.size() <= Limits.HEAP_BYTES || zip.isStored(name)
        ? zip.bytes(name)
        : Bytes.of(
            Expansion.of(
                file,
                scratch,
                entry.path(),
                target -> {
                  try (InputStream in = zip.open(name)) {
                    CRC32 crc = new CRC32();
                    long count = Expansion.copy(in, target, crc, zip.compressedSize(name));
                    zip.verify(name, count, crc.getValue());
                  }
                }));
  }

  private final class Member implements Entry {
    private final String path;
    private final String name;

    Member(String path, String name) {
      this.path = path;
      this.name = name;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public long size() {
      return zip.size(name);
    }

    @Override
    public byte[] read(long limit) throws IOException {
      if (size() > limit) {
        throw new IOException(size() + " bytes, more than " + limit);
      }
      Bytes content = zip.bytes(name);
      return content.copy(where(), 0, (int) content.size());
    }

    @Override
    public String where() {
      return file + "!" + path;
    }
  }
}
