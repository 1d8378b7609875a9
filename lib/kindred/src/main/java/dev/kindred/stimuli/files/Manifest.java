package dev.kindred.stimuli.files;

import dev.kindred.base.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a data set or a published result: where its files are, their checksums, its
 * licence, how to cite it. In files: the core of Croissant 1.0 (JSON-LD) and, for image data, one
 * object {@code kindred:images}.
 *
 * @param name name of the data set
 * @param description one or two sentences
 * @param license licence, or {@code unknown}
 * @param citeAs how to cite it
 * @param url its page
 * @param version MAJOR.MINOR.PATCH
 * @param files its files, with those inside archives
 * @param sets groups of files inside archives
 * @param images how its files become images; absent for published results
 * @param origin the file that this manifest was read from
 */
public record Manifest(
    String name,
    String description,
    String license,
    String citeAs,
    String url,
    String version,
    List<FileObject> files,
    List<FileSet> sets,
    Optional<ImageLayout> images,
    Path origin) {

  /** Reads a manifest; fails with one line on anything that does not fit the form. */
  public static Manifest read(Path file) {
    return new ManifestReader(file).read();
  }

  /** The file of that id. */
  public Optional<FileObject> file(String id) {
    return files.stream().filter(file -> file.id().equals(id)).findFirst();
  }

  /** The set of files of that id. */
  public Optional<FileSet> set(String id) {
    return sets.stream().filter(set -> set.id().equals(id)).findFirst();
  }

  /** The file of that id, which must be there. */
  public FileObject requireFile(String id) {
    return file(id)
        .orElseThrow(() -> new InputException(origin + ": no FileObject has the @id " + id));
  }

  /** The files that lie on a disk or are downloaded: those that no archive contains. */
  public List<FileObject> wholeFiles() {
    return files.stream().filter(file -> file.containedIn().isEmpty()).toList();
  }
}
