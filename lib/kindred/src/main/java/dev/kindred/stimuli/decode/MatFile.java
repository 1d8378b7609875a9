package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile.Entry;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;

/** Variables of MATLAB files of version 5, as SVHN and Flowers-102 come in. */
final class MatFile {
  private static final int HEADER = 128;
  private static final int COMPRESSED = 15;
  private static final int FILE_BYTES = 1 << 30;

  private MatFile() {}

  /** A real, full matrix; fails with one line if the file holds no such variable. */
  static Matrix matrix(DataFile file, String variable) {
    byte[] bytes = file.small(FILE_BYTES);
    try {
      long expanded = checkElements(bytes);
      List<String> names = new ArrayList<>();
      Matrix found = null;
      var reader =
          Mat5.newReader(Sources.wrap(bytes))
              .disableSubsystemProcessing()
              .setEntryFilter(
                  header -> {
                    names.add(header.getName());
                    return variable.equals(header.getName());
                  })
              .setBufferAllocator(new Bounded(expanded));
      for (Entry entry : reader.readMat().getEntries()) {
        Array value = entry.getValue();
        if (variable.equals(entry.getName()) && value instanceof Matrix matrix) {
          found = matrix;
        }
      }
      if (found == null) {
        throw new InputException(
            file.where() + ": expected a numeric variable " + variable + ", found " + names);
      }
      if (found.isComplex()) {
        throw new InputException(file.where() + ": variable " + variable + " is complex");
      }
      return found;
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          file.where() + ": expected a .mat file of version 5: " + e.getMessage(), e);
    }
  }

  static double[] numbers(DataFile file, String variable) {
    Matrix matrix = matrix(file, variable);
    try {
      double[] numbers = new double[matrix.getNumElements()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = matrix.getDouble(i);
      }
      return numbers;
    } catch (RuntimeException e) {
      throw damaged(file, variable, e);
    }
  }

  /** The elements of a matrix of small integers, column by column. */
  static byte[] bytes(DataFile file, String variable, Matrix matrix) {
    try {
      byte[] bytes = new byte[matrix.getNumElements()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = matrix.getByte(i);
      }
      return bytes;
    } catch (RuntimeException e) {
      throw damaged(file, variable, e);
    }
  }

  private static InputException damaged(DataFile file, String variable, RuntimeException e) {
    return new InputException(
        file.where() + ": variable " + variable + " is damaged: " + e.getMessage(), e);
  }

  /**
   * Walks the elements of the file: their lengths must fit, and what is compressed must expand
   * within the limits and match its checksum, which the reader itself does not look at.
   *
   * @return bytes of all elements when expanded
   */
  private static long checkElements(byte[] bytes) throws IOException {
    if (bytes.length < HEADER + 8) {
      throw new IOException(bytes.length + " bytes are too few");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte first = bytes[126];
    byte second = bytes[127];
    if (first == 'I' && second == 'M') {
      buffer.order(ByteOrder.LITTLE_ENDIAN);
    } else if (!(first == 'M' && second == 'I')) {
      throw new IOException("its byte order mark is missing");
    }
    long expanded = 0;
    long position = HEADER;
    while (position < bytes.length) {
      if (position + 8 > bytes.length) {
        throw new IOException("the file ends within an element");
      }
      int type = buffer.getInt((int) position);
      long length = buffer.getInt((int) position + 4) & 0xffffffffL;
      if (position + 8 + length > bytes.length) {
        throw new IOException("the file is truncated");
      }
      expanded +=
          type == COMPRESSED ? expandedLength(bytes, (int) position + 8, (int) length) : length;
      if (expanded > Integer.MAX_VALUE) {
        throw new IOException("its variables expand to more than 2 GiB");
      }
      position += 8 + length;
    }
    return expanded;
  }

  private static long expandedLength(byte[] bytes, int from, int length) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, from, length);
      byte[] buffer = new byte[1 << 16];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw new IOException("a compressed variable is truncated");
        }
        if (inflater.getBytesWritten() > Integer.MAX_VALUE) {
          throw new IOException("a variable expands to more than 2 GiB");
        }
      }
      return inflater.getBytesWritten();
    } catch (DataFormatException e) {
      throw new IOException("a compressed variable is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** Heap memory for no more than the file can hold, whatever its dimensions claim. */
  private static final class Bounded implements BufferAllocator {
    private static final int SLACK = 1 << 16;

    private long left;

    Bounded(long bytes) {
      this.left = 2 * bytes + SLACK;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
      left -= bytes;
      if (bytes < 0 || left < 0) {
        throw new IllegalArgumentException("a variable claims to be larger than the file");
      }
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public void release(ByteBuffer buffer) {
      left += buffer.capacity();
    }
  }
}
