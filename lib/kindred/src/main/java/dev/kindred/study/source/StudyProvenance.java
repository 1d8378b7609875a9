package dev.kindred.study.source;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.kindred.base.AtomicFile;
import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a stored study was made, and the checksum of every file: {@code provenance.json}. While the
 * study is being made, the file is called {@code unfinished.json} and lists what is finished.
 */
final class StudyProvenance {
  static final String FINISHED = "provenance.json";
  static final String UNFINISHED = "unfinished.json";

  /** Raised when files are laid out otherwise. */
  private static final int FORMAT = 1;

  private static final double SECONDS_OF_AN_HOUR = 3600;

  private static final Gson GSON =
      Json.builder().setPrettyPrinting().disableHtmlEscaping().create();

  // Read and written by Gson: plain fields, as old releases of it cannot fill records.
  private int format;
  private String study;
  private int revision;
  private String command;
  private String commit;
  private String made;
  private double hours;
  private TreeMap<String, String> versions;
  private TreeMap<String, String> settings;
  private TreeMap<String, Long> sizes;
  private LinkedHashMap<String, Facts> files;

  /** One finished file. */
  private static final class Facts {
    private long bytes;
    private String sha256;
    private double seconds;
  }

  private StudyProvenance() {}

  /** Of a study that begins now, with this version of Kindred on this machine. */
  static StudyProvenance begin(StorableStudy study, SortedMap<String, String> settings) {
    StudyProvenance begun = new StudyProvenance();
    begun.format = FORMAT;
    begun.study = study.name();
    begun.revision = study.revision();
    begun.command = study.command(settings);
    begun.settings = new TreeMap<>(settings);
    begun.sizes = new TreeMap<>();
    begun.files = new LinkedHashMap<>();
    begun.note();
    return begun;
  }

  /** Notes what computes from now on. */
  void note() {
    String version = StudyProvenance.class.getPackage().getImplementationVersion();
    versions = new TreeMap<>();
    versions.put("kindred", version == null ? "not packaged" : version);
    versions.put("java", System.getProperty("java.version"));
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    commit = commitOfSources();
  }

  /**
   * The commit of the clone that runs, marked if it was changed since; null where it is unknown.
   */
  private static String commitOfSources() {
    String home = System.getenv("KINDRED_HOME");
    if (home == null || home.isBlank()) {
      return null;
    }
    try {
      Process git =
          new ProcessBuilder(
                  "git",
                  "-C",
                  home,
                  "describe",
                  "--always",
                  "--abbrev=40",
                  "--dirty",
                  "--exclude=*")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      String found =
          new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? found.strip() : null;
    } catch (IOException e) {
      return null; // there is no git
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  static boolean isFinished(Path folder) {
    return Files.isRegularFile(folder.resolve(FINISHED));
  }

  static boolean isUnfinished(Path folder) {
    return !isFinished(folder) && Files.isRegularFile(folder.resolve(UNFINISHED));
  }

  /** Reads the provenance of a finished or an unfinished study and checks whose it is. */
  static StudyProvenance read(Path folder, String study, int revision) {
    Path file = folder.resolve(isFinished(folder) ? FINISHED : UNFINISHED);
    StudyProvenance read;
    try {
      read = GSON.fromJson(Files.readString(file), StudyProvenance.class);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new InputException(file + ": expected the provenance of a stored study in JSON", e);
    }
    if (read == null || read.format == 0 || read.study == null) {
      throw new InputException(file + ": expected the provenance of a stored study");
    }
    if (read.format != FORMAT) {
      throw new InputException(
          file
              + ": expected format "
              + FORMAT
              + " of stored studies, found "
              + read.format
              + "; another version of Kindred made it");
    }
    if (!read.study.equals(study)) {
      throw new InputException(file + ": expected the study " + study + ", found " + read.study);
    }
    if (read.revision != revision) {
      throw new InputException(
          file
              + ": expected revision "
              + revision
              + " of the study "
              + study
              + ", found "
              + read.revision
              + "; another version of Kindred made it");
    }
    if (read.settings == null
        || read.sizes == null
        || read.files == null
        || read.command == null
        || read.files.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getValue() == null
                        || entry.getValue().sha256 == null
                        || !entry
                            .getKey()
                            .equals(Path.of(entry.getKey()).getFileName().toString()))) {
      throw new InputException(
          file + ": expected settings, sizes, the command and files with their checksums");
    }
    return read;
  }

  SortedMap<String, String> settings() {
    return new TreeMap<>(settings);
  }

  List<String> files() {
    return List.copyOf(files.keySet());
  }

  String command() {
    return command;
  }

  String sha256(String file) {
    return files.get(file).sha256;
  }

  /**
   * What is wrong with a file that should be there, in words.
   *
   * @return null if nothing is
   */
  String fault(Path folder, String name) {
    Path file = folder.resolve(name);
    Facts facts = files.get(name);
    try {
      if (!Files.isRegularFile(file)) {
        return file + " is missing";
      }
      if (Files.size(file) != facts.bytes) {
        return file + ": expected " + facts.bytes + " bytes, found " + Files.size(file);
      }
      return Checksums.sha256(file).equals(facts.sha256)
          ? null
          : file + " is damaged: its SHA-256 is not the one in " + FINISHED;
    } catch (IOException e) {
      return file + ": cannot be read: " + e.getMessage();
    }
  }

  /** What is wrong with files that should be there, in words. */
  List<String> faults(Path folder) {
    return files.keySet().stream()
        .map(name -> fault(folder, name))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Names in the folder that the study does not list. */
  List<String> extra(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> !files.containsKey(name))
          .filter(name -> !name.equals(FINISHED) && !name.equals(UNFINISHED))
          .filter(name -> !StudyLocks.isLock(name))
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  void sizes(Map<String, Long> of) {
    sizes.putAll(of);
  }

  void remove(String name) {
    files.remove(name);
  }

  void add(Path folder, String name, double seconds) throws IOException {
    Facts facts = new Facts();
    facts.bytes = Files.size(folder.resolve(name));
    facts.sha256 = Checksums.sha256(folder.resolve(name));
    facts.seconds = seconds;
    files.put(name, facts);
  }

  /** Adds time that belongs to no file, such as that of opening the input. */
  void addHours(double seconds) {
    hours += seconds / SECONDS_OF_AN_HOUR;
  }

  /** Makes a finished study one that goes on. */
  static void reopen(Path folder) throws IOException {
    Files.move(
        folder.resolve(FINISHED), folder.resolve(UNFINISHED), StandardCopyOption.ATOMIC_MOVE);
  }

  void writeUnfinished(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(UNFINISHED), GSON.toJson(this) + "\n");
  }

  /** Of the study with some of its files. */
  StudyProvenance of(Predicate<String> kept) {
    StudyProvenance some = GSON.fromJson(GSON.toJson(this), StudyProvenance.class);
    some.files.keySet().removeIf(kept.negate());
    return some;
  }

  /**
   * Ends the study.
   *
   * @param order of the files, whoever was finished first
   */
  void writeFinished(Path folder, List<String> order) throws IOException {
    LinkedHashMap<String, Facts> ordered = new LinkedHashMap<>();
    order.forEach(name -> ordered.put(name, files.get(name)));
    files = ordered;
    made = LocalDate.now(ZoneOffset.UTC).toString();
    AtomicFile.write(folder.resolve(FINISHED), GSON.toJson(this) + "\n");
    Files.deleteIfExists(folder.resolve(UNFINISHED));
  }

  @Override
  public String toString() {
    long bytes = files.values().stream().mapToLong(facts -> facts.bytes).sum();
    return String.format(
        java.util.Locale.ROOT,
        "%s: %d files, %.1f MB, made on %s in %.2f hours by %s",
        study,
        files.size(),
        bytes / 1e6,
        made,
        hours,
        command);
  }
}
