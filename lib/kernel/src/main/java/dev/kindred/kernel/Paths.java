package dev.kindred.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** File names as a person writes them in a magic: with {@code *}, {@code ?} and {@code ~}. */
final class Paths {
  private Paths() {}

  /** The files that the pattern names; a plain name stands for itself, whether it exists or not. */
  static List<String> expand(String pattern) {
    String text =
        pattern.startsWith("~/") ? System.getProperty("user.home") + pattern.substring(1) : pattern;
    int wildcard = text.replace('?', '*').indexOf('*');
    if (wildcard < 0) {
      return List.of(text);
    }
    int cut = text.lastIndexOf('/', wildcard);
    Path root = Path.of(cut < 0 ? "." : cut == 0 ? "/" : text.substring(0, cut));
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + (cut < 0 ? "./" + text : text));
    try (Stream<Path> files =
        Files.walk(root, text.contains("**") ? Integer.MAX_VALUE : depth(text, cut))) {
      return files
          .filter(matcher::matches)
          .map(Path::toString)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + root, e);
    }
  }

  private static int depth(String text, int cut) {
    return 1 + (int) text.substring(cut + 1).chars().filter(c -> c == '/').count();
  }
}
