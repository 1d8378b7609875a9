package dev.kindred.study.source;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Makes a stored study, file by file. A run that was stopped or killed is gone on with: finished
 * files stay, and what their computation kept in the store is found there.
 */
public final class StudyWriter {
  private final Path folder;

  /**
   * @param folder where the study is made; new, empty, or with a study that is not finished
   */
  public StudyWriter(Path folder) {
    this.folder = folder;
  }

  /** Told of every file that is finished. */
  @FunctionalInterface
  public interface Told {
    /**
     * @param file the file
     * @param finished how many are
     * @param all how many there will be
     * @param seconds that have passed in this run
     * @param left seconds left at the pace of this run; NaN before it is known
     */
    void finished(Path file, int finished, int all, double seconds, double left);
  }

  /** The settings of the study in the folder that is not finished. */
  public SortedMap<String, String> unfinished(StorableStudy study) {
    if (!StudyProvenance.isUnfinished(folder)) {
      throw new InputException(
          folder
              + (StudyProvenance.isFinished(folder)
                  ? ": this stored study is finished; there is nothing to resume"
                  : ": there is no study to resume"));
    }
    return StudyProvenance.read(folder, study.name(), study.revision()).settings();
  }

  /**
   * Fails where {@link #write} would not begin; makes nothing.
   *
   * @throws InputException as {@link #write}
   */
  public void requirePossible(StorableStudy study, SortedMap<String, String> settings)
      throws IOException {
    if (StudyProvenance.isFinished(folder)) {
      requireSameAsFinished(StoredStudy.open(folder, study.name(), study.revision()), settings);
    } else if (StudyProvenance.isUnfinished(folder)) {
      requireSameAsUnfinished(
          StudyProvenance.read(folder, study.name(), study.revision()), settings);
    } else {
      requireEmpty();
    }
  }

  /** The folder of the study, where there is none yet. */
  public void makeFolder() {
    AtomicFile.makeFolder(folder);
  }

  /**
   * Makes what is not there yet.
   *
   * @return the study
   * @throws InputException if the folder holds anything else
   */
  public StoredStudy write(StorableStudy study, SortedMap<String, String> settings, Told told)
      throws IOException {
    if (StudyProvenance.isFinished(folder)) {
      StoredStudy there = StoredStudy.open(folder, study.name(), study.revision());
      requireSameAsFinished(there, settings);
      return there;
    }
    long start = System.nanoTime();
    StudyProvenance provenance = begin(study, settings);
    StorableStudy.Making making = study.open(settings);
    provenance.sizes(making.sizes());
    provenance.addHours(since(start));
    provenance.writeUnfinished(folder);
    int all = making.files().size();
    int finished = provenance.files().size();
    int made = 0;
    long opened = System.nanoTime();
    try (Progress.Task task = Progress.standard().begin("study " + study.name(), all)) {
      task.advance(finished);
      for (String name : making.files()) {
        if (provenance.files().contains(name)) {
          continue;
        }
        task.note(name);
        long begun = System.nanoTime();
        StoredStudy before = new StoredStudy(folder, provenance);
        AtomicFile.write(folder.resolve(name), target -> making.write(name, target, before));
        provenance.add(folder, name, since(begun));
        provenance.addHours(since(begun));
        provenance.writeUnfinished(folder);
        made++;
        finished++;
        told.finished(
            folder.resolve(name),
            finished,
            all,
            since(start),
            since(opened) / made * (all - finished));
        task.advance(1);
      }
    }
    provenance.writeFinished(folder);
    return StoredStudy.open(folder, study.name(), study.revision());
  }

  private static double since(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }

  /** A new study, or the finished files of one that was stopped. */
  private StudyProvenance begin(StorableStudy study, SortedMap<String, String> settings)
      throws IOException {
    StudyProvenance provenance;
    if (StudyProvenance.isUnfinished(folder)) {
      AtomicFile.removeUnfinished(folder);
      provenance = StudyProvenance.read(folder, study.name(), study.revision());
      requireSameAsUnfinished(provenance, settings);
      for (String name : provenance.files()) {
        if (provenance.fault(folder, name) != null) {
          provenance.remove(name);
        }
      }
      provenance.note();
    } else {
      requireEmpty();
      makeFolder();
      provenance = StudyProvenance.begin(study, settings);
    }
    provenance.writeUnfinished(folder);
    return provenance;
  }

  private void requireSameAsFinished(StoredStudy there, SortedMap<String, String> settings) {
    requireSame(there.settings(), settings, "a finished study", "give another folder");
  }

  private void requireSameAsUnfinished(
      StudyProvenance provenance, SortedMap<String, String> settings) {
    requireSame(
        provenance.settings(),
        settings,
        "an unfinished study",
        "go on with it by --resume, or give another folder");
  }

  private void requireSame(
      SortedMap<String, String> there,
      SortedMap<String, String> wanted,
      String what,
      String advice) {
    if (!there.equals(wanted)) {
      throw new InputException(
          folder + " holds " + what + " with other settings, " + there + "; " + advice);
    }
  }

  private void requireEmpty() throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException(folder + ": expected a folder, found a file");
    }
    if (Files.isDirectory(folder)) {
      AtomicFile.removeUnfinished(folder);
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new InputException(
              folder + " holds files that are no stored study; expected a new or an empty folder");
        }
      }
    }
    AtomicFile.requireWritable(folder.resolve(StudyProvenance.UNFINISHED));
  }
}
