package dev.kindred.stimuli.decode;

import dev.kindred.base.array.Bytes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files below a folder. Links to folders are not followed. */
final class FolderArchive implements Archive {
  private final Path folder;
  private final List<Entry> entries = new ArrayList<>();

  FolderArchive(Path folder) throws IOException {
    this.folder = folder;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (!EntryNames.isHidden(path)) {
          entries.add(new FileEntry(file, path, Files.size(file)));
        }
      }
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(Entry::path));
  }

  @Override
  public List<Entry> entries() {
    return entries;
  }

  @Override
  public Path file() {
    return folder;
  }

  @Override
  public Bytes bytes(Entry entry, Path scratch) throws IOException {
    return Bytes.of(((FileEntry) entry).file());
  }

  private record FileEntry(Path file, String path, long size) implements Entry {
    @Override
    public byte[] read(long limit) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes((int) Math.min(limit, size) + 1);
        if (bytes.length > limit) {
          throw new IOException("larger than " + limit + " bytes");
        }
        return bytes;
      }
    }

    @Override
    public String where() {
      return file.toString();
    }
  }
}
