package dev.kindred.representation;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One model's responses to n stimuli: an n×p matrix, one row per stimulus and one column per unit.
 * Immutable.
 *
 * <p>The numbers lie outside the Java heap or in a mapped file, so n·p may exceed 2³¹. They are
 * released when the representation is garbage; those that {@linkplain Spill spilled} into a
 * temporary file, when that is closed.
 */
public final class Representation {
  /** Numbers that are copied at a time where float32 becomes float64. */
  private static final int PIECE = 4096;

  /** Rows of one block end before this many bytes, as a byte buffer is addressed by an int. */
  static final long BLOCK_BYTES = 1L << 30;

  private final String id;
  private final int n;
  private final int p;
  private final ElementType precision;
  private final Rows rows;
  private final List<String> stimulusIds;
  private final Supplier<Provenance> provenance;
  private final Supplier<ElementType> rounding;

  /**
   * Takes over rows without copying; for readers.
   *
   * @param id name of the model (and layer) whose responses these are
   * @param n number of stimuli
   * @param p number of units
   * @param precision type of the stored numbers
   * @param rows where the numbers lie
   * @param stimulusIds n names in row order, or null where unknown
   * @param provenance where the numbers come from; asked for when first needed, as it may take the
   *     checksum of a large file
   */
  Representation(
      String id,
      int n,
      int p,
      ElementType precision,
      Rows rows,
      List<String> stimulusIds,
      Supplier<Provenance> provenance) {
    this(id, n, p, precision, rows, stimulusIds, provenance, null);
  }

  private Representation(
      String id,
      int n,
      int p,
      ElementType precision,
      Rows rows,
      List<String> stimulusIds,
      Supplier<Provenance> provenance,
      Supplier<ElementType> rounding) {
    this.id = Objects.requireNonNull(id);
    this.n = n;
    this.p = p;
    this.precision = Objects.requireNonNull(precision);
    this.rows = Objects.requireNonNull(rows);
    this.stimulusIds = stimulusIds == null ? null : List.copyOf(stimulusIds);
    this.provenance = Objects.requireNonNull(provenance);
    this.rounding = rounding == null ? new Detection() : rounding;
    if (stimulusIds != null && stimulusIds.size() != n) {
      throw new InputException(
          id + ": expected " + n + " stimulus ids, one a row, found " + stimulusIds.size());
    }
  }

  /** A copy of {@code rows} in float64. */
  public static Representation of(String id, double[][] rows) {
    int p = rows.length == 0 ? 0 : rows[0].length;
    RepresentationBuilder builder =
        new RepresentationBuilder(id, rows.length, p, ElementType.FLOAT64);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != p) {
        throw new InputException(
            id + ": row 0 has " + p + " units, row " + i + " has " + rows[i].length);
      }
      builder.append(DoubleBuffer.wrap(rows[i]));
    }
    return builder.build(Provenance.of("memory"));
  }

  /** A copy of n·p numbers, row by row, in float32. */
  public static Representation of(String id, int n, int p, float[] rowMajor) {
    RepresentationBuilder builder = new RepresentationBuilder(id, n, p, ElementType.FLOAT32);
    builder.append(FloatBuffer.wrap(rowMajor));
    return builder.build(Provenance.of("memory"));
  }

  /** A copy of n·p numbers, row by row, in float64. */
  public static Representation of(String id, int n, int p, double[] rowMajor) {
    RepresentationBuilder builder = new RepresentationBuilder(id, n, p, ElementType.FLOAT64);
    builder.append(DoubleBuffer.wrap(rowMajor));
    return builder.build(Provenance.of("memory"));
  }

  public String id() {
    return id;
  }

  /** Number of stimuli, the rows. */
  public int stimuli() {
    return n;
  }

  /** Number of units, the columns. */
  public int units() {
    return p;
  }

  /** Type of the stored numbers. */
  public ElementType precision() {
    return precision;
  }

  /**
   * The coarsest floating type that the numbers were rounded to, on which it depends which
   * directions of responses are real: what the file or the caller says, otherwise detected from the
   * numbers when first asked for, which ends with the first number that decides.
   *
   * <p>Detected are float16, bfloat16 and float32 in a wider type, and float32 written as text.
   * Responses that were changed in float64 after they had been rounded (centred, averaged) cannot
   * be told from float64 ones; say so by {@link #withRounding}. Small integers, masks and the like
   * are exact and not taken for rounded.
   */
  public ElementType rounding() {
    return rounding.get();
  }

  /**
   * False while the numbers are still being read, see {@link Representations#readAll}: whoever asks
   * for them waits.
   */
  public boolean isRead() {
    return rows.areHere();
  }

  Rows rows() {
    return rows;
  }

  /** Names of the stimuli in row order, where they are known. */
  public Optional<List<String>> stimulusIds() {
    return Optional.ofNullable(stimulusIds);
  }

  /** Where the numbers come from; the first call may read a large mapped file for its checksum. */
  public Provenance provenance() {
    return provenance.get();
  }

  /**
   * Response of unit {@code unit} to stimulus {@code stimulus}. For single values; loops read whole
   * rows.
   */
  public double get(int stimulus, int unit) {
    Objects.checkIndex(unit, p);
    Objects.checkIndex(stimulus, n);
    ByteBuffer number = rows.bytes(stimulus, unit * precision.bytes(), precision.bytes());
    return precision == ElementType.FLOAT32 ? number.getFloat(0) : number.getDouble(0);
  }

  /**
   * Appends rows {@code from} (inclusive) to {@code to} (exclusive), row by row, to {@code target}.
   */
  public void read(int from, int to, DoubleBuffer target) {
    Objects.checkFromToIndex(from, to, n);
    rows.forEachPiece(
        from,
        to,
        bytes -> {
          if (precision == ElementType.FLOAT64) {
            target.put(bytes.asDoubleBuffer());
          } else {
            // Single gets cost several times what copying pieces does.
            FloatBuffer floats = bytes.asFloatBuffer();
            float[] piece = new float[Math.min(PIECE, floats.remaining())];
            while (floats.hasRemaining()) {
              int count = Math.min(piece.length, floats.remaining());
              floats.get(piece, 0, count);
              for (int i = 0; i < count; i++) {
                target.put(piece[i]);
              }
            }
          }
        });
  }

  /**
   * Appends rows {@code from} (inclusive) to {@code to} (exclusive), row by row, to {@code target},
   * rounded to float32.
   */
  public void read(int from, int to, FloatBuffer target) {
    Objects.checkFromToIndex(from, to, n);
    rows.forEachPiece(
        from,
        to,
        bytes -> {
          if (precision == ElementType.FLOAT32) {
            target.put(bytes.asFloatBuffer());
          } else {
            DoubleBuffer doubles = bytes.asDoubleBuffer();
            while (doubles.hasRemaining()) {
              target.put((float) doubles.get());
            }
          }
        });
  }

  /** Appends the given rows, in that order, to {@code target}, rounded to float32. */
  public void read(int[] stimuli, FloatBuffer target) {
    for (int stimulus : stimuli) {
      read(stimulus, stimulus + 1, target);
    }
  }

  /** A copy of one row in float64. */
  public double[] row(int stimulus) {
    double[] row = new double[p];
    read(stimulus, stimulus + 1, DoubleBuffer.wrap(row));
    return row;
  }

  /** The same numbers under another name. */
  public Representation withId(String newId) {
    return new Representation(newId, n, p, precision, rows, stimulusIds, provenance, rounding);
  }

  /** The same numbers with names for the stimuli, n of them in row order. */
  public Representation withStimulusIds(List<String> ids) {
    return new Representation(id, n, p, precision, rows, ids, provenance, rounding);
  }

  /** The same numbers with another account of where they come from. */
  public Representation withProvenance(Provenance newProvenance) {
    Objects.requireNonNull(newProvenance);
    return new Representation(
        id, n, p, precision, rows, stimulusIds, () -> newProvenance, rounding);
  }

  /** The same numbers, known to have been rounded to this type. */
  public Representation withRounding(ElementType known) {
    known.requireFloating();
    return new Representation(id, n, p, precision, rows, stimulusIds, provenance, () -> known);
  }

  /** A copy of the given rows, in that order; a row may be taken twice. */
  public Representation select(int[] stimuli) {
    RepresentationBuilder builder = new RepresentationBuilder(id, stimuli.length, p, precision);
    DoubleBuffer row = DoubleBuffer.allocate(p);
    List<String> ids = stimulusIds == null ? null : new ArrayList<>(stimuli.length);
    for (int stimulus : stimuli) {
      Objects.checkIndex(stimulus, n);
      read(stimulus, stimulus + 1, row.clear());
      builder.append(row.flip());
      if (ids != null) {
        ids.add(stimulusIds.get(stimulus));
      }
    }
    int[] order = stimuli.clone();
    // Few rows would say less of how they were rounded than all do.
    Representation selected =
        builder.build(() -> selection(order, provenance.get())).withRounding(rounding());
    return ids == null ? selected : selected.withStimulusIds(ids);
  }

  private static Provenance selection(int[] stimuli, Provenance source) {
    ByteBuffer order = ByteBuffer.allocate(4 * stimuli.length);
    order.asIntBuffer().put(stimuli);
    return Provenance.of(
        "select",
        Map.of("rows", stimuli.length, "order", Checksums.sha256(order.array()).substring(0, 16)),
        source);
  }

  /** Bytes that the numbers take. */
  public long bytes() {
    return (long) n * p * precision.bytes();
  }

  /**
   * Fails unless {@code other} holds responses to the same stimuli in the same order, as far as
   * both say.
   */
  public void requireSameStimuli(Representation other) {
    if (n != other.n) {
      throw new InputException(
          id
              + " has "
              + n
              + " rows, "
              + other.id
              + " has "
              + other.n
              + ": both need the same stimuli");
    }
    if (stimulusIds != null
        && other.stimulusIds != null
        && !stimulusIds.equals(other.stimulusIds)) {
      for (int i = 0; i < n; i++) {
        if (!stimulusIds.get(i).equals(other.stimulusIds.get(i))) {
          throw new InputException(
              "row "
                  + i
                  + " is stimulus "
                  + stimulusIds.get(i)
                  + " in "
                  + id
                  + " but "
                  + other.stimulusIds.get(i)
                  + " in "
                  + other.id
                  + ": both need the same stimuli in the same order");
        }
      }
    }
  }

  /** Fails on the first NaN or infinite number, naming its row and column. */
  public void requireFinite() {
    double[] row = new double[p];
    for (int i = 0; i < n; i++) {
      read(i, i + 1, DoubleBuffer.wrap(row));
      for (int j = 0; j < p; j++) {
        if (!Double.isFinite(row[j])) {
          throw new InputException(
              id + ": value " + row[j] + " at row " + i + ", column " + j + "; all must be finite");
        }
      }
    }
  }

  @Override
  public String toString() {
    return id + ": " + n + " stimuli × " + p + " units, " + precision;
  }

  /** Detects once how the numbers were rounded. */
  private final class Detection implements Supplier<ElementType> {
    private volatile ElementType detected;

    @Override
    public ElementType get() {
      if (detected == null) {
        RoundingDetector detector = new RoundingDetector(precision);
        double[] row = new double[p];
        for (int i = 0; i < n; i++) {
          read(i, i + 1, DoubleBuffer.wrap(row));
          if (!detector.add(row, p)) {
            break;
          }
        }
        detected = detector.result();
      }
      return detected;
    }
  }
}
