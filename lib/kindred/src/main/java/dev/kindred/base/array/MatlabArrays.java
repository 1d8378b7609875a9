package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sources;

/**
 * The variables of a MATLAB file of version 5 to 7 (compressed or not; at most 2 GB by its
 * definition), read whole by the MAT File Library.
 */
public final class MatlabArrays {
  private MatlabArrays() {}

  /**
   * All variables by name, in the file's order.
   *
   * @param where the file, for messages
   */
  public static Map<String, Array> read(String where, Bytes bytes) {
    if (bytes.size() > Integer.MAX_VALUE - 8) {
      throw new InputException(
          where + ": a MATLAB file of version 5 ends at 2 GB, found " + bytes.size() + " bytes");
    }
    if (!matches(ArrayFile.head(bytes, 128))) {
      throw new InputException(where + ": expected a MATLAB file of version 5, found another");
    }
    try {
      MatlabElements.verify(where, bytes);
      MatFile mat =
          Mat5.newReader(Sources.wrap(bytes.view(0, (int) bytes.size())))
              .setBufferAllocator(new Limit(bytes.size()))
              .disableSubsystemProcessing()
              .readMat();
      Map<String, Array> arrays = new LinkedHashMap<>();
      for (MatFile.Entry entry : mat.getEntries()) {
        if (arrays.put(entry.getName(), entry.getValue()) != null) {
          throw new InputException(
              where
                  + " ["
                  + PythonLiteral.printable(entry.getName())
                  + "]: two variables have this name");
        }
      }
      return arrays;
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      Progress.checkCancelled();
      throw new InputException(where + ": damaged MATLAB file: " + Faults.text(e), e);
    }
  }

  /** The header is 124 bytes of text, then the version and the mark of the byte order. */
  static boolean matches(ByteBuffer head) {
    if (head.remaining() < 128) {
      return false;
    }
    int version = head.get(124) & 0xFF;
    int high = head.get(125) & 0xFF;
    boolean little = head.get(126) == 'I' && head.get(127) == 'M' && version == 0 && high == 1;
    boolean big = head.get(126) == 'M' && head.get(127) == 'I' && version == 1 && high == 0;
    return little || big;
  }

  /** Refuses buffers that the file cannot fill, or that are too large beside each other. */
  private static final class Limit implements BufferAllocator {
    private long left;

    Limit(long fileSize) {
      // What is not compressed is copied, too.
      left =
          Math.max(2 * fileSize, Math.min(Unpacked.limit(), (fileSize + 64) * Unpacked.MAX_RATIO));
    }

    @Override
    public ByteBuffer allocate(int size) {
      left -= size;
      if (size < 0 || left < 0) {
        throw new InputException(
            "claims more numbers than the file can hold, or than compressed data may take here");
      }
      return ByteBuffer.allocate(size);
    }

    @Override
    public void release(ByteBuffer buffer) {
      left += buffer.capacity();
    }
  }
}
