package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** A tar file without compression: the index is read once, entries where they lie. */
final class TarArchive implements Archive {
  private static final int BLOCK = 512;

  private final Path shown;
  private final Bytes bytes;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param tar the tar file
   * @param shown the file to name in messages: the tar.gz that {@code tar} was expanded from, or
   *     itself
   */
  TarArchive(Path tar, Path shown) throws IOException {
    this.shown = shown;
    this.bytes = Bytes.of(tar);
    long end = 0;
    try (TarFile index = new TarFile(bytes.channel())) {
      for (TarArchiveEntry entry : index.getEntries()) {
        end = Math.max(end, entry.getDataOffset() + entry.getSize());
        String path = EntryNames.normalise(entry.getName(), shown);
        if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink()) {
          continue;
        }
        if (EntryNames.isHidden(path)) {
          continue;
        }
        if (entry.isSparse()) {
          throw new InputException(shown + "!" + path + ": sparse files are not read");
        }
        if (entry.getDataOffset() < 0
            || entry.getSize() < 0
            || entry.getDataOffset() > bytes.size() - entry.getSize()) {
          throw new InputException(
              shown
                  + "!"
                  + path
                  + ": expected "
                  + entry.getSize()
                  + " bytes, but the archive ends before: it is truncated");
        }
        entries.add(new Member(path, entry.getDataOffset(), entry.getSize()));
      }
    }
    requireEnd(end);
    if (entries.isEmpty()) {
      throw new InputException(shown + ": expected a zip or tar with files, found none");
    }
    entries.sort(Comparator.comparing(Entry::path));
  }

  /** A tar ends with blocks of zeros; one that was cut between two files lacks them. */
  private void requireEnd(long endOfData) {
    long block = (endOfData + BLOCK - 1) / BLOCK * BLOCK;
    boolean ended = block >= 0 && block <= bytes.size() - BLOCK;
    if (ended) {
      for (byte value : bytes.copy(shown.toString(), block, BLOCK)) {
        ended &= value == 0;
      }
    }
    if (!ended) {
      throw new InputException(shown + ": the tar has no end: it is truncated");
    }
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public Path file() {
    return shown;
  }

  @Override
  public Bytes bytes(Entry entry, Path scratch) {
    Member member = (Member) entry;
    return bytes.part(member.offset, member.size);
  }

  private final class Member implements Entry {
    private final String path;
    private final long offset;
    private final long size;

    Member(String path, long offset, long size) {
      this.path = path;
      this.offset = offset;
      this.size = size;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public byte[] read(long limit) throws IOException {
      if (size > limit) {
        throw new IOException(size + " bytes, more than " + limit);
      }
      return bytes.copy(where(), offset, (int) size);
    }

    @Override
    public String where() {
      return shown + "!" + path;
    }
  }
}
