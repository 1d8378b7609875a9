package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Arrays one below the other, as if they were one: batches along their first axis, or vectors (also
 * MATLAB's rows of shape 1 × p) as one row each.
 */
final class StackedArray implements NumericArray {
  private final String name;
  private final List<NumericArray> parts;
  private final long[] starts;
  private final long[] shape;

  StackedArray(String name, List<NumericArray> parts) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.starts = new long[parts.size() + 1];
    long[] first = rows(parts.get(0));
    long total = 0;
    for (int i = 0; i < parts.size(); i++) {
      NumericArray part = parts.get(i);
      long[] rows = rows(part);
      boolean fits =
          part.type() == parts.get(0).type()
              && Arrays.equals(rows, 1, rows.length, first, 1, first.length);
      if (!fits) {
        throw new InputException(
            name
                + ": arrays to stack must agree but for their first axis, found "
                + parts.get(0).type()
                + " "
                + ArrayFile.shapeText(parts.get(0).shape())
                + " and "
                + part.type()
                + " "
                + ArrayFile.shapeText(part.shape()));
      }
      total = Math.addExact(total, rows[0]);
      starts[i + 1] = starts[i] + part.size();
    }
    this.shape = first.clone();
    this.shape[0] = total;
  }

  /** The shape with a vector as one row. */
  private static long[] rows(NumericArray part) {
    long[] shape = part.shape();
    return shape.length == 1 ? new long[] {1, shape[0]} : shape;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ElementType type() {
    return parts.get(0).type();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public long size() {
    return starts[parts.size()];
  }

  @Override
  public void read(long from, DoubleBuffer target) {
    Objects.checkFromIndexSize(from, target.remaining(), size());
    int end = target.limit();
    long next = from;
    for (int i = part(from); target.position() < end; i++) {
      long left = starts[i + 1] - next;
      int count = (int) Math.min(left, end - target.position());
      target.limit(target.position() + count);
      parts.get(i).read(next - starts[i], target);
      target.limit(end);
      next += count;
    }
  }

  @Override
  public Optional<ByteBuffer> inPlace(long from, int count) {
    int i = part(from);
    return count > 0 && from + count <= starts[i + 1]
        ? parts.get(i).inPlace(from - starts[i], count)
        : Optional.empty();
  }

  @Override
  public boolean isPlain() {
    return parts.stream().allMatch(NumericArray::isPlain);
  }

  @Override
  public void readPlain(long from, ByteBuffer target) {
    Objects.checkFromIndexSize(from, target.remaining() / type().bytes(), size());
    int end = target.limit();
    long next = from;
    for (int i = part(from); target.position() < end; i++) {
      int count = (int) Math.min(starts[i + 1] - next, (end - target.position()) / type().bytes());
      target.limit(target.position() + count * type().bytes());
      parts.get(i).readPlain(next - starts[i], target);
      target.limit(end);
      next += count;
    }
  }

  private int part(long index) {
    int found = Arrays.binarySearch(starts, index);
    int part = found >= 0 ? found : -found - 2;
    // Empty parts begin where the next one does.
    while (part < parts.size() - 1 && starts[part + 1] == starts[part]) {
      part++;
    }
    return Math.min(part, parts.size() - 1);
  }
}
