package dev.kindred.study.dynamics;

import dev.kindred.study.source.StoredStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * A stored study of training dynamics, read.
 *
 * @param made in one line: how large it is, when, in how many hours and by which command it was
 *     made
 * @param runs in the order in which they were trained
 * @param claims as they were decided on these runs
 */
public record StoredDynamics(String made, List<DynamicsRun> runs, Table claims) {
  /**
   * Opens a stored study.
   *
   * @param folder its folder; empty for the one that comes with Kindred
   * @return nothing where none comes with Kindred
   * @throws dev.kindred.base.InputException if the folder holds anything but a finished, undamaged
   *     study of training dynamics
   */
  public static Optional<StoredDynamics> open(String folder) {
    Path place =
        folder.isEmpty() ? StoredStudy.standardFolder(DynamicsStudy.NAME) : Path.of(folder);
    if (folder.isEmpty() && !Files.exists(place)) {
      return Optional.empty();
    }
    StoredStudy stored = StoredStudy.open(place, DynamicsStudy.NAME, DynamicsStudy.REVISION);
    return Optional.of(
        new StoredDynamics(
            stored.toString(), DynamicsStudy.all(stored), stored.table(DynamicsStudy.CLAIMS)));
  }
}
