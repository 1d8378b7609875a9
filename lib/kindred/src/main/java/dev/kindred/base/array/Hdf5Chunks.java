package dev.kindred.base.array;

import dev.kindred.base.InputException;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Enumeration;
import java.util.Objects;

/**
 * The numbers of a chunked data set in C order. They are unpacked in bands of the first axis, each
 * as long as a chunk, so that reading from start to end unpacks every chunk once.
 */
final class Hdf5Chunks implements Bytes {
  /**
   * Deflate never shrinks more than this; a data set that claims more is damaged or hardly written.
   */
  private static final long MAX_RATIO = 1032;

  private final Hdf5File file;
  private final String where;
  private final DatasetBase dataset;
  private final long size;
  private final int[] dimensions;
  private final long rowBytes;
  private final int bandRows;
  private int loaded = -1;
  private byte[] band;

  Hdf5Chunks(Hdf5File file, String where, ChunkedDataset dataset, long size, long fileSize) {
    this.file = file;
    this.where = where;
    this.dataset = (DatasetBase) dataset;
    this.size = size;
    this.dimensions = dataset.getDimensions();
    this.rowBytes = size / dimensions[0];
    int[] chunk = dataset.getChunkDimensions();
    long chunkBytes = dataset.getDataType().getSize();
    for (int length : chunk) {
      chunkBytes = length < 1 || chunkBytes > Integer.MAX_VALUE ? -1 : chunkBytes * length;
      if (chunkBytes < 0) {
        break;
      }
    }
    if (size / MAX_RATIO > fileSize || chunkBytes < 1 || chunkBytes / MAX_RATIO > fileSize) {
      throw new InputException(
          where
              + ": damaged or hardly written: claims "
              + size
              + " bytes, the file has "
              + fileSize);
    }
    requireChunks(dataset, chunk);
    this.bandRows = Math.max(1, Math.min(chunk[0], dimensions[0]));
    if (rowBytes * bandRows > Integer.MAX_VALUE - 8) {
      throw new InputException(
          where + ": a row of chunks has " + rowBytes * bandRows + " bytes, more than 2^31");
    }
  }

  /**
   * Chunks that were never written stand for the fill value, but jHDF reads them as zeros. A data
   * set with another fill value must have them all.
   */
  private void requireChunks(ChunkedDataset chunked, int[] chunk) {
    Object fill = file.guarded("", chunked::getFillValue);
    if (fill == null || fill instanceof Number number && number.doubleValue() == 0) {
      return;
    }
    int[] offset = new int[dimensions.length];
    int axis = dimensions.length - 1;
    while (axis >= 0) {
      try {
        chunked.getRawChunkBuffer(offset);
      } catch (RuntimeException e) {
        throw new InputException(
            where + ": " + fill + " stands for chunks that were never written", e);
      }
      axis = dimensions.length - 1;
      while (axis >= 0) {
        offset[axis] += chunk[axis];
        if (offset[axis] < dimensions[axis]) {
          break;
        }
        offset[axis--] = 0;
      }
    }
  }

  /** A copy that can be read in any order without unpacking again. */
  Bytes inMemory() {
    int bands = (dimensions[0] - 1) / bandRows + 1;
    InputStream all =
        new SequenceInputStream(
            new Enumeration<InputStream>() {
              private int next;

              @Override
              public boolean hasMoreElements() {
                return next < bands;
              }

              @Override
              public InputStream nextElement() {
                return new ByteArrayInputStream(band(next++));
              }
            });
    try {
      return MemoryBytes.of(all, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    Objects.checkFromIndexSize(position, target.remaining(), size);
    long bandBytes = rowBytes * bandRows;
    long next = position;
    while (target.hasRemaining()) {
      byte[] source = band((int) (next / bandBytes));
      int from = (int) (next % bandBytes);
      int count = Math.min(target.remaining(), source.length - from);
      target.put(source, from, count);
      next += count;
    }
  }

  private byte[] band(int number) {
    if (number != loaded) {
      band = null;
      long[] offset = new long[dimensions.length];
      offset[0] = (long) number * bandRows;
      int[] shape = dimensions.clone();
      shape[0] = (int) Math.min(bandRows, dimensions[0] - offset[0]);
      byte[] read =
          file.guarded("", () -> Hdf5File.array(dataset.getSliceDataBuffer(offset, shape)));
      if (read.length != shape[0] * rowBytes) {
        throw new InputException(
            where
                + ": damaged: expected "
                + shape[0] * rowBytes
                + " bytes in rows from "
                + offset[0]
                + " on, found "
                + read.length);
      }
      band = read;
      loaded = number;
    }
    return band;
  }
}
