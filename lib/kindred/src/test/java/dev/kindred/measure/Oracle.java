package dev.kindred.measure;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The reference values and their inputs: the test resources {@code dev/kindred/oracle}, which its
 * README.md explains. What is missing is an error, never a reason to skip.
 */
public final class Oracle {
  private static final String FOLDER = "/dev/kindred/oracle/";
  private static final Map<String, List<JsonObject>> RECORDS = new ConcurrentHashMap<>();
  private static final Map<String, Set<String>> ARRAYS = new ConcurrentHashMap<>();
  private static final Map<String, Representation> READ = new ConcurrentHashMap<>();

  private Oracle() {}

  /** The files of references whose names match the glob, in the order of their names. */
  public static List<String> files(String glob) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(file("README.md").getParent(), glob)) {
      List<String> names = new ArrayList<>();
      found.forEach(file -> names.add(file.getFileName().toString()));
      names.sort(null);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records of a file, one a line. */
  public static List<JsonObject> records(String name) {
    return RECORDS.computeIfAbsent(name, Oracle::readRecords);
  }

  private static List<JsonObject> readRecords(String name) {
    try (Stream<String> lines = Files.lines(file(name))) {
      List<JsonObject> records =
          lines.map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
      if (records.isEmpty()) {
        throw new AssertionError(name + " holds no references");
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the arrays in a file; none where there is no such file. */
  public static Set<String> arrays(String file) {
    return ARRAYS.computeIfAbsent(file, Oracle::readNames);
  }

  private static Set<String> readNames(String file) {
    if (Oracle.class.getResource(FOLDER + file) == null) {
      return Set.of();
    }
    try (ZipFile zip = new ZipFile(file(file).toFile())) {
      return zip.stream()
          .map(entry -> entry.getName().replaceFirst("\\.npy$", ""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An input of {@code inputs.npz}, more than two axes flattened. */
  public static Representation input(String name) {
    return input("inputs.npz", name);
  }

  /** An array of a file, more than two axes flattened. */
  public static Representation input(String file, String name) {
    return READ.computeIfAbsent(file + " " + name, key -> read(file, name));
  }

  /**
   * Every entry that is read takes the checksum of the whole file. Processes for mutants live for
   * seconds: they read the files as {@code environment/mutation} unpacked them.
   */
  private static Representation read(String file, String name) {
    ReadOptions options = ReadOptions.defaults().id(name);
    String unpacked = System.getProperty("kindred.oracle");
    return unpacked == null
        ? Representations.read(file(file), options.entry(name))
        : Representations.read(Path.of(unpacked, file, name + ".npy"), options);
  }

  /** An input of {@code inputs.npz} as a file of its own, {@code <name>.npy} in the folder. */
  public static Path npy(String name, Path folder) {
    Path file = folder.resolve(name + ".npy");
    Representations.write(input(name), file);
    return file;
  }

  private static Path file(String name) {
    URL url = Oracle.class.getResource(FOLDER + name);
    if (url == null) {
      throw new AssertionError("no test resource dev/kindred/oracle/" + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
