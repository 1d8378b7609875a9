package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a file holds, before anything is made of it: arrays with any number of axes, and files of
 * several.
 *
 * @param format short name of the format, such as {@code npy}
 * @param entries everything in the file, also what is no array of numbers
 * @param array the array that would be read, if there is one to choose
 * @param stimulusIds names of the stimuli that would come with it, where there are any
 */
public record Description(
    String format,
    List<ArrayFile.Entry> entries,
    Optional<ArrayDescription> array,
    Optional<List<String>> stimulusIds) {

  /**
   * One array of numbers.
   *
   * @param entry its name in the file; empty if it needs none
   * @param shape lengths of the axes
   * @param dtype type of the numbers in the file, as NumPy names it
   * @param values what the numbers are; empty if they were too many to be read
   */
  public record ArrayDescription(
      String entry, List<Long> shape, String dtype, Optional<Values> values) {}

  /**
   * The numbers of an array.
   *
   * @param nan how many are NaN
   * @param infinite how many are infinite
   * @param minimum smallest finite number; NaN if there is none
   * @param maximum largest finite number; NaN if there is none
   * @param mean mean of the finite numbers; NaN if there is none
   */
  public record Values(long nan, long infinite, double minimum, double maximum, double mean) {}

  /** Of arrays that are larger, in bytes, a description reads the header alone. */
  public static final long READ_BYTES = 1L << 30;

  private static final int CHUNK = 1 << 16;

  /**
   * Describes a file, and the numbers of the array that the options choose if they take at most
   * {@link #READ_BYTES}.
   *
   * @throws InputException if the file is damaged, or has no entry of the name that is asked for
   */
  public static Description of(Path file, ReadOptions options) {
    try (ArrayFile open = ArrayFile.open(file, options.idColumn())) {
      boolean chosen = options.entry().isPresent() || open.mainEntry().isPresent();
      String entry =
          options.entry().or(() -> open.mainEntry().map(ArrayFile.Entry::name)).orElse("");
      return new Description(
          open.format(),
          open.entries(),
          chosen ? Optional.of(describe(entry, open, options)) : Optional.empty(),
          StimulusIds.find(open, options).map(StimulusIds::names));
    }
  }

  private static ArrayDescription describe(String name, ArrayFile open, ReadOptions options) {
    for (ArrayFile.Entry entry : open.entries()) {
      if (entry.name().equals(name) && entry.isNumeric() && bytes(entry) > READ_BYTES) {
        return new ArrayDescription(name, entry.shape(), entry.type().toString(), Optional.empty());
      }
    }
    NumericArray array = Representations.array(open, options);
    return new ArrayDescription(
        name,
        Arrays.stream(array.shape()).boxed().toList(),
        array.type().toString(),
        Optional.of(values(array)));
  }

  private static double bytes(ArrayFile.Entry entry) {
    return entry.shape().stream()
        .mapToDouble(length -> length)
        .reduce(entry.type().bytes(), (a, b) -> a * b);
  }

  private static Values values(NumericArray array) {
    long size = array.size();
    double[] chunk = new double[(int) Math.min(CHUNK, size)];
    long nan = 0;
    long infinite = 0;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (long next = 0; next < size; ) {
      Progress.checkCancelled();
      int count = (int) Math.min(chunk.length, size - next);
      array.read(next, DoubleBuffer.wrap(chunk, 0, count));
      for (int i = 0; i < count; i++) {
        double value = chunk[i];
        if (Double.isNaN(value)) {
          nan++;
        } else if (Double.isInfinite(value)) {
          infinite++;
        } else {
          minimum = Math.min(minimum, value);
          maximum = Math.max(maximum, value);
          sum += value;
        }
      }
      next += count;
    }
    long finite = size - nan - infinite;
    return new Values(
        nan,
        infinite,
        finite == 0 ? Double.NaN : minimum,
        finite == 0 ? Double.NaN : maximum,
        finite == 0 ? Double.NaN : sum / finite);
  }
}
