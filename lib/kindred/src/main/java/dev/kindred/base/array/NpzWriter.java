package dev.kindred.base.array;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a .npz file, array by array. The same arrays make the same bytes, whenever it is. */
public final class NpzWriter implements AutoCloseable {
  private final ZipOutputStream zip;

  public NpzWriter(OutputStream out) {
    zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    // Numbers hardly shrink; what little there is, the fastest level gets.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** Begins an array: whatever is written next, header first, belongs to it. */
  public OutputStream begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    return zip;
  }

  /** A matrix of float64. */
  public void write(String name, double[][] rows) throws IOException {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    byte[] header = NpyEncoder.header("<f8", rows.length, columns);
    write(name, header, rows.length, 8 * columns, (i, row) -> row.asDoubleBuffer().put(rows[i]));
  }

  /** A vector of float64. */
  public void write(String name, double[] values) throws IOException {
    byte[] header = NpyEncoder.header("<f8", values.length);
    write(name, header, 1, 8 * values.length, (i, all) -> all.asDoubleBuffer().put(values));
  }

  /** A matrix of numbers as float32, half the size. */
  public void writeFloats(String name, double[][] rows) throws IOException {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    write(
        name,
        NpyEncoder.header("<f4", rows.length, columns),
        rows.length,
        4 * columns,
        (i, row) ->
            Arrays.stream(rows[i], 0, columns).forEach(value -> row.putFloat((float) value)));
  }

  /** A vector of int16. */
  public void write(String name, short[] values) throws IOException {
    byte[] header = NpyEncoder.header("<i2", values.length);
    write(name, header, 1, 2 * values.length, (i, all) -> all.asShortBuffer().put(values));
  }

  /** A vector of int32. */
  public void write(String name, int[] values) throws IOException {
    byte[] header = NpyEncoder.header("<i4", values.length);
    write(name, header, 1, 4 * values.length, (i, all) -> all.asIntBuffer().put(values));
  }

  /**
   * A matrix of bytes without a sign.
   *
   * @param rows numbers from 0 to 255
   */
  public void writeBytes(String name, int[][] rows) throws IOException {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    write(
        name,
        NpyEncoder.header("|u1", rows.length, columns),
        rows.length,
        columns,
        (i, row) -> Arrays.stream(rows[i], 0, columns).forEach(value -> row.put((byte) value)));
  }

  /** Puts the numbers of a row into bytes that are just as long. */
  @FunctionalInterface
  private interface Row {
    void put(int row, ByteBuffer bytes);
  }

  private void write(String name, byte[] header, int rows, int rowBytes, Row numbers)
      throws IOException {
    OutputStream out = begin(name);
    out.write(header);
    ByteBuffer bytes = ByteBuffer.allocate(rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows; i++) {
      numbers.put(i, bytes.clear());
      out.write(bytes.array());
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
