package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.NumericArray;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One row a stimulus, out of an array of any number of axes whose first is the stimuli. */
final class ArrayRows {
  /** Arrays from this size on stay in their file, mapped, where their numbers allow it. */
  static final long MAPPED = 256L << 20;

  private static final int CHUNK = 1 << 16;
  private static final long MAX_STIMULUS = 1L << 26;

  private final NumericArray array;
  private final ReadOptions options;
  private final int n;
  private final int p;
  private final ElementType precision;
  private final Map<String, String> choices = new TreeMap<>();
  private int channels;
  private int positions;
  private int[] taken;
  private ChannelAxis axis;

  ArrayRows(NumericArray array, ReadOptions options) {
    this.array = array;
    this.options = options;
    long[] shape = options.trialsFirst() ? stimuliFirst(array) : array.shape();
    if (shape.length == 0) {
      throw new InputException(
          array.name() + ": expected stimuli × units, found a single number without axes");
    }
    if (array.size() == 0) {
      throw new InputException(
          array.name()
              + ": expected at least one stimulus and one unit, found the empty shape "
              + Arrays.toString(shape));
    }
    Positions.Kind kind = options.positions().kind();
    if (options.trialsFirst() && kind != Positions.Kind.FLATTEN) {
      throw new InputException(
          array.name() + ": trials have no positions to be pooled; expected positions flatten");
    }
    long units;
    if (shape.length <= 2 || kind == Positions.Kind.FLATTEN) {
      units = array.size() / shape[0];
      if (shape.length > 2) {
        choices.put("positions", options.positions().toString());
      }
    } else {
      units = pool(shape);
    }
    this.precision = array.type().exactInFloat32() ? ElementType.FLOAT32 : ElementType.FLOAT64;
    if (shape[0] > Integer.MAX_VALUE - 8
        || units * precision.bytes() > Representation.BLOCK_BYTES) {
      throw new InputException(
          array.name()
              + ": "
              + shape[0]
              + " stimuli × "
              + units
              + " units are too many; pool the positions, or take fewer units");
    }
    this.n = (int) shape[0];
    this.p = (int) units;
    choices.put("shape", Arrays.toString(shape));
    choices.put("dtype", array.type().toString());
    if (options.unitRows()) {
      choices.put("rows", "unit");
    }
    if (options.trialsFirst()) {
      choices.put("trials", "first");
    }
    if (precision != array.type()) {
      choices.put("precision", precision.toString());
    }
    options.rounding().ifPresent(known -> choices.put("rounding", known.toString()));
  }

  /** What was chosen on the way, for the provenance. */
  Map<String, String> choices() {
    return choices;
  }

  int stimuli() {
    return n;
  }

  /** The rows in place, if they are many bytes and lie in the file as they are needed. */
  Optional<List<ByteBuffer>> mapped(int rowsPerBlock) {
    if (!areMany() || !areBytes()) {
      return Optional.empty();
    }
    List<ByteBuffer> blocks = new ArrayList<>();
    for (long row = 0; row < n; row += rowsPerBlock) {
      int rows = (int) Math.min(rowsPerBlock, n - row);
      Optional<ByteBuffer> block = array.inPlace(row * p, Math.multiplyExact(rows, p));
      if (block.isEmpty()) {
        return Optional.empty();
      }
      blocks.add(block.get());
    }
    return Optional.of(blocks);
  }

  /** Whether the rows are so many bytes that they stay in the file if they can. */
  boolean areMany() {
    return (long) n * p * precision.bytes() >= MAPPED;
  }

  /** Whether the rows are the very bytes of the file. */
  boolean areBytes() {
    return array.isPlain()
        && axis == null
        && !options.unitRows()
        && !options.trialsFirst()
        && precision == array.type();
  }

  int rowsPerBlock() {
    long rowBytes = (long) p * precision.bytes();
    return (int) Math.max(1, Math.min(n, Representation.BLOCK_BYTES / rowBytes));
  }

  int units() {
    return p;
  }

  ElementType precision() {
    return precision;
  }

  /**
   * To which type the numbers were rounded, where the caller or the array's type says it, or where
   * rows are changed on the way, which hides it; otherwise it shows in the numbers as they are
   * read.
   */
  Optional<ElementType> rounding() {
    if (options.rounding().isPresent()) {
      return options.rounding();
    }
    boolean changed = axis != null || options.unitRows();
    ElementType before =
        switch (array.type()) {
          case FLOAT16, BFLOAT16 -> array.type();
          case FLOAT32, FLOAT64 -> changed ? detected() : null;
          default -> ElementType.FLOAT64;
        };
    if (before == null) {
      return Optional.empty();
    }
    return Optional.of(changed ? ElementType.coarser(before, precision) : before);
  }

  private ElementType detected() {
    RoundingDetector detector = new RoundingDetector(precision);
    double[] numbers = new double[(int) Math.min(CHUNK, array.size())];
    for (long next = 0; next < array.size(); ) {
      Progress.checkCancelled();
      int count = (int) Math.min(numbers.length, array.size() - next);
      array.read(next, DoubleBuffer.wrap(numbers, 0, count));
      if (!detector.add(numbers, count)) {
        break;
      }
      next += count;
    }
    return detector.result();
  }

  /** Copies the rows into {@code builder}, whose shape is n × p. */
  void copy(RepresentationBuilder builder) {
    if (axis != null) {
      copyPooled(builder);
    } else if (options.trialsFirst()) {
      copyTrials(builder);
    } else if (options.unitRows()) {
      double[] row = new double[p];
      for (int i = 0; i < n; i++) {
        Progress.checkCancelled();
        array.read((long) i * p, DoubleBuffer.wrap(row));
        append(builder, row);
      }
    } else {
      copyAsIs(builder);
    }
  }

  private void copyAsIs(RepresentationBuilder builder) {
    boolean bytes = areBytes();
    int chunk = (int) Math.min(CHUNK, array.size());
    DoubleBuffer numbers = DoubleBuffer.allocate(bytes ? 0 : chunk);
    for (long next = 0; next < array.size(); ) {
      Progress.checkCancelled();
      int count = (int) Math.min(chunk, array.size() - next);
      if (bytes) {
        long start = next;
        builder.append(count, (from, target) -> array.readPlain(start + from, target));
      } else {
        array.read(next, numbers.clear().limit(count));
        builder.append(numbers.flip());
      }
      next += count;
    }
  }

  /** The trials of each stimulus, which lie far from each other, one after the other. */
  private void copyTrials(RepresentationBuilder builder) {
    int trials = (int) array.shape()[0];
    int units = p / trials;
    double[] row = new double[p];
    for (int i = 0; i < n; i++) {
      Progress.checkCancelled();
      for (int t = 0; t < trials; t++) {
        array.read(((long) t * n + i) * units, DoubleBuffer.wrap(row, t * units, units));
      }
      append(builder, row);
    }
  }

  /** Shape of an array of trials × stimuli × units with the stimuli first. */
  private static long[] stimuliFirst(NumericArray array) {
    long[] shape = array.shape();
    if (shape.length != 3) {
      throw new InputException(
          array.name()
              + ": expected trials × stimuli × units, found the shape "
              + Arrays.toString(shape));
    }
    return new long[] {shape[1], shape[0], shape[2]};
  }

  private void copyPooled(RepresentationBuilder builder) {
    double[] stimulus = new double[channels * positions];
    double[] row = new double[channels];
    int channelStep = axis == ChannelAxis.FIRST ? positions : 1;
    int positionStep = axis == ChannelAxis.FIRST ? 1 : channels;
    for (int i = 0; i < n; i++) {
      Progress.checkCancelled();
      array.read((long) i * stimulus.length, DoubleBuffer.wrap(stimulus));
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int position : taken) {
          sum += stimulus[c * channelStep + position * positionStep];
        }
        row[c] = sum / taken.length;
      }
      append(builder, row);
    }
  }

  private void append(RepresentationBuilder builder, double[] row) {
    if (options.unitRows()) {
      double largest = 0;
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
      if (largest > 0 && Double.isFinite(largest)) {
        // Divided by the largest first: squares neither overflow nor vanish.
        double sum = 0;
        for (double value : row) {
          sum += value / largest * (value / largest);
        }
        double norm = Math.sqrt(sum);
        for (int j = 0; j < row.length; j++) {
          row[j] = row[j] / largest / norm;
        }
      }
    }
    builder.append(DoubleBuffer.wrap(row));
  }

  /** Finds channels and positions of an array with three axes or more; returns the units. */
  private long pool(long[] shape) {
    if (shape.length == 3 && options.channels().isEmpty()) {
      throw new InputException(
          array.name()
              + ": shape "
              + Arrays.toString(shape)
              + " may be stimuli × channels × positions or stimuli × tokens × channels: say which"
              + " axis has the channels");
    }
    axis = options.channels().orElse(ChannelAxis.FIRST);
    long[] lengths =
        axis == ChannelAxis.FIRST
            ? Arrays.copyOfRange(shape, 2, shape.length)
            : Arrays.copyOfRange(shape, 1, shape.length - 1);
    long perStimulus = array.size() / shape[0];
    if (perStimulus > MAX_STIMULUS) {
      throw new InputException(
          array.name() + ": one stimulus has " + perStimulus + " numbers, too many to pool");
    }
    channels = (int) (axis == ChannelAxis.FIRST ? shape[1] : shape[shape.length - 1]);
    positions = (int) (perStimulus / channels);
    taken = taken(lengths);
    choices.put("positions", options.positions().toString());
    choices.put("channels", axis.toString());
    return channels;
  }

  private int[] taken(long[] lengths) {
    Positions how = options.positions();
    if (how.kind() == Positions.Kind.MEAN) {
      return java.util.stream.IntStream.range(0, positions).toArray();
    }
    int[] index =
        how.kind() == Positions.Kind.CENTRE
            ? Arrays.stream(lengths).mapToInt(length -> (int) (length / 2)).toArray()
            : how.index();
    if (index.length != lengths.length) {
      throw new InputException(
          array.name()
              + ": expected one index for each of the axes of positions "
              + Arrays.toString(lengths)
              + ", found "
              + index.length);
    }
    int flat = 0;
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || index[i] >= lengths[i]) {
        throw new InputException(
            array.name()
                + ": position "
                + index[i]
                + " is outside an axis of "
                + lengths[i]
                + " positions");
      }
      flat = (int) (flat * lengths[i] + index[i]);
    }
    return new int[] {flat};
  }
}
