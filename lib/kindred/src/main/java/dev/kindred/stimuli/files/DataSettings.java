package dev.kindred.stimuli.files;

import dev.kindred.base.Places;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where data sets are looked for and kept.
 *
 * @param manifests folders with manifests, asked in this order before the built-in ones
 * @param mirrors folders that hold {@code <data set>/<file>}, asked before the network
 * @param cache folder for downloads and unpacked archives
 * @param offline whether the network must not be used
 */
public record DataSettings(List<Path> manifests, List<Path> mirrors, Path cache, boolean offline) {

  public DataSettings {
    manifests = List.copyOf(manifests);
    mirrors = List.copyOf(mirrors);
  }

  /** From the environment variables of this process; see {@link #from(Map)}. */
  public static DataSettings fromEnvironment() {
    return from(System.getenv());
  }

  /**
   * From environment variables: {@code KINDRED_MANIFESTS} and {@code KINDRED_MIRROR} (folders,
   * separated as {@code PATH} is), {@code KINDRED_HOME} (the repository, whose {@code
   * data-manifests} come last), {@code KINDRED_CACHE} (see {@link Places#cache()}), {@code
   * KINDRED_OFFLINE} (anything but empty, {@code 0} or {@code false}).
   */
  public static DataSettings from(Map<String, String> environment) {
    List<Path> manifests = new ArrayList<>(folders(environment.get("KINDRED_MANIFESTS")));
    String home = environment.get("KINDRED_HOME");
    if (home != null && !home.isBlank()) {
      Path folder = Path.of(home, "data-manifests");
      if (Files.isDirectory(folder)) {
        manifests.add(folder);
      }
    }
    String offline = Optional.ofNullable(environment.get("KINDRED_OFFLINE")).orElse("").trim();
    return new DataSettings(
        manifests,
        folders(environment.get("KINDRED_MIRROR")),
        cache(environment).resolve("data"),
        !(offline.isEmpty() || offline.equals("0") || offline.equalsIgnoreCase("false")));
  }

  private static Path cache(Map<String, String> environment) {
    String given = environment.get("KINDRED_CACHE");
    if (given != null && !given.isBlank()) {
      return Path.of(given);
    }
    return Places.cache();
  }

  private static List<Path> folders(String list) {
    List<Path> folders = new ArrayList<>();
    if (list != null) {
      for (String folder : list.split(File.pathSeparator)) {
        if (!folder.isBlank()) {
          folders.add(Path.of(folder.trim()));
        }
      }
    }
    return folders;
  }
}
