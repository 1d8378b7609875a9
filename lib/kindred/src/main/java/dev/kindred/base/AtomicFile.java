package dev.kindred.base;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that are there whole or not at all: written beside their place, then renamed.
 *
 * <p>A symbolic link stays one, and the file that it leads to is replaced. What is neither a file
 * nor a folder, such as a pipe or {@code /dev/stdout}, is written through. New files have the
 * permissions that the process gives to new files, replaced ones keep theirs.
 */
public final class AtomicFile {
  /** What a process writes beside, with its number. */
  private static final Pattern UNFINISHED = Pattern.compile("\\.kindred-(\\d+)-[0-9a-f-]+\\.part");

  /** As many as Linux follows. */
  private static final int LINKS = 40;

  private AtomicFile() {}

  /** Fills a new, empty file. */
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  /**
   * Writes a file; folders on the way to it are made.
   *
   * @throws InputException as {@link #requireWritable}
   * @throws IOException if writing fails; what stood there before is then unchanged
   */
  public static void write(Path file, Content content) throws IOException {
    Path place = place(file);
    if (isStream(place)) {
      Path whole = Files.createTempFile("kindred-", ".part");
      try {
        content.writeTo(whole);
        try (OutputStream stream = Files.newOutputStream(place, StandardOpenOption.WRITE)) {
          Files.copy(whole, stream);
        } catch (IOException e) {
          throw new IOException(file + ": " + e.getMessage(), e);
        }
      } finally {
        Files.deleteIfExists(whole);
      }
      return;
    }
    Files.createDirectories(place.getParent());
    Path beside = beside(place.getParent());
    try {
      create(file, beside);
      content.writeTo(beside);
      if (Files.exists(place) && Files.getFileStore(place).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(place));
      }
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** A name of its own, as the file's may be as long as names can be. */
  private static Path beside(Path folder) {
    return folder.resolve(
        ".kindred-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".part");
  }

  private static void create(Path file, Path beside) throws IOException {
    try {
      Files.createFile(beside);
    } catch (NoSuchFileException e) {
      throw new InputException(
          file + " cannot be written: no file can be made in " + beside.getParent(), e);
    }
  }

  /** As {@link #write(Path, Content)}. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, (Content) beside -> Files.write(beside, content));
  }

  /** As {@link #write(Path, Content)}, in UTF-8. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Fails, before anything is computed, where no file can be written: an empty name, a folder, a
   * path through something that is not a folder, a name that is too long, a folder that does not
   * let this user write.
   */
  public static void requireWritable(Path file) {
    Path place = place(file);
    if (Files.exists(place)) {
      if (isStream(place) && !Files.isWritable(place)) {
        throw new InputException(file + " cannot be written by this user");
      }
    }
    Path folder = place.getParent();
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (!isStream(place) && !Files.isWritable(folder)) {
      throw new InputException(
          file + " cannot be written: this user may not make files in " + folder);
    }
  }

  /**
   * Makes a folder, and those on the way to it, and tries whether files can be made there: some
   * file systems refuse what the permissions allow.
   *
   * @throws InputException if not
   */
  public static void makeFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException(folder + ": expected a folder, found a file");
    }
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(Files.createFile(beside(folder)));
    } catch (IOException e) {
      throw new InputException(folder + ": no files can be written in this folder", e);
    }
  }

  /** Whether a file in a folder is half written, or was when its process was killed. */
  public static boolean isUnfinished(String name) {
    return UNFINISHED.matcher(name).matches();
  }

  /** Removes what processes that were killed left half written in a folder. */
  public static void removeUnfinished(Path folder) {
    removeUnfinished(folder, process -> ProcessHandle.of(process).isEmpty());
  }

  /**
   * Removes all that is half written in a folder where no process writes any more: the number of
   * one that was killed may be another's by now.
   */
  public static void removeAllUnfinished(Path folder) {
    removeUnfinished(folder, process -> true);
  }

  private static void removeUnfinished(Path folder, LongPredicate ofProcess) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = UNFINISHED.matcher(file.getFileName().toString());
        if (name.matches() && ofProcess.test(Long.parseLong(name.group(1)))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be read", e);
    }
  }

  private static boolean isStream(Path place) {
    return Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
  }

  /**
   * The absolute path that is written, links resolved.
   *
   * @throws InputException if it is a folder, or cannot be a file
   */
  public static Path place(Path file) {
    if (file.toString().isEmpty()) {
      throw new InputException("expected the name of a file to write, found an empty one");
    }
    Path place = file.toAbsolutePath();
    // The links of /dev/stdout lead to a pipe that has no name.
    for (int links = 0; Files.isSymbolicLink(place) && !isStream(place); links++) {
      if (links == LINKS) {
        throw new InputException(file + ": the links lead in a circle");
      }
      try {
        place = place.resolveSibling(Files.readSymbolicLink(place));
      } catch (IOException e) {
        throw new InputException(file + ": a link that cannot be read: " + e.getMessage(), e);
      }
    }
    if (Files.isDirectory(place)) {
      throw new InputException(file + " is a folder; expected the name of a file to write");
    }
    requirePossible(file, place);
    return place;
  }

  private static void requirePossible(Path file, Path place) {
    try {
      Files.readAttributes(place, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      // The usual case: a new file.
    } catch (FileSystemException e) {
      for (Path folder = place.getParent(); folder != null; folder = folder.getParent()) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
          throw new InputException(
              file + " cannot be written: " + folder + " is a file, not a folder", e);
        }
      }
      throw new InputException(file + " cannot be written: " + e.getReason(), e);
    } catch (IOException e) {
      throw new InputException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
