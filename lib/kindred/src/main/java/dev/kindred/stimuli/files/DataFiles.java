package dev.kindred.stimuli.files;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files of data sets: beside the manifest, in mirrors, in the cache, or on the network,
 * in this order. A file is handed out only after its size and checksum have been found right.
 */
public final class DataFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DataFiles.class);

  /** Checksums of files as they were when they were last read, by place, size and time. */
  private static final Map<String, Checksum> CHECKED = new ConcurrentHashMap<>();

  private final DataSettings settings;
  private final Downloader downloader;
  private final Pins pins;

  public DataFiles(DataSettings settings, Downloader downloader) {
    this.settings = settings;
    this.downloader = downloader;
    this.pins = new Pins(settings.cache());
  }

  /** Where a file stands. */
  public enum State {
    /** It is there and right. */
    VERIFIED,
    /** It is there, and nobody knows what it should hash to. */
    UNPINNED,
    /** It is there and wrong. */
    WRONG,
    /** It is not there. */
    MISSING
  }

  /**
   * State of a file.
   *
   * @param file what the manifest says of it
   * @param state how it stands
   * @param path where it is, if it is there
   * @param detail what is wrong, in a line, or ""
   */
  public record Finding(FileObject file, State state, Optional<Path> path, String detail) {}

  /** Looks for a file on this machine and checks it; downloads nothing. */
  public Finding inspect(Manifest manifest, FileObject file) {
    Optional<Checksum> expected = expected(manifest, file);
    Finding wrong = null;
    for (Path place : places(manifest, file)) {
      if (!Files.isRegularFile(place)) {
        continue;
      }
      String problem = problem(place, file, expected);
      if (problem.isEmpty()) {
        State state = expected.isPresent() ? State.VERIFIED : State.UNPINNED;
        return new Finding(file, state, Optional.of(place), "");
      }
      if (wrong == null) {
        wrong = new Finding(file, State.WRONG, Optional.of(place), place + ": " + problem);
      }
    }
    return wrong != null ? wrong : new Finding(file, State.MISSING, Optional.empty(), "");
  }

  /**
   * The verified files, downloaded where they are missing.
   *
   * @param files whole files of the manifest
   * @throws InputException if one cannot be had; without a network, the line says which file to put
   *     where
   */
  public List<Path> require(Manifest manifest, List<FileObject> files, Progress progress) {
    List<Path> paths = new ArrayList<>();
    List<Download> downloads = new ArrayList<>();
    for (FileObject file : files) {
      Finding finding = inspect(manifest, file);
      if (finding.state() == State.VERIFIED || finding.state() == State.UNPINNED) {
        paths.add(finding.path().orElseThrow());
        if (finding.state() == State.UNPINNED && file.isRemote()) {
          pin(manifest, file, finding.path().orElseThrow());
        }
        continue;
      }
      if (!file.isRemote()) {
        throw new InputException(
            finding.state() == State.WRONG
                ? manifest.name() + ": " + finding.detail()
                : manifest.name() + ": expected " + places(manifest, file).get(0) + ", found none");
      }
      Path target = cached(manifest, file);
      if (settings.offline()) {
        throw new InputException(offline(manifest, file, finding));
      }
      if (finding.state() == State.WRONG) {
        LOG.warn("{}: {}; taken from the network instead", manifest.name(), finding.detail());
        discard(target);
      }
      downloads.add(
          new Download(
              manifest.name() + "/" + file.id(),
              URI.create(file.contentUrl()),
              target,
              file.size(),
              expected(manifest, file)));
      paths.add(target);
    }
    if (!downloads.isEmpty()) {
      download(manifest, files, downloads, progress);
    }
    return paths;
  }

  private void download(
      Manifest manifest, List<FileObject> files, List<Download> downloads, Progress progress) {
    try {
      downloader.fetchAll(downloads, progress);
    } catch (DownloadException e) {
      String hint =
          downloads.stream()
              .filter(download -> e.getMessage().startsWith(download.label() + ":"))
              .map(download -> "; or put the file as " + download.to())
              .findFirst()
              .orElse("");
      throw new DownloadException(e.getMessage() + hint, e);
    }
    for (FileObject file : files) {
      Path target = cached(manifest, file);
      if (expected(manifest, file).isEmpty() && Files.exists(target)) {
        pin(manifest, file, target);
      }
    }
  }

  private void pin(Manifest manifest, FileObject file, Path path) {
    try {
      Checksum found = checksum(path, Checksum.Algorithm.SHA256);
      pins.add(manifest.name(), file.id(), found, Files.size(path), file.contentUrl());
      LOG.warn(
          "{}/{}: no checksum is known; pinned as {} in {}",
          manifest.name(),
          file.id(),
          found,
          pins.file());
    } catch (IOException e) {
      throw new InputException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private String offline(Manifest manifest, FileObject file, Finding finding) {
    String what =
        finding.state() == State.WRONG
            ? finding.detail() + ", and"
            : file.id() + " is not here and";
    return manifest.name()
        + ": "
        + what
        + " the network is off (KINDRED_OFFLINE): put it as "
        + cached(manifest, file)
        + file.size().stream().mapToObj(size -> ", " + size + " bytes").findFirst().orElse("")
        + expected(manifest, file).map(checksum -> ", " + checksum).orElse("")
        + ", from "
        + file.contentUrl();
  }

  /** The checksum of the manifest, else the one pinned at the first download. */
  private Optional<Checksum> expected(Manifest manifest, FileObject file) {
    return file.checksum().or(() -> pins.find(manifest.name(), file.id()));
  }

  /** Where the file may be on this machine. */
  private List<Path> places(Manifest manifest, FileObject file) {
    List<Path> places = new ArrayList<>();
    if (!file.isRemote()) {
      Path place = manifest.origin().toAbsolutePath().resolveSibling(file.contentUrl()).normalize();
      if (Path.of(file.contentUrl()).isAbsolute()
          && settings.mirrors().stream()
              .noneMatch(mirror -> place.startsWith(mirror.toAbsolutePath().normalize()))) {
        throw new InputException(
            manifest.origin()
                + ": contentUrl "
                + file.contentUrl()
                + " is an absolute path; it is read only from below a folder of KINDRED_MIRROR");
      }
      places.add(place);
    }
    for (Path mirror : settings.mirrors()) {
      places.add(mirror.resolve(manifest.name()).resolve(file.id()));
    }
    places.add(cached(manifest, file));
    return places;
  }

  private Path cached(Manifest manifest, FileObject file) {
    return settings.cache().resolve(manifest.name()).resolve(file.id());
  }

  private static void discard(Path wrong) {
    try {
      Files.deleteIfExists(wrong);
    } catch (IOException e) {
      throw new InputException(wrong + ": wrong, and cannot be removed: " + e.getMessage(), e);
    }
  }

  private static String problem(Path path, FileObject file, Optional<Checksum> expected) {
    try {
      long size = Files.size(path);
      if (file.size().isPresent() && size != file.size().getAsLong()) {
        boolean sound =
            expected.isPresent()
                && checksum(path, expected.get().algorithm()).equals(expected.get());
        return sound
            ? "its checksum is right, and its "
                + size
                + " bytes are not what the manifest's contentSize says, "
                + file.size().getAsLong()
            : "expected " + file.size().getAsLong() + " bytes (contentSize), found " + size;
      }
      if (expected.isEmpty()) {
        return "";
      }
      Checksum found = checksum(path, expected.get().algorithm());
      return found.equals(expected.get())
          ? ""
          : "expected " + expected.get() + ", found " + found.hex();
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  private static Checksum checksum(Path path, Checksum.Algorithm algorithm) throws IOException {
    String key =
        algorithm
            + " "
            + path.toRealPath()
            + " "
            + Files.size(path)
            + " "
            + Files.getLastModifiedTime(path).to(java.util.concurrent.TimeUnit.NANOSECONDS);
    Checksum known = CHECKED.get(key);
    if (known == null) {
      known = Checksum.of(path, algorithm);
      CHECKED.put(key, known);
    }
    return known;
  }
}
