package dev.kindred.stimuli.files;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The manifests of the given folders and those that come with the library. */
public final class Manifests {
  private static final String BUILT_IN = "/dev/kindred/data-manifests";

  private final List<Path> folders;

  /**
   * @param folders folders with {@code *.json}; an earlier one wins where two have a data set of
   *     one name; the built-in manifests come last
   */
  public Manifests(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** All manifests, sorted by name. */
  public List<Manifest> all() {
    Map<String, Manifest> byName = new TreeMap<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new InputException(folder + ": expected a folder with manifests (KINDRED_MANIFESTS)");
      }
      readFolder(folder).forEach(byName::putIfAbsent);
    }
    builtIn().forEach(byName::putIfAbsent);
    return List.copyOf(byName.values());
  }

  /** The manifest of that name. */
  public Manifest find(String name) {
    List<Manifest> all = all();
    return all.stream()
        .filter(manifest -> manifest.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "no data set is called "
                        + name
                        + "; there are "
                        + String.join(", ", all.stream().map(Manifest::name).toList())));
  }

  private static Map<String, Manifest> readFolder(Path folder) {
    Map<String, Manifest> found = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
    for (Path file : files) {
      Manifest manifest = Manifest.read(file);
      Manifest other = found.putIfAbsent(manifest.name(), manifest);
      if (other != null) {
        throw new InputException(
            file + " and " + other.origin() + " both describe " + manifest.name());
      }
    }
    return found;
  }

  private static Map<String, Manifest> builtIn() {
    URL url = Manifests.class.getResource(BUILT_IN);
    if (url == null) {
      return Map.of();
    }
    try {
      return at(url.toURI());
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the manifests of the library", e);
    }
  }

  /** The manifests in a folder of the class path: one on the disk, or one within a jar. */
  static Map<String, Manifest> at(URI folder) throws IOException {
    if (folder.getScheme().equals("file")) {
      return readFolder(Path.of(folder));
    }
    String[] jarAndPath = folder.getRawSchemeSpecificPart().split("!", 2);
    // Not the file system of the URI: that one is shared, and closing it would hurt its users.
    try (FileSystem files = FileSystems.newFileSystem(Path.of(URI.create(jarAndPath[0])))) {
      return readFolder(files.getPath(jarAndPath[1]));
    }
  }
}
