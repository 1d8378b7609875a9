package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StridedArrayTest {
  private static final int NUMBERS = 4096;

  private static Bytes integers() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * NUMBERS).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < NUMBERS; i++) {
      bytes.putInt(i);
    }
    return MemoryBytes.of(bytes.array());
  }

  @Property(tries = 200)
  void everyIndexLeadsToOffsetPlusStrides(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 5) Integer> lengths,
      @ForAll @Size(4) List<@IntRange(max = 9) Integer> steps,
      @ForAll @IntRange(max = 50) int offset,
      @ForAll @IntRange(max = 100) int from) {
    long[] shape = lengths.stream().mapToLong(Integer::longValue).toArray();
    long[] strides = steps.stream().limit(shape.length).mapToLong(Integer::longValue).toArray();
    StridedArray array =
        new StridedArray(
            "x", ElementType.INT32, ByteOrder.BIG_ENDIAN, shape, strides, offset, integers());
    int start = (int) Math.min(from, array.size() - 1);
    double[] read = new double[(int) array.size() - start];
    array.read(start, DoubleBuffer.wrap(read));
    for (int flat = start; flat < array.size(); flat++) {
      long rest = flat;
      long position = offset;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        position += rest % shape[axis] * strides[axis];
        rest /= shape[axis];
      }
      assertThat(read[flat - start]).isEqualTo(position);
    }
  }

  @Property(tries = 300)
  void aViewThatLeavesItsBytesIsRefused(
      @ForAll @IntRange(min = 1, max = 100) int rows,
      @ForAll @IntRange(min = 1, max = 100) int columns,
      @ForAll @IntRange(max = 200) int step,
      @ForAll @IntRange(max = 5000) int offset) {
    long last = offset + (rows - 1L) * step + (columns - 1L);
    Runnable make =
        () ->
            new StridedArray(
                "x",
                ElementType.INT32,
                ByteOrder.BIG_ENDIAN,
                new long[] {rows, columns},
                new long[] {step, 1},
                offset,
                integers());
    if (last < NUMBERS) {
      make.run();
    } else {
      assertThatThrownBy(make::run)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("does not fit");
    }
  }

  @Test
  void shapesThatOverflowAreRefused() {
    for (long[] shape :
        List.of(
            new long[] {Long.MAX_VALUE, 2},
            new long[] {1L << 32, 1L << 32},
            new long[] {-1, 3},
            new long[] {3, Long.MIN_VALUE})) {
      assertThatThrownBy(() -> StridedArray.checkedSize("x", shape))
          .isInstanceOf(InputException.class);
    }
    assertThat(StridedArray.checkedSize("x", new long[] {Long.MAX_VALUE, 0, 7})).isZero();
  }

  @Test
  void aStrideOfZeroDoesNotMakeABomb() {
    assertThatThrownBy(
            () ->
                new StridedArray(
                    "x",
                    ElementType.INT32,
                    ByteOrder.BIG_ENDIAN,
                    new long[] {1 << 20, 1 << 20},
                    new long[] {0, 0},
                    0,
                    integers()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 1024 times");
  }
}
