package dev.kindred.measure;

import dev.kindred.base.Memory;
import dev.kindred.base.Progress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** How a matrix is to be computed: memory, display, and where finished parts are kept. */
public final class Run {
  private final long budget;
  private final Progress progress;
  private final Path checkpoints;

  /**
   * @param budget bytes to use beside the representations
   * @param progress display
   * @param checkpoints folder for finished parts, or null to keep none
   */
  public Run(long budget, Progress progress, Path checkpoints) {
    this.budget = budget;
    this.progress = Objects.requireNonNull(progress);
    this.checkpoints = checkpoints;
  }

  /** The default budget, no display, no checkpoints. */
  public static Run quiet() {
    return new Run(Memory.quarter(), Progress.NONE, null);
  }

  public long budget() {
    return budget;
  }

  public Progress progress() {
    return progress;
  }

  /** Folder for finished parts, where they are to be kept. */
  public Optional<Path> checkpoints() {
    return Optional.ofNullable(checkpoints);
  }
}
