package dev.kindred.study.source;

import dev.kindred.base.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The locks of the processes that make one stored study together: one on what is finished, and one
 * on every file that somebody makes. They end with their processes; what is left of them are empty
 * files in the folder, {@code .kindred-<file>.lock}.
 */
final class StudyLocks {
  private static final String BEGIN = ".kindred-";
  private static final String END = ".lock";

  private final Path folder;

  StudyLocks(Path folder) {
    this.folder = folder;
  }

  /** Waits until no other process reads or changes what is finished. */
  ProcessLock alone() throws IOException {
    return ProcessLock.acquire(file(StudyProvenance.UNFINISHED), folder);
  }

  /** The lock of who makes a file; empty if somebody does. To be taken {@link #alone}. */
  Optional<ProcessLock> claim(String name) throws IOException {
    return ProcessLock.tryAcquire(file(name));
  }

  private Path file(String name) {
    return folder.resolve(BEGIN + name + END);
  }

  static boolean isLock(String name) {
    return name.startsWith(BEGIN) && name.endsWith(END);
  }

  /**
   * Removes all of them from the folder of a finished study. Before it is finished, a process could
   * wait for a lock of the old file while another makes the file, and the lock, anew.
   */
  void remove() throws IOException {
    List<Path> locks;
    try (Stream<Path> files = Files.list(folder)) {
      locks = files.filter(file -> isLock(file.getFileName().toString())).toList();
    }
    for (Path lock : locks) {
      Files.deleteIfExists(lock);
    }
  }
}
