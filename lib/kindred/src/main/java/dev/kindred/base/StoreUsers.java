package dev.kindred.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that use a store. Each keeps a file of its own locked for as long as it lives; the
 * file's time is that of its first use. A result that no living process can have asked for was last
 * used before all of these times.
 */
final class StoreUsers {
  private static final Logger LOG = LoggerFactory.getLogger(StoreUsers.class);

  /** This process's file for every store; the channel holds the lock until the process ends. */
  private static final Map<Path, User> OWN = new ConcurrentHashMap<>();

  private final Path folder;

  private record User(Path file, FileChannel channel) {}

  StoreUsers(Path root) {
    folder = root.resolve("users");
  }

  /** Notes that this process uses the store. */
  void register() {
    OWN.computeIfAbsent(folder, StoreUsers::create);
  }

  private static User create(Path folder) {
    try {
      Files.createDirectories(folder);
      while (true) {
        Path file = folder.resolve(UUID.randomUUID().toString());
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        if (channel.tryLock() != null && Files.exists(file)) {
          return new User(file, channel);
        }
        channel.close(); // taken for that of a dead process between its creation and the lock
      }
    } catch (IOException e) {
      LOG.debug("store: cannot note the use of {}", folder, e); // a read-only store still serves
      return null;
    }
  }

  /** When the first of the other living processes began; files of dead ones are removed. */
  Optional<Instant> othersSince() {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    User own = OWN.get(folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> own == null || !file.equals(own.file))
          .flatMap(file -> began(file).stream())
          .min(Instant::compareTo);
    } catch (IOException e) {
      throw new UncheckedIOException("store: cannot read " + folder, e);
    }
  }

  private static Optional<Instant> began(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return Optional.of(Files.getLastModifiedTime(file).toInstant());
      }
      Files.deleteIfExists(file);
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // another process has removed it
    } catch (IOException e) {
      throw new UncheckedIOException("store: cannot read " + file, e);
    }
  }
}
