package dev.kindred.base.array;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
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
    OutputStream out = begin(name);
    out.write(NpyEncoder.header("<f8", rows.length, columns));
    ByteBuffer bytes = ByteBuffer.allocate(8 * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : rows) {
      bytes.asDoubleBuffer().put(row);
      out.write(bytes.array());
    }
  }

  /** A vector of float64. */
  public void write(String name, double[] values) throws IOException {
    OutputStream out = begin(name);
    out.write(NpyEncoder.header("<f8", values.length));
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    out.write(bytes.array());
  }

  /** A matrix of numbers as float32, half the size. */
  public void writeFloats(String name, double[][] rows) throws IOException {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    OutputStream out = begin(name);
    out.write(NpyEncoder.header("<f4", rows.length, columns));
    ByteBuffer bytes = ByteBuffer.allocate(4 * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : rows) {
      for (int j = 0; j < columns; j++) {
        bytes.putFloat(4 * j, (float) row[j]);
      }
      out.write(bytes.array());
    }
  }

  /** A vector of int16. */
  public void write(String name, short[] values) throws IOException {
    OutputStream out = begin(name);
    out.write(NpyEncoder.header("<i2", values.length));
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(values);
    out.write(bytes.array());
  }

  /** A vector of int32. */
  public void write(String name, int[] values) throws IOException {
    OutputStream out = begin(name);
    out.write(NpyEncoder.header("<i4", values.length));
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    out.write(bytes.array());
  }

  /**
   * A matrix of bytes without a sign.
   *
   * @param rows numbers from 0 to 255
   */
  public void writeBytes(String name, int[][] rows) throws IOException {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    OutputStream out = begin(name);
    out.write(NpyEncoder.header("|u1", rows.length, columns));
    byte[] bytes = new byte[columns];
    for (int[] row : rows) {
      for (int j = 0; j < columns; j++) {
        bytes[j] = (byte) row[j];
      }
      out.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
