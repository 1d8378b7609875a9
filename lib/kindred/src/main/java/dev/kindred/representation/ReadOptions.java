package dev.kindred.representation;

import dev.kindred.base.array.ElementType;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a file becomes a {@link Representation}. Immutable; every method returns changed options.
 *
 * <p>What is chosen here stands in the representation's provenance.
 */
public final class ReadOptions {
  private static final ReadOptions DEFAULTS =
      new ReadOptions(null, null, Positions.flatten(), null, false, null, null, null, false);

  private final String id;
  private final String entry;
  private final Positions positions;
  private final ChannelAxis channels;
  private final boolean unitRows;
  private final Path stimulusIds;
  private final String idColumn;
  private final ElementType rounding;
  private final boolean trialsFirst;

  private ReadOptions(
      String id,
      String entry,
      Positions positions,
      ChannelAxis channels,
      boolean unitRows,
      Path stimulusIds,
      String idColumn,
      ElementType rounding,
      boolean trialsFirst) {
    this.id = id;
    this.entry = entry;
    this.positions = positions;
    this.channels = channels;
    this.unitRows = unitRows;
    this.stimulusIds = stimulusIds;
    this.idColumn = idColumn;
    this.trialsFirst = trialsFirst;
    this.rounding = rounding;
  }

  /** The only array of the file, more than two axes flattened, rows as they are. */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** Names the representation; without, the file's name without its ending. */
  public ReadOptions id(String newId) {
    return new ReadOptions(
        Objects.requireNonNull(newId),
        entry,
        positions,
        channels,
        unitRows,
        stimulusIds,
        idColumn,
        rounding,
        trialsFirst);
  }

  /**
   * Takes the array at this path in a file of several (.npz, .pt, .h5, .mat); {@code *} takes them
   * all, batches below each other or vectors as one row each, whose names are the stimulus ids.
   */
  public ReadOptions entry(String path) {
    return new ReadOptions(
        id,
        Objects.requireNonNull(path),
        positions,
        channels,
        unitRows,
        stimulusIds,
        idColumn,
        rounding,
        trialsFirst);
  }

  /** What becomes of the positions (space, time, tokens) of arrays with more than two axes. */
  public ReadOptions positions(Positions newPositions) {
    return new ReadOptions(
        id,
        entry,
        Objects.requireNonNull(newPositions),
        channels,
        unitRows,
        stimulusIds,
        idColumn,
        rounding,
        trialsFirst);
  }

  /** Where the channels of arrays with more than two axes are. */
  public ReadOptions channels(ChannelAxis axis) {
    return new ReadOptions(
        id,
        entry,
        positions,
        Objects.requireNonNull(axis),
        unitRows,
        stimulusIds,
        idColumn,
        rounding,
        trialsFirst);
  }

  /** Divides every row by its Euclidean norm; a row of zeros stays. */
  public ReadOptions unitRows(boolean unit) {
    return new ReadOptions(
        id, entry, positions, channels, unit, stimulusIds, idColumn, rounding, trialsFirst);
  }

  /** Takes the stimulus ids from a text file, one a line. */
  public ReadOptions stimulusIds(Path file) {
    return new ReadOptions(
        id,
        entry,
        positions,
        channels,
        unitRows,
        Objects.requireNonNull(file),
        idColumn,
        rounding,
        trialsFirst);
  }

  /**
   * Takes the stimulus ids from a column of a text file, by its name or its number from 0 on; or,
   * in files of several entries, from the entry of texts with this name.
   */
  public ReadOptions idColumn(String column) {
    return new ReadOptions(
        id,
        entry,
        positions,
        channels,
        unitRows,
        stimulusIds,
        Objects.requireNonNull(column),
        rounding,
        trialsFirst);
  }

  /**
   * Says to which type the numbers were rounded before they came into the file, where that is not
   * its own; without, it is detected as far as that is possible ({@link Representation#rounding}).
   */
  public ReadOptions rounding(ElementType known) {
    known.requireFloating();
    return new ReadOptions(
        id,
        entry,
        positions,
        channels,
        unitRows,
        stimulusIds,
        idColumn,
        Objects.requireNonNull(known),
        trialsFirst);
  }

  /**
   * Reads arrays of trials × stimuli × units: the first two axes change places, so that rows are
   * stimuli with their trials side by side, as measures of repeated measurements expect them.
   */
  public ReadOptions trialsFirst(boolean first) {
    return new ReadOptions(
        id, entry, positions, channels, unitRows, stimulusIds, idColumn, rounding, first);
  }

  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  public Optional<String> entry() {
    return Optional.ofNullable(entry);
  }

  public Positions positions() {
    return positions;
  }

  public Optional<ChannelAxis> channels() {
    return Optional.ofNullable(channels);
  }

  public boolean unitRows() {
    return unitRows;
  }

  public Optional<Path> stimulusIds() {
    return Optional.ofNullable(stimulusIds);
  }

  public Optional<String> idColumn() {
    return Optional.ofNullable(idColumn);
  }

  public Optional<ElementType> rounding() {
    return Optional.ofNullable(rounding);
  }

  public boolean trialsFirst() {
    return trialsFirst;
  }
}
