package dev.kindred.study.source;

import dev.kindred.base.InputException;
import dev.kindred.base.Places;
import dev.kindred.base.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The results of a study that was made before, in a folder: .npz and .csv files, and a {@code
 * provenance.json} that says how they were made. Every file is checked when the study is opened.
 */
public final class StoredStudy {
  private final Path folder;
  private final StudyProvenance provenance;

  /** A study that may not be finished yet. */
  StoredStudy(Path folder, StudyProvenance provenance) {
    this.folder = folder;
    this.provenance = provenance;
  }

  /**
   * Opens a stored study.
   *
   * @param study the name that it must have
   * @param revision the revision that it must have
   * @throws InputException if there is none, if it is not finished or another one, or if a file is
   *     missing, damaged, or none of the study's
   */
  public static StoredStudy open(Path folder, String study, int revision) {
    if (StudyProvenance.isUnfinished(folder)) {
      throw new InputException(
          folder
              + ": this stored study is not finished; go on with environment/kindred study "
              + study
              + " --stored "
              + folder
              + " --resume");
    }
    if (!StudyProvenance.isFinished(folder)) {
      throw new InputException(
          folder
              + ": expected a stored study, found no "
              + StudyProvenance.FINISHED
              + "; environment/kindred study "
              + study
              + " --stored "
              + folder
              + " makes one");
    }
    StudyProvenance provenance = StudyProvenance.read(folder, study, revision);
    List<String> faults = provenance.faults(folder);
    if (!faults.isEmpty()) {
      throw new InputException(
          faults.get(0)
              + "; environment/kindred study "
              + study
              + " --stored "
              + folder
              + " --resume makes it again");
    }
    try {
      List<String> extra = provenance.extra(folder);
      if (!extra.isEmpty()) {
        throw new InputException(
            folder
                + ": expected the files of "
                + StudyProvenance.FINISHED
                + ", found also "
                + String.join(", ", extra));
      }
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
    }
    return new StoredStudy(folder, provenance);
  }

  /** Whether a folder has a stored study that is finished. */
  public static boolean isIn(Path folder) {
    return StudyProvenance.isFinished(folder);
  }

  /**
   * Where the stored studies are that come with Kindred: {@code results/<study>} beside the
   * notebooks.
   */
  public static Path standardFolder(String study) {
    Path beside = Path.of("results", study);
    return Places.folder("KINDRED_HOME")
        .map(home -> home.resolve("notebooks").resolve(beside))
        .orElse(beside);
  }

  /** The settings that it was made with. */
  public SortedMap<String, String> settings() {
    return provenance.settings();
  }

  /** Names of its files. */
  public List<String> files() {
    return provenance.files();
  }

  /** One of its files. */
  public Path file(String name) {
    if (!provenance.files().contains(name)) {
      throw new InputException(folder + ": this stored study has no " + name);
    }
    return folder.resolve(name);
  }

  /** One of its .csv files, all cells as texts. */
  public Table table(String name) {
    return Table.read()
        .usingOptions(
            CsvReadOptions.builder(file(name).toFile())
                .columnTypesToDetect(List.of(ColumnType.STRING))
                .build());
  }

  /** Where the numbers of a file come from. */
  public Provenance provenance(String name) {
    return Provenance.of(
        "stored study", Map.of("command", provenance.command(), "sha256", provenance.sha256(name)));
  }

  /** One line: what it is, how large, when and how it was made. */
  @Override
  public String toString() {
    return provenance.toString();
  }
}
