package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip file; every entry's length and CRC-32 are checked when it is read. */
final class ZipArchive implements Archive {
  private final Path file;
  private final ZipFile zip;
  private final List<Entry> entries = new ArrayList<>();

  /** The file is closed when this object is garbage. */
  ZipArchive(Path file) throws IOException {
    this.file = file;
    this.zip = open(file);
    boolean opened = false;
    try {
      Enumeration<? extends ZipEntry> all = zip.entries();
      while (all.hasMoreElements()) {
        ZipEntry entry = all.nextElement();
        String path = EntryNames.normalise(entry.getName(), file);
        if (!entry.isDirectory() && !EntryNames.isHidden(path)) {
          entries.add(new Member(path, entry));
        }
        if (entries.size() > Limits.ENTRIES) {
          throw new InputException(file + ": more than " + Limits.ENTRIES + " entries");
        }
      }
      opened = true;
    } finally {
      if (!opened) {
        zip.close();
      }
    }
    entries.sort(Comparator.comparing(Entry::path));
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException | IllegalArgumentException e) {
      // Old archivers write names in the code page of their system and do not say so.
      Charset lenient = StandardCharsets.ISO_8859_1;
      return new ZipFile(file.toFile(), lenient);
    }
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
  public SeekableBytes bytes(Entry entry, Path scratch) throws IOException {
    if (entry.size() >= 0 && entry.size() <= Limits.HEAP_BYTES) {
      return SeekableBytes.of(entry.read(Limits.HEAP_BYTES));
    }
    Member member = (Member) entry;
    return SeekableBytes.of(
        Expansion.of(
            file,
            scratch,
            member.path(),
            target -> {
              try (InputStream in = zip.getInputStream(member.entry())) {
                CRC32 crc = new CRC32();
                long count = Expansion.copy(in, target, crc, member.entry().getCompressedSize());
                member.check(count, crc);
              }
            }));
  }

  private final class Member implements Entry {
    private final String path;
    private final ZipEntry entry;

    Member(String path, ZipEntry entry) {
      this.path = path;
      this.entry = entry;
    }

    ZipEntry entry() {
      return entry;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public long size() {
      return entry.getSize();
    }

    @Override
    public byte[] read(long limit) throws IOException {
      if (entry.getSize() > limit) {
        throw new IOException(entry.getSize() + " bytes, more than " + limit);
      }
      byte[] bytes;
      try (InputStream in = zip.getInputStream(entry)) {
        if (in == null) {
          throw new IOException("the archive has lost it");
        }
        // The declared size may be a lie in either direction: read to its end and one byte beyond.
        bytes = in.readNBytes((int) Math.min(limit, Math.max(0, entry.getSize())) + 1);
      }
      CRC32 crc = new CRC32();
      crc.update(bytes);
      check(bytes.length, crc);
      return bytes;
    }

    void check(long count, CRC32 crc) throws IOException {
      if (count != entry.getSize()) {
        throw new IOException(
            "expected "
                + entry.getSize()
                + " bytes, found "
                + (count > entry.getSize() ? "more" : String.valueOf(count)));
      }
      if (crc.getValue() != entry.getCrc()) {
        throw new IOException("its CRC-32 does not match: the archive is damaged");
      }
    }

    @Override
    public String where() {
      return file + "!" + path;
    }
  }
}
