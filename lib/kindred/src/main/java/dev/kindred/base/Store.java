package dev.kindred.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results by what they were made from: a {@link StoreKey} names a folder of files that is computed
 * once and found again by everyone.
 *
 * <p>A result is complete or absent: it is made in a working folder and moved into place with its
 * index of sizes and checksums. The working folder of a run that was killed is handed to the next
 * run, which may go on from the files it finds there. A result whose files no longer match its
 * index is recomputed, never served. Two threads or two processes that want the same result compute
 * it once: the second waits.
 */
public final class Store {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private final Path root;
  private final StoreUsers users;
  private final Set<Path> verified = ConcurrentHashMap.newKeySet();

  private Store(Path root) {
    this.root = root;
    this.users = new StoreUsers(root);
  }

  /** Opens the store in {@code root}, which need not exist yet. */
  public static Store open(Path root) {
    return new Store(root.toAbsolutePath().normalize());
  }

  /** The store that notebooks and commands share, in {@link Places#cache()}. */
  public static Store standard() {
    return open(Places.cache().resolve("store"));
  }

  /** The folder of this store. */
  public Path root() {
    return root;
  }

  /** Fills a working folder with the files of a result. */
  @FunctionalInterface
  public interface Computation {
    /**
     * Writes every file of the result into {@code folder}. The folder is empty, or holds what an
     * earlier run wrote before it was stopped; a computation that goes on from such files writes
     * each of them beside and renames it.
     */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * The folder of the result for {@code key}, computed if it is not there yet.
   *
   * @throws CancelledException if the thread is interrupted while another process computes the same
   *     result
   */
  public Path folder(StoreKey key, Computation computation) {
    users.register();
    Path done = place(key);
    if (isSound(done)) {
      return used(done);
    }
    try (ProcessLock ignored = ProcessLock.acquire(lockFile(key.folderName()), key)) {
      if (!isSound(done)) {
        compute(key, done, computation);
      }
      return used(done);
    } catch (IOException e) {
      throw new UncheckedIOException("store " + root + ": cannot write the result " + key, e);
    }
  }

  /** True if the result is there and sound. */
  public boolean contains(StoreKey key) {
    return isSound(place(key));
  }

  /** Every result, and every unfinished one, most recently used first. */
  public List<StoreEntry> list() {
    List<StoreEntry> entries = new ArrayList<>();
    for (Path folder : children(results())) {
      StoreIndex.read(folder)
          .ifPresentOrElse(
              index -> entries.add(index.entry(folder)),
              () -> entries.add(StoreEntry.unreadable(folder)));
    }
    for (Path folder : children(working())) {
      entries.add(StoreEntry.unfinished(folder));
    }
    entries.sort(Comparator.comparing(StoreEntry::lastUsed).reversed());
    return entries;
  }

  /**
   * Removes what has not been used since {@code before}, then the least recently used until no more
   * than {@code keep} bytes are left. What another living process has used, or is computing, stays.
   *
   * @param before entries last used earlier go; {@link Instant#EPOCH} for none
   * @param keep bytes that may stay; {@link Long#MAX_VALUE} for no limit
   * @param dryRun whether to only tell what would be removed
   */
  public StorePruning prune(Instant before, long keep, boolean dryRun) {
    List<StoreEntry> entries = new ArrayList<>(list());
    Collections.reverse(entries);
    Optional<Instant> othersSince = users.othersSince();
    long left = entries.stream().mapToLong(StoreEntry::bytes).sum();
    List<StoreEntry> removed = new ArrayList<>();
    List<StoreEntry> inUse = new ArrayList<>();
    for (StoreEntry entry : entries) {
      if (!entry.lastUsed().isBefore(before) && left <= keep) {
        continue;
      }
      boolean used = othersSince.map(since -> !entry.lastUsed().isBefore(since)).orElse(false);
      if (!used && remove(entry, dryRun)) {
        removed.add(entry);
        left -= entry.bytes();
      } else {
        inUse.add(entry);
      }
    }
    return new StorePruning(removed, inUse);
  }

  private boolean remove(StoreEntry entry, boolean dryRun) {
    try {
      Path file = lockFile(entry.folder().getFileName().toString());
      Optional<ProcessLock> lock = ProcessLock.tryAcquire(file);
      if (lock.isEmpty()) {
        return false; // it is being computed
      }
      try (ProcessLock ignored = lock.get()) {
        if (!dryRun) {
          delete(entry.folder());
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("store " + root + ": cannot remove " + entry.folder(), e);
    }
  }

  private void compute(StoreKey key, Path done, Computation computation) throws IOException {
    if (Files.exists(done)) {
      LOG.warn("store: {} does not match its checksums and is computed again", done);
      delete(done);
    }
    Path folder = working().resolve(key.folderName());
    Files.createDirectories(folder);
    computation.writeTo(folder);
    StoreIndex.write(folder, key);
    Files.createDirectories(done.getParent());
    // A folder that work goes on in after a stop, so no AtomicFile.
    Files.move(folder, done, StandardCopyOption.ATOMIC_MOVE);
    verified.add(done);
  }

  /** Checksums are compared once per process and folder, sizes and presence every time. */
  private boolean isSound(Path folder) {
    boolean known = verified.contains(folder);
    boolean sound =
        StoreIndex.read(folder)
            .map(index -> known ? index.matchesInSize(folder) : index.matches(folder))
            .orElse(false);
    if (sound) {
      verified.add(folder);
    } else {
      verified.remove(folder);
    }
    return sound;
  }

  private static Path used(Path folder) {
    try {
      Files.setLastModifiedTime(StoreIndex.file(folder), FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("store: cannot note the use of {}", folder, e); // a read-only store still serves
    }
    return folder;
  }

  private Path place(StoreKey key) {
    return results().resolve(key.folderName());
  }

  private Path results() {
    return root.resolve("results");
  }

  private Path working() {
    return root.resolve("working");
  }

  private Path lockFile(String name) throws IOException {
    return Files.createDirectories(root.resolve("locks")).resolve(name);
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("store: cannot list " + folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
