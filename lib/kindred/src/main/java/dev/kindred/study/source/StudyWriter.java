package dev.kindred.study.source;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.ProcessLock;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Makes a stored study, file by file. A run that was stopped or killed is gone on with: finished
 * files stay, and what their computation kept in the store is found there.
 *
 * <p>Several processes of one machine may make a study together: each makes the next file that
 * nobody makes, and the file of one that dies is another's. The last one finishes the study.
 */
public final class StudyWriter {
  private static final int POLL_MILLIS = 200;

  private final Path folder;
  private final StudyLocks locks;

  /**
   * @param folder where the study is made; new, empty, or with a study that is not finished
   */
  public StudyWriter(Path folder) {
    this.folder = folder;
    this.locks = new StudyLocks(folder);
  }

  /** Told of every file that is finished here. */
  @FunctionalInterface
  public interface Told {
    /**
     * @param file the file
     * @param finished how many are, those of other processes included
     * @param all how many there will be
     * @param seconds that have passed in this run
     * @param left seconds left at the pace of this run and of the others meanwhile
     */
    void finished(Path file, int finished, int all, double seconds, double left);

    /**
     * There is nothing to do until other processes have finished their files, or have ended.
     *
     * @param files that they make
     */
    default void waits(List<String> files) {}
  }

  /** The settings of the study in the folder that is not finished, or whose files are damaged. */
  public SortedMap<String, String> unfinished(StorableStudy study) {
    boolean finished = StudyProvenance.isFinished(folder);
    if (!finished && !StudyProvenance.isUnfinished(folder)) {
      throw new InputException(folder + ": there is no study to resume");
    }
    StudyProvenance provenance = read(study);
    if (finished && provenance.faults(folder).isEmpty()) {
      throw new InputException(
          folder + ": this stored study is finished; there is nothing to resume");
    }
    return provenance.settings();
  }

  /** Whether there is a finished study with files that are missing or damaged. */
  private boolean isDamaged(StorableStudy study) {
    return StudyProvenance.isFinished(folder) && !read(study).faults(folder).isEmpty();
  }

  /**
   * Fails where {@link #write} would not begin; makes nothing.
   *
   * @throws InputException as {@link #write}
   */
  public void requirePossible(StorableStudy study, SortedMap<String, String> settings)
      throws IOException {
    if (StudyProvenance.isUnfinished(folder) || isDamaged(study)) {
      requireSameAsUnfinished(read(study), settings);
    } else if (StudyProvenance.isFinished(folder)) {
      finished(study, settings);
    } else {
      requireEmpty();
    }
  }

  /** The folder of the study, where there is none yet. */
  public void makeFolder() {
    AtomicFile.makeFolder(folder);
  }

  /**
   * Makes what is not there yet or is damaged, and nobody makes; waits for what others make.
   *
   * @return the study
   * @throws InputException if the folder holds anything else
   * @throws CancelledException if the thread is interrupted; finished files stay
   */
  public StoredStudy write(StorableStudy study, SortedMap<String, String> settings, Told told)
      throws IOException {
    requirePossible(study, settings);
    if (isDamaged(study)) {
      reopen(study);
    }
    if (StudyProvenance.isFinished(folder)) {
      return finished(study, settings);
    }
    long start = System.nanoTime();
    if (!StudyProvenance.isUnfinished(folder)) {
      makeFolder();
    }
    if (begin(study, settings)) {
      StorableStudy.Making making = study.open(settings);
      Map<String, Long> sizes = making.sizes();
      Optional<StudyProvenance> opened =
          change(
              study,
              provenance -> {
                provenance.sizes(sizes);
                provenance.addHours(since(start));
              });
      if (opened.isPresent()) {
        makeAll(study, making, opened.get().files().size(), start, told);
      }
    }
    return finished(study, settings);
  }

  private void reopen(StorableStudy study) throws IOException {
    try (ProcessLock alone = locks.alone()) {
      if (isDamaged(study)) {
        StudyProvenance.reopen(folder);
      }
    }
  }

  /**
   * A new study, or the finished files of one that was stopped, or that others make.
   *
   * @return false if it was finished meanwhile
   */
  private boolean begin(StorableStudy study, SortedMap<String, String> settings)
      throws IOException {
    try (ProcessLock alone = locks.alone()) {
      if (isFinished()) {
        return false;
      }
      StudyProvenance provenance;
      if (StudyProvenance.isUnfinished(folder)) {
        AtomicFile.removeUnfinished(folder);
        provenance = read(study);
        requireSameAsUnfinished(provenance, settings);
        for (String name : provenance.files()) {
          if (provenance.fault(folder, name) != null) {
            provenance.remove(name);
          }
        }
        provenance.note();
      } else {
        requireEmpty();
        provenance = StudyProvenance.begin(study, settings);
      }
      provenance.writeUnfinished(folder);
      return true;
    }
  }

  /** Makes one file after another. */
  private void makeAll(
      StorableStudy study, StorableStudy.Making making, int before, long start, Told told)
      throws IOException {
    List<String> files = making.files();
    List<String> foreign = read(study).extra(folder);
    foreign.removeAll(files);
    foreign.removeIf(AtomicFile::isUnfinished);
    if (!foreign.isEmpty()) {
      throw new InputException(
          folder + ": expected files of the study alone, found also " + String.join(", ", foreign));
    }
    long opened = System.nanoTime();
    int shown = 0;
    boolean waits = false;
    try (Progress.Task task = Progress.standard().begin("study " + study.name(), files.size())) {
      for (Optional<Turn> turn = next(study, making, files);
          turn.isPresent();
          turn = next(study, making, files)) {
        int finished = turn.get().provenance().files().size();
        task.advance(finished - shown);
        shown = finished;
        if (turn.get().claim().isEmpty()) {
          if (!waits) {
            told.waits(turn.get().files());
          }
          waits = true;
          pause();
          continue;
        }
        waits = false;
        String name = turn.get().files().get(0);
        task.note(name);
        int after = make(study, making, turn.get()).files().size();
        told.finished(
            folder.resolve(name),
            after,
            files.size(),
            since(start),
            since(opened) / (after - before) * (files.size() - after));
      }
      task.advance(files.size() - shown);
    }
  }

  /**
   * What a process does next.
   *
   * @param provenance what is finished
   * @param claim of the file to make; empty if others make all that can be made
   * @param files the file to make, or those of others
   */
  private record Turn(
      StudyProvenance provenance, Optional<ProcessLock> claim, List<String> files) {}

  /** Claims the next file that nobody makes; if all are finished, ends the study: empty. */
  private Optional<Turn> next(StorableStudy study, StorableStudy.Making making, List<String> files)
      throws IOException {
    try (ProcessLock alone = locks.alone()) {
      if (isFinished()) {
        return Optional.empty();
      }
      StudyProvenance provenance = read(study);
      List<String> missing =
          files.stream().filter(name -> !provenance.files().contains(name)).toList();
      if (missing.isEmpty()) {
        AtomicFile.removeAllUnfinished(folder);
        provenance.writeFinished(folder, files);
        locks.remove();
        return Optional.empty();
      }
      boolean derivedNow = missing.stream().allMatch(making::isDerived);
      List<String> others =
          missing.stream().filter(name -> derivedNow || !making.isDerived(name)).toList();
      for (String name : others) {
        Optional<ProcessLock> claim = locks.claim(name);
        if (claim.isPresent()) {
          return Optional.of(new Turn(provenance, claim, List.of(name)));
        }
      }
      return Optional.of(new Turn(provenance, Optional.empty(), others));
    }
  }

  /** Makes a claimed file. */
  private StudyProvenance make(StorableStudy study, StorableStudy.Making making, Turn turn)
      throws IOException {
    String name = turn.files().get(0);
    try (ProcessLock claim = turn.claim().orElseThrow()) {
      long begun = System.nanoTime();
      boolean derived = making.isDerived(name);
      StoredStudy before =
          new StoredStudy(folder, turn.provenance().of(file -> derived && !making.isDerived(file)));
      AtomicFile.write(folder.resolve(name), target -> making.write(name, target, before));
      // Nobody can have finished the study: this file was missing.
      return change(
              study,
              provenance -> {
                provenance.add(folder, name, since(begun));
                provenance.addHours(since(begun));
              })
          .orElseThrow();
    }
  }

  /** Changes what is known of the study. */
  @FunctionalInterface
  private interface Change {
    void of(StudyProvenance provenance) throws IOException;
  }

  /** Changes what is there, which others change too; empty if they have finished the study. */
  private Optional<StudyProvenance> change(StorableStudy study, Change change) throws IOException {
    try (ProcessLock alone = locks.alone()) {
      if (isFinished()) {
        return Optional.empty();
      }
      StudyProvenance provenance = read(study);
      change.of(provenance);
      provenance.writeUnfinished(folder);
      return Optional.of(provenance);
    }
  }

  /** To be asked {@link StudyLocks#alone}: whoever comes late has made a lock anew. */
  private boolean isFinished() throws IOException {
    boolean finished = StudyProvenance.isFinished(folder);
    if (finished) {
      locks.remove();
    }
    return finished;
  }

  private StudyProvenance read(StorableStudy study) {
    return StudyProvenance.read(folder, study.name(), study.revision());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("stopped on request while waiting for other processes");
    }
  }

  private static double since(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }

  private StoredStudy finished(StorableStudy study, SortedMap<String, String> settings) {
    StoredStudy there = StoredStudy.open(folder, study.name(), study.revision());
    requireSame(there.settings(), settings, "a finished study", "give another folder");
    return there;
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
      if (holdsAnythingElse()) {
        throw new InputException(
            folder + " holds files that are no stored study; expected a new or an empty folder");
      }
    }
    AtomicFile.requireWritable(folder.resolve(StudyProvenance.UNFINISHED));
  }

  /** Not what another process may have begun to make since this one has looked for it. */
  private boolean holdsAnythingElse() throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names = files.map(file -> file.getFileName().toString()).toList();
    }
    return !names.contains(StudyProvenance.UNFINISHED)
        && !names.contains(StudyProvenance.FINISHED)
        && !names.stream().allMatch(n -> StudyLocks.isLock(n) || AtomicFile.isUnfinished(n));
  }
}
