package dev.kindred.stimuli.files;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;

/**
 * Some files of an archive (Croissant's {@code cr:FileSet}).
 *
 * @param id name within the manifest
 * @param containedIn id of the archive
 * @param includes glob patterns over the whole path in the archive; a file must match one
 * @param excludes glob patterns; a file must match none
 */
public record FileSet(String id, String containedIn, List<String> includes, List<String> excludes) {

  /** Whether a path within the archive belongs to the set. */
  public Predicate<String> filter() {
    List<PathMatcher> in = matchers(includes);
    List<PathMatcher> out = matchers(excludes);
    return name -> {
      Path path;
      try {
        path = Path.of(name);
      } catch (InvalidPathException e) {
        return false; // a name that this system cannot have is none that a pattern asks for
      }
      return in.stream().anyMatch(glob -> glob.matches(path))
          && out.stream().noneMatch(glob -> glob.matches(path));
    };
  }

  private static List<PathMatcher> matchers(List<String> globs) {
    return globs.stream()
        .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
        .toList();
  }
}
