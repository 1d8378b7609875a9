package dev.kindred.study.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A study whose files are made as slowly as a test wants: each begins with a line in a log, and is
 * held while a file of its name is among those to hold. A process of its own makes it, too.
 */
final class SharedStudy implements StorableStudy {
  static final List<String> FILES = List.of("a.csv", "b.csv", "c.csv", "d.csv", "all.csv");

  private static final String PLACE = "place";
  private static final long PATIENCE_SECONDS = 60;

  /**
   * Makes the study.
   *
   * @param arguments its folder, and that of the log
   */
  public static void main(String[] arguments) throws IOException {
    new StudyWriter(Path.of(arguments[0]))
        .write(
            new SharedStudy(),
            settings(Path.of(arguments[1])),
            (file, finished, all, seconds, left) -> {});
  }

  static SortedMap<String, String> settings(Path place) {
    return new TreeMap<>(Map.of(PLACE, place.toString()));
  }

  static Path log(Path place) {
    return place.resolve("log");
  }

  static Path hold(Path place, String name) {
    return place.resolve("hold-" + name);
  }

  @Override
  public String name() {
    return "shared";
  }

  @Override
  public int revision() {
    return 1;
  }

  @Override
  public String command(SortedMap<String, String> settings) {
    return "make it";
  }

  @Override
  public Making open(SortedMap<String, String> settings) {
    Path place = Path.of(settings.get(PLACE));
    return new Making() {
      @Override
      public Map<String, Long> sizes() {
        return Map.of("files", (long) FILES.size());
      }

      @Override
      public List<String> files() {
        return FILES;
      }

      @Override
      public boolean isDerived(String name) {
        return name.equals("all.csv");
      }

      @Override
      public void write(String name, Path target, StoredStudy before) throws IOException {
        Files.writeString(
            log(place),
            name + " " + ProcessHandle.current().pid() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        Files.writeString(target, "half a fi");
        await(hold(place, name));
        Files.writeString(target, isDerived(name) ? String.join(" ", before.files()) : name);
      }
    };
  }

  private static void await(Path hold) {
    try {
      for (long waited = 0; Files.exists(hold); waited++) {
        if (waited > TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)) {
          throw new IllegalStateException(hold + " was never removed");
        }
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Check> verify(StoredStudy stored, SortedMap<String, String> settings, long seed) {
    throw new UnsupportedOperationException();
  }
}
